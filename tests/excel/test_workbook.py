"""The port in memory: what is added appears beside the table, and a second run replaces it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from tests.support.ledgers import plain
from xlcredit.excel.additions import Column, Columns, Sheet
from xlcredit.excel.files import FileWorkbook
from xlcredit.excel.workbook import MemoryWorkbook, Workbook
from xlcredit.kernel.errors import WorkbookError
from xlcredit.ledger.grid import Grid, grid_named

LEDGER = Grid("Items", (("No", "Amount"), ("007", 12.5), ("008", -3.0), ("Total", 9.5)))


def addition(*columns: Column, mark: str = "ledger") -> Columns:
    return Columns(mark, "Items", 0, 3, 1, np.array([1, 2]), columns)


DAYS = Column("Days", "integer", np.array([14.0, np.nan]))
DUE = Column("Due", "date", np.array([46326.0, np.nan]))
STAGE = Column("阶段", "text", np.array(["提醒", ""], dtype=object))


def rows_of(workbook: Workbook, name: str = "Items") -> list[list[object]]:
    return [list(row) for row in workbook.grid(name).rows()]


def test_columns_stand_right_of_the_table_and_are_known_as_ours() -> None:
    workbook = MemoryWorkbook([LEDGER])
    workbook.add([addition(DAYS, DUE, STAGE)])
    assert rows_of(workbook) == [
        ["No", "Amount", "Days", "Due", "阶段"],
        ["007", 12.5, 14.0, date(2026, 10, 31), "提醒"],
        ["008", -3.0, None, None, None],
        ["Total", 9.5],
    ]
    assert workbook.grid("Items").own == (2, 4)


def test_a_second_run_replaces_the_columns_of_the_first() -> None:
    workbook = MemoryWorkbook([LEDGER])
    workbook.add([addition(DAYS, DUE, STAGE)])
    workbook.add([addition(STAGE)])
    assert rows_of(workbook) == [["No", "Amount", "阶段"], ["007", 12.5, "提醒"], ["008", -3.0, None], ["Total", 9.5]]
    assert workbook.grid("Items").own == (2, 2)


def test_no_foreign_cell_is_written_over() -> None:
    noted = Grid("Items", (*LEDGER.cells[:3], ("Total", 9.5, "checked")))
    workbook = MemoryWorkbook([noted])
    workbook.add([addition(DAYS)])
    assert rows_of(workbook)[0] == ["No", "Amount", None, "Days"]
    assert rows_of(workbook)[3] == ["Total", 9.5, "checked"]


def test_the_grid_given_is_not_changed() -> None:
    workbook = MemoryWorkbook([LEDGER])
    workbook.add([addition(DAYS)])
    assert LEDGER.cells[0] == ("No", "Amount")


def test_sheets_of_ours_are_found_by_mark_replaced_and_left_out_of_the_grids() -> None:
    workbook = MemoryWorkbook([LEDGER, Grid("Findings", (("theirs",),))])
    workbook.add(sheets=[Sheet("findings", "Findings", (STAGE,))])
    workbook.add(sheets=[Sheet("findings", "Findings", (DAYS,))])
    assert [grid.name for grid in workbook.grids()] == ["Items", "Findings"]
    assert workbook.own_sheet("findings").name == "Findings (2)"
    assert [list(row) for row in workbook.own_sheet("findings").rows()] == [["Days"], [14.0], [None]]
    workbook.add(remove=["findings"])
    assert workbook.own_sheet("findings") is None


def test_the_nearest_sheet_is_named_first() -> None:
    with pytest.raises(WorkbookError, match=r"no sheet 'Item'; there are Items, Z\."):
        grid_named([Grid("Z"), LEDGER], "Item")


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_file_keeps_its_own_and_its_copy_has_what_was_added(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"t.{kind}"
    if kind == "csv":
        path.write_text("No,Amount\n007,12.50\n008,-3\nTotal,9.5\n", encoding="utf-8")
        added = Columns("ledger", "t", 0, 3, 1, np.array([1, 2]), (DAYS, STAGE))
        expected = (2, 3)
    else:
        plain(path)
        added = Columns("ledger", "Open items", 2, 4, 6, np.array([3, 4]), (DAYS, STAGE))
        expected = (7, 8)
    before = path.read_bytes()
    workbook = FileWorkbook(path)
    workbook.add([added], [Sheet("findings", "Findings", (DAYS,))])
    reviewed = FileWorkbook(tmp_path / "t.reviewed.xlsx")
    assert path.read_bytes() == before
    assert [grid.name for grid in reviewed.grids()] == [grid.name for grid in workbook.grids()]
    assert reviewed.grids()[0].own == expected
    rows = [list(row) for row in reviewed.grids()[0].rows()]
    assert rows[added.header_row][expected[0] :] == ["Days", "阶段"]
    assert rows[added.header_row + 1][expected[0] :] == [14, "提醒"]
