"""The enriched demo with formulas: what two engines calculate is what is cached, on the day and on another one."""

from __future__ import annotations

import math
from datetime import date

import pytest
import xlsxwriter

from tests.support.engines import by_cellrune, by_ironcalc
from workbooks import build_demo
from xlcredit import policy
from xlcredit.control import review
from xlcredit.excel.desk import open_ledger
from xlcredit.excel.enrich import CUSTOMERS, LEDGER, enrichment
from xlcredit.excel.files import FileWorkbook
from xlcredit.excel.marks import own_columns
from xlcredit.excel.policysheet import MARK, policy_sheet
from xlcredit.excel.workbook import MemoryWorkbook, grid_named
from xlcredit.ledger.grid import Grid
from xlcredit.locales import Words

TODAY = date(2026, 10, 31)
LIVE = {LEDGER: (0, 1, 2, 3), CUSTOMERS: (6, 9, 10)}


def enriched(workbook, as_of):
    desk = open_ledger(workbook)
    grid = grid_named(workbook.grids(), desk.recognised.sheet)
    return enrichment(review(desk.ledger, policy.load(), as_of), desk, Words.of("en"), "native", grid)


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    workbook = FileWorkbook(build_demo(folder / "demo.xlsx"), folder / "out.xlsx")
    added = enriched(workbook, TODAY)
    workbook.add(added.columns, added.sheets, remove=added.remove, names=added.names)
    return workbook, added


def block_of(added, mark):
    return next(block for block in added.columns if block.mark == mark)


def cells(column):
    return ["" if isinstance(value, float) and math.isnan(value) else value for value in column.values.tolist()]


def calculated(engine, path, block, mark):
    """Each of our columns, as an engine calculates it."""
    sheet, left, _ = own_columns(path)[mark]
    rows, width = block.rows.tolist(), len(block.columns)
    said = engine(path, sheet)(rows[0], left, rows[-1] - rows[0] + 1, width)
    return [["" if said[row - rows[0]][at] is None else said[row - rows[0]][at] for row in rows] for at in range(width)]


def agree(said, wanted):
    assert [k if isinstance(k, str) else pytest.approx(k) for k in said] == wanted


def test_every_item_of_the_demo_is_live(demo):
    for column in block_of(demo[1], LEDGER).columns:
        assert column.formula
        assert column.live.all()


@pytest.mark.parametrize("engine", [pytest.param(by_cellrune, marks=pytest.mark.slow), by_ironcalc])
def test_formulas_recalculate_to_what_is_cached(engine, demo):
    workbook, added = demo
    for mark, live in LIVE.items():
        block = block_of(added, mark)
        said = calculated(engine, workbook.target, block, mark)
        for at in live:
            agree(said[at], cells(block.columns[at]))


@pytest.mark.parametrize("day", [date(2026, 3, 5), date(2027, 1, 15)])
def test_another_day_on_the_policy_sheet_recalculates_the_ledger_to_what_python_says_of_that_day(day, demo, tmp_path):
    workbook, added = demo
    changed = FileWorkbook(workbook.path, tmp_path / "out.xlsx")
    sheets = [sheet for sheet in added.sheets if sheet.mark != MARK]
    changed.add(added.columns, [*sheets, policy_sheet(policy.load(), day, Words.of("en"))], names=added.names)
    block = block_of(enriched(workbook, day), LEDGER)
    said = calculated(by_ironcalc, changed.target, block, LEDGER)
    for at in LIVE[LEDGER]:
        assert cells(block.columns[at]) != cells(block_of(added, LEDGER).columns[at])
        agree(said[at], cells(block.columns[at]))


DAY = date(2026, 6, 30)
HEADINGS = ["Customer No", "Document Number", "Document Date", "Due Date", "Terms of Payment", "Currency", "Amount"]


def ledger_of(path, *rows):
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("Items")
        for number, row in enumerate([HEADINGS, *rows]):
            sheet.write_row(number, 0, row)
    return FileWorkbook(path)


def live_rows(workbook):
    return [
        column.live.tolist() if column.formula else None
        for column in block_of(enriched(workbook, DAY), LEDGER).columns[:4]
    ]


def test_a_due_date_from_terms_is_no_cell_and_stays_a_value(tmp_path):
    ledger = ledger_of(
        tmp_path / "ledger.xlsx",
        ["C1", "D1", date(2026, 1, 1), date(2026, 2, 1), "", "EUR", 100],
        ["C2", "D2", date(2026, 1, 1), None, "Net 30 days", "EUR", 100],
    )
    assert live_rows(ledger) == [[True, False]] * 4


def test_an_amount_in_words_of_its_own_stays_a_value(tmp_path):
    ledger = ledger_of(
        tmp_path / "ledger.xlsx",
        ["C1", "D1", date(2026, 1, 1), date(2026, 2, 1), "", "EUR", 100],
        ["C2", "D2", date(2026, 1, 1), date(2026, 2, 1), "", "EUR", "100.00-"],
    )
    assert live_rows(ledger)[0] == [True, False]


def test_stages_beside_a_credit_stay_values_where_numbers_that_sumifs_takes_for_one_are_two(tmp_path):
    ledger = ledger_of(
        tmp_path / "ledger.xlsx",
        ["007", "D1", date(2026, 1, 1), date(2026, 2, 1), "", "EUR", 100],
        ["007", "D2", date(2026, 1, 1), date(2026, 2, 1), "", "EUR", -150],
        ["7", "D3", date(2026, 1, 1), date(2026, 2, 1), "", "EUR", 100],
    )
    assert live_rows(ledger) == [[True] * 3, [True] * 3, [False, False, True], [False, False, True]]


def test_a_row_that_stays_a_value_holds_it_in_a_file_and_in_memory(tmp_path):
    ledger = ledger_of(
        tmp_path / "ledger.xlsx",
        ["C1", "D1", date(2026, 1, 1), date(2026, 2, 1), "", "EUR", 100],
        ["C2", "D2", date(2026, 1, 1), None, "Net 30 days", "EUR", 100],
    )
    added = enriched(ledger, DAY)
    memory = MemoryWorkbook([Grid(grid.name, list(grid.rows())) for grid in ledger.grids()])
    ledger.add(added.columns, added.sheets, names=added.names)
    memory.add(added.columns, added.sheets, names=added.names)
    for after in (FileWorkbook(ledger.target), memory):
        assert {row for row, _ in after.formulas("Items")} == {1}
        rows = list(grid_named(after.grids(), "Items").rows())
        assert rows[1][7:11] == [149, "121–180 days", 3, "Hand over to a lawyer for legal collection"]
        assert rows[2][7:11] == [150, "121–180 days", 3, "Hand over to a lawyer for legal collection"]
