"""The statement analysis: ratios, Z'' with its zone, what changed, and what could not be worked out."""

from __future__ import annotations

from datetime import date

from tests.support.tables import ledger, lines
from xlcredit.control import review
from xlcredit.control.lists import lists_of
from xlcredit.locales import Words
from xlcredit.policy import load

ITEMS = """
    document | customer | due_date   | amount
    A        | C1       | 2026-11-30 | 10.00
    B        | C2       | 2026-11-30 | 10.00
    C        | C3       | 2026-11-30 | 10.00
    D        | C4       | 2026-11-30 | 10.00
    """
STATEMENTS = """
    customer | period     | revenue | net_income | ebit | total_assets | current_assets | inventory | cash | current_liabilities | total_liabilities | equity | retained_earnings
    C1       | 2025-12-31 | 2000    | 100        | 80   | 1000         | 400            | 100       | 50   | 250                 | 600               | 400    | 200
    C2       | 2024-12-31 | 100     | 10         | 5    | 1000         | 300            | 150       | 5    | 400                 | 900               | 100    | -100
    C2       | 2025-12-31 | 100     | -250       | -240 | 1000         | 200            | 150       | 5    | 900                 | 1300              | -300   | -500
    C3       | 2024-06-30 | 500     | 20         |      | 300          |                |           | 10   | 0                   | 0                 | 300    |
    """


def shown(day=date(2026, 10, 31), lang="en"):
    made = lists_of(review(ledger(ITEMS, statements=STATEMENTS), load(), day)).get("statements")
    words = Words.of(lang)
    columns = [field.said(words) if field.kind == "text" else field.cells for field in made.fields]
    keys = [field.key for field in made.fields]
    return [dict(zip(keys, row, strict=True)) for row in zip(*columns, strict=True)]


def said(rows, *keys):
    return [
        [f"{row[key]:.4g}" if isinstance(row[key], float) else str(row[key]) for key in keys if key in row]
        for row in rows
    ]


def test_the_weakest_come_first_with_their_ratios_and_z2():
    # C1: 6.56 × 0.15 + 3.26 × 0.2 + 6.72 × 0.08 + 1.05 × 400 ÷ 600 = 2.8736
    # and the EM score is 3.25 more.
    keys = ("customer", "period_end", "age_days", "debt_ratio", "net_margin", "cash_ratio", "z2", "em_score", "zone")
    assert said(shown(), *keys) == lines(
        """
        C2 | 2025-12-31 | 304 | 1.3 | -2.5 | 0.005556 | -8.077 | -4.827 | Distress
        C1 | 2025-12-31 | 304 | 0.6 | 0.05 | 0.2      | 2.874  | 6.124 | Safe
        C3 | 2024-06-30 | 853 | 0   | 0.04 | nan      | nan    | nan |
        """
    )


def test_two_years_are_compared_and_what_is_undefined_or_not_stated_is_said():
    keys = ("customer", "debt_ratio_change", "net_income_change", "weaknesses", "undefined", "missing_figures", "used")
    assert said(shown(), *keys) == lines(
        """
        C2 | 0.4 | -26 | High debt; Debt rising; Profit falling; Negative equity | | | yes
        C1 | nan | nan | | | | yes
        C3 | nan | nan | | current liabilities are not above 0; total liabilities are not above 0 | EBIT; Current assets; Inventory; Retained earnings | no
        """
    )


def test_a_past_date_shows_the_statement_of_that_day():
    keys = ("customer", "period_end", "debt_ratio", "weaknesses")
    assert said(shown(date(2025, 12, 30)), *keys) == lines(
        """
        C2 | 2024-12-31 | 0.9 | High debt
        C3 | 2024-06-30 | 0 |
        """
    )


def test_it_is_said_in_chinese():
    assert said(shown(lang="zh"), "zone", "weaknesses")[0] == ["危机区", "负债率高；负债率上升；利润下滑；资不抵债"]
