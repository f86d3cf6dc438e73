"""Where our columns go: beside the table if there is room, where they stood if they did, never over a foreign cell."""

from __future__ import annotations

from collections.abc import Sequence

from xlcredit.excel.additions import Columns
from xlcredit.excel.ooxml.areas import MOST_COLUMNS, Area
from xlcredit.excel.ooxml.survey import Survey
from xlcredit.kernel.errors import WorkbookError


def first_column(wanted: Columns, old: Area | None, seen: Survey, blocked: Sequence[Area]) -> int:
    """The 0-based column our first one goes to; ``blocked`` are merged cells and tables of others."""
    size = len(wanted.columns)
    first = _beside(wanted, seen, blocked) if old is None else _again(wanted, old, seen, blocked)
    if first + size > MOST_COLUMNS:
        raise WorkbookError("sheet-too-wide", sheet=wanted.sheet, columns=first + size, limit=MOST_COLUMNS)
    return first


def _beside(wanted: Columns, seen: Survey, blocked: Sequence[Area]) -> int:
    first = wanted.last_column + 1
    last = wanted.last_column + len(wanted.columns)
    return first if _is_room(wanted, first, last, seen, blocked) else _far(wanted, seen, blocked)


def _again(wanted: Columns, old: Area, seen: Survey, blocked: Sequence[Area]) -> int:
    same_size = old.width == len(wanted.columns)
    if same_size or _is_room(wanted, old.right + 1, MOST_COLUMNS - 1, seen, blocked):
        return old.left
    return max(old.right + 1, _far(wanted, seen, blocked))


def _is_room(wanted: Columns, first: int, last: int, seen: Survey, blocked: Sequence[Area]) -> bool:
    area = Area(wanted.header_row, first, wanted.last_row, last)
    return seen.is_free(first, last) and not any(area.meets(other) for other in blocked)


def _far(wanted: Columns, seen: Survey, blocked: Sequence[Area]) -> int:
    rights = (area.right for area in blocked if area.right < MOST_COLUMNS - 1)
    return max([wanted.last_column, seen.used, *rights]) + 1
