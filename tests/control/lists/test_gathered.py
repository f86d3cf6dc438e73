"""What groups and countries owe, and what is owed for paying late."""

from __future__ import annotations

from datetime import date

import numpy as np

from tests.support.tables import ledger
from xlcredit.control import Quote, Rates, review
from xlcredit.control.lists.gathered import countries, groups
from xlcredit.control.lists.interest import late_interest
from xlcredit.policy import load

AS_OF = date(2026, 4, 30)
ITEMS = """
    document | customer | document_date | due_date   | amount   | currency
    INV-1    | C1       | 2026-01-01    | 2026-03-01 | 10000.00 | CNY
    INV-2    | C2       | 2026-04-01    | 2026-05-30 | 500.00   | USD
    INV-3    | C3       | 2026-04-01    | 2026-05-30 | 70.00    | CNY
    INV-4    | C3       | 2026-01-01    | 2026-02-01 | -20.00   | CNY
"""
CUSTOMERS = """
    customer | group | country | group_limit
    C1       | Acme  | CN      | 12000
    C2       | Acme  | US      |
    C3       |       | CN      |
"""
RATES = Rates.of([Quote("USD", 7.0)])
POLICY = load(sets=["currency=CNY", "exposure.country_caps.CN=10000"])


def found():
    return review(ledger(ITEMS, CUSTOMERS), POLICY, AS_OF, RATES)


def test_a_group_owes_what_its_members_owe_and_has_the_lowest_limit_one_states():
    made = groups(found())
    assert made["group"].tolist() == ["Acme"]
    assert [made[key].tolist() for key in ("members", "exposure", "group_limit", "excess_of_group")] == [
        [2.0], [13500.0], [12000.0], [1500.0],
    ]  # fmt: skip


def test_a_group_is_one_however_it_is_spelled():
    spelled = CUSTOMERS.replace("C2       | Acme ", "C2       | ACME ")
    made = groups(review(ledger(ITEMS, spelled), POLICY, AS_OF, RATES))
    assert [made[key].tolist() for key in ("group", "members", "exposure")] == [["Acme"], [2.0], [13500.0]]


def test_a_country_beyond_its_cap_is_told_and_what_moving_rates_would_do():
    made = countries(found())
    assert made["country"].tolist() == ["CN", "US"]
    assert made["exposure"].tolist() == [10050.0, 3500.0]
    assert made["excess_of_cap"][0] == 50.0
    # X4: 15 % of what is overdue in China, credits taken off; nothing is late in the United States.
    assert made["overdue"].tolist() == [9980.0, 0.0]
    assert made["collection_cost"].tolist() == [1497.0, 0.0]
    assert np.isnan(made["excess_of_cap"][1])
    assert made["open_at_lower_rates"].tolist() == [10050.0, 3150.0]
    assert made["open_at_higher_rates"].tolist() == [10050.0, 3850.0]


def test_interest_is_owed_on_what_is_overdue_alone():
    # 10,000 × 0.05 % × 60 days (formulas.md 4d, cn-sme); credits and what is not due earn nothing.
    made = late_interest(found())
    assert [made[key].tolist() for key in ("customer", "overdue", "interest", "regime")] == [
        ["C1"], [10000.0], [300.0], ["cn_sme"],
    ]  # fmt: skip


def test_without_overdue_items_nothing_is_owed():
    assert len(late_interest(review(ledger(ITEMS, CUSTOMERS), POLICY, date(2026, 2, 28), RATES))) == 0
