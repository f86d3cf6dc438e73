"""What a formula makes of a date or an amount in a cell, whichever way the export wrote it.

A *reading* is a piece of a formula over one cell, and what it gives for any content of that cell. A column is read the
one way that gives what the review read in most of its rows; where it gives something else, the row keeps its value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, TypeVar

import numpy as np

from xlcredit.ledger.grid import Cell
from xlcredit.ledger.tables import Days, Flags, Money

_NUMBERS: Final = (int, float)
_DAY_ZERO: Final = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
_FIRST_COMPACT: Final = 19_800_101
"""From here on a number is a date such as 20261031, no serial."""


@dataclass(frozen=True, slots=True)
class DayReading:
    """A way to read a day."""

    formula: str
    """With "@" for the cell; blank for a blank one."""
    of: Callable[[Cell, bool], date | None]
    """The day that the formula makes of a cell in a workbook of the 1904 system or not, None for none."""

    @property
    def is_plain(self) -> bool:
        """Whether the cell itself is the day, as SUMIFS compares it."""
        return self.formula == "@"

    def over(self, cell: str) -> str:
        """The formula over a cell."""
        return self.formula.replace("@", cell)

    def said(self, cells: Sequence[Cell], *, epoch_1904: bool) -> tuple[Days, Flags]:
        """The day in each cell, and whether that is sure: of a cell it cannot read a formula gives an error."""
        known = {cell: self.of(cell, epoch_1904) for cell in set(cells)}
        days = np.array([known[cell] for cell in cells], dtype="datetime64[D]")
        return days, np.asarray(~np.isnat(days) | _are_blank(cells))


@dataclass(frozen=True, slots=True)
class AmountReading:
    """A way to read an amount; what is blank counts nothing."""

    formula: str
    """With "@" for the cell."""
    of: Callable[[Cell], float]
    """The number that the formula makes of a cell, NaN for none."""

    @property
    def is_number(self) -> bool:
        """Whether the cell itself is the number, as SUMIFS adds it."""
        return self.formula in ("@", "N(@)")

    def over(self, cell: str) -> str:
        """The formula over a cell."""
        return self.formula.replace("@", cell)

    def said(self, cells: Sequence[Cell]) -> Money:
        """The amount in each cell."""
        return np.array([self.of(cell) for cell in cells], dtype=np.float64)


def day_reading(cells: Sequence[Cell], wanted: Days, *, epoch_1904: bool) -> DayReading:
    """The reading of a column that gives the wanted days in the most rows."""
    texts = any(isinstance(cell, str) and cell for cell in cells)

    def right(reading: DayReading) -> int:
        said, sure = reading.said(cells, epoch_1904=epoch_1904)
        return int((sure & ((said == wanted) | (np.isnat(said) & np.isnat(wanted)))).sum())

    return _best(_DAYS if texts else _DAYS[:_NUMERIC_DAYS], right, len(cells))


def amount_reading(cells: Sequence[Cell], wanted: Money) -> AmountReading:
    """The reading of a column that gives the wanted amounts in the most rows."""

    def right(reading: AmountReading) -> int:
        return int((np.abs(reading.said(cells) - wanted) < 1e-9).sum())

    return _best(_AMOUNTS, right, len(cells))


R = TypeVar("R", DayReading, AmountReading)


def _best(readings: Sequence[R], right: Callable[[R], int], most: int) -> R:
    best, count = readings[0], -1
    for reading in readings:
        if (found := right(reading)) > count:
            best, count = reading, found
        if count == most:
            break
    return best


def _are_blank(cells: Sequence[Cell]) -> Flags:
    return np.array([cell in (None, "") for cell in cells], dtype=np.bool_)


def _serial(cell: Cell, epoch_1904: bool) -> float | None:
    """The number in a cell of a date."""
    if isinstance(cell, datetime):
        past = timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second, microseconds=cell.microsecond)
        return (cell.date() - _DAY_ZERO[epoch_1904]).days + past / timedelta(days=1)
    if isinstance(cell, date):
        return (cell - _DAY_ZERO[epoch_1904]).days
    return float(cell) if type(cell) in _NUMBERS and 1 <= cell < _FIRST_COMPACT else None  # type: ignore[operator,arg-type]


def _day(cell: Cell, epoch_1904: bool) -> date | None:
    """The day of a date cell, whatever its time."""
    number = _serial(cell, epoch_1904)
    return None if number is None else _DAY_ZERO[epoch_1904] + timedelta(days=int(number))


def _midnight(cell: Cell, epoch_1904: bool) -> date | None:
    """The day of a date cell without a time."""
    if isinstance(cell, datetime) and cell.time() != time():
        return None
    if isinstance(cell, float) and not cell.is_integer():
        return None
    return _day(cell, epoch_1904)


def _compact(cell: Cell, epoch_1904: bool) -> date | None:
    """20261031, as a text or as a number."""
    text = str(int(cell)) if type(cell) in _NUMBERS and cell == int(cell) else cell  # type: ignore[arg-type]
    if isinstance(text, str) and re.fullmatch("[0-9]{8}", text):
        return _valid(text[:4], text[4:6], text[6:])
    return _midnight(cell, epoch_1904)


def _written(mark: str, order: str) -> DayReading:
    """Year, month and day with a mark between them, in this order; a time may follow."""
    last = r"[0-9]{2}(?![0-9]).*|[0-9]" if order == "ymd" else r"[0-9]{4}(?![0-9]).*"
    width = 2 if order == "ymd" else 4
    first = "[0-9]{4}" if order == "ymd" else "[0-9]{1,2}"
    pattern = re.compile(f"({first}){re.escape(mark)}([0-9]{{1,2}}){re.escape(mark)}({last})")
    one, two = f'FIND("{mark}",@)', f'FIND("{mark}",@,FIND("{mark}",@)+1)'
    parts = dict(
        zip(order, (f"LEFT(@,{one}-1)", f"MID(@,{one}+1,{two}-{one}-1)", f"MID(@,{two}+1,{width})"), strict=True)
    )
    made = ",".join(f"VALUE({parts[part]})" for part in "ymd")

    def of(cell: Cell, epoch_1904: bool) -> date | None:
        if not isinstance(cell, str):
            return _day(cell, epoch_1904)
        found = pattern.fullmatch(cell)
        said = dict(zip(order, found.groups(), strict=True)) if found else {}
        return _valid(said["y"][:4], said["m"][:2], said["d"][:2]) if found else None

    return DayReading(f'IF(ISNUMBER(@),INT(@),IF(@="","",DATE({made})))', of)


def _valid(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


_DAYS: Final = (
    DayReading("@", _midnight),
    DayReading('IF(@="","",INT(@))', _day),
    DayReading('IF(LEN(@)=8,DATE(VALUE(LEFT(@,4)),VALUE(MID(@,5,2)),VALUE(RIGHT(@,2))),IF(@="","",@))', _compact),
    *(_written(mark, order) for order in ("ymd", "dmy", "mdy") for mark in "-/."),
)
_NUMERIC_DAYS: Final = 3


def _number(cell: Cell) -> float:
    return float(cell) if type(cell) in _NUMBERS else np.nan  # type: ignore[arg-type]


def _number_or_blank(cell: Cell) -> float:
    return 0.0 if cell is None or cell == "" else _number(cell)


def _amount_text(mark: str) -> AmountReading:
    """Digits with this decimal mark, groups of thousands set off by the other one."""
    other = "," if mark == "." else "."
    pattern = re.compile(rf"-?(?:[0-9]+|[0-9]{{1,3}}(?:\{other}[0-9]{{3}})+)(?:\{mark}[0-9]{{1,9}})?")
    digits = f'SUBSTITUTE(@,"{other}","")'
    # No VALUE of the decimals themselves: which mark that understands depends on the computer's region.
    behind = f'MAX(0,LEN({digits})-FIND("{mark}",{digits}&"{mark}"))'
    number = f'VALUE(SUBSTITUTE({digits},"{mark}",""))/10^{behind}'

    def of(cell: Cell) -> float:
        if not isinstance(cell, str) or not cell:
            return _number_or_blank(cell)
        return float(cell.replace(other, "").replace(mark, ".")) if pattern.fullmatch(cell) else np.nan

    return AmountReading(f'IF(ISNUMBER(@),@,IF(@="",0,{number}))', of)


_AMOUNTS: Final = (
    AmountReading("@", _number),
    AmountReading("N(@)", _number_or_blank),
    _amount_text("."),
    _amount_text(","),
)
