"""A workbook built from grids holds their values and nothing that calculates."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.schema import errors
from xlcredit.excel.build import build, sheet_name
from xlcredit.excel.files import FileWorkbook
from xlcredit.kernel.errors import WorkbookError
from xlcredit.ledger.grid import UNCACHED, Grid


def test_each_value_comes_back_as_it_was(tmp_path: Path) -> None:
    row = [
        "007",
        12.5,
        3,
        True,
        date(2026, 10, 31),
        datetime.fromisoformat("2026-10-31T08:30:00"),
        time(8, 30),
        timedelta(hours=30),
    ]
    build(tmp_path / "t.xlsx", [Grid("S", [row])])
    assert list(FileWorkbook(tmp_path / "t.xlsx").grid("S").rows()) == [row]


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "{=1}", "http://x.test/", "007", "1e5"])
def test_text_stays_text(tmp_path: Path, text: str) -> None:
    build(tmp_path / "t.xlsx", [Grid("S", [[text]])])
    cell = openpyxl.load_workbook(tmp_path / "t.xlsx")["S"]["A1"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (
        text,
        "s" if not text.startswith("=") else cell.data_type,
        None,
    )
    assert list(FileWorkbook(tmp_path / "t.xlsx").grid("S").rows()) == [[text]]
    assert FileWorkbook(tmp_path / "t.xlsx").grid("S").broken == {}


def test_errors_and_uncalculated_formulas_stay_what_they_are(tmp_path: Path) -> None:
    broken = {(0, 1): "#N/A", (1, 0): "#DIV/0!", (3, 2): UNCACHED}
    build(tmp_path / "t.xlsx", [Grid("S", [["a", ""], ["", 1.0]], broken)])
    assert FileWorkbook(tmp_path / "t.xlsx").grid("S").broken == broken


def test_merged_ranges_and_hidden_sheets_are_kept(tmp_path: Path) -> None:
    grids = [Grid("A", [["x"]], hidden=True), Grid("B", [["m"], [None], ["n"]], merged=((0, 0, 1, 1),)), Grid("C")]
    build(tmp_path / "t.xlsx", grids)
    made = FileWorkbook(tmp_path / "t.xlsx").grids()
    assert [(grid.name, grid.hidden) for grid in made] == [("B", False), ("C", False), ("A", True)]
    assert made[0].merged == ((0, 0, 1, 1),)
    assert [list(row) for row in made[0].rows()] == [["m"], [""], ["n"]]


def test_a_workbook_of_hidden_sheets_shows_them(tmp_path: Path) -> None:
    build(tmp_path / "t.xlsx", [Grid("A", [["x"]], hidden=True)])
    assert [grid.hidden for grid in FileWorkbook(tmp_path / "t.xlsx").grids()] == [False]


@pytest.mark.parametrize(
    ("wanted", "taken", "name"),
    [
        ("Open items", (), "Open items"),
        ("ledger[1]: a/b", (), "ledger_1__ a_b"),
        ("x" * 40, (), "x" * 31),
        ("Items", ("ITEMS",), "Items (2)"),
        ("x" * 40, ("x" * 31,), "x" * 27 + " (2)"),
        ("history", (), "history (2)"),
        ("''", (), "Sheet"),
    ],
)
def test_a_sheet_name_is_made_to_fit(wanted: str, taken: tuple[str, ...], name: str) -> None:
    assert sheet_name(wanted, taken) == name


def test_more_rows_than_a_sheet_holds_are_refused_and_nothing_is_written(tmp_path: Path) -> None:
    grid = Grid("S", [()] * 1_048_577)
    with pytest.raises(WorkbookError, match="S has more than the 1,048,576 rows"):
        build(tmp_path / "t.xlsx", [grid])
    assert list(tmp_path.iterdir()) == []


def test_more_columns_than_a_sheet_holds_are_refused(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match="S has 16,385 columns"):
        build(tmp_path / "t.xlsx", [Grid("S", [[1] * 16_385])])


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match=r"The folder .*nowhere does not exist"):
        build(tmp_path / "nowhere" / "t.xlsx", [Grid("S", [["x"]])])


def test_what_is_built_follows_the_schema_and_opens_in_openpyxl(tmp_path: Path) -> None:
    grids = [
        Grid("A", [["x", 1.0, date(2026, 10, 31)], [None, True]], {(2, 0): "#N/A"}, merged=((0, 0, 1, 0),)),
        Grid("B", hidden=True),
    ]
    build(tmp_path / "t.xlsx", grids)
    assert errors(tmp_path / "t.xlsx") == []
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx")["A"]
    assert [sheet["A1"].value, sheet["B1"].value, sheet["C1"].value.date()] == ["x", 1, date(2026, 10, 31)]
    assert (sheet["C1"].number_format, sheet["A3"].value) == ("yyyy-mm-dd", "#N/A")


def test_days_around_the_leap_day_that_never_was_come_back(tmp_path: Path) -> None:
    days = [date(1900, 1, 1), date(1900, 2, 28), date(1900, 3, 1)]
    build(tmp_path / "t.xlsx", [Grid("S", [days])])
    cells = next(openpyxl.load_workbook(tmp_path / "t.xlsx")["S"].iter_rows())
    assert [cell.value.date() for cell in cells] == days


def test_an_earlier_file_is_kept_when_building_fails(tmp_path: Path) -> None:
    (tmp_path / "t.xlsx").write_bytes(b"before")
    with pytest.raises(WorkbookError, match="S has 16,385 columns"):
        build(tmp_path / "t.xlsx", [Grid("S", [[1] * 16_385])])
    assert (tmp_path / "t.xlsx").read_bytes() == b"before"


texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=1, max_size=12)
values = st.one_of(
    texts,
    st.booleans(),
    st.integers(-(10**14), 10**14).map(lambda cents: cents / 100),
    st.dates(date(1901, 1, 1), date(2200, 1, 1)),
)


@given(st.lists(st.lists(values, min_size=2, max_size=2), min_size=1, max_size=5))
def test_any_table_comes_back(tmp_path_factory: pytest.TempPathFactory, table: list[list[object]]) -> None:
    path = tmp_path_factory.mktemp("build") / "t.xlsx"
    build(path, [Grid("S", table)])
    assert [list(row) for row in FileWorkbook(path).grid("S").rows()] == table
