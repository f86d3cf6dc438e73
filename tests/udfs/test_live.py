"""What an open workbook refuses to change, and the marks by which a file run knows what was done in Excel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import openpyxl
import pytest
import xlsxwriter
import xlwings as xw

from tests.support.xlengine import opened
from tests.support.xlsheets import ExcelPage
from udfs.live import LiveWorkbook
from xlcredit.excel import batch
from xlcredit.excel.additions import Column, Formula, Name, Rewrite, Sheet
from xlcredit.excel.configuration import reload
from xlcredit.excel.files import FileWorkbook
from xlcredit.excel.policysheet import policy_grids, policy_sheet, sheet_policy
from xlcredit.kernel.errors import WorkbookError
from xlcredit.locales import Words
from xlcredit.policy import fingerprint, load

TODAY = date(2026, 10, 31)
HALF = Name("HALF", "LAMBDA(x,x/2)")


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Numbers in A2:A4, their halves by one formula that spills over B2:B4, a table in D1:D4."""
    monkeypatch.setenv("XLCREDIT_HOME", str(tmp_path / "home"))
    reload()
    target = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet("Numbers")
        sheet.write_column(0, 0, ["Number", 2, 4, 6])
        sheet.write_dynamic_array_formula("B2:B4", "=A2:A4/2", None, 1)
        sheet.write_column("B3", [2, 3])
        sheet.add_table("D1:D4")
        book.define_name("Half", "=0.5")
    yield target
    reload()


def rewritten(column: int, rows: list[int], formula: Formula | None = None) -> Rewrite:
    return Rewrite("Numbers", column, np.array(rows), np.zeros(len(rows)), formula, spilled=formula is not None)


def shown(book: xw.Book) -> list[list[object]]:
    return book.sheets["Numbers"].range("A1:D4").formula


@pytest.mark.parametrize("rows", [[1], [2], [1, 2], [3, 4, 5]])
def test_a_part_of_what_spilled_is_not_rewritten(path: Path, rows: list[int]):
    with opened(path) as book:
        before = shown(book)
        with pytest.raises(WorkbookError, match="The cells B2:B4 of Numbers are filled by one array formula"):
            LiveWorkbook(book).add(rewrites=[rewritten(0, [1]), rewritten(1, rows)])
        assert before == shown(book)


def test_all_of_what_spilled_is_rewritten(path: Path):
    with opened(path) as book:
        LiveWorkbook(book).add(rewrites=[rewritten(1, [1, 2, 3])])
        assert [[0.0], [0.0], [0.0]] == book.sheets["Numbers"].range("B2:B4").options(ndim=2).value


def test_what_was_overwritten_comes_back_when_the_user_stops(path: Path):
    def late(part: float) -> None:
        if part > 0.8:
            raise batch.Cancelled

    same = [[7.0], [7.0], ["seven"], ["seven"], ["=A2*2"], ["=A2*2"]]
    with opened(path) as book:
        place = book.sheets["Numbers"]["F1:F6"]
        place.formula = same
        before = place.formula
        with pytest.raises(batch.Cancelled, match=r"^$"):
            LiveWorkbook(book, late).add(rewrites=[rewritten(5, [0, 1, 2, 3, 4, 5]), rewritten(0, [1])])
        assert before == place.formula


def test_a_formula_spills_beside_a_table_and_not_inside(path: Path):
    ours = Formula("DUNNING_STAGE(A2:A4)", dynamic=True)
    with opened(path) as book:
        workbook = LiveWorkbook(book)
        with pytest.raises(WorkbookError, match="The cells D2:D4 of Numbers are in a table"):
            workbook.add(rewrites=[rewritten(0, [1]), rewritten(3, [1, 2, 3], ours)])
        assert 2 == book.sheets["Numbers"]["A2"].value
        workbook.add(rewrites=[rewritten(2, [1, 2, 3], ours)])
        assert "DUNNING_STAGE(A2:A4)" == workbook.formulas("Numbers")[1, 2]


def test_a_name_of_the_users_is_never_taken(path: Path):
    with opened(path) as book:
        before = shown(book)
        with pytest.raises(WorkbookError, match=r"book\.xlsx has a defined name Half of its own"):
            LiveWorkbook(book).add(names=[HALF], rewrites=[rewritten(0, [1])])
        assert before == shown(book)
        assert "=0.5" == book.names["Half"].refers_to


def test_a_name_defined_in_excel_is_known_as_ours_in_the_file(path: Path):
    third = Name("THIRD", "LAMBDA(x,x/3)")
    with opened(path) as book:
        LiveWorkbook(book).add(names=[third])
        book.save()
    FileWorkbook(path, in_place=True).add(names=[third])
    with opened(path) as book:
        LiveWorkbook(book).add(names=[third])
        LiveWorkbook(book).add(remove=["names"])
        assert ["Half"] == [name.name for name in book.names]


def test_the_day_on_the_policy_sheet_is_shown_as_a_day(path: Path):
    with opened(path) as book:
        batch.press("open_policy_sheet", LiveWorkbook(book), None, TODAY, lambda _: None)
        place = book.sheets["Policy"]["E2"]
        assert ("yyyy-mm-dd", TODAY) == (place.number_format, place.impl.ws["E2"].value)
        assert "General" == book.sheets["Policy"]["E4"].number_format


def test_the_policy_sheet_says_which_cells_are_to_be_changed_and_where_a_group_begins(path: Path):
    with opened(path) as book:
        batch.press("open_policy_sheet", LiveWorkbook(book), None, TODAY, lambda _: None)
        sheet = book.sheets["Policy"]
        rows = {row[0].value: row[0].row for row in reversed([*sheet.impl.ws.iter_rows(max_col=1)])}
        first, last = rows["aging.buckets"], rows["dunning.procedure"]
        yellow, none = (0xFF, 0xF9, 0xE5), None
        assert (none, none) == (sheet[f"D{first}"].color, sheet[f"E{first}"].color)  # "not due" has no bound
        assert (yellow, none) == (sheet[f"D{first + 1}"].color, sheet[f"E{first + 1}"].color)
        assert (none, yellow) == (sheet[f"D{last}"].color, sheet[f"E{last}"].color)
        assert yellow == sheet[f"E{rows['currency']}"].color  # blank, and to be filled in
        lines = {row: sheet.impl.ws[f"A{row}"].border.top.style for row in (first, last, last + 1)}
        assert {first: None, last: "thin", last + 1: None} == lines


def folded(path: Path) -> tuple[object, ...]:
    """Which rows of the Policy sheet are folded, how deep, and whether their line stands above them."""
    sheet = openpyxl.load_workbook(path)["Policy"]
    rows = {row: at.outlineLevel for row, at in sheet.row_dimensions.items() if at.hidden}
    return rows, sheet.sheet_properties.outlinePr.summaryBelow


def test_the_policy_sheet_folds_alike_in_a_file_and_in_an_open_workbook(path: Path):
    file = FileWorkbook(path, path.with_name("out.xlsx"))
    batch.press("open_policy_sheet", file, None, TODAY, lambda _: None)
    with opened(path) as book:
        workbook = LiveWorkbook(book)
        batch.press("open_policy_sheet", workbook, None, TODAY, lambda _: None)
        workbook.add(sheets=[policy_sheet(load(), TODAY, Words.of("en"))])  # once more, over what is folded
        book.save()
    assert folded(file.target) == folded(path)
    rows, is_below = folded(path)
    assert 600 < len(rows) < 900
    assert ({1}, False) == ({*rows.values()}, is_below)
    assert not rows.keys() & {1, 2, 3}
    assert fingerprint(load(sheet=sheet_policy(policy_grids(FileWorkbook(path))))) == fingerprint(load())


CUSTOMERS = Column("Customer", "text", np.array(["C1", "C2"], dtype=object))
DAYS = Column("Days beyond usual terms", "integer", np.array([3.0, 4.0]))
REASONS = Column("Why it is held", "wrapped", np.array(["late " * 20, ""], dtype=object), width=48.0)
LIST = Sheet("list_calls", "Call list", (CUSTOMERS, DAYS, REASONS), frozen=1)


A4 = ("landscape", 9, "overThenDown")


def listed_in_both(path: Path) -> Path:
    """Adds the list to the open workbook, and to a copy in a file, which is returned."""
    file = FileWorkbook(path, path.with_name("out.xlsx"))
    file.add(sheets=[LIST])
    with opened(path) as book:
        LiveWorkbook(book).add(sheets=[LIST])
        book.save()
    return file.target


def printed(path: Path) -> tuple[object, ...]:
    """How the list is printed: what is repeated, which way round, how many pages wide and tall (0 = any), its foot."""
    sheet = openpyxl.load_workbook(path)["Call list"]
    page = sheet.page_setup
    fits = sheet.sheet_properties.pageSetUpPr.fitToPage
    foot = sheet.oddFooter.left.text, sheet.oddFooter.right.text
    paper = page.orientation, int(page.paperSize), page.pageOrder
    return sheet.print_title_rows, sheet.print_title_cols, paper, fits, page.fitToWidth, page.fitToHeight, foot


def test_a_sheet_of_ours_is_printed_alike_from_a_file_and_from_an_open_workbook(path: Path):
    in_file = listed_in_both(path)
    assert printed(in_file) == printed(path) == ("$1:$1", "$A:$A", A4, True, 1, 0, ("&A", "&P / &N"))


def shown_on_screen(path: Path) -> tuple[object, ...]:
    """What stays in sight, how wide each column is, and how each cell of the header and the first line is aligned."""
    sheet = openpyxl.load_workbook(path)["Call list"]
    cells = [cell.alignment for row in sheet["A1:C2"] for cell in row]
    aligned = [(cell.horizontal, cell.vertical, bool(cell.wrap_text)) for cell in cells]
    return sheet.freeze_panes, [sheet.column_dimensions[column].width for column in "ABC"], aligned


def test_a_sheet_of_ours_looks_alike_in_a_file_and_in_an_open_workbook(path: Path):
    in_file = listed_in_both(path)
    header = [(side, "top", True) for side in ("left", "right", "left")]
    line = [("left", "top", False), ("right", "top", False), ("left", "top", True)]
    assert shown_on_screen(in_file) == shown_on_screen(path) == ("B2", [12.0, 20.0, 48.0], header + line)


def test_how_the_user_prints_a_sheet_of_ours_stays_in_the_next_run(path: Path):
    file = FileWorkbook(path, path.with_name("out.xlsx"))
    file.add(sheets=[LIST])
    book = openpyxl.load_workbook(file.target)
    book["Call list"].print_title_rows = "1:2"
    book.save(file.target)
    again = FileWorkbook(file.target, path.with_name("again.xlsx"))
    again.add(sheets=[LIST])
    assert printed(again.target)[0] == "$1:$2"


def test_a_computer_without_a_printer_gets_the_sheet_all_the_same(path: Path, monkeypatch: pytest.MonkeyPatch):
    def refused(self: ExcelPage, name: str, value: object) -> None:
        raise OSError("no printers are installed")

    monkeypatch.setattr(ExcelPage, "__setattr__", refused)
    with opened(path) as book:
        LiveWorkbook(book).add(sheets=[LIST])
        assert book.app.api.PrintCommunication is True
        assert [["Customer"], ["C1"], ["C2"]] == book.sheets["Call list"].range("A1:A3").options(ndim=2).value
