"""A first pass over a sheet's rows: what stands at the right of a table, and the styles of its cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from xlcredit.excel.ooxml.rows import Reader
from xlcredit.excel.ooxml.sheetstream import SheetStream, masked
from xlcredit.ledger.grid import letter

_STYLE = re.compile(rb"""\ss\s*=\s*["'](\d+)["']""")


@dataclass(slots=True)
class Survey:
    """What one pass over the rows found; ``top`` to ``bottom`` are the table's 1-based rows."""

    watch: int
    """Columns from here on are asked about."""
    top: int
    bottom: int
    wanted: frozenset[int] = frozenset()
    """1-based rows whose cells' styles are asked for."""
    plain: bool = True
    """Whether every cell plainly names a column left of ``watch``."""
    last_row: int = 0
    """1-based; the last row written down."""
    used: int = -1
    """Last column from ``watch`` on that holds a value in any row."""
    filled: set[int] = field(default_factory=set)
    """Columns from ``watch`` on that hold a value in a row of the table."""
    styles: dict[tuple[int, int], int] = field(default_factory=dict)
    """(1-based row, column) → style, in wanted rows; column -1 is the row's own."""

    def is_free(self, first: int, last: int) -> bool:
        """Whether these columns hold no value in any row of the table."""
        return not any(first <= column <= last for column in self.filled)


def survey(stream: SheetStream, seen: Survey) -> Survey:
    """One pass over all rows; afterwards the stream's tail is known."""
    reader = Reader(stream.prefix)
    elsewhere = reader.elsewhere(seen.watch)
    last_wanted = max(seen.wanted, default=0)
    for run in stream.runs():
        crowded = elsewhere.search(run) is not None
        seen.plain = seen.plain and not crowded
        if masked(run) is not run:
            seen.plain = False
            _survey_with_care(run, reader, seen, stream)
        elif crowded or seen.last_row < last_wanted:
            _survey_run(run, reader, seen, stream)
        else:  # nothing to see: most runs of most sheets
            last = run.rfind(reader.row_open)
            seen.last_row = reader.row_number(run, last) if last >= 0 else seen.last_row
    return seen


def _survey_run(run: bytes, reader: Reader, seen: Survey, stream: SheetStream) -> None:
    plain, skip, watch = reader.row_open, len(reader.row_open), seen.watch
    edge, known = letter(watch).encode(), seen.filled
    for part in run.split(reader.row_end):
        tag = part[: part.find(b">")]
        column = reader.last_column(part)
        if column < -1 or not tag.startswith(plain) or tag.endswith(b"/"):
            _survey_with_care(part + reader.row_end, reader, seen, stream)
            continue
        digits = tag[skip : tag.find(b'"', skip)]
        number = int(digits)
        if number <= seen.last_row:
            raise stream.damaged()
        seen.last_row = number
        cells = reader.quick_cells(part, edge + digits) if column >= watch and number not in seen.wanted else None
        if cells is None:
            if column >= watch or number in seen.wanted:
                _note(part, number, reader, seen)
            continue
        for place, xml in cells[1]:
            if place >= watch and place not in known and reader.value.search(xml):
                _note_value(place, number, seen)


def _survey_with_care(part: bytes, reader: Reader, seen: Survey, stream: SheetStream) -> None:
    for number, start, _, end in reader.rows(part, seen.last_row):
        if number <= seen.last_row:
            raise stream.damaged()
        seen.last_row = number
        _note(part[start:end], number, reader, seen)


def _note(row: bytes, number: int, reader: Reader, seen: Survey) -> None:
    wanted = number in seen.wanted
    if wanted and (found := _STYLE.search(row[: row.find(b">")])):
        seen.styles[number, -1] = int(found[1])
    for cell in reader.cells(row):
        xml = row[cell.start : cell.end]
        if wanted:
            found = _STYLE.search(xml[: xml.find(b">")])
            seen.styles[number, cell.column] = int(found[1]) if found else 0
        if cell.column >= seen.watch and reader.value.search(xml):
            _note_value(cell.column, number, seen)


def _note_value(column: int, number: int, seen: Survey) -> None:
    seen.used = max(seen.used, column)
    if seen.top <= number <= seen.bottom:
        seen.filled.add(column)
