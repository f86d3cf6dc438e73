"""FileWorkbook: one table read alike from six formats; bad files are refused in words."""

from __future__ import annotations

import errno
import gc
import hashlib
import os
import struct
import weakref
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import openpyxl
import pytest
import xlsxwriter
import xlwt
from hypothesis import given
from hypothesis import strategies as st

from tests.support import refused
from tests.support.ledgers import ROWS, plain
from tests.support.office import convert
from tests.support.packages import LEDGER, replace, reworked
from tests.support.xlsb import xlsb
from xlcredit.excel.files import FileWorkbook, carry_over
from xlcredit.kernel.errors import WorkbookError
from xlcredit.ledger.grid import UNCACHED, Grid

TABLE: tuple[tuple[object, ...], ...] = (
    (None, None, None, None, None),
    (None, "Customer", "Due", "Amount", "Disputed"),
    (None, "007", date(2026, 10, 31), 12.5, True),
    (None, "=SUM(A1)", date(2024, 2, 29), -1000.25, "#N/A"),
    (None, "宁波海润", None, 0.0, None),
)
MERGED = ((4, 1, 5, 1),)
BLANK = (None, "")


def cells_of(grid: Grid) -> list[list[object]]:
    """All cells, blanks as None, trailing blanks and rows left out."""
    rows = [[None if cell in BLANK and cell is not False else cell for cell in row] for row in grid.rows()]
    for row in rows:
        while row and row[-1] is None:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


EXPECTED = [
    [],
    [None, "Customer", "Due", "Amount", "Disputed"],
    [None, "007", date(2026, 10, 31), 12.5, True],
    [None, "=SUM(A1)", date(2024, 2, 29), -1000.25],
    [None, "宁波海润", None, 0],
]


def make_xlsx(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Open items"
    for row, cells in enumerate(TABLE, 1):
        for column, value in enumerate(cells, 1):
            if value is not None:
                cell = sheet.cell(row, column, value)
                cell.data_type = "s" if str(value).startswith("=") else cell.data_type
    sheet.merge_cells("B5:B6")
    book.create_sheet("Secret").sheet_state = "hidden"
    book.save(path)
    return path


def make_xls(path: Path) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Open items")
    dated = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for row, cells in enumerate(TABLE):
        for column, value in enumerate(cells):
            if value == "#N/A":
                sheet.row(row).set_cell_error(column, 0x2A)
            elif value is not None and (row, column) != (4, 1):
                sheet.write(row, column, value, dated if isinstance(value, date) else xlwt.Style.default_style)
    sheet.write_merge(4, 5, 1, 1, TABLE[4][1])
    book.add_sheet("Secret").visibility = 1
    book.save(str(path))
    return path


def make_ods(path: Path) -> Path:
    path.write_bytes(_ods())
    return path


@cache
def _ods() -> bytes:
    """Made once: LibreOffice takes seconds to start."""
    with TemporaryDirectory() as folder:
        return convert(make_xlsx(Path(folder) / "table.xlsx"), "ods").read_bytes()


def make_xlsb(path: Path) -> Path:
    return xlsb(path, "Open items", TABLE, MERGED)


MAKERS: dict[str, Callable[[Path], Path]] = {"xlsx": make_xlsx, "xls": make_xls, "ods": make_ods, "xlsb": make_xlsb}
FORMATS = pytest.mark.parametrize("kind", list(MAKERS))


@FORMATS
def test_the_same_table_is_read_from_every_format(tmp_path: Path, kind: str) -> None:
    grid = FileWorkbook(MAKERS[kind](tmp_path / f"t.{kind}")).grid("Open items")
    assert cells_of(grid) == EXPECTED
    assert grid.broken == {(3, 4): "#N/A"}
    assert grid.merged == MERGED
    assert (grid.n_columns, grid.epoch_1904, grid.hidden, grid.own) == (5, False, False, None)


@FORMATS
def test_the_values_carried_over_into_a_new_xlsx_are_the_same(tmp_path: Path, kind: str) -> None:
    source = FileWorkbook(MAKERS[kind](tmp_path / f"t.{kind}"))
    carry_over(source, tmp_path / "carried.xlsx")
    carried = FileWorkbook(tmp_path / "carried.xlsx")
    for before, after in zip(source.grids(), carried.grids(), strict=True):
        assert cells_of(after) == cells_of(before)
        assert (after.name, after.hidden, after.broken) == (before.name, before.hidden, before.broken)
        assert after.merged == before.merged


@FORMATS
def test_the_content_decides_what_a_file_is_not_its_name(tmp_path: Path, kind: str) -> None:
    made = MAKERS[kind](tmp_path / f"t.{kind}")
    for ending in ("xlsx", "xls", "ods", "dat"):
        named = tmp_path / f"other.{ending}"
        named.write_bytes(made.read_bytes())
        workbook = FileWorkbook(named)
        assert (workbook.kind, cells_of(workbook.grid("Open items"))) == (kind, EXPECTED)


def test_hidden_sheets_come_last_and_say_so(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "A"
    for name, state in (("B", "hidden"), ("C", "visible"), ("D", "veryHidden")):
        book.create_sheet(name).sheet_state = state
    book.create_chartsheet("Chart")
    book.save(tmp_path / "t.xlsx")
    grids = FileWorkbook(tmp_path / "t.xlsx").grids()
    assert [(grid.name, grid.hidden) for grid in grids] == [("A", False), ("C", False), ("B", True), ("D", True)]
    assert [(grid.n_rows, grid.n_columns, list(grid.rows())) for grid in grids] == [(0, 0, [])] * 4


def test_a_formula_nothing_has_calculated_is_broken_and_no_blank(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["=1+1", None, 5])
    book.save(tmp_path / "t.xlsx")
    assert FileWorkbook(tmp_path / "t.xlsx").grids()[0].broken == {(0, 0): UNCACHED}


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
BROKEN_CELLS = {
    "plain": '<row r="2"><c r="B2" t="e"><v>#REF!</v></c><c r="C2"><f>A1</f></c></row>',
    "single quotes": "<row r='2'><c r='B2' t='e'><v>#REF!</v></c><c r='C2'><f>A1</f><v/></c></row>",
    "no cell addresses": '<row r="2"><c/><c t="e"><f>A1</f><v>#REF!</v></c><c><f>A1</f><v></v></c></row>',
    "no addresses": '<row><c><v>1</v></c></row><row><c/><c t="e"><v>#REF!</v></c><c><f t="shared" si="0"/></c></row>',
    "shared formula": '<row r="2"><c r="B2" t="e"><v>#REF!</v></c><c r="C2"><f t="shared" si="0"/><v></v></c></row>',
}


def with_sheet_xml(path: Path, xml: str) -> Path:
    plain(path)
    with reworked(path) as parts:
        parts[LEDGER] = xml.encode()
    return path


@pytest.mark.parametrize("rows", BROKEN_CELLS.values(), ids=BROKEN_CELLS)
def test_broken_cells_are_found_however_the_sheet_is_written(tmp_path: Path, rows: str) -> None:
    path = with_sheet_xml(tmp_path / "t.xlsx", SHEET.format(rows))
    assert FileWorkbook(path).grids()[0].broken == {(1, 1): "#REF!", (1, 2): UNCACHED}


def test_broken_cells_are_found_under_a_prefix(tmp_path: Path) -> None:
    xml = SHEET.format(BROKEN_CELLS["plain"]).replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:")
    path = with_sheet_xml(tmp_path / "t.xlsx", xml.replace("xmlns=", "xmlns:x="))
    assert FileWorkbook(path).grids()[0].broken == {(1, 1): "#REF!", (1, 2): UNCACHED}


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1"><f>B1</f><v>0</v></c>',
        '<c r="A1" t="str"><f>B1</f><v></v></c>',
        '<c r="A1" t="inlineStr"><is><t>t="e" #N/A</t></is></c>',
        '<c r="A1"/><c r="B1" s="1"/>',
    ],
)
def test_calculated_formulas_and_texts_are_not_broken(tmp_path: Path, cell: str) -> None:
    path = with_sheet_xml(tmp_path / "t.xlsx", SHEET.format(f'<row r="1">{cell}</row>'))
    assert FileWorkbook(path).grids()[0].broken == {}


@given(
    table=st.lists(st.lists(st.sampled_from(["", "7", "#N/A", "=1"]), max_size=4), max_size=60), addressed=st.booleans()
)
def test_the_scan_finds_every_broken_cell_at_its_place(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[str]], *, addressed: bool
) -> None:
    written = {"": "<c{}/>", "7": "<c{}><v>7</v></c>", "#N/A": '<c{} t="e"><v>#N/A</v></c>', "=1": "<c{}><f>1</f></c>"}
    rows = (
        "<row>"
        + "".join(written[c].format(f' r="{"ABCD"[x]}{y}"' if addressed else "") for x, c in enumerate(row))
        + "</row>"
        for y, row in enumerate(table, 1)
    )
    path = with_sheet_xml(tmp_path_factory.mktemp("scan") / "t.xlsx", SHEET.format("".join(rows)))
    fault = {"#N/A": "#N/A", "=1": UNCACHED}
    expected = {(y, x): fault[c] for y, row in enumerate(table) for x, c in enumerate(row) if c in fault}
    assert FileWorkbook(path).grids()[0].broken == expected


def test_days_of_the_1904_system_are_read_right_and_the_grid_says_so(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "t.xlsx", {"date_1904": True}) as book:
        book.add_worksheet().write_datetime(0, 0, date(2026, 10, 31), book.add_format({"num_format": "yyyy-mm-dd"}))
    grid = FileWorkbook(tmp_path / "t.xlsx").grids()[0]
    assert (cells_of(grid), grid.epoch_1904) == ([[date(2026, 10, 31)]], True)


def test_the_1904_system_of_an_xls_is_carried_over_with_its_bare_serials(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    book.dates_1904 = True
    sheet = book.add_sheet("S")
    sheet.write(0, 0, 44864.0)
    sheet.write(0, 1, date(2026, 10, 31), xlwt.easyxf(num_format_str="YYYY-MM-DD"))
    book.save(str(tmp_path / "t.xls"))
    source = FileWorkbook(tmp_path / "t.xls")
    carry_over(source, tmp_path / "t.xlsx")
    carried = FileWorkbook(tmp_path / "t.xlsx").grid("S")
    assert (cells_of(carried), carried.epoch_1904) == ([[44864, date(2026, 10, 31)]], True)
    assert cells_of(source.grid("S")) == cells_of(carried)


def test_loading_early_gives_the_same_grids(tmp_path: Path) -> None:
    workbook = FileWorkbook(make_xlsx(tmp_path / "t.xlsx"))
    workbook.start_loading()
    workbook.start_loading()
    assert [cells_of(grid) for grid in workbook.grids()] == [EXPECTED, []]


def test_a_fault_met_while_loading_early_is_raised_where_the_grids_are_asked_for(tmp_path: Path) -> None:
    workbook = FileWorkbook(refused.malformed(tmp_path / "t.xlsx"))
    workbook.start_loading()
    with pytest.raises(WorkbookError, match=r"t\.xlsx is damaged"):
        [grid.n_rows for grid in workbook.grids()]


def test_grids_are_shared_while_held_and_free_when_let_go(tmp_path: Path) -> None:
    workbook = FileWorkbook(make_xlsx(tmp_path / "t.xlsx"))
    grids = workbook.grids()
    assert workbook.grid("open ITEMS") is grids[0]
    watched = weakref.ref(grids[0])
    del grids
    gc.collect()
    assert watched() is None
    assert cells_of(workbook.grids()[0]) == EXPECTED


def test_the_checksum_is_the_files(tmp_path: Path) -> None:
    path = make_xlsx(tmp_path / "t.xlsx")
    assert FileWorkbook(path).sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_sheet_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match=r"no sheet 'Open item'; there are Open items, Secret\."):
        FileWorkbook(make_xlsx(tmp_path / "t.xlsx")).grid("Open item")


def test_only_xlsx_and_xlsm_are_added_to_in_kind(tmp_path: Path) -> None:
    kinds = {kind: FileWorkbook(make(tmp_path / f"t.{kind}")) for kind, make in MAKERS.items()}
    assert {kind: workbook.can_enrich for kind, workbook in kinds.items()} == {
        "xlsx": True, "xls": False, "ods": False, "xlsb": False
    }  # fmt: skip
    assert kinds["xls"].target == tmp_path / "t.reviewed.xlsx"


def test_a_text_table_becomes_a_workbook_with_plain_numbers_and_days(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(
        'Open items,,,,,\nNo,Doc,Amount,Due,Local,Text\n007,9000000001,12.50,2026-10-31,"1.234",=1+1\n'
        "8,9000000002,-3,2026-11-30,5,@x\n,,9.5,,,\n", encoding="utf-8",
    )  # fmt: skip
    source = FileWorkbook(path)
    carry_over(source, tmp_path / "t.xlsx")
    assert cells_of(source.grids()[0])[2] == ["007", "9000000001", "12.50", "2026-10-31", "1.234", "=1+1"]
    assert cells_of(FileWorkbook(tmp_path / "t.xlsx").grids()[0]) == [
        ["Open items"],
        ["No", "Doc", "Amount", "Due", "Local", "Text"],
        ["007", 9000000001, 12.5, date(2026, 10, 31), "1.234", "=1+1"],
        ["8", 9000000002, -3, date(2026, 11, 30), "5", "@x"],
        [None, None, 9.5],
    ]


def html(path: Path) -> Path:
    path.write_text("<html><table><tr><td>1</td></tr></table></html>", encoding="utf-8")
    return path


def far_xls_cell(path: Path) -> Path:
    raw = make_xls(path).read_bytes()
    cell = struct.pack("<HHHH", 0x205, 8, 3, 4)  # the error cell E4, moved to the farthest place a record can name
    assert raw.count(cell) == 1
    path.write_bytes(raw.replace(cell, struct.pack("<HHHH", 0x205, 8, 0xFFFF, 0xFFFF)))
    return path


def backward_xls(path: Path) -> Path:
    raw = make_xls(path).read_bytes()
    stated = struct.pack("<HHII", 0x200, 14, 1, 6)  # rows 1 to 5; from row 9 to 5 makes calamine ask for all memory
    assert raw.count(stated) == 1
    path.write_bytes(raw.replace(stated, struct.pack("<HHII", 0x200, 14, 9, 6)))
    return path


def spreadsheet_2003(path: Path) -> Path:
    path.write_text('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "utf-8")
    return path


def cut_xls(path: Path) -> Path:
    path.write_bytes(make_xls(path).read_bytes()[:3000])
    return path


def locked_xls(path: Path) -> Path:
    raw = make_xls(path).read_bytes()
    at = raw.index(b"\x22\x00\x02\x00")  # the record of the date system, turned into the one of a password
    path.write_bytes(raw[:at] + b"\x2f" + raw[at + 1 :])
    return path


def locked_ods(path: Path) -> Path:
    with ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
    return path


def far_cell(path: Path) -> Path:
    book = openpyxl.Workbook()
    book.active["A1"] = book.active["XFD1048576"] = 1
    book.save(path)
    return path


def repeated_cells(path: Path) -> Path:
    cell = '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/>'
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    with ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", "<manifest:manifest xmlns:manifest='m'/>")
        package.writestr(
            "content.xml", f'<o xmlns:table="t" xmlns:office="o"><table:table table:name="S">{row}</table:table></o>'
        )
    return path


def contents(data: bytes) -> Callable[[Path], Path]:
    def write(path: Path) -> Path:
        path.write_bytes(data)
        return path

    return write


BAD_FILES: Sequence[tuple[str, Callable[[Path], Path], str, str]] = (
    ("t.xlsx", lambda path: path, "file-not-found", r"t\.xlsx does not exist"),
    ("t.xlsx", lambda path: path.parent, "is-a-directory", "is a folder, not a workbook"),
    ("t.xlsx", contents(b""), "empty-file", "is empty: 0 bytes"),
    ("t.xlsx", contents(b"%PDF-1.7\n\x00\x01"), "not-a-workbook", "neither a workbook nor a text table"),
    ("t.docx", contents(b"plain words"), "not-a-workbook", "neither a workbook nor a text table"),
    ("t.csv", contents(b"a,b\n1,\x01\x02\x00\n"), "not-a-workbook", "neither a workbook nor a text table"),
    ("t.xls", html, "web-page", "is a web page"),
    ("t.xls", spreadsheet_2003, "xml-spreadsheet", "Excel 2003 XML"),
    ("t.xls", cut_xls, "damaged", "damaged or was cut off"),
    ("t.xls", locked_xls, "encrypted", "is encrypted"),
    ("t.xls", far_xls_cell, "sheet-too-large", "Open items reaches to row 65536 and column 65536"),
    ("t.xls", backward_xls, "damaged", "damaged or was cut off"),
    ("t.ods", locked_ods, "encrypted", "is encrypted"),
    ("t.ods", repeated_cells, "sheet-too-large", "S reaches to row 1048576 and column 16384"),
    ("t.xlsx", refused.encrypted, "encrypted", "is encrypted"),
    ("t.xlsx", refused.truncated, "damaged", "damaged or was cut off"),
    ("t.xlsx", refused.bad_checksum, "damaged", "damaged or was cut off"),
    ("t.xlsx", refused.malformed, "damaged", "damaged or was cut off"),
    ("t.xlsx", refused.without_a_workbook, "not-a-workbook", "neither a workbook"),
    ("t.xlsx", refused.zip_bomb, "zip-bomb", "would unpack to"),
    ("t.xlsx", refused.entities, "xml-entities", "declares XML entities"),
    ("t.xlsx", refused.utf_16, "xml-encoding", "written in utf-16"),
    ("t.xlsx", far_cell, "sheet-too-large", "Sheet reaches to row 1048576 and column 16384"),
)


@pytest.mark.parametrize(("name", "make", "code", "words"), BAD_FILES)
def test_a_bad_file_is_refused_in_words(
    tmp_path: Path, name: str, make: Callable[[Path], Path], code: str, words: str
) -> None:
    path = make(tmp_path / name)
    with pytest.raises(WorkbookError, match=words) as caught:
        [list(grid.rows()) for grid in FileWorkbook(path).grids()]
    assert caught.value.code == code


def test_a_file_one_may_not_read_is_refused_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make_xlsx(tmp_path / "t.xlsx")

    def forbidden(*_: object, **__: object) -> None:  # root may read everything, so permissions alone prove nothing
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    monkeypatch.setattr(Path, "open", forbidden)
    with pytest.raises(WorkbookError, match="cannot be read: Permission denied"):
        FileWorkbook(path)


@given(st.data())
def test_a_file_with_bytes_turned_over_is_read_or_refused_never_worse(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    kind = data.draw(st.sampled_from(["xlsx", "xls", "xlsb"]))
    raw = bytearray(_sound(kind))
    for at in data.draw(st.lists(st.integers(0, len(raw) - 1), min_size=1, max_size=8)):
        raw[at] ^= data.draw(st.integers(1, 255))
    (folder / f"t.{kind}").write_bytes(raw)
    assert outcome(folder / f"t.{kind}") in EXPECTABLE


@cache
def _sound(kind: str) -> bytes:
    with TemporaryDirectory() as folder:
        return MAKERS[kind](Path(folder) / f"t.{kind}").read_bytes()


EXPECTABLE = frozenset(
    "read damaged not-a-workbook zip-bomb encrypted sheet-too-large xml-encoding xml-entities duplicate-entry unsafe-entry".split()
)


def outcome(path: Path) -> str:
    """ "read", or the code of the WorkbookError; anything else that goes wrong goes through."""
    try:
        for grid in FileWorkbook(path).grids():
            cells_of(grid)
    except WorkbookError as fault:
        return fault.code
    return "read"


def test_a_real_ledger_is_read_at_its_full_length(real_files: Path) -> None:
    grid = FileWorkbook(real_files / "barbarzilay_ar_aging_report.xlsx").grid("Open Invoices")
    assert (grid.n_rows, grid.n_columns) == (29, 8)


def test_formats_that_hold_a_ledger_agree_with_its_literal_rows(tmp_path: Path) -> None:
    grid = FileWorkbook(plain(tmp_path / "t.xlsx")).grids()[0]
    assert [tuple(row[:7]) for row in grid.rows(3)][: len(ROWS)] == list(ROWS)


def test_a_part_that_is_signed_can_still_be_read(tmp_path: Path) -> None:
    grid = FileWorkbook(refused.signed(tmp_path / "t.xlsx")).grids()[0]
    assert tuple(next(iter(grid.rows(3)))[:7]) == ROWS[0]


def test_rows_that_are_only_formatted_do_not_make_a_sheet_too_large(tmp_path: Path) -> None:
    plain(tmp_path / "t.xlsx")
    with reworked(tmp_path / "t.xlsx") as parts:
        replace(parts, LEDGER, "</sheetData>", '<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>')
    assert FileWorkbook(tmp_path / "t.xlsx").grids()[0].n_columns == 7
