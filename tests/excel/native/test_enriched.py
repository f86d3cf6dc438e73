"""The enriched demo with formulas: what two engines calculate is what is cached."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.engines import by_cellrune, by_ironcalc
from workbooks import build_demo
from xlcredit import policy
from xlcredit.control import review
from xlcredit.excel.desk import open_ledger
from xlcredit.excel.enrich import CUSTOMERS, enrichment
from xlcredit.excel.files import FileWorkbook
from xlcredit.excel.marks import own_columns
from xlcredit.locales import Words


@pytest.mark.parametrize("engine", [by_cellrune, by_ironcalc])
def test_grades_and_headroom_recalculate_to_what_is_cached(engine, tmp_path):
    workbook = FileWorkbook(build_demo(tmp_path / "demo.xlsx"), tmp_path / "out.xlsx")
    desk = open_ledger(workbook)
    added = enrichment(review(desk.ledger, policy.load(), date(2026, 10, 31)), desk, Words.of("en"), "native")
    workbook.add(added.columns, added.sheets, remove=added.remove, names=added.names)
    block = next(block for block in added.columns if block.mark == CUSTOMERS)
    sheet, left, _ = own_columns(workbook.target)[CUSTOMERS]
    read = engine(workbook.target, sheet)
    for at in (6, 9):
        cached = ["" if value != value else value for value in block.columns[at].values.tolist()]  # noqa: PLR0124
        said = [read(int(row), left + at, 1, 1)[0][0] for row in block.rows]
        assert [said[k] if isinstance(said[k], str) else pytest.approx(said[k]) for k in range(len(said))] == cached
