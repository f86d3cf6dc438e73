"""Classic formulas, recalculated by LibreOffice: what they say is what Python says, on the day and on another."""

from __future__ import annotations

import re
from datetime import date

import openpyxl
import pytest

from tests.excel.native.test_enriched import agree, block_of, cells
from tests.support.office import convert
from workbooks import build_demo
from xlcredit import policy
from xlcredit.control import review
from xlcredit.excel.desk import open_ledger
from xlcredit.excel.enrich import CUSTOMERS, LEDGER, enrichment
from xlcredit.excel.files import FileWorkbook
from xlcredit.excel.marks import own_columns
from xlcredit.excel.policysheet import MARK, policy_sheet
from xlcredit.excel.workbook import grid_named
from xlcredit.locales import Words

EN = Words.of("en")
TODAY = date(2026, 10, 31)
LIVE = {LEDGER: (0, 1, 2, 3), CUSTOMERS: (6, 9, 10)}


def enriched(workbook, as_of, name="standard", sets=()):
    desk = open_ledger(workbook)
    grid = grid_named(workbook.grids(), desk.recognised.sheet)
    return enrichment(review(desk.ledger, policy.load(name, sets=sets), as_of), desk, EN, "classic", grid)


def recalculated(path, block, mark):
    """Each of our columns as LibreOffice calculates it."""
    sheet, left, _ = own_columns(path)[mark]
    made = openpyxl.load_workbook(convert(path, "xlsx"), data_only=True)[sheet]
    rows = block.rows.tolist()
    return [
        [made.cell(row + 1, left + at + 1).value or ("" if made.cell(row + 1, left + at + 1).value is None else 0)
         for row in rows]
        for at in range(len(block.columns))
    ]  # fmt: skip


@pytest.mark.parametrize("name", policy.builtin_names())
@pytest.mark.parametrize("day", [TODAY, date(2026, 3, 5)])
def test_the_demo_recalculates_to_what_python_says(name, day, tmp_path):
    workbook = FileWorkbook(build_demo(tmp_path / "demo.xlsx"), tmp_path / "out.xlsx")
    added = enriched(workbook, TODAY, name)
    sheets = [sheet for sheet in added.sheets if sheet.mark != MARK]
    workbook.add(added.columns, [*sheets, policy_sheet(policy.load(name), day, EN)], names=added.names)
    wanted = enriched(workbook, day, name)
    for mark in LIVE if day == TODAY else (LEDGER,):
        block = block_of(wanted, mark)
        said = recalculated(workbook.target, block, mark)
        for at in LIVE[mark]:
            agree(said[at], cells(block.columns[at]))


def test_an_item_climbs_level_by_level_where_the_policy_says_so(tmp_path):
    sets = ["dunning.procedures.prompt.escalation=sequential"]
    workbook = FileWorkbook(build_demo(tmp_path / "demo.xlsx"), tmp_path / "out.xlsx")
    added = enriched(workbook, TODAY, sets=sets)
    workbook.add(added.columns, added.sheets, names=added.names)
    block = block_of(added, LEDGER)
    said = recalculated(workbook.target, block, LEDGER)
    agree(said[2], cells(block.columns[2]))
    assert {*said[2]} < {*cells(block_of(enriched(workbook, TODAY), LEDGER).columns[2])}


def test_no_formula_calls_what_an_old_program_does_not_know(tmp_path):
    added = enriched(FileWorkbook(build_demo(tmp_path / "demo.xlsx")), TODAY)
    formulas = [column.formula for block in added.columns for column in block.columns if column.formula]
    assert len(formulas) == 7
    assert added.names == ()
    called = {name for formula in formulas for name in re.findall(r"([A-Z_a-z.]+)\(", formula.text)}
    assert called <= {
        "AND", "FIND", "IF", "INDEX", "INT", "ISERROR", "ISLOGICAL", "ISNUMBER", "LEFT", "LOWER", "MAX", "MIN", "N",
        "OR", "ROUND", "ROWS", "SUMIFS", "SUMPRODUCT", "TRIM",
    }  # fmt: skip
    assert not any(formula.dynamic for formula in formulas)
