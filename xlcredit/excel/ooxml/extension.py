"""One sheet's extension by our columns: look at the sheet, plan, then let it stream by with our cells in."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from xlcredit.excel.additions import Columns
from xlcredit.excel.ooxml.areas import MOST_ROWS, Area, sheet_area
from xlcredit.excel.ooxml.book import FILTER, Book
from xlcredit.excel.ooxml.calculation import Calculation
from xlcredit.excel.ooxml.cellxml import Block, Styles, Supply, body_cells, header_cells, settled
from xlcredit.excel.ooxml.contents import Spelled
from xlcredit.excel.ooxml.placement import first_column
from xlcredit.excel.ooxml.shading import Shading
from xlcredit.excel.ooxml.sheetstream import SheetStream
from xlcredit.excel.ooxml.splice import Place, Splice, Stretch
from xlcredit.excel.ooxml.stylesheet import Stylesheet
from xlcredit.excel.ooxml.survey import Survey, survey
from xlcredit.excel.ooxml.tablepart import TablePart
from xlcredit.excel.ooxml.widths import Widths
from xlcredit.excel.ooxml.worksheet import Shift, Worksheet
from xlcredit.excel.styles import SIDES
from xlcredit.kernel.errors import WorkbookError

Blocks = Callable[[str], Iterator[bytes]]
"""Reads a part from its beginning."""


class Extension:
    """Our columns beside one table, from survey to bytes."""

    def __init__(self, wanted: Columns, book: Book, calculation: Calculation, blocks: Blocks) -> None:
        self.wanted = wanted
        self.package = book.package
        self.book = book
        self.calculation = calculation
        self._blocks = blocks
        self.part = book.tab(wanted.sheet).part
        sheet, area = book.own_columns().get(wanted.mark, ("", None))
        self.old = area if sheet == wanted.sheet else None
        self._tables: list[TablePart] = []

    def plan(self, styles: Stylesheet, shift: float) -> None:
        """Decides the place, the styles, the formulas and every change around the rows."""
        self._look()
        self.calculation.cells |= self.wanted.cells_from(self.first)
        self._formulas = self.calculation.spelled(self.wanted.columns, self.first)
        self._edits_around(styles)
        self._styles = self._cell_styles(styles)
        if self.old:
            self.calculation.forget(self.wanted.sheet, self.old)
        self._dates = shift

    def blocks(self) -> Iterator[bytes]:
        """The sheet part with our columns in it."""
        stream = SheetStream(self._blocks(self.part), self.package.file, self.part)
        head, tail = self.sheet.split()
        place = Place(self.first, self.last, self._cleared(), self.seen.plain, self.calculation.sheets_before)
        splice = Splice(stream, Supply(self._cells()), place)
        yield head
        for run in stream.runs():
            yield splice.run(run)
        yield splice.rest() + tail

    def table_parts(self) -> dict[str, bytes]:
        """Tables that changed."""
        return {table.part: table.document.render() for table in self._tables if table.document.edited}

    def _look(self) -> None:
        wanted, old = self.wanted, self.old
        # Beside the table where ours are new; else what may have come to stand at the right of ours.
        watch = old.right + 1 if old else wanted.last_column + 1
        rows = {wanted.header_row + 1, *(wanted.rows[:1] + 1).tolist()}
        stream = SheetStream(self._blocks(self.part), self.package.file, self.part)
        self.seen = survey(stream, Survey(watch, wanted.header_row + 1, wanted.last_row + 1, frozenset(rows)))
        self.sheet = Worksheet(stream)
        self._widths = Widths(self.sheet)
        if self.sheet.is_protected:
            raise WorkbookError("protected-sheet", file=self.package.file, sheet=wanted.sheet)
        related = self.package.related(self.part)
        parts = [related[relation][1] for relation in self.sheet.tables if relation in related]
        self._tables = [TablePart(self.package.document(part)) for part in parts]
        self._settle_place()

    def _settle_place(self) -> None:
        wanted = self.wanted
        blocked = [*self.sheet.merges, *(t.area for t in self._tables if t.area.left > wanted.last_column)]
        blocked = [area for area in blocked if not self._is_own(area)]
        self.first = first_column(wanted, self.old, self.seen, blocked)
        self.last = self.first + len(wanted.columns) - 1
        self.shift = Shift(self.first, self.last, self.old)
        self.area = Area(wanted.header_row, self.first, wanted.last_row, self.last)

    def _is_own(self, area: Area) -> bool:
        return self.old is not None and self.old.left <= area.left and area.right <= self.old.right

    def _edits_around(self, styles: Stylesheet) -> None:
        wanted, sheet = self.wanted, self.sheet
        self.headers = [column.header for column in wanted.columns]
        shift = Shift(self.first, self.last, None) if self._has_moved else self.shift
        for table in self._tables:
            if self.old and self._has_moved and table.area.meets(self.old):
                table.release(self.old)
            if table.takes(wanted.header_row, wanted.last_column, shift):
                self.headers = table.headers(self.headers, shift)
                table.grow(self.headers, self._calculated(table), shift)
        sheet.extend_dimension(self.area)
        self._widths.put(wanted.columns, self.first, wanted.last_column, self.old)
        self._grow_filter()
        shading = Shading(sheet, self.old)
        for k, column in enumerate(wanted.columns):
            if wanted.last_row > wanted.header_row:
                body = Area(wanted.header_row + 1, self.first + k, wanted.last_row, self.first + k)
                shading.add(body, column.shades, styles.shade)
        self.book.mark_columns(wanted.mark, wanted.sheet, self.area)

    def _calculated(self, table: TablePart) -> list[Spelled | None]:
        """The formulas of those of our columns that are one throughout the table's rows."""
        first, last = table.body
        filled = np.array_equal(self.wanted.rows, np.arange(first, last + 1))
        return [
            formula if filled and (column.live is None or column.live.all()) else None
            for column, formula in zip(self.wanted.columns, self._formulas, strict=True)
        ]

    def _grow_filter(self) -> None:
        grown = self.sheet.grow_filter(self.wanted.header_row, self.wanted.last_column, self.shift)
        index = self.book.tabs.index(self.book.tab(self.wanted.sheet))
        for name in self.book.names if grown else ():
            place = sheet_area(name.refers_to)
            if grown and name.name == FILTER and name.local == index and place and place[1] == grown[0]:
                self.book.names.refer(name, grown[1].on(self.wanted.sheet))

    def _cell_styles(self, styles: Stylesheet) -> list[Styles]:
        rows = self.wanted.rows
        header = self._style_beside(self.wanted.header_row + 1)
        body = self._style_beside(int(rows[0]) + 1) if len(rows) else 0
        return [
            settled(column, styles.header(header, SIDES[column.kind]), body, styles) for column in self.wanted.columns
        ]

    def _style_beside(self, row: int) -> int:
        beside, known = self.wanted.last_column, self.seen.styles
        default = known.get((row, -1), self._widths.style(beside))
        return known.get((row, beside), default)

    def _cells(self) -> Iterator[Block]:
        wanted, p = self.wanted, self.sheet.prefix
        number = wanted.header_row + 1
        header = header_cells(self.headers, self._styles, number, self.first, p)
        yield [b"%d" % number], [header]
        yield from body_cells(wanted.columns, self._styles, self._formulas, wanted.rows, self.first, p, self._dates)

    @property
    def _has_moved(self) -> bool:
        return self.old is not None and self.old.left != self.first

    def _cleared(self) -> Stretch | None:
        """Where cells of an earlier run are taken out."""
        old = self.old
        if old is None:
            return None
        # A table's column needs its header: where ours moved away from the middle of one, an empty column stays.
        keeps_header = self._has_moved and any(table.area.meets(old) for table in self._tables)
        return Stretch(old.left, old.right, old.top + 1 + keeps_header, min(old.bottom + 1, MOST_ROWS))
