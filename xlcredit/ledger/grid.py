"""A grid: the cells of one sheet as some program read them, before anything is understood.

Rows and columns count from 0 at A1. A blank cell is None or "". An Excel error value is no blank:
readers that cannot show it in the row report it in ``broken``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches

from xlcredit.kernel.errors import WorkbookError

Cell = str | float | int | bool | date | datetime | time | timedelta | None
Range = tuple[int, int, int, int]
"""First row, first column, last row, last column; all included."""

UNCACHED = "(no value)"


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet. Subclasses that stream override ``rows``."""

    name: str
    cells: Sequence[Sequence[Cell]] = ()
    broken: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """(row, column) → the error value, such as "#N/A", or UNCACHED for a formula nothing has calculated."""
    merged: tuple[Range, ...] = ()
    own: tuple[int, int] | None = None
    """First and last column that an earlier run of ours added; not data."""
    epoch_1904: bool = False
    hidden: bool = False

    @property
    def n_rows(self) -> int:
        """Rows down to the last used one."""
        return len(self.cells)

    @property
    def n_columns(self) -> int:
        """Columns to the last used one."""
        return max((len(row) for row in self.cells), default=0)

    def rows(self, start: int = 0) -> Iterator[Sequence[Cell]]:
        """Each row's cells from row ``start`` on, in order; short rows are allowed."""
        return iter(self.cells[start:])


def grid_named(grids: Sequence[Grid], name: str) -> Grid:
    """The grid of this name, capitals not counting; WorkbookError naming those there are, the nearest first."""
    found = name_among([grid.name for grid in grids], name)
    return next(grid for grid in grids if grid.name == found)


def name_among(names: Sequence[str], wanted: str) -> str:
    """The sheet of this name as the workbook spells it; WorkbookError where there is none."""
    for name in names:
        if name.casefold() == wanted.casefold():
            return name
    near = get_close_matches(wanted, names, n=len(names) or 1)
    listed = ", ".join([*near, *(other for other in names if other not in near)])
    raise WorkbookError("no-such-sheet", wanted, sheet=wanted, sheets=listed or "-")


def letter(column: int) -> str:
    """Column letters: 0 → A, 25 → Z, 26 → AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(sheet: str, row: int, column: int) -> str:
    """A cell's address as Excel shows it: ("Open items", 11, 5) → 'Open items'!F12."""
    return f"{quoted(sheet)}!{letter(column)}{row + 1}"


def quoted(sheet: str) -> str:
    """A sheet name as a formula needs it."""
    plain = sheet.replace("_", "").isalnum() and sheet.isascii() and not sheet[0].isdigit()
    return sheet if plain else "'" + sheet.replace("'", "''") + "'"
