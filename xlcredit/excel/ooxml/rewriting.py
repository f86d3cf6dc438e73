"""New contents for cells of a sheet: each keeps its style, every other cell its bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from xlcredit.excel.additions import Rewrite
from xlcredit.excel.ooxml.areas import Area
from xlcredit.excel.ooxml.contents import Spelled, constant, result
from xlcredit.excel.ooxml.formulacells import Formulas, Groups
from xlcredit.excel.ooxml.markup import with_attribute
from xlcredit.excel.ooxml.rows import Reader
from xlcredit.excel.ooxml.sheetstream import SheetStream
from xlcredit.excel.ooxml.worksheet import Worksheet
from xlcredit.kernel.errors import WorkbookError
from xlcredit.ledger.grid import letter

Contents = dict[int, dict[int, tuple[bytes, bytes]]]
"""1-based row → 0-based column → what the cell's tag says besides its place and style, and what stands in it."""
_STYLE = re.compile(rb"""\ss\s*=\s*["']\d+["']""")


class Rewriting:
    """One sheet's rewriting, from a look at the sheet to bytes."""

    def __init__(
        self,
        rewrites: Sequence[tuple[Rewrite, Spelled | None]],
        stream: Callable[[], SheetStream],
        shift: float,
        tables: Sequence[Area] = (),
    ) -> None:
        self._stream = stream
        self._rewrites = [rewrite for rewrite, _ in rewrites]
        looked = stream()
        self._prefix = looked.prefix
        self._refuse_spills_inside(tables, looked.file)
        self._refuse_parts_of_arrays(looked)
        self._sheet = self._look(looked)
        self._contents: Contents = {}
        for rewrite, formula in rewrites:
            self._take(rewrite, formula, shift)

    def blocks(self) -> Iterator[bytes]:
        """The sheet part with the new contents in it."""
        stream = self._stream()
        head, tail = self._sheet.split()
        rows = _Rows(self._contents, Reader(stream.prefix))
        yield head
        for run in stream.runs():
            yield rows.run(run)
        yield rows.rest() + tail

    @property
    def area(self) -> Area:
        """A rectangle around all that is rewritten."""
        columns = [rewrite.column for rewrite in self._rewrites]
        top, bottom = (edge(int(r.rows[at]) for r in self._rewrites) for edge, at in ((min, 0), (max, -1)))
        return Area(top, min(columns), bottom, max(columns))

    def _look(self, stream: SheetStream) -> Worksheet:
        sheet = Worksheet(stream)
        if sheet.is_protected:
            raise WorkbookError("protected-sheet", file=stream.file, sheet=self._rewrites[0].sheet)
        sheet.extend_dimension(self.area)
        return sheet

    def _refuse_spills_inside(self, tables: Sequence[Area], file: str) -> None:
        """Excel shows #SPILL! for a formula that would spill inside a table."""
        for rewrite in self._rewrites:
            area = Area(int(rewrite.rows[0]), rewrite.column, int(rewrite.rows[-1]), rewrite.column)
            if rewrite.spilled and any(table.meets(area) for table in tables):
                raise WorkbookError("spill-in-table", file=file, sheet=rewrite.sheet, area=area.text)

    def _refuse_parts_of_arrays(self, stream: SheetStream) -> None:
        formulas = Formulas(stream.prefix)
        for run in stream.runs():
            for found in formulas.all(run):
                if found.kind in ("array", "dataTable") and found.area and self._cuts(found.area):
                    place = {"sheet": self._rewrites[0].sheet, "area": found.area.text}
                    raise WorkbookError("part-of-array", file=stream.file, **place)

    def _cuts(self, area: Area) -> bool:
        """Whether some cells of an area are rewritten and some are not."""
        height = area.bottom - area.top + 1
        counts = dict.fromkeys(range(area.left, area.right + 1), 0)
        for rewrite in self._rewrites:
            if rewrite.column in counts:
                counts[rewrite.column] += _between(rewrite.rows, area.top, area.bottom)
        return any(counts.values()) and any(count < height for count in counts.values())

    def _take(self, rewrite: Rewrite, formula: Spelled | None, shift: float) -> None:
        p, numbers = self._prefix, [b"%d" % number for number in (rewrite.rows + 1).tolist()]
        written = formula.writer(p) if formula else None
        for number, value in zip(numbers, rewrite.values.tolist(), strict=True):
            kind, inside = result(value, p, shift) if formula else constant(value, p, shift)
            if formula and written and not rewrite.spilled:
                kind, inside = kind + formula.attribute, written(number) + inside
            elif formula and number == numbers[0]:
                kind, inside = kind + formula.attribute, formula.spilled(number, numbers[-1], p) + inside
            self._contents.setdefault(int(number), {})[rewrite.column] = kind, inside


class _Rows:
    """Rows as they come by, with the new contents in them."""

    def __init__(self, contents: Contents, reader: Reader) -> None:
        self._contents = contents
        self._reader = reader
        self._groups = Groups(reader)
        self._waiting = sorted(contents, reverse=True)
        self._row = 0

    def run(self, run: bytes) -> bytes:
        """A run of rows, rewritten."""
        previous, position = self._row, 0
        out: list[bytes] = []
        for number, start, content, end in self._reader.rows(run, self._row):
            self._row = number
            if not self._waiting or number < self._waiting[-1]:
                continue
            out.append(run[position:start])
            out += self._missing(number)
            position = start
            if self._waiting and self._waiting[-1] == number:
                self._waiting.pop()
                out.append(self._rewritten(run[start:content], run[content:end], number))
                position = end
        return self._groups.expanded(b"".join([*out, run[position:]]), previous)

    def rest(self) -> bytes:
        """Rows below the last one the sheet had."""
        return b"".join(self._missing(0))

    def _missing(self, until: int) -> Iterator[bytes]:
        """New rows that come before row ``until``; 0 = all that wait."""
        while self._waiting and (not until or self._waiting[-1] < until):
            number, p = self._waiting.pop(), self._reader.prefix
            cells = b"".join(self._cell(at, number, b"") for at in sorted(self._contents[number]))
            yield b'<%brow r="%d">%b</%brow>' % (p, number, cells, p)

    def _rewritten(self, tag: bytes, rest: bytes, number: int) -> bytes:
        content = b"" if tag.endswith(b"/>") else rest[: rest.rindex(b"</")]
        cells = self._reader.cells(content)
        waiting = sorted(self._contents[number])
        if not {cell.column for cell in cells}.issuperset(waiting):
            tag = with_attribute(tag, "spans", None)  # a hint that no longer holds
        if tag.endswith(b"/>"):
            tag, rest = tag[:-2].rstrip() + b">", self._reader.row_end
        out, position = [tag], 0
        for cell in cells:
            out.append(content[position : cell.start])
            xml, position = content[cell.start : cell.end], cell.end
            while waiting and waiting[0] < cell.column:
                out.append(self._cell(waiting.pop(0), number, b""))
            if waiting and waiting[0] == cell.column:
                self._groups.lose(cell.column, number, xml)
                xml = self._cell(waiting.pop(0), number, xml)
            elif not cell.placed:  # it stood where it did by following the cell before it
                xml = self._address(cell.column, number) + xml[len(self._reader.cell_open) :]
            out.append(xml)
        out += (self._cell(at, number, b"") for at in waiting)
        return b"".join([*out, content[position:], rest[len(content) :]])

    def _cell(self, column: int, number: int, before: bytes) -> bytes:
        """A cell with its new contents, in the style of the one that stood there."""
        kind, inside = self._contents[number][column]
        style = _STYLE.search(before[: before.find(b">")]) if before else None
        tag = self._address(column, number) + (style[0] if style else b"") + kind
        return tag + (b">" + inside + b"</%bc>" % self._reader.prefix if inside else b"/>")

    def _address(self, column: int, number: int) -> bytes:
        return b'%b r="%b%d"' % (self._reader.cell_open, letter(column).encode(), number)


def _between(rows: NDArray[np.int64], first: int, last: int) -> int:
    """How many of these rising rows lie from the first to the last."""
    return int(np.searchsorted(rows, last, side="right") - np.searchsorted(rows, first, side="left"))
