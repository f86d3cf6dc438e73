"""Error cells, extent and date system of an .xlsb workbook, from its binary records."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from xlcredit.excel.ooxml.package import Package
from xlcredit.excel.reading.parts import main_part
from xlcredit.excel.reading.scan import Scan
from xlcredit.excel.reading.scan_xls import ERROR_VALUES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ROW, _ERROR, _FORMULA_ERROR, _LAST_CELL, _MERGED = 0, 3, 11, 11, 176
_WORKBOOK_SETTINGS, _SHEET = 153, 156


class XlsbScans:
    """The scans of an .xlsb workbook's sheets."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._parts: dict[str, str] = {}
        self.epoch_1904 = False
        with Package.open(path) as package:
            main = main_part(package)
            targets = package.related(main)
            for code, body in _records(package.read(main)):
                if code == _WORKBOOK_SETTINGS:
                    self.epoch_1904 = bool(body[0] & 1)
                elif code == _SHEET:
                    relationship, end = _text(body, 8)
                    self._parts[_text(body, end)[0]] = targets.get(relationship, ("", ""))[1]

    def scan(self, sheet: str) -> Scan:
        """The scan of a sheet."""
        part = self._parts.get(sheet, "")
        if not part:
            return Scan({}, 0, 0)
        with Package.open(self._path) as package:
            return _scanned(b"".join(package.blocks(part)))


def _scanned(data: bytes) -> Scan:
    broken = {}
    merged = []
    row = columns = rows = 0
    for code, body in _records(data):
        if code == _ROW:
            row = int.from_bytes(body[:4], "little")
        elif 1 < code <= _LAST_CELL:
            column = int.from_bytes(body[:4], "little")
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            if code in {_ERROR, _FORMULA_ERROR}:
                broken[row, column] = ERROR_VALUES.get(body[8], "#VALUE!")
        elif code == _MERGED:
            top, bottom, left, right = struct.unpack_from("<4I", body)
            merged.append((top, left, bottom, right))
    return Scan(broken, rows, columns, tuple(merged))


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Code and body of each record; both numbers before a body take as many bytes as they need."""
    at, end = 0, len(data)
    while at < end:
        code = data[at]
        at += 1
        if code & 0x80:
            code = (code & 0x7F) | (data[at] << 7)
            at += 1
        length = shift = 0
        while True:
            byte = data[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80 or shift > 21:
                break
        yield code, data[at : at + length]
        at += length


def _text(body: bytes, at: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends."""
    end = at + 4 + 2 * int.from_bytes(body[at : at + 4], "little")
    return body[at + 4 : end].decode("utf-16-le", "replace"), end
