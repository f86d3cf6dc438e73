"""A minimal .xlsb, written record by record: nothing else here writes the format."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tests.support.packages import OFFICE, PACKAGE, XML, write_parts

ERRORS = {"#DIV/0!": 0x07, "#N/A": 0x2A}
_TYPES = "application/vnd.ms-excel"


def xlsb(path: Path, name: str, rows: Sequence[Sequence[object]], merged: Sequence[tuple[int, ...]] = ()) -> Path:
    """A workbook of one sheet; text that is an error value becomes an error cell, dates get a date format."""
    overrides = "".join(
        f'<Override PartName="/xl/{part}.bin" ContentType="{_TYPES}.{kind}"/>'
        for part, kind in (
            ("workbook", "sheet.binary.macroEnabled.main"),
            ("worksheets/sheet1", "worksheet"),
            ("styles", "styles"),
        )
    )
    parts = {
        "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{overrides}</Types>',
        "_rels/.rels": _relations(("rId1", "officeDocument", "xl/workbook.bin")),
        "xl/workbook.bin": _workbook(name),
        "xl/_rels/workbook.bin.rels": _relations(
            ("rId1", "worksheet", "worksheets/sheet1.bin"), ("rId2", "styles", "styles.bin")
        ),
        "xl/worksheets/sheet1.bin": _sheet(rows, merged),
        "xl/styles.bin": _styles(),
    }
    return write_parts(path, {key: part if isinstance(part, bytes) else part.encode() for key, part in parts.items()})


def _relations(*relations: tuple[str, str, str]) -> str:
    inside = "".join(f'<Relationship Id="{i}" Type="{OFFICE}/{kind}" Target="{t}"/>' for i, kind, t in relations)
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'


def _record(code: int, body: bytes = b"") -> bytes:
    head = bytes([code]) if code < 128 else bytes([code & 0x7F | 0x80, code >> 7])
    size = len(body)
    length = bytes([size]) if size < 128 else bytes([size & 0x7F | 0x80, size >> 7])
    return head + length + body


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _workbook(name: str) -> bytes:
    sheet = _record(156, struct.pack("<II", 0, 1) + _text("rId1") + _text(name))
    return (
        _record(131) + _record(153, struct.pack("<III", 0, 0, 0)) + _record(143) + sheet + _record(144) + _record(132)
    )


def _styles() -> bytes:
    plain, dated = (_record(47, struct.pack("<HHHHHBBHBB", 0, form, 0, 0, 0, 0, 0, 0, 0, 0)) for form in (0, 14))
    return _record(278) + _record(617, struct.pack("<I", 2)) + plain + dated + _record(618) + _record(279)


def _sheet(rows: Sequence[Sequence[object]], merged: Sequence[tuple[int, ...]]) -> bytes:
    width = max(map(len, rows))
    extent = _record(148, struct.pack("<4I", 0, len(rows) - 1, 0, width - 1))
    body = b"".join(
        _record(0, struct.pack("<IIHHBI", index, 0, 300, 0, 0, 0))
        + b"".join(_cell(column, value) for column, value in enumerate(row) if value not in (None, ""))
        for index, row in enumerate(rows)
    )
    places = b"".join(_record(176, struct.pack("<4I", top, bottom, left, right)) for top, left, bottom, right in merged)
    after = _record(177, struct.pack("<I", len(merged))) + places + _record(178) if merged else b""
    return _record(129) + extent + _record(145) + body + _record(146) + after + _record(130)


def _cell(column: int, value: object) -> bytes:
    head = struct.pack("<II", column, 1 if isinstance(value, date) else 0)
    if isinstance(value, str) and value in ERRORS:
        return _record(3, head + bytes([ERRORS[value]]))
    if isinstance(value, bool):
        return _record(4, head + bytes([value]))
    if isinstance(value, str):
        return _record(6, head + _text(value))
    number = (value - date(1899, 12, 30)).days if isinstance(value, date) else value
    return _record(5, head + struct.pack("<d", number))
