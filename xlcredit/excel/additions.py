"""What is added to a workbook, as plain data: columns at the right of a table, whole sheets, names, new contents.

A *mark* names an addition for good, so that the next run finds and replaces it. Rows and columns count from 0.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from string import Formatter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xlcredit.excel.styles import FORMATS
from xlcredit.ledger.grid import letter, quoted

LONGEST_FORMULA = 8192
_MARK = re.compile(r"[a-z][a-z0-9_]*")
_COLOUR = re.compile(r"[0-9A-F]{6}")
_PLACEHOLDER = re.compile(r"row|own\[(\d+)\]|(?:sheet|rows)\[([a-z][a-z0-9_]*(?:\.\d+)?)\]")
_NAME = re.compile(r"[^\W\d][\w.]{0,254}")
_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}\d+|[RrCc]|[Rr]\d*[Cc]\d*")


@dataclass(frozen=True)
class Formula:
    """An Excel formula without its "=", one for all rows, with placeholders for what differs.

    ``{row}`` is the sheet row counted from 1, ``{own[0]}`` the letters of this block's first column,
    ``{sheet[policy]}`` the quoted name of our sheet with that mark, and ``{rows[ledger.4]}`` the cells of the fifth
    column of the block of columns with that mark, which is added before; a brace itself is doubled.
    """

    text: str
    dynamic: bool = False
    """Written so that its result may spill and names of LAMBDAs are called as they are in Excel 365."""

    def __post_init__(self) -> None:
        if not self.text or self.text.startswith("="):
            raise ValueError(f"a formula is written without its equals sign: {self.text!r}")
        for _, field in self._parts:
            if field is not None and not _PLACEHOLDER.fullmatch(field):
                raise ValueError(f"{{{field}}} is none of {{row}}, {{own[0]}}, {{sheet[mark]}} and {{rows[mark.0]}}")

    def around_rows(self, own: Sequence[str], sheets: Mapping[str, str]) -> tuple[str, ...]:
        """The formula in pieces around the row's number; ``sheets``: mark → name, ``mark.place`` → a column's cells."""
        pieces = [""]
        for literal, field in self._parts:
            pieces[-1] += literal
            if field == "row":
                pieces.append("")
            elif field is not None:
                pieces[-1] += _filled(field, own, sheets)
        if sum(map(len, pieces)) + 7 * len(pieces) > LONGEST_FORMULA:
            raise ValueError(f"a formula of more than {LONGEST_FORMULA:,} characters: {self.text[:60]}…")
        return tuple(pieces)

    def at(self, row: int, own: Sequence[str], sheets: Mapping[str, str]) -> str:
        """The formula in a row counted from 0."""
        return str(row + 1).join(self.around_rows(own, sheets))

    @cached_property
    def _parts(self) -> tuple[tuple[str, str | None], ...]:
        return tuple((literal, field) for literal, field, _, _ in Formatter().parse(self.text))


def _filled(field: str, own: Sequence[str], sheets: Mapping[str, str]) -> str:
    column, mark = _PLACEHOLDER.fullmatch(field).groups()  # type: ignore[union-attr]
    if column is not None:
        return own[int(column)]
    if mark not in sheets:
        raise ValueError(f"a formula refers to our {mark!r}, which is neither there nor added")
    return sheets[mark] if field.startswith("rows") else quoted(sheets[mark])


@dataclass(frozen=True, slots=True)
class Shade:
    """A conditional colour: cells that equal one of ``values`` get this fill and font colour (RRGGBB, "" = as is)."""

    values: tuple[str | float, ...]
    fill: str
    font: str = ""

    def __post_init__(self) -> None:
        for colour in (self.fill, self.font):
            _check_colour(colour)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header, the kind of its values (a key of ``styles.FORMATS``), and the values."""

    header: str
    kind: str
    values: NDArray[Any]
    """float64 (NaN = blank; dates as serials of the 1900 system) or object (str; "" or None = blank).

    Of kind "mixed": object of str, float, bool and date. Under a formula: its results, "#N/A …" being that error.
    """
    shades: tuple[Shade, ...] = ()
    width: float = 0.0
    """What its values need; 0 = what their kind does, and beside a table no less than the neighbour."""
    formula: Formula | None = None
    live: NDArray[np.bool_] | None = None
    """Which cells hold the formula, None for all; the others hold their value."""
    tint: str = ""
    """Fill (RRGGBB) of the cells that ``tinted`` says: those meant to be filled in."""
    tinted: NDArray[np.bool_] | None = None

    def __post_init__(self) -> None:
        if self.kind not in FORMATS:
            raise ValueError(f"column {self.header!r} is of kind {self.kind!r}, none of {', '.join(FORMATS)}")
        if not self.header:
            raise ValueError("a column needs a header")
        if self.is_number and np.isinf(self.values).any():
            raise ValueError(f"column {self.header!r} holds an infinite number, which no cell can")
        if self.live is not None and (self.formula is None or len(self.live) != len(self.values)):
            raise ValueError(f"column {self.header!r} needs a formula, and a flag for each of its values")
        _check_colour(self.tint)
        if bool(self.tint) != (self.tinted is not None) or (self.tint and len(self.tinted) != len(self.values)):  # type: ignore[arg-type]
            raise ValueError(f"column {self.header!r} needs a tint and, for each of its values, whether it has it")

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

    def cells_from(self, first: int) -> dict[str, str]:
        """``mark.place`` of each column → its cells in a formula; the block stands from column ``first`` on."""
        if not len(self.rows):
            return {}
        sheet, top, bottom = quoted(self.sheet), int(self.rows[0]) + 1, int(self.rows[-1]) + 1
        places = ((k, letter(first + k)) for k in range(len(self.columns)))
        return {f"{self.mark}.{k}": f"{sheet}!${at}${top}:${at}${bottom}" for k, at in places}


@dataclass(frozen=True, slots=True)
class Name:
    """A defined name of ours that any cell of the workbook can use, in place of the one an earlier run left."""

    name: str
    formula: str
    """What it stands for, without "="; ``{sheet[policy]}`` as in a Formula, a brace itself doubled."""

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name) or _LIKE_A_CELL.fullmatch(self.name):
            raise ValueError(f"{self.name!r} is no name that Excel accepts")
        Formula(self.formula)

    def refers_to(self, sheets: Mapping[str, str]) -> str:
        """The name's formula; ``sheets``: mark → name."""
        return "".join(Formula(self.formula).around_rows((), sheets))


@dataclass(frozen=True, slots=True)
class Rewrite:
    """New contents of cells that are there, all in one column of a sheet; how they look stays."""

    sheet: str
    column: int
    rows: NDArray[np.int64]
    """Sheet rows, rising."""
    values: NDArray[Any]
    """As a Column's of kind "mixed", or float64; blank = nothing in the cell."""
    formula: Formula | None = None
    """In every row; ``{own[0]}`` is this column."""
    spilled: bool = False
    """The formula stands in the first row alone and its result spills over the others, which follow one another."""

    def __post_init__(self) -> None:
        if not len(self.rows) or len(self.rows) != len(self.values):
            raise ValueError(f"{len(self.values)} values for {len(self.rows)} rows of sheet {self.sheet!r}")
        steps = np.diff(self.rows)
        if np.any(steps <= 0):
            raise ValueError(f"rows to rewrite in sheet {self.sheet!r} must rise")
        if self.spilled and (np.any(steps != 1) or not self.formula or not self.formula.dynamic):
            raise ValueError("what spills is a dynamic formula over rows that follow one another")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole sheet of ours; it replaces the one an earlier run of ours left."""

    mark: str
    name: str
    """Wanted name; made unique if somebody else's sheet has it."""
    columns: tuple[Column, ...]
    grouped_by: int | None = None
    """Column whose text before its first dot says which rows belong together.

    A line stands above each group, and its rows fold under the first of them.
    """
    frozen: int = 0
    """Columns at the left that stay in sight, and stand on every page."""

    def __post_init__(self) -> None:
        _check_mark(self.mark)
        _check_lengths(self.columns, self.height, self.mark)

    @property
    def group_starts(self) -> tuple[int, ...]:
        """Rows below the header, counted from 0, at which a group begins."""
        if self.grouped_by is None:
            return ()
        groups = [str(cell).partition(".")[0] for cell in self.columns[self.grouped_by].values.tolist()]
        return tuple(row for row, group in enumerate(groups) if row == 0 or groups[row - 1] != group)

    @property
    def folded(self) -> NDArray[np.bool_]:
        """Rows below the header that fold under the first row of their group."""
        under = np.full(self.height, fill_value=self.grouped_by is not None)
        under[list(self.group_starts)] = False
        return under

    @property
    def has_lines(self) -> bool:
        """Whether texts break into lines: then what stands beside them stands at the top, too."""
        return any(column.kind == "wrapped" for column in self.columns)

    @property
    def height(self) -> int:
        """Rows below the header."""
        return len(self.columns[0].values) if self.columns else 0


def _check_colour(colour: str) -> None:
    if colour and not _COLOUR.fullmatch(colour):
        raise ValueError(f"colour {colour!r} is not written RRGGBB in capitals")


def _check_mark(mark: str) -> None:
    if not _MARK.fullmatch(mark):
        raise ValueError(f"mark {mark!r} must be lower-case letters, digits and underscores")


def _check_lengths(columns: tuple[Column, ...], height: int, mark: str) -> None:
    if not columns:
        raise ValueError(f"{mark!r} adds no column")
    for column in columns:
        if len(column.values) != height:
            raise ValueError(f"column {column.header!r} has {len(column.values)} values for {height} rows")
