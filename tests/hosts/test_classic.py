"""Classic formulas, recalculated by LibreOffice: what they say is what Python says, on the day and on another.

Workbooks of a kind are recalculated in one start of LibreOffice, which takes longer than a recalculation.
"""

from __future__ import annotations

import re
from datetime import date

import openpyxl
import pytest

from tests.excel.native.test_enriched import (
    CHANGES,
    agree,
    agree_where_live,
    block_of,
    cells,
    live,
    with_policy,
    without_customers,
)
from tests.support.office import convert, convert_all
from workbooks import build_demo
from xlcredit import policy
from xlcredit.control import review
from xlcredit.excel.desk import open_ledger
from xlcredit.excel.enrich import CREDIT_REVIEW, CUSTOMERS, LEDGER, enrichment
from xlcredit.excel.files import FileWorkbook
from xlcredit.excel.marks import own_columns, own_sheets
from xlcredit.excel.policysheet import MARK, policy_sheet
from xlcredit.locales import Words

EN = Words.of("en")
NEED = ("Suggested limit", "Binding", "Headroom", "Utilization", "Constraints combined", "Before rounding")
TODAY = date(2026, 10, 31)


def enriched(workbook, as_of, name="standard", sets=()):
    desk = open_ledger(workbook)
    found = review(desk.ledger, policy.load(name, sets=list(sets)), as_of)
    return enrichment(found, desk, EN, "classic", workbook.grids())


def recalculated(path, block, mark):
    """Each of our columns as LibreOffice calculates it."""
    return columns_of(convert(path, "xlsx"), path, block, mark)


def columns_of(again, path, block, mark):
    """Each of our columns in what LibreOffice made of the workbook."""
    if mark in own_columns(path):
        sheet, left, _ = own_columns(path)[mark]
        rows = block.rows.tolist()
    else:
        sheet, left, rows = own_sheets(path)[mark], 0, [*range(1, block.height + 1)]
    made = openpyxl.load_workbook(again, data_only=True)[sheet]
    read = [[made.cell(row + 1, left + at + 1).value for row in rows] for at in range(len(block.columns))]
    return [["" if value is None else value for value in column] for column in read]


DAYS = (TODAY, date(2026, 3, 5))
CHANGED = {"as is": (), **CHANGES}
SEQUENTIAL = ("dunning.procedures.prompt.escalation=sequential",)


@pytest.fixture(scope="module")
def of_days(tmp_path_factory):
    """Policy and day its sheet says → workbook, what the review of today added, and what LibreOffice makes of it."""
    folder, made = tmp_path_factory.mktemp("days"), {}
    demo = build_demo(folder / "demo.xlsx")
    for name in policy.builtin_names():
        added = enriched(FileWorkbook(demo), TODAY, name)
        sheets = [sheet for sheet in added.sheets if sheet.mark != MARK]
        for day in DAYS:
            workbook = FileWorkbook(demo, folder / f"{name}-{day}.xlsx")
            workbook.add(added.columns, [*sheets, policy_sheet(policy.load(name), day, EN)], names=added.names)
            made[name, day] = workbook, added
    again = convert_all([workbook.target for workbook, _ in made.values()], "xlsx", folder / "again")
    return {what: (workbook, added, again[workbook.target]) for what, (workbook, added) in made.items()}


@pytest.mark.parametrize("name", policy.builtin_names())
@pytest.mark.parametrize("day", DAYS)
def test_the_demo_recalculates_to_what_python_says(name, day, of_days):
    workbook, added, again = of_days[name, day]
    wanted = enriched(workbook, day, name)
    for mark in (LEDGER, CUSTOMERS):
        block, written = block_of(wanted, mark), block_of(added, mark)
        said = columns_of(again, workbook.target, block, mark)
        for at in live(written):
            # Of another day all but the limit: the need that it is made from stands as a value of the review's day.
            if day == TODAY or not written.columns[at].header.startswith(NEED):
                agree_where_live(said[at], cells(block.columns[at]), written.columns[at])


@pytest.fixture(scope="module", params=[CUSTOMERS, CREDIT_REVIEW])
def of_changes(request, tmp_path_factory):
    """Where the customers stand, and change of the Policy sheet → workbook, and what LibreOffice makes of it."""
    folder, made = tmp_path_factory.mktemp("changes"), {}
    source = build_demo(folder / "demo.xlsx")
    if request.param == CREDIT_REVIEW:
        source = without_customers(source, folder / "ledger.xlsx")
    added = enriched(FileWorkbook(source), TODAY)
    for number, (change, sets) in enumerate(CHANGED.items()):
        made[change] = FileWorkbook(source, folder / f"{number}.xlsx")
        made[change].add(added.columns, with_policy(added, sets), names=added.names)
    again = convert_all([workbook.target for workbook in made.values()], "xlsx", folder / "again")
    return request.param, {change: (workbook, again[workbook.target]) for change, workbook in made.items()}


@pytest.mark.parametrize("change", CHANGED)
def test_customers_follow_the_policy_sheet_with_and_without_a_sheet_of_theirs(change, of_changes):
    mark, made = of_changes
    workbook, again = made[change]
    block = block_of(enriched(workbook, TODAY, sets=CHANGED[change]), mark)
    said = columns_of(again, workbook.target, block, mark)
    for at in live(block):
        agree(said[at], cells(block.columns[at]))


def test_an_item_climbs_level_by_level_where_the_policy_says_so(tmp_path):
    workbook = FileWorkbook(build_demo(tmp_path / "demo.xlsx"), tmp_path / "out.xlsx")
    added = enriched(workbook, TODAY, sets=SEQUENTIAL)
    workbook.add(added.columns, added.sheets, names=added.names)
    block = block_of(added, LEDGER)
    said = recalculated(workbook.target, block, LEDGER)
    agree(said[2], cells(block.columns[2]))
    assert {*said[2]} < {*cells(block_of(enriched(workbook, TODAY), LEDGER).columns[2])}


def test_no_formula_calls_what_an_old_program_does_not_know(tmp_path):
    added = enriched(FileWorkbook(build_demo(tmp_path / "demo.xlsx")), TODAY)
    formulas = [column.formula for block in added.columns for column in block.columns if column.formula]
    assert added.names == ()
    called = {name for formula in formulas for name in re.findall(r"([A-Z_a-z.]+)\(", formula.text)}
    assert called <= {
        "AND", "AVERAGE", "CHOOSE", "COUNT", "COUNTIFS", "DATE", "FIND", "IF", "INDEX", "INT", "ISERROR", "ISLOGICAL",
        "ISNUMBER", "LEFT", "LEN", "LOWER", "MATCH", "MAX", "MID", "MIN", "N", "OR", "ROUND", "ROWS", "SUBSTITUTE", "SUM", "SUMIFS",
        "SUMPRODUCT", "TEXT", "TRIM", "VALUE",
    }  # fmt: skip
    assert not any(formula.dynamic for formula in formulas)
