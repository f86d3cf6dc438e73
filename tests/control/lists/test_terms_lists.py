"""Terms: whose are too long for its grade, and what the discounts in them cost and bring."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from tests.support.tables import ledger, lines, shown
from xlcredit.control import review
from xlcredit.control.lists.discounts import discounts
from xlcredit.control.lists.earlycash import early_cash
from xlcredit.control.lists.termchanges import terms_changes
from xlcredit.policy import load

DAY = date(2026, 4, 30)
GRADED = load(sets=["scoring.scorecard=trade", "currency=CNY"])
POLICY = load(sets=["scoring.scorecard=trade"])
CUSTOMERS = """
    customer | terms      | years_of_relationship | average_days_late | overdue_share | debt_ratio | net_margin | adverse_events
    A1       | Net 90     | 10                    | 0                 | 0             | 0.30       | 0.10       | 0
    C1       | 月结60天   | 4                     | 20                | 0.20          | 0.60       | 0.04       | 1
    E1       |            | 0                     | 90                | 0.90          | 0.95       | -0.10      | 5
    A2       | Net 30     | 10                    | 0                 | 0             | 0.30       | 0.10       | 0
    A3       | by barter  | 10                    | 0                 | 0             | 0.30       | 0.10       | 0
"""
ITEMS = """
    document | customer | document_date | due_date   | amount
    1        | E1       | 2026-01-10    | 2026-01-10 | 100.00
    2        | E1       | 2026-02-10    | 2026-03-12 | 500.00
"""


def test_terms_longer_than_the_grade_s_are_listed_with_what_the_policy_grants():
    # 月结60天 runs 60 days from the month's end, from an invoice in April 74.5 on average; E1 has the days it was given.
    made = terms_changes(review(ledger(ITEMS, CUSTOMERS), POLICY, DAY))
    keys = (
        "customer",
        "grade",
        "days_in_force",
        "granted_days",
        "prepayment",
        "instalments",
        "discount",
        "exception_approver",
    )
    assert shown(made, *keys) == lines(
        """
        C1 | C | 74 | 30 | 0.3 | 3 | 0.02 | credit_manager
        E1 | E | 30 | 0  | 1   | 1 | 0    | finance_director
        A1 | A | 90 | 60 | 0   | 1 | 0.02 | sales_manager
        """
    )
    assert shown(made, "terms_actions") == [
        ["shorten, prepay, instalments, discount"], ["shorten, prepay"], ["shorten, discount"],
    ]  # fmt: skip


def test_terms_are_set_beside_what_is_usual_in_the_country():
    """X1: 60 days in China and 30 in Germany; of a country the policy does not know nothing is usual."""
    rows = CUSTOMERS.strip().splitlines()
    countries = dict(zip(("A1", "C1", "E1", "A2", "A3"), ("CN", "DE", "XX", "DE", ""), strict=True))
    people = "\n".join(
        [f"{rows[0]} | country", *(f"{row} | {countries[row.split('|')[0].strip()]}" for row in rows[1:])]
    )
    made = terms_changes(review(ledger(ITEMS, people), POLICY, DAY))
    assert shown(made, "customer", "days_in_force", "days_beyond_usual") == lines(
        """
        C1 | 74 | 44
        E1 | 30 |
        A1 | 90 | 30
        """
    )


def test_terms_that_eat_up_the_margin_are_too_long_for_any_grade():
    # 90 days at 6 % a year may take a quarter of the margin: of 2 %, 0.02 × 0.25 × 365 ÷ 0.06 = 30 days pay for it.
    people = CUSTOMERS.replace("adverse_events", "adverse_events | sales_margin", 1)
    rows = people.strip().splitlines()
    margins = dict(zip(("A1", "C1", "E1", "A2", "A3"), ("0.02", "0.30", "", "0.01", "0.01"), strict=True))
    people = "\n".join([rows[0], *(f"{row} | {margins[row.split('|')[0].strip()]}" for row in rows[1:])])
    made = terms_changes(review(ledger(ITEMS, people), POLICY, DAY))
    assert shown(made, "customer", "days_in_force", "granted_days", "terms_actions") == lines(
        """
        A1 | 90 | 30 | shorten, discount
        C1 | 74 | 30 | shorten, prepay, instalments, discount
        E1 | 30 | 0  | shorten, prepay
        A2 | 30 | 15 | shorten
        """
    )


def test_what_was_invoiced_later_is_not_known_yet():
    made = terms_changes(review(ledger(ITEMS, CUSTOMERS), POLICY, date(2026, 1, 31)))
    assert "E1" not in made["customer"].tolist()


OFFERED = """
    document | customer | document_date | due_date   | terms       | amount | settled | settled_date
    1        | C1       | 2026-01-10    | 2026-02-09 | 2/10 net 30 | 200.00 | 200.00  | 2026-01-20
    2        | C1       | 2026-02-10    | 2026-03-12 | 2/10 net 30 | 100.00 | 100.00  | 2026-02-25
    3        | C1       | 2026-04-25    | 2026-05-25 | 2/10 net 30 | 900.00 | 0       |
    4        | C2       | 2026-02-10    | 2026-03-12 | net 30      | 900.00 | 900.00  | 2026-02-11
"""


def test_2_10_net_30_costs_37_per_cent_a_year_and_two_thirds_of_it_were_taken():
    # 2 ÷ 98 × 365 ÷ 20; the third invoice's ten days are not over.
    made = discounts(review(ledger(OFFERED), load(), DAY))
    assert shown(made, "customer", "terms", "discount_cost", "above_capital", "eligible", "take_up", digits=6) == [
        ["C1", "2/10 net 30", "0.372449", "0.312449", "300", "0.666667"]
    ]


@pytest.mark.parametrize(("day", "taken"), [((2026, 2, 19), 1.0), ((2026, 2, 20), 200 / 300)])
def test_an_invoice_counts_from_the_last_day_of_its_discount(day, taken):
    assert discounts(review(ledger(OFFERED), load(), date(*day)))["take_up"].tolist() == pytest.approx([taken])


def test_terms_of_the_customers_sheet_hold_where_the_invoice_has_none():
    items = OFFERED.replace("2/10 net 30", "")
    made = discounts(review(ledger(items, "customer | terms\nC1 | 3/10 net 30"), load(), DAY))
    assert np.round(made["discount_cost"], 4).tolist() == [0.5644]


NOT_DUE = """
    document | customer | document_date | due_date   | amount    | disputed | blocked
    1        | A1       | 2026-04-10    | 2026-05-20 | 100000.00 |          |
    2        | A2       | 2026-04-10    | 2026-07-29 | 50000.00  |          |
    3        | C1       | 2026-04-10    | 2026-05-30 | 1000.00   | 400      |
    4        | C1       | 2026-04-10    | 2026-04-30 | 7000.00   |          |
    5        | C1       | 2026-04-10    | 2026-05-30 | 9000.00   |          | yes
    6        | E1       | 2026-04-10    | 2026-05-30 | 500.00    |          |
    7        | A1       | 2026-04-10    | 2026-06-30 | -70.00    |          |
"""


def test_cash_before_receivables_are_due_is_compared_with_the_discount_of_their_grade():
    """M7: 90 % of each at 6 % a year of 360 days; what is due, disputed, blocked or a credit brings nothing early."""
    made = early_cash(review(ledger(NOT_DUE, CUSTOMERS), GRADED, DAY))
    keys = "grade not_due days_until_due cash_now paid_later financing_cost discount_given cheaper".split()
    assert shown(made, *keys) == lines(
        """
        A | 150000 | 43.3 | 134025 | 15000 | 975 | 3000 | financing
        C | 600    | 30   | 537.3  | 60    | 2.7 | 12   | financing
        E | 500    | 30   | 447.75 | 50    | 2.25 | |
        """
    )
    assert np.round(made["financing_rate"], 4).tolist() == [0.0604, 0.0603, 0.0603]
    assert np.round(made["discount_rate"], 4).tolist()[:2] == [0.1695, 0.2449]
    assert (made["cash_now"] + made["paid_later"] + made["financing_cost"] == made["not_due"]).all()


def test_a_discount_is_offered_where_a_bank_asks_more():
    dear = load(sets=["scoring.scorecard=trade", "currency=CNY", "terms.financing.rate=0.20"])
    made = early_cash(review(ledger(NOT_DUE, CUSTOMERS), dear, DAY))
    assert shown(made, "grade", "cheaper") == lines("A | discount\nC | financing\nE |")


def test_without_receivables_that_are_not_due_there_is_nothing_early():
    assert len(early_cash(review(ledger(ITEMS, CUSTOMERS), POLICY, DAY))) == 0
