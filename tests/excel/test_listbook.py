"""A workbook of lists alone holds nothing else, and its sheets look as lists do in a user's workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from tests.support.schema import errors
from xlcredit.excel.additions import Column, Sheet
from xlcredit.excel.listbook import build_lists
from xlcredit.kernel.errors import WorkbookError

DAY = date(2026, 10, 31)
LETTERS = Sheet(
    "list_letters",
    "Letters",
    (
        Column("Reference", "text", np.array(["C1-2", "=1+1"], dtype=object)),
        Column("CNY", "amount", np.array([5652.87, np.nan])),
    ),
    frozen=1,
)
NOTICES = Sheet("list_notices", "Dunning", (Column("Customer", "text", np.array(["C1"], dtype=object)),))


def test_it_holds_the_lists_and_nothing_else(tmp_path: Path):
    build_lists(tmp_path / "letters.xlsx", [LETTERS, NOTICES], DAY)
    book = openpyxl.load_workbook(tmp_path / "letters.xlsx")
    assert ["Letters", "Dunning"] == book.sheetnames
    page = book["Letters"]
    assert [["Reference", "CNY"], ["C1-2", 5652.87], ["=1+1", None]] == [[cell.value for cell in row] for row in page]
    assert ("s", "#,##0.00", "B2", "A1:B3") == (
        page["A3"].data_type,
        page["B2"].number_format,
        page.freeze_panes,
        page.auto_filter.ref,
    )
    assert [] == errors(tmp_path / "letters.xlsx")


def test_a_folder_that_is_not_there_is_said(tmp_path: Path):
    with pytest.raises(WorkbookError, match=r"letters\.xlsx"):
        build_lists(tmp_path / "gone" / "letters.xlsx", [LETTERS], DAY)
