"""Cells: what a worksheet hands to a function and takes back.

A column of cells is read by itself, each cell by itself: what a cell means does not depend on its neighbours. Blank
(None, "", spaces) is missing; a text that is a number or a date is one; an error cell stays that error.
"""

from __future__ import annotations

import gc
import math
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from types import NoneType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.dates import EARLIEST, LATEST
from xlcredit.kernel.money import EXACT
from xlcredit.ledger.amounts import AmountText
from xlcredit.ledger.daycells import day_of
from xlcredit.ledger.textcells import as_text, is_yes_or_no
from xlcredit.ledger.textcells import flags as yes_or_no

Cell = str | float | int | bool | date
Table = list[list[Cell]]
Given = object
"""An argument as a host hands it over: a list of rows, a single value, or None where it is omitted."""

ERROR = re.compile(
    r"#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|GETTING_DATA|SPILL!|CALC!|CONNECT!|BLOCKED!|UNKNOWN!|FIELD!|BUSY!"
    r"|EXTERNAL!|PYTHON!)(?=\s|$)"
)
"""What the text of an error cell begins with; a reason may follow."""

_NUMBERS = frozenset((float, int, NoneType))
_DAYS = frozenset((datetime, date, NoneType))
_SHOWN = 60
_DASHES = str.maketrans("−–—‐‑﹣", "------")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell gives no value; without a code its value is the error the cell holds."""

    code: str
    value: str


Broken = Mapping[int, Fault]
"""Position → why that cell gives no value."""


def rows_of(given: Given) -> Sequence[Sequence[object]]:
    """An argument as rows of cells; a single value is a single cell."""
    if not isinstance(given, list | tuple):
        return [[given]]
    if not given:
        return [[None]]
    return given if isinstance(given[0], list | tuple) else [given]


def is_omitted(given: Given) -> bool:
    """Whether an argument is left out, or a single blank cell."""
    rows = rows_of(given)
    return len(rows) == 1 and len(rows[0]) <= 1 and is_blank(rows[0][0] if rows[0] else None)


def is_blank(cell: object) -> bool:
    """Whether a cell holds nothing, or spaces."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def shown(cell: object) -> str:
    """A cell as a message quotes it."""
    text = str(cell).upper() if isinstance(cell, bool) else as_text(cell)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def numbers(cells: Sequence[object], places: int = 2) -> tuple[NDArray[np.float64], Broken]:
    """Each cell's number, NaN where it is blank or broken; ``places`` decimals are to be told exactly."""
    largest = EXACT / 10**places
    if _NUMBERS.issuperset(map(type, cells)):
        try:
            values = np.array(cells, dtype=np.float64)
        except OverflowError:  # a whole number beyond any float
            return _numbers_with_care(cells, largest)
        if not (np.abs(values) >= largest).any():
            return values, {}
    return _numbers_with_care(cells, largest)


def amounts(cells: Sequence[object], places: int) -> tuple[NDArray[np.float64], Broken]:
    """Each cell's amount as its number, but 5% is none of money."""
    values, broken = numbers(cells, places)
    shares = (at for at, cell in enumerate(cells) if isinstance(cell, str) and cell.rstrip().endswith(("%", "％")))
    return values, {**broken, **{at: Fault("no-number", shown(cells[at])) for at in shares}}


def _numbers_with_care(cells: Sequence[object], largest: float) -> tuple[NDArray[np.float64], Broken]:
    values, broken = np.full(len(cells), np.nan), {}
    for position, cell in enumerate(cells):
        read = _number(cell)
        if isinstance(read, float) and abs(read) >= largest:
            read = Fault("too-large", shown(cell))
        if isinstance(read, Fault):
            broken[position] = read
        else:
            values[position] = read
    return values, broken


def _number(cell: object) -> float | Fault:
    if cell is None:
        return math.nan
    if isinstance(cell, str):
        return _number_of_text(cell)
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return Fault("no-number", shown(cell))
    try:
        return float(cell)
    except OverflowError:
        return math.inf


@lru_cache(maxsize=4096)
def _number_of_text(cell: str) -> float | Fault:
    """The number a text is in English notation, or in another one where only that fits: 1.234,50."""
    text = unicodedata.normalize("NFKC", cell).strip()
    if not text:
        return math.nan
    if ERROR.match(text):
        return Fault("", text)
    if text.translate(_DASHES).strip("€£$¥ ") == "-":
        return 0.0  # the accounting format's way to write zero
    percent = text.endswith("%")
    parts = AmountText.of(text.removesuffix("%").rstrip())
    value = parts.value(parts.mark if parts.mark in (".", ",") else ".") if parts else None
    if value is None or not math.isfinite(value):
        return Fault("no-number", shown(cell))
    return value / 100 if percent else value


def days(cells: Sequence[object]) -> tuple[NDArray[np.datetime64], Broken]:
    """Each cell's date, NaT where it is blank or broken; dates, serial numbers (1900 system) and texts."""
    if _DAYS.issuperset(map(type, cells)) and not any(getattr(cell, "tzinfo", None) for cell in cells):
        column = np.array(cells, dtype="datetime64[D]")
        if not ((column < np.datetime64(EARLIEST)) | (column > np.datetime64(LATEST))).any():
            return column, {}
    read = {cell: day_of(cell) for cell in set(cells)}
    broken = {at: _day_fault(cell, read[cell]) for at, cell in enumerate(cells) if not isinstance(read[cell], int)}
    numbered = [_NAT if at in broken else read[cell] for at, cell in enumerate(cells)]
    return np.array(numbered, dtype=np.int64).view("datetime64[D]"), broken


_NAT = int(np.datetime64("NaT", "D").astype(np.int64))


def _day_fault(cell: object, read: object) -> Fault:
    if isinstance(cell, str) and ERROR.match(cell.strip()):
        return Fault("", cell.strip())
    return Fault("no-date" if read is None else "open-order", shown(cell))


def flags(cells: Sequence[object]) -> tuple[NDArray[np.bool_], Broken]:
    """Whether each cell says yes: TRUE, x, or any text but a no."""
    return yes_or_no(cells), _errors(cells)


def decisions(cells: Sequence[object]) -> tuple[NDArray[np.bool_], Broken]:
    """Whether each cell says yes, where a text that is neither a yes nor a no would be taken for the wrong one."""
    unclear = np.flatnonzero(~is_yes_or_no(cells)).tolist()
    return yes_or_no(cells), {**{at: Fault("no-decision", shown(cells[at])) for at in unclear}, **_errors(cells)}


def texts(cells: Sequence[object]) -> tuple[NDArray[np.object_], Broken]:
    """Each cell as trimmed text, every run of spaces one space; blank is empty."""
    column = np.empty(len(cells), dtype=object)
    column[:] = [" ".join(as_text(cell).split()) for cell in cells]
    return column, _errors(cells)


def _errors(cells: Sequence[object]) -> Broken:
    return {
        at: Fault("", cell.strip())
        for at, cell in enumerate(cells)
        if isinstance(cell, str) and ERROR.match(cell.strip())
    }


def plain(column: NDArray[Any]) -> list[Cell]:
    """A column as cells: text, whole number, number, flag or date, and "" where there is nothing to say."""
    cells: list[Any] = column.tolist()
    if column.dtype.kind == "f" and not np.isfinite(column).all():
        return [cell if math.isfinite(cell) else "" for cell in cells]
    if column.dtype.kind == "M":
        return ["" if cell is None else cell for cell in cells]
    return cells


def as_table(columns: Sequence[NDArray[Any]]) -> Table:
    """Columns as rows of cells."""
    cells = [plain(column) for column in columns]
    with _uncollected():
        return [list(row) for row in zip(*cells, strict=True)]


@contextmanager
def _uncollected() -> Iterator[None]:
    """Many lists made at once set Python looking for garbage among all that lives, again and again; there is none."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
