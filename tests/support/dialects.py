"""The same plain ledger in every way a program may write it: prefixes, namespaces, missing references, zip habits."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from functools import reduce
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import openpyxl

from tests.support.ledgers import HEADER_ROW, HEADERS, ROWS, SHEET, TITLE, Row, ledger_book, plain
from tests.support.packages import LEDGER, MAIN, OFFICE, PACKAGE, XML, Parts, read_parts, replace, reworked, write_parts

STRICT = "http://purl.oclc.org/ooxml"
OURS_IN_STRICT = {
    MAIN: f"{STRICT}/spreadsheetml/main",
    OFFICE: f"{STRICT}/officeDocument/relationships",
    "http://schemas.openxmlformats.org/drawingml/2006/main": f"{STRICT}/drawingml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties": f"{STRICT}/officeDocument/extendedProperties",
    "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes": f"{STRICT}/officeDocument/docPropsVTypes",
}


def strict(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """Strict Office Open XML: other namespaces throughout, and the workbook says so."""
    plain(path, rows)
    with reworked(path) as parts:
        for name, content in parts.items():
            parts[name] = reduce(_in_strict, OURS_IN_STRICT.items(), content)
        replace(parts, "xl/workbook.xml", "<workbook ", '<workbook conformance="strict" ')
    return path


def _in_strict(content: bytes, namespaces: tuple[str, str]) -> bytes:
    ours, theirs = namespaces
    return content.replace(f'"{ours}'.encode(), f'"{theirs}'.encode())


def prefixed(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """Every element of the spreadsheet namespace written as ``x:…``, as the Open XML SDK does."""
    plain(path, rows)
    with reworked(path) as parts:
        for name in (LEDGER, "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"):
            text = re.sub(r"<(/?)(?=[A-Za-z])", r"<\1x:", parts[name].decode())
            parts[name] = text.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"').encode()
    return path


def prefixed_table(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """The same with a table and a filter, whose part is prefixed too."""
    with ledger_book(path, rows) as (_, sheet):
        columns = [{"header": header} for header in HEADERS]
        sheet.add_table(HEADER_ROW, 0, HEADER_ROW + len(rows), 6, {"name": "OpenItems", "columns": columns})
    with reworked(path) as parts:
        for name in (LEDGER, "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/tables/table1.xml"):
            text = re.sub(r"<(/?)(?=[A-Za-z])", r"<\1x:", parts[name].decode())
            parts[name] = text.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"').encode()
    return path


def without_references(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """Neither rows nor cells say where they stand: each follows the one before."""
    return _respelled(path, rows, _drop_references)


def without_row_references(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """Rows do not say where they stand, cells do."""
    return _respelled(path, rows, lambda text: _gapless(re.sub(r'<row r="\d+"', "<row", text)))


def without_cell_references(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """Cells do not say where they stand, rows do."""
    return _respelled(path, rows, lambda text: re.sub(r'<c r="[A-Z]+\d+"', "<c", text))


def _drop_references(text: str) -> str:
    return re.sub(r'<c r="[A-Z]+\d+"', "<c", _gapless(re.sub(r'<row r="\d+"', "<row", text)))


def _gapless(text: str) -> str:
    """Row 2 is blank and left out; without references it must be there."""
    return text.replace("</row><row", "</row><row/><row", 1)


def single_quotes(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """Attributes in single quotes, on several lines, with spaces around and before the end of a tag."""

    def spell(text: str) -> str:
        declaration, body = text.split("?>", 1)
        return f"{declaration}?>" + body.replace('"', "'").replace("<c r=", "<c\n  r = ").replace("/>", " />")

    return _respelled(path, rows, spell)


def comments_in_the_xml(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """Comments that talk of rows, and a processing instruction."""

    def spell(text: str) -> str:
        talk = "<!-- a </row> and a <row> and </sheetData> that are none --><?keep </row>?>"
        text = text.replace("</sheetData>", f"{talk}</sheetData>{talk}")
        return text.replace("<sheetData>", f"{talk}<sheetData>{talk}")

    return _respelled(path, rows, spell)


def cdata(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """A text in CDATA that looks like the end of a row."""

    def spell(text: str) -> str:
        spoof = '<c r="A2" t="inlineStr"><is><t><![CDATA[</row></sheetData>]]></t></is></c>'
        return text.replace("</row>", f'</row><row r="2">{spoof}</row>', 1)

    return _respelled(path, rows, spell)


def indented(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """White space and line ends between elements, and a byte-order mark before them."""

    def spell(text: str) -> str:
        broken = re.sub(r"(</row>|</c>|<sheetData>|<row [^>]*>)", "\\1\r\n\t", text)
        return f"\ufeff{broken}"

    return _respelled(path, rows, spell)


def as_excel_writes(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """The attributes Excel itself leaves: revision ids, row descents, spans, ignorable namespaces."""

    def spell(text: str) -> str:
        namespaces = (
            'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac xr" '
            'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" '
            'xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision" '
            'xr:uid="{00000000-0001-0000-0000-000000000000}">'
        )
        text = re.sub(r"(<worksheet [^>]*)>", lambda m: f"{m[1]} {namespaces}", text, count=1)
        text = text.replace(
            '<sheetFormatPr defaultRowHeight="15"', '<sheetFormatPr defaultRowHeight="15" x14ac:dyDescent="0.25"'
        )
        return re.sub(r'(<row r="\d+")', r'\1 ht="15.75" customHeight="1" x14ac:dyDescent="0.25"', text)

    return _respelled(path, rows, spell)


def self_closed_rows(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """Rows that hold a height and no cell, between the items too."""

    def spell(text: str) -> str:
        tall = '<row r="2" ht="30" customHeight="1"/>'
        ends = "".join(f'<row r="{at}" hidden="1"/>' for at in (len(rows) + 5, len(rows) + 9))
        return text.replace('<row r="3"', f'{tall}<row r="3"', 1).replace("</sheetData>", f"{ends}</sheetData>")

    return _respelled(path, rows, spell)


def inline_strings(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """Texts in the cells themselves, as programs that stream write them."""
    with ledger_book(path, rows, constant_memory=True):
        return path


def bare(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """The least that is a workbook: no styles, no shared strings, no dimension, no properties."""
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    lines = [(TITLE,), (), HEADERS, *[(*row[:3], _serial(row[3]), _serial(row[4]), *row[5:]) for row in rows]]
    data = "".join(f"<row>{''.join(map(_cell, line))}</row>" for line in lines)
    parts: Parts = {
        "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/'
        'vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="'
        f'{types}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{types}.worksheet+xml"/></Types>',
        "_rels/.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="{SHEET}" sheetId="1" '
        'r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/worksheet" Target="/xl/worksheets/sheet1.xml"/></Relationships>',
        LEDGER: f'{XML}<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData></worksheet>',
    }
    return write_parts(path, {name: text.encode() for name, text in parts.items()})


def _serial(day: object) -> float:
    return float(day.toordinal() - 693594)


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"<c><v>{value!r}</v></c>"
    text = str(value).replace("&", "&amp;").replace("<", "&lt;")
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


def by_openpyxl(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """As openpyxl writes it, with a freeze, a filter and a comment."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = SHEET
    for line in ((TITLE,), (), HEADERS, *rows):
        sheet.append(line)
    for row in sheet.iter_rows(min_col=2, max_col=2):
        row[0].data_type = "s"  # "=SUM(A1) Holdings" is a name, no formula
    sheet.freeze_panes = "A4"
    sheet.auto_filter.ref = f"A3:G{len(rows) + 3}"
    sheet["F4"].comment = openpyxl.comments.Comment("seen", "KL")
    book.save(path)
    return path


def with_data_descriptors(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """A package written to a pipe: sizes stand after each member's bytes."""

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.written = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:
            self.written += data
            return len(data)

    pipe = Pipe()
    parts = read_parts(plain(path, rows))
    with ZipFile(pipe, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, compress_type=ZIP_DEFLATED)
    path.write_bytes(pipe.written)
    return path


def zip64(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """Members announced as larger than 4 GB may be."""
    parts = read_parts(plain(path, rows))
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            with package.open(ZipInfo(name, (2026, 1, 1, 0, 0, 0)), "w", force_zip64=True) as member:
                member.write(content)
    return path


def stored(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """Nothing compressed."""
    return write_parts(path, read_parts(plain(path, rows)), ZIP_STORED)


def with_a_zip_comment(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """A comment at the package's end, extra fields, and a folder among the members."""
    parts = read_parts(plain(path, rows))
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        package.comment = "made by a tool, 由工具生成".encode()
        package.mkdir("xl")
        for name, content in parts.items():
            info = ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            info.extra = b"\xfe\xca\x04\x00abcd"
            package.writestr(info, content, compress_type=ZIP_DEFLATED)
    return path


def odd_part_names(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """The sheet in another folder under another name, named by an absolute target."""
    plain(path, rows)
    with reworked(path) as parts:
        parts["xl/ledgers/august.xml"] = parts.pop(LEDGER)
        replace(parts, "[Content_Types].xml", "/xl/worksheets/sheet1.xml", "/xl/ledgers/august.xml")
        replace(parts, "xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", "/xl/ledgers/august.xml")
    return path


def mixed_case_names(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """A part's name spelled in other cases than its relationship does, which Excel does not mind."""
    plain(path, rows)
    with reworked(path) as parts:
        parts["xl/worksheets/Sheet1.xml"] = parts.pop(LEDGER)
        parts["xl/Styles.xml"] = parts.pop("xl/styles.xml")
    return path


def _respelled(path: Path, rows: Sequence[Row], spell: Callable[[str], str]) -> Path:
    plain(path, rows)
    with reworked(path) as parts:
        parts[LEDGER] = spell(parts[LEDGER].decode()).encode()
    return path


ALL = (
    plain, strict, prefixed, prefixed_table, without_references, without_row_references, without_cell_references,
    single_quotes, comments_in_the_xml, cdata, indented, as_excel_writes, self_closed_rows, inline_strings, bare,
    by_openpyxl, with_data_descriptors, zip64, stored, with_a_zip_comment, odd_part_names, mixed_case_names,
)  # fmt: skip
