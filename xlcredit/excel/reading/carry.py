"""Text columns that are plainly numbers or dates, as such: what a text table becomes in a workbook.

A column counts only if everything from its first number down is one, and only in notations that mean
one thing everywhere: 1234.56 and 2026-10-31, but neither 1,234 nor 31/10/2026, and no 007.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice

from xlcredit.excel.reading.csvfile import TextGrid
from xlcredit.excel.reading.streamed import StreamedGrid
from xlcredit.ledger.grid import Cell, Grid

# 1.234 may be a thousand and some; 15 digits are what a spreadsheet keeps.
_NUMBER = re.compile(r"(?!-?[1-9]\d{0,2}\.\d{3}$)(?!-?[\d.]{17})-?(?:0|[1-9]\d{0,14})(?:\.\d+)?")
_DAY = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_DIGITS = re.compile(r"\s*[-+(]?\d")

Convert = Callable[[str], Cell]


def typed(grid: Grid) -> Grid:
    """A text table with its plain columns converted; any other grid as it is."""
    return _TypedGrid(grid) if isinstance(grid, TextGrid) else grid


class _TypedGrid(StreamedGrid):
    """A text table whose plain columns are converted on the way."""

    __slots__ = ("_columns", "_grid")
    _grid: TextGrid
    _columns: Mapping[int, _Column]

    def __init__(self, grid: TextGrid) -> None:
        super().__init__(grid.name)
        object.__setattr__(self, "_grid", grid)
        object.__setattr__(self, "_columns", _plain_columns(grid))

    @property
    def n_rows(self) -> int:
        """Rows of the text table."""
        return self._grid.n_rows

    @property
    def n_columns(self) -> int:
        """Columns of the text table."""
        return self._grid.n_columns

    def rows(self, start: int = 0) -> Iterator[Sequence[Cell]]:
        """Each row's cells, converted where their column is plain."""
        return islice((self._converted(index, row) for index, row in enumerate(self._grid.rows())), start, None)

    def _converted(self, index: int, row: Sequence[Cell]) -> Sequence[Cell]:
        cells = list(row)
        for at, column in self._columns.items():
            if index >= column.first and at < len(cells) and (text := str(cells[at]).strip()):
                cells[at] = column.convert(text)
        return cells


class _Column:
    """What is known of a column so far: its notation, where that begins, and whether it held all the way."""

    __slots__ = ("_pattern", "convert", "first", "plain")

    def __init__(self) -> None:
        self.plain = True
        self.first = -1
        self.convert: Convert = float
        self._pattern = _NUMBER

    def take(self, index: int, text: str) -> None:
        """Judges one more cell that is not blank."""
        if self.first >= 0:
            self.plain = self._pattern.fullmatch(text) is not None
        elif _NUMBER.fullmatch(text):
            self.first = index
        elif _is_day(text):
            self.first, self.convert, self._pattern = index, date.fromisoformat, _DAY
        else:
            self.plain = _DIGITS.match(text) is None


def _plain_columns(grid: TextGrid) -> dict[int, _Column]:
    columns = [_Column() for _ in range(grid.n_columns)]
    for index, row in enumerate(grid.rows()):
        for column, cell in zip(columns, row, strict=False):
            if cell and column.plain and (text := str(cell).strip()):
                column.take(index, text)
    return {at: column for at, column in enumerate(columns) if column.plain and column.first >= 0}


def _is_day(text: str) -> bool:
    return _DAY.fullmatch(text) is not None
