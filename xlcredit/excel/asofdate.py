"""The as-of date of a review: the one asked for, else that on the workbook's Policy sheet, else today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Literal

from xlcredit.excel.policysheet import SEARCHED, found_among
from xlcredit.kernel.dates import EARLIEST, LATEST
from xlcredit.kernel.errors import PolicyError
from xlcredit.ledger.grid import Cell, Grid
from xlcredit.policy.sheet import AS_OF

_DAY_ZERO = {False: date(1899, 12, 30), True: date(1904, 1, 1)}


@dataclass(frozen=True, slots=True)
class AsOf:
    """A day to look from, and who said so: the user, the workbook's Policy sheet, or the calendar."""

    day: date
    source: Literal["given", "sheet", "today"]


def as_of(given: date | None, grids: Iterable[Grid], today: date) -> AsOf:
    """The as-of date that was given, else that of the Policy sheet among these grids, else today.

    Raises:
        PolicyError: "as-of-out-of-range", no ledger has a date near it.
    """
    if given:
        return AsOf(_possible(given), "given")
    stated = sheet_as_of(grids)
    return AsOf(_possible(stated), "sheet") if stated else AsOf(today, "today")


def _possible(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise PolicyError("as-of-out-of-range", day=day, earliest=EARLIEST, latest=LATEST)
    return day


def sheet_as_of(grids: Iterable[Grid]) -> date | None:
    """The as-of date that the Policy sheet among these grids states; None where it states none."""
    grid = found_among(grids)
    if grid is None:
        return None
    rows = (row for row in islice(grid.rows(), SEARCHED) if AS_OF in [_word(cell) for cell in row])
    days = (_day(cell, epoch_1904=grid.epoch_1904) for cell in next(rows, ()))
    return next((day for day in days if day), None)


def _word(cell: Cell) -> str:
    return cell.strip().casefold() if isinstance(cell, str) else ""


def _day(cell: Cell, *, epoch_1904: bool) -> date | None:
    match cell:
        case datetime():
            return cell.date()
        case date():
            return cell
        case int() | float() if not isinstance(cell, bool) and 0 < cell < 2_958_466:
            return _DAY_ZERO[epoch_1904] + timedelta(days=int(cell))
        case str():
            return _written(cell.strip())
    return None


def _written(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
