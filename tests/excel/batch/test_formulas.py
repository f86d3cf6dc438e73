"""Buttons about formulas: one that spills in place of many, and values in place of formulas."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from tests.support.ports import Opened, in_excel, in_file
from xlcredit.excel import batch
from xlcredit.excel.batch import Answer, Selection
from xlcredit.excel.files import FileWorkbook
from xlcredit.excel.workbook import MemoryWorkbook, Workbook
from xlcredit.ledger.grid import Cell, Grid

pytestmark = pytest.mark.usefixtures("home")

TODAY = date(2026, 10, 31)
DUE = (0, 45, 95, -3)
BUCKETS = ("Current", "31–60", "> 90", "Current")
FILLED_DOWN = {(y, 1): f"AGING_BUCKET(A{y + 1})" for y in range(1, 5)}
SPILLED = {(1, 1): "AGING_BUCKET(A2:A5)"}
OTHERS = {(1, 2): "SUM(A2:A5)", (1, 3): "AVG_DAYS_LATE(A2:A5)"}
COLUMN = Selection("Days", 2, 1, 2, 1)


def days(path: Path, *, table: bool = False) -> Path:
    """Days past due, the bucket of each, a sum, and a figure made of them all."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Days")
        sheet.write_row(0, 0, ["Days", "Bucket", "Sum", "Late"])
        for row, (due, bucket) in enumerate(zip(DUE, BUCKETS, strict=True), 1):
            sheet.write(row, 0, due)
            sheet.write_formula(row, 1, f"=AGING_BUCKET(A{row + 1})", None, bucket)
        sheet.write_formula(1, 2, "=SUM(A2:A5)", None, 137)
        sheet.write_formula(1, 3, "=AVG_DAYS_LATE(A2:A5)", None, 34.25)
        if table:
            sheet.add_table("A1:B5", {"columns": [{"header": "Days"}, {"header": "Bucket"}]})
    return path


@contextmanager
def in_memory(path: Path) -> Iterator[Workbook]:
    file = FileWorkbook(path)
    grids = [Grid(grid.name, [list(row) for row in grid.rows()]) for grid in file.grids()]
    yield MemoryWorkbook(grids, formulas={grid.name: file.formulas(grid.name) for grid in grids})


everywhere = pytest.mark.parametrize("workbook", [in_file, in_memory, in_excel])
where_sheets_have_tables = pytest.mark.parametrize("workbook", [in_file, in_excel])


def press(button: str, workbook: Workbook, selection: Selection | None = None) -> Answer:
    return batch.press(button, workbook, selection, TODAY, lambda _: None)


def column(workbook: Workbook, at: int) -> list[Cell]:
    return [row[at] for row in workbook.grid("Days").rows(1)]


@everywhere
def test_formulas_filled_down_become_one_that_spills(tmp_path: Path, workbook: Opened):
    with workbook(days(tmp_path / "days.xlsx")) as book:
        answer = press("spill_column", book, COLUMN)
        assert "4 formulas are now one that spills: =AGING_BUCKET(A2:A5)" == answer.text
        assert SPILLED | OTHERS == book.formulas("Days")


@pytest.mark.parametrize("workbook", [in_file, in_memory])
def test_what_spilled_shows_what_stood_there(tmp_path: Path, workbook: Opened):
    with workbook(days(tmp_path / "days.xlsx")) as book:
        press("spill_column", book, COLUMN)
        assert list(BUCKETS) == column(book, 1)


@everywhere
@pytest.mark.parametrize(
    ("place", "said"),
    [
        (None, "Select a cell of the column"),
        (Selection("Days", 0, 0, 4, 0), "Select a cell of the column"),
        (Selection("Days", 1, 2, 1, 2), "Select a cell of the column"),
        (Selection("Days", 1, 3, 1, 3), "Only one cell holds this formula"),
    ],
)
def test_there_must_be_a_column_of_ours_to_spill(tmp_path: Path, workbook: Opened, place: Selection | None, said: str):
    with workbook(days(tmp_path / "days.xlsx")) as book:
        answer = press("spill_column", book, place)
        assert ("read", True) == (answer.kind, answer.text.startswith(said))
        assert FILLED_DOWN | OTHERS == book.formulas("Days")


@where_sheets_have_tables
def test_nothing_spills_inside_a_table(tmp_path: Path, workbook: Opened):
    with workbook(days(tmp_path / "days.xlsx", table=True)) as book:
        answer = press("spill_column", book, COLUMN)
        assert "fault" == answer.kind
        assert "The cells B2:B5 of Days are in a table" in answer.text
        assert FILLED_DOWN | OTHERS == book.formulas("Days")


@everywhere
@pytest.mark.parametrize(
    ("place", "count", "left"),
    [
        (None, 5, {(1, 2)}),
        (Selection("Days", 2, 2, 2, 2), 5, {(1, 2)}),
        (Selection("Days", 1, 1, 2, 1), 2, {(3, 1), (4, 1), (1, 2), (1, 3)}),
        (Selection("Days", 1, 2, 4, 3), 1, {(1, 1), (2, 1), (3, 1), (4, 1), (1, 2)}),
    ],
)
def test_our_formulas_become_their_values(
    tmp_path: Path, workbook: Opened, place: Selection | None, count: int, left: set[tuple[int, int]]
):
    with workbook(days(tmp_path / "days.xlsx")) as book:
        assert f"{count} formulas replaced by their values." == press("replace_formulas", book, place).text
        assert left == set(book.formulas("Days"))
        if (1, 1) not in left:
            assert list(BUCKETS[:2]) == column(book, 1)[:2]


@everywhere
def test_where_none_of_our_formulas_stands_nothing_is_replaced(tmp_path: Path, workbook: Opened):
    with workbook(days(tmp_path / "days.xlsx")) as book:
        answer = press("replace_formulas", book, Selection("Days", 0, 2, 4, 2))
        assert ("read", "There is no formula of ours here.") == (answer.kind, answer.text)


@everywhere
def test_what_spilled_becomes_values_with_all_that_it_filled(tmp_path: Path, workbook: Opened):
    path = days(tmp_path / "days.xlsx")
    press("spill_column", FileWorkbook(path, in_place=True), COLUMN)
    with workbook(path) as book:
        assert SPILLED | OTHERS == book.formulas("Days")
        press("replace_formulas", book, Selection("Days", 1, 1, 1, 1))
        assert {(1, 2)} == set(book.formulas("Days"))
        assert list(BUCKETS) == column(book, 1)
