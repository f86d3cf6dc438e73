"""LiveWorkbook: the workbook port over a workbook that is open in Excel, through xlwings.

Cells are read once a sheet and written once a block. What is written can be undone until all of it stands: the user
may cancel between two blocks, and then the workbook is as it was. Looks (formats, widths, colours, tables, marks)
come last.
"""

from __future__ import annotations

from collections import ChainMap
from itertools import product
from pathlib import Path

from xlwings import XlwingsError

from udfs.live import cells, looks, page
from udfs.live.entry import Entry
from udfs.live.names import Names
from xlcredit.excel import live
from xlcredit.excel.formulas import bare
from xlcredit.excel.live import Area, WorkbookError
from xlcredit.excel.workbook import grid_named


class LiveWorkbook:
    """An open workbook; ``step`` is told how far the writing is and may raise to stop it."""

    sha256 = ""

    def __init__(self, book, step=None):
        self.book = book
        self.name = book.name
        self._step = step or (lambda _: None)
        self._held = None
        self._entry = Entry()
        self._names = Names(book, self._entry)

    @property
    def path(self):
        """Its file; None where it was never saved, or lies in the cloud alone."""
        try:
            path = Path(self.book.fullname)
        except XlwingsError:  # the address of one in the cloud, of which no copy is found here
            return None
        return path if path.is_file() else None

    @property
    def open_beside(self):
        """Names of all workbooks that this Excel has open."""
        return [book.name for book in self.book.app.books]

    def grids(self):
        """Every worksheet but ours, visible ones first; read once until something is added."""
        if self._held is None:
            columns, own = self._names.marks()
            beside = {sheet: (area.left, area.right) for sheet, area in columns.values()}
            sheets = [sheet for sheet in self.book.sheets if sheet.name not in own.values()]
            grids = [self._grid(sheet, beside.get(sheet.name)) for sheet in sheets]
            self._held = sorted(grids, key=lambda grid: grid.hidden)
        return self._held

    def grid(self, name):
        """The worksheet of this name."""
        return grid_named(self.grids(), name)

    def own_sheet(self, mark):
        """The sheet of ours with this mark, None where there is none."""
        name = self._names.marks()[1].get(mark)
        return self._grid(self.book.sheets[name], None) if name else None

    def formulas(self, sheet):
        """(row, column) → formula as the user reads it; what spills stands at its first cell only."""
        place = cells.used(self.book.sheets[sheet])
        values, texts = cells.values(place), cells.formulas(place)
        return {
            (y, x): bare(text.removeprefix("="))
            for y, row in enumerate(texts)
            for x, text in enumerate(row)
            if live.is_formula(values[y][x], text) and not cells.is_spilled_into(values, texts, y, x)
        }

    def add(self, columns=(), sheets=(), *, remove=(), names=(), rewrites=()):
        """Adds and rewrites, all or nothing, in place of what an earlier run left under the same marks."""
        self._names.refuse_taken(names)
        self._refuse_parts_of_arrays(rewrites)
        active = self.book.sheets.active
        areas = [self._area_for(wanted) for wanted in columns]
        placed = [wanted.cells_from(area.left) for wanted, area in zip(columns, areas, strict=True)]
        following = self._paced(len(sheets) + len(columns) + len(rewrites))
        with self._entry.or_as_it_was():
            finish = [self._add_sheet(wanted, placed) for wanted in following(sheets)]
            named = self._named(placed)
            beside = following(zip(columns, areas, strict=True))
            finish += [self._add_columns(wanted, area, named) for wanted, area in beside]
            for wanted in following(rewrites):
                self._rewrite(wanted, named)
            for look in finish:
                look()
            self._names.settle(names, named)
        self._remove(remove, [name.name for name in names])
        active.activate()
        self._held = None

    def _paced(self, total):
        """What passes on blocks of ``total`` and tells before each how far the writing is."""
        steps = iter(range(1, total + 1))

        def following(blocks):
            for block in blocks:
                self._step(0.6 + 0.3 * next(steps) / total)
                yield block

        return following

    def _named(self, placed):
        """Names of our sheets by their marks, and the cells of columns of ours, as formulas refer to both."""
        return dict(ChainMap(self._names.marks()[1], *placed))

    def _grid(self, sheet, own):
        place = cells.used(sheet)
        merged = [cells.area_of(area) for area in cells.merged(place)]
        epoch = bool(getattr(self.book.api, "Date1904", False))
        return live.grid_of(sheet.name, cells.values(place), merged, own, epoch_1904=epoch, hidden=not sheet.visible)

    # columns

    def _old(self, wanted):
        """Where an earlier run left columns of this mark in the sheet."""
        standing = self._names.marks()[0].get(wanted.mark)
        return standing[1] if standing and standing[0] == wanted.sheet else None

    def _area_for(self, wanted):
        sheet, grid = self.book.sheets[wanted.sheet], self.grid(wanted.sheet)
        cells.refuse_protected(sheet, self.name)
        blocked = [Area(*merged) for merged in grid.merged]
        blocked += [area for _, area in cells.tables(sheet) if area.left > wanted.last_column]
        return live.place_for(wanted, self._old(wanted), grid, blocked)

    def _add_columns(self, wanted, area, named):
        """Writes the cells; gives what is left to do for their looks."""
        sheet, old = self.book.sheets[wanted.sheet], self._old(wanted)
        tables, at = cells.tables(sheet), (wanted.rows - wanted.header_row - 1).tolist()
        for gone in _leftover(old, area):
            self._entry.clear(cells.block(sheet, gone))
        self._entry.fill(sheet, area, wanted.columns, at, named)

        def look():
            block, neighbour = cells.block(sheet, area), sheet[wanted.header_row, wanted.last_column]
            looks.take_tables_along(sheet, tables, wanted, old, area)
            looks.dress_header(block[0, :], wanted.columns, neighbour)
            looks.dress(block[1:, :], wanted.columns, at)
            looks.widen(sheet, area, wanted.columns, old, neighbour)
            looks.shade(sheet, area, wanted.columns, old, wanted.last_column)
            self._names.mark(live.OWN_COLUMNS + wanted.mark, "=" + area.on(wanted.sheet))

        return look

    # sheets

    def _add_sheet(self, wanted, placed):
        name = self._names.marks()[1].get(wanted.mark)
        sheet = self._emptied(name) if name else self._new_sheet(wanted.name)
        area = Area(0, 0, wanted.height, len(wanted.columns) - 1)
        # Marked at once: formulas of this very run may refer to it.
        self._names.mark(live.OWN_SHEET + wanted.mark, "=" + Area(0, 0, 0, 0).on(sheet.name))
        self._entry.fill(sheet, area, wanted.columns, list(range(wanted.height)), self._named(placed))

        def look():
            looks.dress_own(sheet, area, wanted, is_new=not name)
            if not name:
                page.set_up(sheet, wanted)
                page.keep_in_sight(sheet, wanted.frozen)

        return look

    def _emptied(self, name):
        sheet = self.book.sheets[name]
        cells.refuse_protected(sheet, self.name)
        self._entry.clear(cells.used(sheet))
        return sheet

    def _new_sheet(self, wanted):
        if getattr(self.book.api, "ProtectStructure", False):
            raise WorkbookError("protected-structure", file=self.name)
        taken = [sheet.name for sheet in self.book.sheets]
        sheet = self.book.sheets.add(live.unique_name(wanted, taken), after=self.book.sheets[-1])
        self._entry.undo_by(sheet.delete)
        return sheet

    def _remove(self, marks, kept):
        if live.NAMES in marks:
            self._names.remove(kept)
        own = self._names.marks()[1]
        for mark in marks:
            if mark in own:
                self.book.names[live.OWN_SHEET + mark].delete()
                self.book.sheets[own[mark]].delete()

    # contents that are there

    def _rewrite(self, wanted, named):
        sheet = self.book.sheets[wanted.sheet]
        cells.refuse_protected(sheet, self.name)
        rows, entries = wanted.rows.tolist(), live.rewritten(wanted, named)
        if wanted.spilled:
            self._entry.spill(sheet, Area(rows[0], wanted.column, rows[-1], wanted.column), entries[0][0], self.name)
            return
        for first, last in live.runs(rows):
            area = Area(rows[first], wanted.column, rows[last], wanted.column)
            self._entry.write(cells.block(sheet, area), entries[first : last + 1])

    def _refuse_parts_of_arrays(self, rewrites):
        """What spills goes as a whole or stays: the cells it fills are lost with the one that holds it."""
        for sheet in {wanted.sheet for wanted in rewrites}:
            ours = [wanted for wanted in rewrites if wanted.sheet == sheet]
            meant = {(row, wanted.column) for wanted in ours for row in wanted.rows.tolist()}
            for column in {wanted.column for wanted in ours}:
                rows = sorted(row for row, at in meant if at == column)
                for area in cells.spills(cells.block(self.book.sheets[sheet], Area(rows[0], column, rows[-1], column))):
                    filled = set(product(range(area.top, area.bottom + 1), range(area.left, area.right + 1)))
                    if filled & meant and not filled <= meant:
                        raise WorkbookError("part-of-array", file=self.name, sheet=sheet, area=area.text)


def _leftover(old, area):
    """What an earlier run of ours covered and this one does not."""
    if old is None:
        return []
    parts = [Area(old.top, old.left, old.bottom, min(old.right, area.left - 1))]
    parts += [Area(old.top, max(old.left, area.right + 1), old.bottom, old.right)]
    return [part for part in parts if part.left <= part.right]
