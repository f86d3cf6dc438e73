"""Columns are as wide as their texts, and on a sheet of ours the long ones go on in a next line."""

from __future__ import annotations

import numpy as np
import pytest

from xlcredit.excel.additions import Column
from xlcredit.excel.reviewcolumns import in_lines, sheet_text_column, text_column


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
