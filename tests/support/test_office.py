"""LibreOffice recalculates what it opens and prints it; a check of it that trusted cached values would check nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from PIL import Image

from tests.support import office
from tests.support.schema import errors
from tests.support.workbooks import by_libreoffice, plain


def test_a_wrong_cached_value_is_recalculated(tmp_path: Path):
    path = tmp_path / "sum.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Sums")
        sheet.write_formula(0, 0, "=1+1", None, 99)
        book.add_worksheet("Text").write(0, 0, "客户")
    assert {"Sums": "2\n", "Text": "客户\n"} == office.sheets_as_text(path)


def test_a_printed_page_shows_something(tmp_path: Path):
    page = office.render(plain(tmp_path / "book.xlsx"))[0]
    assert 500 < sum(Image.open(page).convert("L").histogram()[:128])


def test_a_workbook_saved_by_libreoffice_has_charts(tmp_path: Path):
    saved = by_libreoffice(tmp_path / "book.xlsx")
    assert not [fault for fault in errors(saved) if "well-formed" in fault]


def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path):
    with pytest.raises(OSError, match=r"LibreOffice made no pdf of missing\.xlsx"):
        office.convert(tmp_path / "missing.xlsx", "pdf")
