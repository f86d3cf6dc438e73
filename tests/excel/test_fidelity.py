"""Adding to somebody's workbook changes what is added and nothing else, whatever else it holds."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import openpyxl
import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from tests.support import schema
from tests.support.ledgers import ROWS
from tests.support.workbooks import DIALECTS, FEATURES, HEADER_ROW, LAST_COLUMN, SHEET, Maker, name_of
from xlcredit.excel.additions import Column, Columns, Shade, Sheet
from xlcredit.excel.marks import own_columns, own_sheets
from xlcredit.excel.ooxml.package import Package
from xlcredit.excel.patch import patch

REAL = sorted((Path(__file__).parents[3] / "shared" / "data").glob("*.xlsx"))
ROWS_OF_ITEMS = np.arange(HEADER_ROW + 1, HEADER_ROW + 1 + len(ROWS), dtype=np.int64)
BUCKETS = np.array(["not due", "1–30", "31–60", "over 60"] * 2, dtype=object)
TEXTS = np.array(["=cmd|' /C calc'!A0", "", "<b>&amp;", " padded ", "-1", "+1", "@x", "line\nbreak"], dtype=object)
NUMBERS = np.array([1.0, -2.5, np.nan, 0.0, 1e15, 0.1 + 0.2, 46000.0, 3.0])

OURS = (
    Column("Days past due", "integer", NUMBERS),
    Column(
        "Aging bucket", "text", BUCKETS, (Shade(("over 60",), "FFC7CE", "9C0006"), Shade(("1–30", "31–60"), "FFEB9C"))
    ),
    Column("Next action", "wrapped", TEXTS, width=30.0),
    Column("Open amount", "amount", NUMBERS),
)
FINDINGS = Sheet(
    "findings",
    "Findings",
    (Column("Where", "text", TEXTS), Column("Due", "date", NUMBERS), Column("Grade", "text", BUCKETS, OURS[1].shades)),
)


def beside(sheet: str = SHEET, columns: tuple[Column, ...] = OURS) -> Columns:
    last = HEADER_ROW + len(ROWS)
    return Columns("ledger", sheet, HEADER_ROW, last, LAST_COLUMN, ROWS_OF_ITEMS, columns)


def contents(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def compressed(path: Path) -> dict[str, bytes]:
    with Package.open(path) as package:
        return {member.filename: _raw(package, member) for member in package.members}


def _raw(package: Package, member) -> bytes:
    start, end = package.data_range(member)
    package.stream.seek(start)
    return package.stream.read(end - start)


def cells(path: Path, sheet: str) -> dict[str, list]:
    book = CalamineWorkbook.from_path(str(path))
    return {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in book.sheet_names
        if name != sheet
    }


def part_of(path: Path, sheet: str) -> str:
    from xlcredit.excel.ooxml.book import Book

    with Package.open(path) as package:
        return package.member(Book(package).tab(sheet).part).filename


def tables_of(path: Path, part: str) -> set[str]:
    with Package.open(path) as package:
        return {package.member(t).filename for kind, t in package.related(part).values() if kind.endswith("/table")}


def foreign_cells(xml: bytes, sheet_columns: tuple[int, int], rows: range) -> list[bytes]:
    """Each cell element as its canonical XML, ours left out, under the address it stands at."""
    root = etree.fromstring(xml)
    out, row_number = [], 0
    for row in root.iter("{*}row"):
        row_number = int(row.get("r", row_number + 1))
        column = -1
        for cell in row.iterchildren("{*}c"):
            letters = re.match(r"[A-Z]*", cell.get("r", ""))[0]
            column = openpyxl.utils.column_index_from_string(letters) - 1 if letters else column + 1
            if not (sheet_columns[0] <= column <= sheet_columns[1] and row_number in rows):
                cell.tail = None
                out.append(b"%d,%d %s" % (row_number, column, etree.tostring(cell)))
    return out


def expected_changes(before: Path, sheet: str) -> set[str]:
    with Package.open(before) as package:
        book = package.workbook_part()
        styles = next((t for kind, t in package.related(book).values() if kind.endswith("/styles")), "")
        rels = f"{book.rpartition('/')[0]}/_rels/{book.rpartition('/')[2]}.rels".lstrip("/")
        changed = {
            part_of(before, sheet),
            book,
            rels,
            "[Content_Types].xml",
            *tables_of(before, part_of(before, sheet)),
        }
        return {package.member(name).filename for name in {*changed, styles} if name in package}


@pytest.fixture(scope="module", params=FEATURES + DIALECTS, ids=name_of)
def runs(request, tmp_path_factory) -> tuple[Path, Path, Path]:
    """A workbook, the same after one run, and after two."""
    folder = tmp_path_factory.mktemp("fidelity")
    maker: Maker = request.param
    before = maker(folder / "before.xlsx")
    once, twice = before.with_stem("once"), before.with_stem("twice")
    patch(before, once, [beside()], [FINDINGS])
    patch(once, twice, [beside()], [FINDINGS])
    return before, once, twice


def test_every_other_part_keeps_its_bytes(runs):
    before, after, _ = runs
    old, new = compressed(before), compressed(after)
    assert [] == [name for name in old if name not in expected_changes(before, SHEET) and new[name] != old[name]]
    assert list(old) == [name for name in new if name in old]
    assert 1 <= len(set(new) - set(old)) <= 2  # the sheet, and styles where there were none


def test_the_cells_of_others_stay_as_they_were_written(runs):
    before, after, _ = runs
    sheet, first, last = own_columns(after)["ledger"]
    part, rows = part_of(before, SHEET), range(HEADER_ROW + 1, HEADER_ROW + 2 + len(ROWS))
    kept = [foreign_cells(contents(path)[part], (first, last), rows) for path in (before, after)]
    assert kept[0] == kept[1]
    assert SHEET == sheet


def test_the_values_of_other_sheets_stay(runs):
    before, after, _ = runs
    assert cells(before, SHEET) == {k: v for k, v in cells(after, SHEET).items() if k != own_sheets(after)["findings"]}


def test_our_cells_read_back_as_they_were_given(runs):
    _, after, _ = runs
    _, first, last = own_columns(after)["ledger"]
    rows = CalamineWorkbook.from_path(str(after)).get_sheet_by_name(SHEET).to_python(skip_empty_area=False)
    block = [row[first : last + 1] for row in rows[HEADER_ROW : HEADER_ROW + 1 + len(ROWS)]]
    blank = ["" if np.isnan(v) else v for v in NUMBERS.tolist()]
    assert [c.header for c in OURS] == [str(h) for h in block[0]]
    assert [list(r) for r in zip(blank, BUCKETS, TEXTS, blank, strict=True)] == [list(row) for row in block[1:]]


def test_the_schema_check_finds_nothing_new(runs):
    before, after, _ = runs
    assert [] == schema.new_errors(before, after)


def test_a_second_run_changes_nothing(runs):
    _, once, twice = runs
    assert contents(once) == contents(twice)


@pytest.mark.skipif(not REAL, reason="../shared/data is not there")
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_real_workbooks_keep_all_they_had(path: Path, tmp_path: Path):
    after, again = tmp_path / "after.xlsx", tmp_path / "again.xlsx"
    with Package.open(path) as package:
        from xlcredit.excel.ooxml.book import Book

        sheet = Book(package).tabs[-1].name
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    wanted = Columns(
        "ledger", sheet, 0, len(rows) - 1, len(rows[0]) - 1, np.arange(1, len(rows), dtype=np.int64),
        (Column("Aging bucket", "text", np.array(["1–30"] * (len(rows) - 1), dtype=object), OURS[1].shades),),
    )  # fmt: skip
    patch(path, after, [wanted], [FINDINGS])
    old, new = compressed(path), compressed(after)
    assert [] == [n for n in old if n not in expected_changes(path, sheet) and new[n] != old[n]]
    assert cells(path, sheet) == {k: v for k, v in cells(after, sheet).items() if k != "Findings"}
    assert [] == schema.new_errors(path, after)
    patch(after, again, [wanted], [FINDINGS])
    assert contents(after) == contents(again)
