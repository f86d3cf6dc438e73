"""Tiers: who is looked into deeply, by number or by sales, and what that costs."""

from __future__ import annotations

from datetime import date

from tests.support.tables import ledger, lines, shown
from xlcredit.control import review
from xlcredit.control.lists.tiers import tiers
from xlcredit.policy import load

DAY = date(2026, 10, 31)
ITEMS = """
    document | customer | document_date | due_date   | amount  | currency
    1        | C1       | 2026-09-01    | 2026-11-30 | 500.00  | EUR
    2        | C2       | 2026-08-01    | 2026-09-30 | 300.00  | EUR
    3        | C3       | 2026-08-01    | 2026-09-30 | 100.00  | EUR
    4        | C4       | 2026-08-01    | 2026-09-30 | 60.00   | EUR
    5        | C5       | 2026-08-01    | 2026-09-30 | 40.00   | EUR
    6        | C5       | 2026-08-02    | 2026-08-02 | -900.00 | EUR
    7        | C5       | 2025-10-31    | 2026-09-30 | 9000.00 | EUR
    8        | C1       | 2026-11-01    | 2026-11-30 | 9000.00 | EUR
    """
COLUMNS = ("customer", "sales", "tier", "template", "cost_a_year")


def tiered(*sets, day=DAY):
    made = tiers(review(ledger(ITEMS), load(sets=["currency=EUR", *sets]), day))
    return shown(made, *(key for key in COLUMNS if key in {field.key for field in made.fields}))


def test_the_first_fifth_by_number_is_assessed_deeply():
    assert tiered() == lines(
        """
        C1 | 500 | A | deep
        C2 | 300 | B | standard
        C3 | 100 | B | standard
        C4 | 60  | C | standard
        C5 | 40  | C | standard
        """
    )


def test_by_value_it_is_those_who_first_reach_the_share_of_all_sales():
    found = tiered("admission.tiers.basis=value", "admission.tiers.top=0.60", "admission.tiers.middle=0.85")
    assert [row[2] for row in found] == ["A", "A", "B", "C", "C"]


def test_a_cost_by_template_is_multiplied_by_the_reviews_of_a_year():
    found = tiered("admission.costs.deep=250.50", "admission.costs.standard=40", "review.every_months=6")
    assert [row[4] for row in found] == ["501", "80", "80", "80", "80"]


def test_each_has_the_days_that_all_it_was_ever_invoiced_is_open():
    """dso-odoo (formulas.md 4c): 1,500 open of 4,500 since 150 days; who owes nothing has 0 days."""
    items = """
        document | customer | document_date | due_date   | amount  | settled | settled_date
        1        | C1       | 2023-01-01    | 2023-01-31 | 3000.00 | 3000.00 | 2023-02-01
        2        | C1       | 2023-05-01    | 2023-05-31 | 1500.00 |         |
        3        | C1       | 2023-06-01    | 2023-06-30 | 9000.00 |         |
        4        | C2       | 2023-05-02    | 2023-05-31 | 100.00  | 100.00  | 2023-05-03
    """
    made = tiers(review(ledger(items), load(), date(2023, 5, 31)))
    assert dict(zip(made["customer"], made["invoiced_dso"], strict=True)) == {"C1": 50.0, "C2": 0.0}


def test_open_items_alone_do_not_tell_what_was_invoiced():
    made = tiers(review(ledger(ITEMS), load(sets=["currency=EUR"]), DAY))
    assert "invoiced_dso" not in {field.key for field in made.fields}


def test_sales_are_those_of_the_year_up_to_the_day():
    assert [row[:2] for row in tiered(day=date(2025, 12, 31))] == [["C5", "9000"]]
