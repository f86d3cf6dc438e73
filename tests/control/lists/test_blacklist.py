"""Customers on the blacklist, and what is at stake with them."""

from __future__ import annotations

from datetime import date

from tests.support.tables import ledger
from xlcredit.control import review
from xlcredit.control.lists.blacklist import blacklist
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
