"""What is added to a workbook, as plain data: columns at the right of a table, and whole sheets.

A *mark* names an addition for good, so that the next run finds and replaces it. Rows and columns count from 0.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xlcredit.excel.styles import FORMATS

_MARK = re.compile(r"[a-z][a-z0-9_]*")
_COLOUR = re.compile(r"[0-9A-F]{6}")


@dataclass(frozen=True, slots=True)
class Shade:
    """A conditional colour: cells that equal one of ``values`` get this fill and font colour (RRGGBB, "" = as is)."""

    values: tuple[str | float, ...]
    fill: str
    font: str = ""

    def __post_init__(self) -> None:
        for colour in (self.fill, self.font):
            if colour and not _COLOUR.fullmatch(colour):
                raise ValueError(f"colour {colour!r} is not written RRGGBB in capitals")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header, the kind of its values (a key of ``styles.FORMATS``), and the values."""

    header: str
    kind: str
    values: NDArray[Any]
    """float64 (NaN = blank; dates as serials of the 1900 system) or object (str; "" or None = blank)."""
    shades: tuple[Shade, ...] = ()
    width: float = 0.0
    """0 = as wide as the neighbour, or as the header needs."""

    def __post_init__(self) -> None:
        if self.kind not in FORMATS:
            raise ValueError(f"column {self.header!r} is of kind {self.kind!r}, none of {', '.join(FORMATS)}")
        if not self.header:
            raise ValueError("a column needs a header")
        if self.is_number and np.isinf(self.values).any():
            raise ValueError(f"column {self.header!r} holds an infinite number, which no cell can")

    @property
    def is_number(self) -> bool:
        """Whether the values are numbers, not text."""
        return self.values.dtype.kind == "f"


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns added at the right of a table that stands in an existing sheet."""

    mark: str
    sheet: str
    header_row: int
    last_row: int
    """Last row of the table, totals included: formats, colours, table and autofilter run to here."""
    last_column: int
    """Last column of the table they extend."""
    rows: NDArray[np.int64]
    """Sheet rows the values belong to, rising."""
    columns: tuple[Column, ...]

    def __post_init__(self) -> None:
        _check_mark(self.mark)
        _check_lengths(self.columns, len(self.rows), self.mark)
        if len(self.rows) and (np.any(np.diff(self.rows) <= 0) or self.rows[0] <= self.header_row):
            raise ValueError(f"rows of {self.mark!r} must rise and begin below header row {self.header_row}")
        if self.last_row < (int(self.rows[-1]) if len(self.rows) else self.header_row):
            raise ValueError(f"last row {self.last_row} of {self.mark!r} lies above its last value")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole sheet of ours; it replaces the one an earlier run of ours left."""

    mark: str
    name: str
    """Wanted name; made unique if somebody else's sheet has it."""
    columns: tuple[Column, ...]

    def __post_init__(self) -> None:
        _check_mark(self.mark)
        _check_lengths(self.columns, self.height, self.mark)

    @property
    def height(self) -> int:
        """Rows below the header."""
        return len(self.columns[0].values) if self.columns else 0


def _check_mark(mark: str) -> None:
    if not _MARK.fullmatch(mark):
        raise ValueError(f"mark {mark!r} must be lower-case letters, digits and underscores")


def _check_lengths(columns: tuple[Column, ...], height: int, mark: str) -> None:
    if not columns:
        raise ValueError(f"{mark!r} adds no column")
    for column in columns:
        if len(column.values) != height:
            raise ValueError(f"column {column.header!r} has {len(column.values)} values for {height} rows")
