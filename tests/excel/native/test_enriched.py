"""The enriched demo with formulas: what two engines calculate is what is cached, on the day and on another one."""

from __future__ import annotations

import math
from datetime import date
from itertools import compress

import pytest
import xlsxwriter

from tests.support.engines import by_cellrune, by_ironcalc
from workbooks import build_demo, build_rates
from xlcredit import policy
from xlcredit.control import review
from xlcredit.excel.build import build
from xlcredit.excel.desk import open_ledger
from xlcredit.excel.enrich import CREDIT_REVIEW, CUSTOMERS, LEDGER, enrichment
from xlcredit.excel.files import FileWorkbook
from xlcredit.excel.marks import own_columns, own_sheets
from xlcredit.excel.policysheet import MARK, policy_sheet
from xlcredit.excel.rates import read_rates
from xlcredit.excel.reading.carry import typed
from xlcredit.excel.recalculated.tables import Liveness
from xlcredit.excel.workbook import MemoryWorkbook, grid_named
from xlcredit.ledger.grid import Grid
from xlcredit.locales import Words

TODAY = date(2026, 10, 31)
ITEMS = (0, 1, 2, 3)
TRADE = "scorecards.trade.characteristics"
CHANGES = {
    "points": (
        f"{TRADE}.adverse_events.attributes.1.points=15",
        f"{TRADE}.years_of_relationship.attributes.4.points=15",
    ),
    "a bound of points": (f"{TRADE}.debt_ratio.attributes.3.above=0.6",),
    "what a missing answer earns": (f"{TRADE}.debt_ratio.missing=0",),
    "a missing answer left out": (f"{TRADE}.debt_ratio.missing=reweight", f"{TRADE}.net_margin.missing=reweight"),
    "a grade's bound": ("grades.B.from=70",),
    "a grade's share": ("grades.B.limit_factor=0.6", "grades.E.limit_factor=0.1"),
    "a step": ("limit.step=5000",),
    "a maximum": ("limit.maximum=50000",),
}
"""What is changed on the Policy sheet → the same as settings."""


def enriched(workbook, as_of, kind="native", sets=(), rates=None):
    desk = open_ledger(workbook)
    found = review(desk.ledger, policy.load(sets=list(sets)), as_of, rates)
    return enrichment(found, desk, Words.of("en"), kind, workbook.grids())


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    workbook = FileWorkbook(build_demo(folder / "demo.xlsx"), folder / "out.xlsx")
    added = enriched(workbook, TODAY)
    workbook.add(added.columns, added.sheets, remove=added.remove, names=added.names)
    return workbook, added


def block_of(added, mark):
    return next(block for block in (*added.columns, *added.sheets) if block.mark == mark)


def live(block):
    """Places of a block's columns that hold formulas."""
    return [at for at, column in enumerate(block.columns) if column.formula]


def with_policy(added, sets, as_of=TODAY):
    """The same additions, other figures on the Policy sheet: nothing else is written anew."""
    changed = policy_sheet(policy.load(sets=list(sets)), as_of, Words.of("en"))
    return [changed if sheet.mark == MARK else sheet for sheet in added.sheets]


def cells(column):
    return ["" if isinstance(value, float) and math.isnan(value) else value for value in column.values.tolist()]


def calculated(engine, path, block, mark):
    """Each of our columns, as an engine calculates it."""
    return columns_of(engine(path), path, block, mark)


def columns_of(read, path, block, mark):
    """Each of our columns in a workbook that is calculated."""
    if mark in own_columns(path):
        sheet, left, _ = own_columns(path)[mark]
        rows = block.rows.tolist()
    else:
        sheet, left, rows = own_sheets(path)[mark], 0, [*range(1, block.height + 1)]
    width = len(block.columns)
    said = read(rows[0], left, rows[-1] - rows[0] + 1, width, sheet)
    return [["" if said[row - rows[0]][at] is None else said[row - rows[0]][at] for row in rows] for at in range(width)]


def agree(said, wanted):
    assert [k if isinstance(k, str) else pytest.approx(k) for k in said] == wanted


def agree_where_live(said, wanted, column):
    live = [True] * len(said) if column.live is None else column.live.tolist()
    agree(list(compress(said, live)), list(compress(wanted, live)))


def test_every_item_of_the_demo_is_live(demo):
    for column in block_of(demo[1], LEDGER).columns:
        assert column.formula
        assert column.live.all()


def test_score_points_limit_and_constraint_of_every_customer_are_live(demo):
    said = {column.header: column for column in block_of(demo[1], CUSTOMERS).columns}
    values = {header for header, column in said.items() if not column.formula}
    assert values == {
        "Scorecard", "Reasons", "Rate to USD", "Allowed: Need (USD)", "Limit valid to", "Stopped because",
    }  # fmt: skip
    partly = {header for header, column in said.items() if column.live is not None and not column.live.all()}
    # Without rates there is no sum over currencies, and no limit of a new customer that is stated in another one.
    assert partly == {"Exposure (USD)", "Overdue (USD)", "Credit check"}
    kept = {"sums": 35, "limit_in_force": 1}
    assert demo[1].live == (Liveness(LEDGER, 1312, 1312, {}), Liveness(CUSTOMERS, 60, 24, kept))


CHANGED = [
    *(pytest.param(by_ironcalc, sets, id=f"{name}, ironcalc") for name, sets in CHANGES.items()),
    # The second engine takes half a minute for the demo: points and limits changed together tell enough.
    pytest.param(
        by_cellrune, CHANGES["points"] + CHANGES["a step"], id="points and a step, cellrune", marks=pytest.mark.slow
    ),
]


@pytest.mark.parametrize("engine", [pytest.param(by_cellrune, marks=pytest.mark.slow), by_ironcalc])
def test_formulas_recalculate_to_what_is_cached(engine, demo):
    workbook, added = demo
    read = engine(workbook.target)
    for mark in (LEDGER, CUSTOMERS):
        block = block_of(added, mark)
        said = columns_of(read, workbook.target, block, mark)
        for at in live(block):
            agree(said[at], cells(block.columns[at]))


@pytest.mark.parametrize(("engine", "sets"), CHANGED)
def test_another_figure_on_the_policy_sheet_changes_the_customers_as_in_python(sets, engine, demo, tmp_path):
    workbook, added = demo
    changed = FileWorkbook(workbook.path, tmp_path / "out.xlsx")
    changed.add(added.columns, with_policy(added, sets), names=added.names)
    before, block = block_of(added, CUSTOMERS), block_of(enriched(workbook, TODAY, sets=sets), CUSTOMERS)
    said = calculated(engine, changed.target, block, CUSTOMERS)
    assert any(cells(before.columns[at]) != cells(block.columns[at]) for at in live(block))
    for at in live(block):
        agree(said[at], cells(block.columns[at]))


@pytest.mark.parametrize("change", [(), ("limit.combine=average",), ("limit.caps.net_worth=0.03",)])
def test_figures_in_other_currencies_are_translated_at_the_rate_beside_them(change, demo, tmp_path):
    rates = read_rates(FileWorkbook(build_rates(tmp_path / "rates.csv")))
    workbook = FileWorkbook(demo[0].path, tmp_path / "out.xlsx")
    sets = ("currency=CNY", *change)
    added = enriched(workbook, TODAY, sets=["currency=CNY"], rates=rates)
    workbook.add(added.columns, with_policy(added, sets), names=added.names)
    before = block_of(added, CUSTOMERS)
    block = block_of(enriched(workbook, TODAY, sets=sets, rates=rates), CUSTOMERS)
    assert bool(change) == any(cells(before.columns[at]) != cells(block.columns[at]) for at in live(block))
    said = calculated(by_ironcalc, workbook.target, block, CUSTOMERS)
    for at in live(block):
        agree(said[at], cells(block.columns[at]))


def without_customers(demo, path):
    """The ledger of the demo in a workbook of its own."""
    ledger = grid_named(FileWorkbook(demo).grids(), "Open items")
    build(path, [typed(ledger)])
    return path


@pytest.mark.parametrize("sets", [(), ("grades.B.from=70", "limit.step=5000")], ids=["as is", "changed"])
def test_without_a_customers_sheet_the_sheet_of_ours_is_as_live(sets, demo, tmp_path):
    workbook = FileWorkbook(without_customers(demo[0].path, tmp_path / "ledger.xlsx"), tmp_path / "out.xlsx")
    added = enriched(workbook, TODAY)
    workbook.add(added.columns, with_policy(added, sets), names=added.names)
    block = block_of(enriched(workbook, TODAY, sets=sets), CREDIT_REVIEW)
    assert {"Credit score", "Suggested limit (USD)", "Binding constraint"} <= {
        block.columns[at].header for at in live(block)
    }
    said = calculated(by_ironcalc, workbook.target, block, CREDIT_REVIEW)
    for at in live(block):
        agree(said[at], cells(block.columns[at]))


@pytest.mark.parametrize("day", [date(2026, 3, 5), date(2027, 1, 15)])
def test_another_day_on_the_policy_sheet_recalculates_the_ledger_to_what_python_says_of_that_day(day, demo, tmp_path):
    workbook, added = demo
    changed = FileWorkbook(workbook.path, tmp_path / "out.xlsx")
    sheets = [sheet for sheet in added.sheets if sheet.mark != MARK]
    changed.add(added.columns, [*sheets, policy_sheet(policy.load(), day, Words.of("en"))], names=added.names)
    block = block_of(enriched(workbook, day), LEDGER)
    said = calculated(by_ironcalc, changed.target, block, LEDGER)
    for at in ITEMS:
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
