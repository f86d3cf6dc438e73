"""Where a table stands in a sheet, and how its cells and columns are named in findings.

A *role* is what a column means in the canonical tables (``tables.ITEM_ROLES``, ``CUSTOMER_ROLES``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xlcredit.ledger.grid import address, letter, quoted


@dataclass(frozen=True, slots=True)
class Place:
    """A table: its sheet, heading row, extent, and the column of each role; counted from 0."""

    sheet: str
    header_row: int
    first_column: int
    last_column: int
    columns: Mapping[str, int]
    """Role → column."""
    headings: Mapping[str, str]
    """Role → heading as it stands."""
    first_row: int
    """First row below the headings, which may take two rows."""

    def __post_init__(self) -> None:
        outside = [role for role, at in self.columns.items() if not self.first_column <= at <= self.last_column]
        if outside:
            raise ValueError(f"columns outside the table: {', '.join(outside)}")

    def column(self, role: str) -> str:
        """Address of a role's column, such as 'Open items'!F."""
        return f"{quoted(self.sheet)}!{letter(self.columns[role])}"

    def cell(self, role: str, row: int) -> str:
        """Address of a role's cell in a sheet row counted from 0."""
        return address(self.sheet, row, self.columns[role])


@dataclass(frozen=True, slots=True)
class Strip:
    """The cells of one role, and the sheet row each stands in."""

    place: Place
    role: str
    cells: Sequence[object]
    rows: NDArray[np.int64]
    broken: Mapping[int, str]
    """Position → error value."""

    def cell(self, position: int) -> str:
        """Address of a cell of the strip."""
        return self.place.cell(self.role, int(self.rows[position]))

    @property
    def column(self) -> str:
        """Address of the whole column."""
        return self.place.column(self.role)

    @property
    def heading(self) -> str:
        """The column's heading as it stands."""
        return self.place.headings.get(self.role, self.role)
