"""What a review says beside a table of the user's, and of it on a sheet of ours, where long texts go on in a next line."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from tests.support.tables import ledger
from xlcredit.control import review
from xlcredit.excel.additions import Column
from xlcredit.excel.reviewcolumns import customer_columns, in_lines, sheet_text_column, text_column
from xlcredit.locales import LANGUAGES, Words, display_width
from xlcredit.policy import load

ITEMS = """
    customer | document | document_date | due_date   | amount  | currency
    1001     | INV-1    | 2026-01-01    | 2026-02-01 | 1000.10 | CNY
"""
CUSTOMERS = """
    customer | years_of_relationship | debt_ratio | net_margin | adverse_events
    1001     | 1                     | 0.95       | -0.2       | 3
"""


def test_the_reasons_of_a_score_beside_a_customer_are_not_cut() -> None:
    found = review(ledger(ITEMS, CUSTOMERS), load(), date(2026, 10, 31))
    for words in map(Words.of, LANGUAGES):
        *_, reasons = customer_columns(found, np.array([0]), words)
        assert reasons.header == words("columns", "reasons")
        assert reasons.width > display_width(reasons.values[0]) > 70


@pytest.mark.parametrize(
    ("text", "kind", "width"), [("Northwind", "text", 11.0), ("逾期", "text", 6.0), ("late " * 20, "wrapped", 48.0)]
)
def test_a_long_text_goes_on_in_a_next_line(text: str, kind: str, width: float):
    column = sheet_text_column("Why", np.array([text], dtype=object))
    assert (kind, width) == (column.kind, column.width)


def test_beside_a_table_it_stays_on_one_line_and_figures_are_never_broken():
    assert "text" == text_column("Why", np.array(["late " * 20], dtype=object)).kind
    figures = Column("Exposure", "amount", np.array([1.0]))
    assert figures is in_lines(figures)
