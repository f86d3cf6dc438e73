"""The rows of a pack's tables put into its frame, a block at a time: what XlsxWriter would hold is never held.

The sample rows of a frame tell the style of each column's cells; the table's part is told how far it reaches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

import numpy as np

from xlcredit.excel.additions import Column
from xlcredit.excel.heights import height_attributes
from xlcredit.excel.ooxml.archive import Archive
from xlcredit.excel.ooxml.cellxml import Styles, body_cells
from xlcredit.excel.ooxml.contents import Spelled
from xlcredit.excel.ooxml.newsheet import folding
from xlcredit.excel.ooxml.package import Package
from xlcredit.excel.pack.sheets import SAMPLES
from xlcredit.excel.pack.tables import PackTable
from xlcredit.ledger.grid import letter

_STYLE = re.compile(rb'<c r="([A-Z]+)(\d+)" s="(\d+)"')
_END = b"</sheetData>"
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"')


def fill(frame: Path, target: Path, sheets_of: Mapping[int, Sequence[PackTable]]) -> None:
    """Writes the frame with the rows of each sheet's last table; ``sheets_of``: number of a sheet, from 1 → tables."""
    sheets = {f"xl/worksheets/sheet{number}.xml": tables for number, tables in sheets_of.items()}
    parts = {f"xl/tables/table{number}.xml": table for number, table in enumerate(chain(*sheets_of.values()), 1)}
    with Package.open(frame) as package, target.open("wb") as stream:
        archive = Archive(stream, package)
        for member in package.members:
            if tables := sheets.get(member.filename):
                archive.write(member, with_rows(package.read(member.filename), tables))
            elif table := parts.get(member.filename):
                archive.write(member, [reaching(package.read(member.filename), table)])
            else:
                archive.copy(member)
        archive.close()


def reaching(part: bytes, table: PackTable) -> bytes:
    """The table's part, down to its last row."""
    corner = f'ref="A{table.header_row + 1}:{letter(len(table.columns) - 1)}'
    declared, whole = (f'{corner}{row + 1}"' for row in (table.header_row + 1, table.last_row))
    return part.replace(declared.encode(), whole.encode())


def with_rows(frame: bytes, tables: Sequence[PackTable]) -> Iterator[bytes]:
    """The sheet's part with the rows of its last table in place of the samples."""
    table, widest = tables[-1], max(len(each.columns) for each in tables)
    first = table.header_row + 1
    head, rest = frame.split(b'<row r="%d"' % (first + 1), 1)
    samples, tail = rest.split(_END, 1)
    whole = f'<dimension ref="A1:{letter(widest - 1)}{table.last_row + 1}"'.encode()
    yield _DIMENSION.sub(whole, head)
    styles = _styles(b'<row r="%d"' % (first + 1) + samples, table)
    written = table.written()
    rows = np.arange(first, table.last_row + 1, dtype=np.int64)
    formulas = [_spelled(column, at) for at, column in enumerate(written)]
    folds = folding(np.zeros(len(rows), dtype=np.bool_) if table.folded is None else table.folded)
    done = 0
    for numbers, cells in body_cells(written, styles, formulas, rows, 0, "", 0.0):
        stop = done + len(numbers)
        block = zip(
            numbers, height_attributes(table.wrapped(done, stop), stop - done), folds[done:stop], cells, strict=True
        )
        yield b"".join(b'<row r="%b"%b%b>%b</row>' % row for row in block)
        done = stop
    yield _END + tail


def _spelled(column: Column, at: int) -> Spelled | None:
    if column.formula is None:
        return None
    return Spelled.of(column.formula.around_rows((), {}), letter(at))


def _styles(samples: bytes, table: PackTable) -> list[Styles]:
    found = {(column.decode(), int(row)): int(style) for column, row, style in _STYLE.findall(samples)}
    first = table.header_row + 2
    told = [[found[letter(at), first + down] for down in range(len(SAMPLES))] for at in range(len(table.columns))]
    return [_style(*each) for each in told]


def _style(body: int, quoted: int, dated: int, *tinted: int) -> Styles:
    return Styles(0, body, quoted, dated, _style(*tinted) if tinted else None)
