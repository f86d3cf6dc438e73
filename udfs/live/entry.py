"""What is entered into cells of an open workbook, and how they are put back should anything fail."""

from __future__ import annotations

from contextlib import contextmanager

from udfs.live import cells
from xlcredit.excel import live
from xlcredit.excel.formulas import calls_ours
from xlcredit.excel.live import WorkbookError

TEXT = "@"
"""The format of cells in which a text stays as it is typed."""


class Entry:
    """Writes one block at a time and remembers what stood there."""

    def __init__(self):
        self._undo = []

    @contextmanager
    def or_as_it_was(self):
        """Whatever fails inside, or is cancelled, leaves the cells as they were."""
        self._undo = []
        try:
            yield
        except BaseException:
            for put_back in reversed(self._undo):
                put_back()
            raise

    def undo_by(self, put_back):
        """What is to be done should anything fail from here on."""
        self._undo.append(put_back)

    def fill(self, sheet, area, columns, at, named):
        """Header and cells of a block; a formula of the user's in it, such as a total, stays."""
        block = cells.block(sheet, area)
        before = self._remember(block)
        self._remember_formats(block[1:, :])
        height = area.bottom - area.top
        block[0, :].value = [[live.entered(column.header) for column in columns]]
        pieces = live.stretches(columns, height, at, (area.top + 1, area.left), named)
        for piece in pieces if height else ():
            _put(block[1:, piece.first : piece.first + len(piece.rows[0])], piece, columns)
        for row in sorted(set(range(height)) - set(at)):
            for x, (value, text) in enumerate(zip(*(held[row + 1] for held in before), strict=True)):
                if live.is_formula(value, text) and not calls_ours(text):
                    block[row + 1, x].number_format = "General"
                    block[row + 1, x].formula = text

    def write(self, place, entries):
        """Formulas and values as they are to be entered."""
        self._remember(place)
        cells.enter(place, entries)

    def clear(self, place):
        """Empties a place."""
        self._remember(place)
        place.clear_contents()

    def spill(self, sheet, area, formula, file):
        """A formula at the first cell of an area, over which its result spills."""
        if any(its.meets(area) for _, its in cells.tables(sheet)):
            raise WorkbookError("spill-in-table", file=file, sheet=sheet.name, area=area.text)
        self.clear(cells.block(sheet, area))
        cells.block(sheet, area)[0, 0].formula2 = formula

    def _remember(self, place):
        """Values and formulas of a place, which come back should anything fail."""
        values, texts = cells.values(place), cells.formulas(place)
        spills = getattr(place.api, "HasSpill", False) is not False
        before = [
            [
                "" if spills and cells.is_spilled_into(values, texts, y, x) else live.restored(value, texts[y][x])
                for x, value in enumerate(row)
            ]
            for y, row in enumerate(values)
        ]
        self.undo_by(lambda: cells.enter(place, before))
        return values, texts

    def _remember_formats(self, place):
        for k in range(place.shape[1] if place.shape[0] else 0):
            column = place[:, k]
            before = column.number_format or "General"
            self.undo_by(lambda column=column, before=before: setattr(column, "number_format", before))


def _put(place, piece, columns):
    rows = [["" if cell is None else cell for cell in row] for row in piece.rows]
    if piece.is_formula:
        place.number_format = "General"
        if piece.dynamic:
            place.formula2 = rows
        else:
            place.formula = rows
        return
    for k in range(len(rows[0])):
        column = columns[piece.first + k]
        place[:, k].number_format = TEXT if column.kind in {"text", "wrapped"} else live.FORMATS[column.kind]
        if column.kind == "mixed":
            rows = [[*row[:k], live.entered(row[k]), *row[k + 1 :]] for row in rows]
    place.value = rows
