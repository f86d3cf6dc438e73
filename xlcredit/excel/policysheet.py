"""The Policy sheet in a workbook: written as a sheet of ours, read from there or from one the user made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any, Final

import numpy as np

from xlcredit.excel.additions import Column, Sheet
from xlcredit.excel.pack.marks import PREFIX
from xlcredit.excel.styles import INPUT_FILL
from xlcredit.excel.workbook import Workbook
from xlcredit.ledger.grid import Grid
from xlcredit.locales import LANGUAGES, Words, display_width
from xlcredit.policy import Policy
from xlcredit.policy.sheet import BOUND, ENTRY, VALUE, to_rows
from xlcredit.policy.sheetreading import from_rows, is_header

MARK: Final = "policy"
PACKED: Final = PREFIX + MARK
"""The mark of the one that came with a pack."""
SEARCHED = 20
"""Rows at the top of a sheet in which the headings of its Policy table stand."""
_WIDEST = 95


def policy_sheet(policy: Policy, as_of: date | None, words: Words) -> Sheet:
    """The sheet that holds a policy; its first row is the day that formulas look from, blank for none."""
    headings, *rows = to_rows(policy, words, as_of)
    columns = [_column(str(heading), [row[at] for row in rows]) for at, heading in enumerate(headings)]
    columns[BOUND] = _to_change(columns[BOUND], [row[BOUND] != "" for row in rows])
    # A blank figure may be filled in; a blank beside an entry says that its list has no such figure.
    columns[VALUE] = _to_change(columns[VALUE], [row[VALUE] != "" or row[ENTRY] == "" for row in rows])
    return Sheet(MARK, words("sheets", MARK), tuple(columns), grouped_by=0)


def _column(header: str, cells: list[Any]) -> Column:
    values = np.empty(len(cells), dtype=object)
    values[:] = cells
    widest = max(display_width(str(cell)) + 2 for cell in cells)
    return Column(header, "mixed", values, width=float(min(widest, _WIDEST)))


def _to_change(column: Column, cells: list[bool]) -> Column:
    return replace(column, tint=INPUT_FILL, tinted=np.array(cells, dtype=np.bool_))


def policy_grids(workbook: Workbook) -> tuple[Grid, ...]:
    """Where a workbook's Policy sheet may be: ours first, the pack's next, then what the user called one."""
    own = (workbook.own_sheet(mark) for mark in (MARK, PACKED))
    return (*(grid for grid in own if grid), *workbook.grids())


def sheet_policy(grids: Sequence[Grid]) -> dict[str, Any]:
    """The mapping that the Policy sheet among these grids holds, empty where there is none.

    Raises:
        PolicyError: the sheet cannot be understood.
    """
    found = found_among(grids)
    if found is None:
        return {}
    rows = [list(row) for row in found.rows()]
    for (row, column), error in found.broken.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = error
    return from_rows(rows, found.name)


def sheet_name(grids: Iterable[Grid]) -> str:
    """The name of the Policy sheet among these grids, empty where there is none."""
    found = found_among(grids)
    return found.name if found else ""


def found_among(grids: Iterable[Grid]) -> Grid | None:
    """The Policy sheet among these grids, None where there is none."""
    return next((grid for grid in grids if is_policy_sheet(grid)), None)


def is_policy_sheet(grid: Grid) -> bool:
    """Whether a sheet is called as a Policy sheet is, in any language, and holds the headings of its table."""
    return grid.name.casefold() in _names() and any(map(is_header, islice(grid.rows(), SEARCHED)))


def _names() -> set[str]:
    return {Words.of(lang)("sheets", MARK).casefold() for lang in LANGUAGES}
