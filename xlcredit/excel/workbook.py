"""The workbook port: a workbook wherever it lives, in a file, in memory or in an open Excel.

Reading gives grids; ``add`` is the one way to write.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date, timedelta
from difflib import get_close_matches
from typing import TYPE_CHECKING, Protocol

from xlcredit.kernel.errors import WorkbookError
from xlcredit.ledger.grid import Cell, Grid

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from xlcredit.excel.additions import Column, Columns, Sheet

_DAY_ZERO = date(1899, 12, 30)


class Workbook(Protocol):
    """A workbook to read grids from and to add columns and sheets to."""

    @property
    def name(self) -> str:
        """The workbook's name as its user knows it."""

    @property
    def sha256(self) -> str:
        """SHA-256 of the file it is, in hex; "" where it is none."""

    def grids(self) -> Sequence[Grid]:
        """Every worksheet, visible ones first, in the workbook's order; sheets of ours left out."""

    def grid(self, name: str) -> Grid:
        """The worksheet of this name; WorkbookError where there is none."""

    def add(
        self, columns: Sequence[Columns] = (), sheets: Sequence[Sheet] = (), *, remove: Collection[str] = ()
    ) -> None:
        """Adds columns and sheets, in place of those an earlier run left under the same marks."""


def grid_named(grids: Sequence[Grid], name: str) -> Grid:
    """The grid of this name, capitals not counting; WorkbookError naming those there are, the nearest first."""
    for grid in grids:
        if grid.name.casefold() == name.casefold():
            return grid
    names = [grid.name for grid in grids]
    near = get_close_matches(name, names, n=len(names) or 1)
    listed = ", ".join([*near, *(other for other in names if other not in near)])
    raise WorkbookError("no-such-sheet", name, sheet=name, sheets=listed or "-")


@dataclass(frozen=True, slots=True)
class _Own:
    """What an earlier ``add`` left under a mark."""

    sheet: str
    first: int
    last: int


class MemoryWorkbook:
    """A workbook held as grids, for tests and for programs that have cells and no file."""

    def __init__(self, grids: Iterable[Grid], name: str = "memory") -> None:
        self.name = name
        self.sha256 = ""
        self._grids = {grid.name: grid for grid in grids}
        self._columns: dict[str, _Own] = {}
        self._sheets: dict[str, str] = {}

    def grids(self) -> Sequence[Grid]:
        """Every worksheet but ours, visible ones first."""
        ours = set(self._sheets.values())
        return sorted((grid for name, grid in self._grids.items() if name not in ours), key=lambda grid: grid.hidden)

    def grid(self, name: str) -> Grid:
        """The worksheet of this name."""
        return grid_named(self.grids(), name)

    def added(self, mark: str) -> Grid:
        """The sheet of ours with this mark."""
        return self._grids[self._sheets[mark]]

    def add(
        self, columns: Sequence[Columns] = (), sheets: Sequence[Sheet] = (), *, remove: Collection[str] = ()
    ) -> None:
        """Adds columns and sheets to the grids, in place of those with the same marks."""
        for mark in remove:
            self._drop_sheet(mark)
        for addition in columns:
            self._add_columns(addition)
        for sheet in sheets:
            self._add_sheet(sheet)

    def _drop_sheet(self, mark: str) -> None:
        self._grids.pop(self._sheets.pop(mark, ""), None)

    def _add_columns(self, addition: Columns) -> None:
        self._clear(addition.mark)
        grid = self.grid(addition.sheet)
        cells = [list(row) for row in grid.rows()]
        cells += [[] for _ in range(addition.last_row + 1 - len(cells))]
        first = _free_column(cells, addition)
        for offset, column in enumerate(addition.columns):
            _put(cells[addition.header_row], first + offset, column.header)
            for row, value in zip(addition.rows.tolist(), column_cells(column), strict=True):
                _put(cells[row], first + offset, value)
        own = _Own(grid.name, first, first + len(addition.columns) - 1)
        self._columns[addition.mark] = own
        self._grids[grid.name] = _held(grid, cells, (own.first, own.last))

    def _clear(self, mark: str) -> None:
        own = self._columns.pop(mark, None)
        if own is None:
            return
        grid = self._grids[own.sheet]
        cells = [[None if own.first <= at <= own.last else cell for at, cell in enumerate(row)] for row in grid.rows()]
        self._grids[own.sheet] = _held(grid, [_trimmed(row) for row in cells], None)

    def _add_sheet(self, sheet: Sheet) -> None:
        self._drop_sheet(sheet.mark)
        name, number = sheet.name, 1
        while name.casefold() in {other.casefold() for other in self._grids}:
            number += 1
            name = f"{sheet.name} ({number})"
        rows = zip(*(column_cells(column) for column in sheet.columns), strict=True)
        self._grids[name] = Grid(name, ([column.header for column in sheet.columns], *map(list, rows)))
        self._sheets[sheet.mark] = name


def column_cells(column: Column) -> list[Cell]:
    """The cells a column is written as: numbers, dates or text, None where blank."""
    if not column.is_number:
        return [str(value) if value else None for value in column.values]
    numbers = [None if math.isnan(value) else value for value in column.values.tolist()]
    if column.kind != "date":
        return list(numbers)
    return [None if number is None else _DAY_ZERO + timedelta(days=int(number)) for number in numbers]


def _held(grid: Grid, cells: Sequence[Sequence[Cell]], own: tuple[int, int] | None) -> Grid:
    if type(grid) is Grid:
        return replace(grid, cells=cells, own=own)
    return Grid(grid.name, cells, grid.broken, grid.merged, own, grid.epoch_1904, grid.hidden)


def _free_column(cells: Sequence[Sequence[Cell]], addition: Columns) -> int:
    """Right of the table where nothing stands there, else right of everything."""
    first = addition.last_column + 1
    taken = any(cell not in (None, "") for row in cells for cell in row[first : first + len(addition.columns)])
    return max(map(len, cells)) if taken else first


def _put(row: list[Cell], column: int, value: Cell) -> None:
    row.extend([None] * (column + 1 - len(row)))
    row[column] = value


def _trimmed(row: list[Cell]) -> list[Cell]:
    while row and row[-1] is None:
        row.pop()
    return row
