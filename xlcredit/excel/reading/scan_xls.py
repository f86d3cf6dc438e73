"""Error cells, extent and date system of an .xls workbook, from its BIFF records."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from xlcredit.excel.reading.compound import Compound
from xlcredit.excel.reading.scan import Scan
from xlcredit.kernel.errors import WorkbookError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ERROR_VALUES = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
"""Error code in binary workbooks → the value Excel shows."""

_BOF, _EOF, _FORMULA, _BOOLERR, _BOUNDSHEET, _DATEMODE, _FILEPASS = 0x809, 0x0A, 0x06, 0x205, 0x85, 0x22, 0x2F
_MULTIPLE, _DIMENSIONS = 0xBD, 0x200
_CELLS = frozenset({0x02, 0x03, 0x04, 0x05, 0x203, 0x204, 0x27E, 0xFD, 0xD6, _MULTIPLE, _BOOLERR, _FORMULA})
"""Records that hold a cell; all begin with its row and column."""
_PLACE = struct.Struct("<HH")
_SHORTEST_CELL = 6
_LONG_DIMENSIONS = 14


class XlsScans:
    """The scans of an .xls workbook's sheets."""

    def __init__(self, path: Path) -> None:
        streams = Compound.read(path.read_bytes())
        name = "Workbook" if "Workbook" in streams.streams else "Book"
        self._data = streams.stream(name)
        self._wide_names = name == "Workbook"
        starts: dict[str, int] = {}
        self.epoch_1904 = False
        for code, body in _records(self._data, 0):
            if code == _FILEPASS:
                raise WorkbookError("encrypted", path.name, file=path.name)
            if code == _DATEMODE:
                self.epoch_1904 = body[:1] == b"\x01"
            elif code == _BOUNDSHEET:
                starts[self._sheet_name(body)] = int.from_bytes(body[:4], "little")
        self.scans = {sheet: _scanned(_records(self._data, start)) for sheet, start in starts.items()}

    def scan(self, sheet: str) -> Scan:
        """The scan of a sheet."""
        return self.scans.get(sheet, Scan({}, 0, 0))

    def _sheet_name(self, body: bytes) -> str:
        length = body[6]
        if not self._wide_names:
            return body[7 : 7 + length].decode("cp1252", "replace")
        if body[7] & 1:
            return body[8 : 8 + 2 * length].decode("utf-16-le", "replace")
        return body[8 : 8 + length].decode("latin-1")


def _records(data: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Code and body of each record of one substream, those of charts inside it left out."""
    depth = 0
    while start + 4 <= len(data):
        code, length = struct.unpack_from("<HH", data, start)
        depth += (code == _BOF) - (code == _EOF)
        if depth == 0:
            return
        if depth == 1:
            yield code, data[start + 4 : start + 4 + length]
        start += 4 + length


def _scanned(records: Iterator[tuple[int, bytes]]) -> Scan:
    broken = {}
    rows = columns = 0
    for code, body in records:
        if code == _DIMENSIONS:
            rows, columns = _stated(body)
        if code not in _CELLS or len(body) < _SHORTEST_CELL:
            continue
        row, column = _PLACE.unpack_from(body)
        last = int.from_bytes(body[-2:], "little") if code == _MULTIPLE else column
        rows, columns = max(rows, row + 1), max(columns, last + 1)
        if code == _BOOLERR and body[7] == 1:
            broken[row, column] = ERROR_VALUES.get(body[6], "#VALUE!")
        elif code == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
            broken[row, column] = ERROR_VALUES.get(body[8], "#VALUE!")
    return Scan(broken, rows, columns)


def _stated(body: bytes) -> tuple[int, int]:
    """Rows and columns a sheet says it has; calamine takes room for them before it reads a cell."""
    top, bottom, left, right = struct.unpack_from("<IIHH" if len(body) >= _LONG_DIMENSIONS else "<HHHH", body)
    if top > bottom or left > right:
        raise ValueError(f"a sheet from row {top} to {bottom} and column {left} to {right}")
    return bottom, right
