"""Customers on the blacklist, and what is at stake with them."""

from __future__ import annotations

from datetime import date

import numpy as np

from tests.support.tables import ledger
from xlcredit.control import review
from xlcredit.control.lists.blacklist import blacklist
from xlcredit.control.lists.orders import orders
from xlcredit.policy import load

ITEMS = """
    document | customer | due_date   | amount | currency
    INV-1    | C1       | 2026-05-31 | 100.00 | EUR
    INV-2    | C2       | 2026-05-31 | 200.00 | EUR
    INV-3    | C3       | 2026-05-31 | 300.00 | EUR
"""
CUSTOMERS = """
    customer | name                      | registration
    C1       | Gulf Meridian Trading FZE | AE0001
    C2       | Honest Tools Ltd          | GB0002
    C3       | Another Name GmbH         | DE 000-3
"""
LISTED = """
    name                      | registration | date
    Gulf Meridien Trading FZE |              | 2025-02-14
    Former Name GmbH          | DE0003       | 2026-04-10
"""


def matched(day):
    made = blacklist(review(ledger(ITEMS, CUSTOMERS, blacklist=LISTED), load(sets=["currency=EUR"]), day))
    return [
        [str(made[key][line]) for key in ("customer", "matched_by", "listed_name", "exposure")]
        for line in range(len(made))
    ]


def test_a_number_goes_before_a_near_name():
    assert matched(date(2026, 4, 30)) == [
        ["C3", "registration", "Former Name GmbH", "300.0"],
        ["C1", "near_name", "Gulf Meridien Trading FZE", "100.0"],
    ]


def test_who_was_not_listed_yet_on_the_day_is_not_named():
    assert [line[0] for line in matched(date(2026, 3, 31))] == ["C1"]


ORDERS = """
    document | customer | name                       | date       | amount | prepaid
    SO-1     | C1       |                            | 2026-04-20 | 70     |
    SO-2     | C3       |                            | 2026-04-20 | 50     | 50
    SO-3     | C7       | FORMER NAME G.m.b.H.       | 2026-04-20 | 900    | 100
    SO-4     |          | Nobody Knows Ltd           | 2026-04-20 | 30     |
"""


def ordered(*sets):
    policy = load(sets=["currency=EUR", *sets])
    return review(ledger(ITEMS, CUSTOMERS, blacklist=LISTED, orders=ORDERS), policy, date(2026, 4, 30))


def test_an_order_of_who_is_listed_waits_and_what_it_would_add_is_avoided():
    """D13: 黑名单共享机制（避免500万元）: also of a new customer whom nothing but its order names."""
    found = ordered()
    made, told = blacklist(found), orders(found)
    assert made["customer"].tolist() == ["C3", "C7", "C1"]
    assert made["matched_by"].tolist() == ["registration", "name", "near_name"]
    np.testing.assert_array_equal(made["avoided_exposure"], [np.nan, 800, 70])
    assert dict(zip(told["order"].tolist(), told["hold_reasons"].tolist(), strict=True)) == {
        "SO-1": ("near_listed",),
        "SO-2": ("blacklisted",),
        "SO-3": ("blacklisted", "customer_unknown"),
        "SO-4": ("customer_unknown",),
    }


def test_a_policy_may_let_near_names_pass():
    found = ordered("order.blacklist=name", "order.unknown_customers=release")
    assert blacklist(found)["avoided_exposure"].tolist()[1] == 800.0
    assert {order for order, why in zip(orders(found)["order"], orders(found)["hold_reasons"], strict=True) if why} == {
        "SO-2",
        "SO-3",
    }
