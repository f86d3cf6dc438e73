"""A second pass over a sheet's rows: our cells go in, those of an earlier run come out, all others keep their bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain, repeat

from xlcredit.excel.ooxml.cellxml import Supply
from xlcredit.excel.ooxml.formulacells import Groups, is_ours
from xlcredit.excel.ooxml.rows import Reader
from xlcredit.excel.ooxml.sheetstream import SheetStream, masked
from xlcredit.ledger.grid import letter

_SPANS = re.compile(rb"""(\sspans\s*=\s*["']\d+:)(\d+)(?=["'])""")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A rectangle of cells, 0-based columns and 1-based rows."""

    first: int
    last: int
    top: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Place:
    """Our first and last column, and where those of an earlier run stand."""

    first: int
    last: int
    old: Stretch | None
    is_clear: bool
    """No cell stands right of ours of the earlier run; where there are none, right of the table."""
    sheets: tuple[str, ...] = ()
    """Sheets of ours that formulas of an earlier run may read."""

    @property
    def at_the_end(self) -> bool:
        """Whether ours come last in every row, in place of all that stands from there on."""
        old = self.old
        return self.is_clear and (old is None or (old.first == self.first and old.last <= self.last))


class Splice:
    """Puts our cells into the rows and takes those of an earlier run out; every other cell keeps its bytes."""

    def __init__(self, stream: SheetStream, ours: Supply, place: Place) -> None:
        self._stream = stream
        self._reader = Reader(stream.prefix)
        self._ours = ours
        self._first, self._last, self._old = place.first, place.last, place.old
        # From here on to the right a row has to be looked into.
        self._edge = min(place.first, place.old.first) if place.old else place.first
        self._edge_letters = letter(self._edge).encode()
        self._place = place
        self._groups = Groups(self._reader)
        self._row = 0
        self._tags: dict[bytes, bytes] = {}

    def run(self, run: bytes) -> bytes:
        """A run of rows, spliced."""
        out: list[bytes] = []
        previous = self._row
        if masked(run) is not run:
            self._run_with_care(run, out)
        elif not self._run_in_bulk(run, out):
            self._run_by_rows(run, out)
        return self._groups.expanded(b"".join(out), previous)

    def _run_in_bulk(self, run: bytes, out: list[bytes]) -> bool:
        """Whether every row gets cells of ours at its end, in which case it is done without a look into any."""
        plain = self._reader.plain_rows(run) if self._place.at_the_end else None
        if plain is None:
            return False
        parts, openings = plain
        numbers = [number for number, _ in openings]
        tags = {tag for _, tag in openings}
        if any(tag.endswith(b"/") for tag in tags) or int(numbers[0]) <= self._row:
            return False
        if self._old and not self._cut(parts, numbers):
            return False
        cells = self._ours.take(numbers)
        if cells is None:
            return False
        for tag in tags:
            if (widened := self._widened(tag)) != tag:
                parts = [part.replace(tag, widened, 1) for part in parts]
        out += chain.from_iterable(zip(parts, cells, repeat(self._reader.row_end)))
        self._row = int(numbers[-1])
        return True

    def _cut(self, parts: list[bytes], numbers: list[bytes]) -> bool:
        """Cuts off each row's cells of an earlier run, if all rows have them."""
        ours = self._reader.cell_at + self._edge_letters
        cuts = [part.find(b'%b%b"' % (ours, number)) for part, number in zip(parts, numbers, strict=True)]
        if min(cuts) < 0 or any(part.find(b"shared", cut) >= 0 for part, cut in zip(parts, cuts, strict=True)):
            return False
        parts[:] = [part[:cut] for part, cut in zip(parts, cuts, strict=True)]
        return True

    def _run_by_rows(self, run: bytes, out: list[bytes]) -> None:
        """Cells at our place or to its right may have to go, or to stand behind ours."""
        reader, edge, widened = self._reader, self._edge, self._tags
        plain, skip, row_end = reader.row_open, len(reader.row_open), reader.row_end
        parts = run.split(row_end)
        below = parts.pop()
        for part in parts:
            tag, _, content = part.partition(b">")
            column = reader.last_column(part)
            if column < -1 or not tag.startswith(plain) or tag.endswith(b"/"):
                self._run_with_care(part + row_end, out)
                continue
            digits, _, others = tag[skip:].partition(b'"')
            number = self._advanced(int(digits))
            ours = self._ours_in(number, out)
            if column >= edge and (ours or self._in_old(number)):
                content = self._beside(content, digits, column, ours)
            elif ours:
                content += ours
            if not ours:
                out += (tag, b">", content, row_end)
                continue
            if others not in widened:
                widened[others] = self._widened(others)
            out += (plain, digits, b'"', widened[others], b">", content, row_end)
        self._run_with_care(below, out)

    def _advanced(self, number: int) -> int:
        if number <= self._row:
            raise self._stream.damaged()
        self._row = number
        return number

    def rest(self) -> bytes:
        """Our rows below the last one the sheet had."""
        out: list[bytes] = []
        while self._ours.number:
            self._add_missing(out)
        return b"".join(out)

    def _add_missing(self, out: list[bytes]) -> None:
        p, number = self._reader.prefix, self._ours.number
        out.append(b'<%brow r="%d">%b</%brow>' % (p, number, self._ours.next(), p))

    def _ours_in(self, number: int, out: list[bytes]) -> bytes:
        """Our cells of a row; rows of ours that the sheet does not have are put before it."""
        while 0 < self._ours.number < number:
            self._add_missing(out)
        return self._ours.next() if self._ours.number == number else b""

    def _run_with_care(self, run: bytes, out: list[bytes]) -> None:
        position = 0
        for number, start, content, end in self._reader.rows(run, self._row):
            out.append(run[position:start])
            ours = self._ours_in(self._advanced(number), out)
            out.append(self._row_with_care(run[start:content], run[content:end], number, ours))
            position = end
        out.append(run[position:])

    def _row_with_care(self, tag: bytes, rest: bytes, number: int, ours: bytes) -> bytes:
        if not ours:
            return tag + (self._with_care(rest, number, b"") if self._in_old(number) else rest)
        tag = self._widened(tag)
        if tag.endswith(b"/>"):
            return tag[:-2].rstrip() + b">" + ours + self._reader.row_end
        closing = rest.rindex(b"</")
        return tag + self._with_care(rest[:closing], number, ours) + rest[closing:]

    def _beside(self, content: bytes, digits: bytes, column: int, ours: bytes) -> bytes:
        """A row's cells with ours among or in place of those at the right; ``column`` is its last cell's."""
        reader, number = self._reader, int(digits)
        edge = self._edge_letters + digits
        if ours and self._edge == self._first and column <= self._last:
            at = content.find(b'%b%b"' % (reader.cell_at, edge))
            if at >= 0 and content.find(b"shared", at) < 0:  # ours of an earlier run, and nothing behind them
                return content[:at] + ours
        cells = reader.quick_cells(content, edge)
        if cells is None:
            return self._with_care(content, number, ours)
        at, found = cells
        out, pending = [content[:at]], ours
        for place, xml in found:
            if place >= self._first:
                out.append(pending)
                pending = b""
            if not self._goes(place, number, xml, replaced=bool(ours)):
                out += (reader.cell_at, xml)
        return b"".join([*out, pending])

    def _with_care(self, content: bytes, number: int, ours: bytes) -> bytes:
        out, position, moved, pending = [b""], 0, False, ours
        for cell in self._reader.cells(content):
            if pending and cell.column >= self._first:
                out += (content[position : cell.start], pending)
                position, moved, pending = cell.start, True, b""
            if self._goes(cell.column, number, content[cell.start : cell.end], replaced=bool(ours)):
                out.append(content[position : cell.start])
                position, moved = cell.end, True
            elif moved and not cell.placed:
                # It stood where it did by following the cell before it.
                out += (content[position : cell.start], self._placed(cell.column, number))
                position = cell.start + len(self._reader.cell_open)
        return b"".join([*out, content[position:], pending])

    def _in_old(self, number: int) -> bool:
        return self._old is not None and self._old.top <= number <= self._old.bottom

    def _goes(self, column: int, number: int, xml: bytes, *, replaced: bool) -> bool:
        goes = (replaced and self._first <= column <= self._last) or self._was_ours(column, number, xml, replaced)
        if goes:
            self._groups.lose(column, number, xml)
        return goes

    def _was_ours(self, column: int, number: int, xml: bytes, replaced: bool) -> bool:
        old = self._old
        if old is None or not (old.first <= column <= old.last and self._in_old(number)):
            return False
        if not self._reader.formula.search(xml):
            return replaced or bool(self._reader.value.search(xml))  # a format without a value may be the user's
        formula = self._groups.of(xml)
        if formula is None or not formula.text:
            return formula is not None and self._groups.has_lost(formula.group)
        return is_ours(formula.text, number, self._place.sheets)

    def _placed(self, column: int, number: int) -> bytes:
        return self._reader.cell_open + b' r="%b%d"' % (letter(column).encode(), number)

    def _widened(self, tag: bytes) -> bytes:
        def widen(found: re.Match[bytes]) -> bytes:
            return found[1] + b"%d" % max(int(found[2]), self._last + 1)

        return _SPANS.sub(widen, tag, count=1)
