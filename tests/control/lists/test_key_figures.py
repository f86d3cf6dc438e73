"""Key figures: a ledger goes in, what it came to at each month end comes out."""

from __future__ import annotations

from datetime import date

import numpy as np

from tests.support.tables import ledger, lines
from xlcredit.control import review
from xlcredit.control.lists import lists_of
from xlcredit.locales import Words
from xlcredit.policy import load
from xlcredit.record import record

LEDGER = """
    document | customer | document_date | due_date   | amount | settled | settled_date
    1        | C1       | 2026-01-10    | 2026-02-09 | 100.00 | 100.00  | 2026-02-20
    2        | C1       | 2026-02-10    | 2026-03-10 | 200.00 | 50.00   | 2026-03-20
    3        | C2       | 2026-03-10    | 2026-04-09 | 300.00 | 0       |
    """


def shown(day, items=LEDGER):
    sets = ["metrics.months=3", "metrics.dso_months=2"]
    made = lists_of(review(ledger(items), load(sets=sets), day)).get("key_figures")
    return [
        [str(cell) if isinstance(cell, date) else "" if np.isnan(cell) else f"{cell:.4g}" for cell in line]
        for line in zip(*(field.cells.tolist() for field in made.fields), strict=True)
    ]


def test_each_month_end_has_its_figures_the_newest_first():
    # March: DSO 450 ÷ 500 × 59 = 53.1; counted back 31 + 150 ÷ 200 × 28 = 52; best 300 ÷ 500 × 59 = 35.4;
    # CEI (200 + 300 − 450) ÷ (200 + 300 − 300) = 25 %. February: 200 ÷ 300 × 59 = 39.33, CEI 100 ÷ 100.
    assert shown(date(2026, 4, 15)) == lines(
        """
        2026-03-31 | 450 | 150 | 300 | 53.1  | 52 | 35.4  | 17.7 | 25  | 0
        2026-02-28 | 200 | 0   | 200 | 39.33 | 28 | 39.33 | 0    | 100 | 0
        2026-01-31 | 100 | 0   | 100 |       | 31 |       |      |     | 0
        """
    )


def test_a_past_date_ends_with_its_own_last_month():
    assert [line[0] for line in shown(date(2026, 3, 30))] == ["2026-02-28", "2026-01-31"]


def test_open_items_alone_tell_no_sales():
    items = "document | customer | document_date | due_date | amount\n1 | C1 | 2026-01-10 | 2026-02-09 | 100.00"
    assert shown(date(2026, 5, 31), items) == lines(
        """
        2026-05-31 | 100 | 100 | 1
        2026-04-30 | 100 | 100 | 0
        2026-03-31 | 100 | 100 | 0
        """
    )


def test_a_year_turns_over_by_the_average_of_both_ends():
    items = LEDGER + "0 | C1 | 2025-01-10 | 2025-02-09 | 150.00 | 150.00 | 2025-12-31"
    made = lists_of(review(ledger(items), load(), date(2026, 3, 31)))
    # 600 ÷ ((150 + 450) ÷ 2)
    assert made["key_figures"]["turnover"][0] == 2


def test_the_record_holds_money_as_text():
    found = review(ledger(LEDGER), load(), date(2026, 3, 31))
    line = record(found, lists_of(found), Words.of("zh"))["lists"]["key_figures"][0]
    assert (line["month_end"], line["open"], line["sales"]) == ("2026-03-31", "450.00", "300.00")
