"""The workbook port: a workbook wherever it lives, in a file, in memory or in an open Excel.

Reading gives grids; ``add`` is the one way to write.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import compress
from typing import TYPE_CHECKING, Any, Protocol

from xlcredit.excel.formulas import bare
from xlcredit.excel.names import NAMES
from xlcredit.ledger.grid import Cell, Grid, grid_named, letter

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from xlcredit.excel.additions import Column, Columns, Formula, Name, Rewrite, Sheet

__all__ = ["MemoryWorkbook", "Workbook", "cells_of", "column_cells", "grid_named"]

_DAY_ZERO = date(1899, 12, 30)


class Workbook(Protocol):
    """A workbook to read grids and formulas from, and to add to."""

    @property
    def name(self) -> str:
        """The workbook's name as its user knows it."""

    @property
    def sha256(self) -> str:
        """SHA-256 of the file it is, in hex; "" where it is none."""

    @property
    def path(self) -> Path | None:
        """The file it is, or was saved as last; None where there is none on this computer."""

    @property
    def open_beside(self) -> Collection[str]:
        """Names of all workbooks that are open where this one is."""

    def grids(self) -> Sequence[Grid]:
        """Every worksheet, visible ones first, in the workbook's order; sheets of ours left out."""

    def grid(self, name: str) -> Grid:
        """The worksheet of this name; WorkbookError where there is none."""

    def own_sheet(self, mark: str) -> Grid | None:
        """The sheet of ours that an earlier run left under this mark."""

    def formulas(self, sheet: str) -> Mapping[tuple[int, int], str]:
        """(row, column) → the formula there, as its user reads it: without "=" and the file's prefixes.

        One whose result spills, or fills an area, stands at its first cell only. Any worksheet can be asked for, ours
        too; formats whose formulas are not read have none.
        """

    def add(
        self,
        columns: Sequence[Columns] = (),
        sheets: Sequence[Sheet] = (),
        *,
        remove: Collection[str] = (),
        names: Sequence[Name] = (),
        rewrites: Sequence[Rewrite] = (),
    ) -> None:
        """Adds columns, sheets and names, in place of those an earlier run left, and rewrites cells.

        ``remove`` has marks of sheets that go; "names" in it takes out every name of ours but those given.
        """


@dataclass(frozen=True, slots=True)
class _Own:
    """What an earlier ``add`` left under a mark."""

    sheet: str
    first: int
    last: int


class MemoryWorkbook:
    """A workbook held as grids, for tests and for programs that have cells and no file."""

    def __init__(
        self,
        grids: Iterable[Grid],
        name: str = "memory",
        formulas: Mapping[str, Mapping[tuple[int, int], str]] | None = None,
        path: Path | None = None,
    ) -> None:
        self.name = name
        self.sha256 = ""
        self.path = path
        self.open_beside: Collection[str] = ()
        self._grids = {grid.name: grid for grid in grids}
        self._columns: dict[str, _Own] = {}
        self._sheets: dict[str, str] = {}
        self._cells: dict[str, str] = {}
        self._formulas = {sheet: dict(found) for sheet, found in (formulas or {}).items()}
        self.names: dict[str, str] = {}
        """Names of ours → their formulas."""

    def grids(self) -> Sequence[Grid]:
        """Every worksheet but ours, visible ones first."""
        ours = set(self._sheets.values())
        return sorted((grid for name, grid in self._grids.items() if name not in ours), key=lambda grid: grid.hidden)

    def grid(self, name: str) -> Grid:
        """The worksheet of this name."""
        return grid_named(self.grids(), name)

    def own_sheet(self, mark: str) -> Grid | None:
        """The sheet of ours with this mark."""
        return self._grids.get(self._sheets.get(mark, ""))

    def formulas(self, sheet: str) -> Mapping[tuple[int, int], str]:
        """(row, column) → the formula there."""
        return dict(self._formulas.get(grid_named(tuple(self._grids.values()), sheet).name, {}))

    def add(
        self,
        columns: Sequence[Columns] = (),
        sheets: Sequence[Sheet] = (),
        *,
        remove: Collection[str] = (),
        names: Sequence[Name] = (),
        rewrites: Sequence[Rewrite] = (),
    ) -> None:
        """Adds columns, sheets and names, in place of those of an earlier run, and rewrites cells."""
        for mark in remove:
            self._drop_sheet(mark)
        for sheet in sheets:
            self._place_sheet(sheet)
        for rewrite in rewrites:
            self._rewrite(rewrite)
        for addition in columns:
            self._add_columns(addition)
        for sheet in sheets:
            self._fill_sheet(sheet)
        kept = {} if NAMES in remove else self.names
        self.names = kept | {name.name: bare(name.refers_to(self._sheets)) for name in names}

    def _drop_sheet(self, mark: str) -> None:
        name = self._sheets.pop(mark, "")
        self._grids.pop(name, None)
        self._formulas.pop(name, None)

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
        self._cells |= addition.cells_from(first)
        self._grids[grid.name] = _held(grid, cells, (own.first, own.last))
        self._put_formulas(grid.name, addition.columns, first, addition.rows.tolist())

    def _clear(self, mark: str) -> None:
        own = self._columns.pop(mark, None)
        if own is None:
            return
        grid = self._grids[own.sheet]
        cells = [[None if own.first <= at <= own.last else cell for at, cell in enumerate(row)] for row in grid.rows()]
        self._grids[own.sheet] = _held(grid, [_trimmed(row) for row in cells], None)
        formulas = self._formulas.pop(own.sheet, {})
        self._formulas[own.sheet] = {at: text for at, text in formulas.items() if not own.first <= at[1] <= own.last}

    def _place_sheet(self, sheet: Sheet) -> None:
        self._drop_sheet(sheet.mark)
        name, number = sheet.name, 1
        while name.casefold() in {other.casefold() for other in self._grids}:
            number += 1
            name = f"{sheet.name} ({number})"
        self._grids[name] = Grid(name)
        self._sheets[sheet.mark] = name

    def _fill_sheet(self, sheet: Sheet) -> None:
        name = self._sheets[sheet.mark]
        rows = zip(*(column_cells(column) for column in sheet.columns), strict=True)
        self._grids[name] = Grid(name, ([column.header for column in sheet.columns], *map(list, rows)))
        self._put_formulas(name, sheet.columns, 0, range(1, sheet.height + 1))

    def _rewrite(self, rewrite: Rewrite) -> None:
        grid = grid_named(tuple(self._grids.values()), rewrite.sheet)
        cells = [list(row) for row in grid.rows()]
        rows = rewrite.rows.tolist()
        cells += [[] for _ in range(rows[-1] + 1 - len(cells))]
        for row, value in zip(rows, cells_of(rewrite.values, "mixed"), strict=True):
            _put(cells[row], rewrite.column, value)
        self._grids[grid.name] = _held(grid, cells, grid.own)
        standing = self._formulas.setdefault(grid.name, {})
        for row in rows:
            standing.pop((row, rewrite.column), None)
        if rewrite.formula:
            with_formula = rows[:1] if rewrite.spilled else rows
            self._put_formula(grid.name, rewrite.formula, [letter(rewrite.column)], rewrite.column, with_formula)

    def _put_formulas(self, sheet: str, columns: Sequence[Column], first: int, rows: Iterable[int]) -> None:
        own = [letter(first + offset) for offset in range(len(columns))]
        for offset, column in enumerate(columns):
            if column.formula:
                live = rows if column.live is None else compress(rows, column.live.tolist())
                self._put_formula(sheet, column.formula, own, first + offset, live)

    def _put_formula(self, sheet: str, formula: Formula, own: Sequence[str], column: int, rows: Iterable[int]) -> None:
        names = self._sheets | self._cells
        texts = {(row, column): bare(formula.at(row, own, names)) for row in rows}
        self._formulas.setdefault(sheet, {}).update(texts)


def column_cells(column: Column) -> list[Cell]:
    """The cells a column is written as: numbers, dates or text, None where blank."""
    return cells_of(column.values, column.kind)


def cells_of(values: NDArray[Any], kind: str) -> list[Cell]:
    """The cells that values of a kind are written as."""
    if values.dtype.kind != "f":
        return [None if value is None or value == "" or _is_nan(value) else value for value in values.tolist()]
    numbers = [None if math.isnan(value) else value for value in values.tolist()]
    if kind != "date":
        return list(numbers)
    return [None if number is None else _DAY_ZERO + timedelta(days=int(number)) for number in numbers]


def _is_nan(value: object) -> bool:
    return isinstance(value, float) and math.isnan(value)


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
