"""A button leaves the same cells in a file, in memory and in a workbook that is open."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from tests.support.xlengine import day, opened
from udfs.live import LiveWorkbook
from workbooks.demo import AS_OF, build_demo
from xlcredit.control.lists import KEYS
from xlcredit.excel import batch
from xlcredit.excel.enrich import CREDIT_REVIEW, FINDINGS
from xlcredit.excel.files import FileWorkbook
from xlcredit.excel.formulas import bare
from xlcredit.excel.listsheets import PREFIX
from xlcredit.excel.policysheet import MARK
from xlcredit.excel.workbook import MemoryWorkbook, Workbook
from xlcredit.ledger.grid import Grid

pytestmark = pytest.mark.usefixtures("home")

PRESSED = (
    ("run_review",),
    ("check_data",),
    ("score_customers",),
    ("suggest_limits",),
    ("age_ledger",),
    ("flag_dunning",),
    ("insert_formulas",),
    ("open_policy_sheet",),
    ("age_ledger", "flag_dunning", "age_ledger"),
    ("score_customers", "suggest_limits"),
    ("run_review", "insert_formulas", "run_review"),
    ("open_policy_sheet", "run_review", "check_data"),
)
"""Buttons one after another, each button that writes alone first."""

OUR_LISTS = tuple(f"{PREFIX}{key}" for key in KEYS)

Cells = dict[str, dict[tuple[int, int], object]]
"""Sheet → place from 0 → the formula, or the value where there is none; blanks left out, numbers to 12 digits."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_demo(tmp_path_factory.mktemp("demo") / "demo.xlsx")


@pytest.fixture
def book(demo: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(demo, tmp_path / "demo.xlsx"))


@pytest.mark.parametrize("buttons", PRESSED, ids=" ".join)
def test_the_cells_are_the_same_everywhere(book: Path, tmp_path: Path, buttons: tuple[str, ...]):
    before = in_file(book)
    memory = in_memory_of(book)
    press(memory, buttons)
    live = Path(shutil.copy(book, tmp_path / "live.xlsx"))
    with opened(live) as shown:
        press(LiveWorkbook(shown), buttons)
        shown.save()
    press(FileWorkbook(book, in_place=True), buttons)
    after = in_file(book)
    assert before != after
    assert {} == differences(after, held(memory))
    assert {} == differences(after, in_file(live))


def test_a_file_keeps_of_each_formula_what_memory_says_it_gives(book: Path):
    memory = in_memory_of(book)
    press(memory, ("insert_formulas",))
    press(FileWorkbook(book, in_place=True), ("insert_formulas",))
    in_memory, filed = values(memory), values(FileWorkbook(book))
    assert {} == differences(in_memory, filed)
    graded = [place for place, text in memory.formulas("Customers").items() if "CREDIT_GRADE" in text]
    assert {"A", "B", "C", "D", "E"} == {filed["Customers"][place] for place in graded}


def press(workbook: Workbook, buttons: tuple[str, ...]) -> None:
    for button in buttons:
        answer = batch.press(button, workbook, None, AS_OF, lambda _: None)
        assert "done" == answer.kind, answer.text


def in_memory_of(path: Path) -> MemoryWorkbook:
    file = FileWorkbook(path)
    grids = [Grid(grid.name, [list(row) for row in grid.rows()], merged=grid.merged) for grid in file.grids()]
    return MemoryWorkbook(grids, path.name, {grid.name: file.formulas(grid.name) for grid in grids})


def in_file(path: Path) -> Cells:
    """What openpyxl, which knows nothing of us, reads."""
    return {
        sheet.title: {
            (cell.row - 1, cell.column - 1): shown(cell.value)
            for row in sheet.iter_rows()
            for cell in row
            if cell.value not in (None, "")
        }
        for sheet in openpyxl.load_workbook(path)
    }


def held(memory: MemoryWorkbook) -> Cells:
    formulas = {sheet: memory.formulas(sheet) for sheet in values(memory)}
    return {
        sheet: cells | {place: f"={text}" for place, text in formulas[sheet].items()}
        for sheet, cells in values(memory).items()
    }


def values(workbook: Workbook) -> Cells:
    """Values of every sheet, ours too."""
    own = [grid for mark in (MARK, FINDINGS, CREDIT_REVIEW, *OUR_LISTS) if (grid := workbook.own_sheet(mark))]
    return {
        grid.name: {
            (y, x): shown(cell)
            for y, row in enumerate(grid.rows())
            for x, cell in enumerate(row)
            if cell not in (None, "")
        }
        for grid in (*workbook.grids(), *own)
    }


def differences(one: Cells, other: Cells) -> dict[str, dict[tuple[int, int], tuple[object, object]]]:
    """Cells that are not the same, with what stands in the one and in the other."""
    unlike = {
        sheet: {
            place: pair
            for place in one.get(sheet, {}).keys() | other.get(sheet, {}).keys()
            if (pair := (one.get(sheet, {}).get(place), other.get(sheet, {}).get(place)))[0] != pair[1]
        }
        for sheet in one.keys() | other.keys()
    }
    return {sheet: cells for sheet, cells in unlike.items() if cells or (sheet in one) != (sheet in other)}


def shown(value: object) -> object:
    if isinstance(value, float):
        return float(f"{value:.12g}")  # openpyxl writes 16 digits, one less than tell every float from the next
    text = value.text if isinstance(value, ArrayFormula) else value
    return bare(text) if isinstance(text, str) and text.startswith("=") else day(text)
