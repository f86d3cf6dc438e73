"""The as-of date of a workbook: the first row of its Policy sheet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import islice

from xlcredit.excel.policysheet import SEARCHED, is_policy_sheet
from xlcredit.ledger.grid import Cell, Grid
from xlcredit.policy.sheet import AS_OF

_DAY_ZERO = {False: date(1899, 12, 30), True: date(1904, 1, 1)}


def sheet_as_of(grids: Iterable[Grid]) -> date | None:
    """The as-of date that the Policy sheet among these grids states; None where it states none."""
    grid = next((grid for grid in grids if is_policy_sheet(grid)), None)
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
