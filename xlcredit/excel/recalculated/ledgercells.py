"""The cells of a ledger by role, and what a formula makes of them beside what was read.

``formulareadings`` has the ways to read a cell; each column of dates and amounts here has its own.
"""

from __future__ import annotations

from functools import cached_property
from typing import Final

import numpy as np

from xlcredit.excel.recalculated.readings import AmountReading, DayReading, amount_reading, day_reading
from xlcredit.ledger.grid import Cell, Grid, letter
from xlcredit.ledger.place import Place
from xlcredit.ledger.tables import Days, Flags, Money, OpenItems

_NUMBERS: Final = (int, float)


class LedgerCells:
    """The ledger's cells by role, beside what was read of them."""

    def __init__(self, items: OpenItems, place: Place, grid: Grid) -> None:
        self._items, self._place = items, place
        self._epoch_1904 = grid.epoch_1904
        rows = list(grid.rows())
        wanted = [rows[row] if row < len(rows) else () for row in (self._items.row - 1).tolist()]
        self._cells: dict[str, list[Cell]] = {
            role: [row[at] if at < len(row) else None for row in wanted] for role, at in place.columns.items()
        }
        self._n = len(wanted)
        self._broken = {
            role: np.array([(row, at) in grid.broken for row in (self._items.row - 1).tolist()], dtype=np.bool_)
            for role, at in place.columns.items()
            if any(column == at for _, column in grid.broken)
        }

    def cell(self, role: str) -> str:
        """Reference to a role's cell in the row, 0 where there is no such column."""
        return f"${letter(self._place.columns[role])}{{row}}" if self.has(role) else "0"

    def day(self, role: str) -> str:
        """The day in a role's cell, blank for none."""
        return self.days[role].over(self.cell(role))

    def has(self, role: str) -> bool:
        """Whether there is a column of the role."""
        return role in self._place.columns

    @cached_property
    def days(self) -> dict[str, DayReading]:
        """The reading of each column of dates."""
        return {
            role: day_reading(self.of(role), getattr(self._items, role), epoch_1904=self._epoch_1904)
            for role in ("due_date", "document_date", "settled_date")
            if self.has(role)
        }

    @cached_property
    def amounts(self) -> dict[str, AmountReading]:
        """The reading of each column of amounts."""
        items = self._items
        wanted = {"amount": items.amount, "open": items.amount - items.settled, "paid": items.settled}
        return {role: amount_reading(self.of(role), wanted[role]) for role in wanted if self.has(role)}

    def said(self, role: str) -> tuple[Days, Flags]:
        """The day a formula makes of each of a role's cells, and whether that is sure."""
        said, sure = self.days[role].said(self.of(role), epoch_1904=self._epoch_1904)
        return said, np.asarray(sure & ~self._broken[role]) if role in self._broken else sure

    def says(self, role: str) -> Flags:
        """Rows in which a formula makes of a role's cell what was read, all where there is no such column."""
        if not self.has(role):
            return np.ones(self._n, dtype=np.bool_)
        said, sure = self.said(role)
        wanted = getattr(self._items, role)
        return np.asarray(sure & ((said == wanted) | (np.isnat(said) & np.isnat(wanted))))

    def serial(self, role: str) -> str:
        """A day to compare with: 0 for none, where a blank text would be later than any day."""
        day = self.day(role)
        return day if self.days[role].is_plain and not self.is_empty(role).any() else f"N({day})"

    def of(self, role: str) -> list[Cell]:
        """A role's cells, blank where there is no such column."""
        return self._cells.get(role, [None] * self._n)

    def is_empty(self, role: str) -> Flags:
        """Which of a role's cells hold nothing."""
        # Spaces are no empty cell: a formula takes them for a text, which is more than any number.
        return np.array([cell in (None, "") for cell in self.of(role)], dtype=np.bool_)

    def numbers(self, role: str) -> Money:
        """The numbers in a role's cells, NaN for all else."""
        return np.array([cell if type(cell) in _NUMBERS else np.nan for cell in self.of(role)], dtype=np.float64)
