"""Time cells: the time of day in a cell that holds a date, as a date with a time, an Excel serial or a text."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import datetime

import numpy as np

from xlcredit.ledger.tables import Money

DAY = 86_400
_TIME = re.compile(
    r"(?<![0-9:])([01]?[0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9])(?:\.[0-9]+)?)?\s*(?:([ap])\.?m\.?)?", re.IGNORECASE
)


def seconds_of_day(cells: Sequence[object]) -> Money:
    """Seconds since midnight of each cell, 0 for one without a time."""
    return np.array([_seconds(cell) for cell in cells], dtype=np.float64)


def _seconds(cell: object) -> float:
    if isinstance(cell, datetime):
        return cell.hour * 3600 + cell.minute * 60 + cell.second
    if isinstance(cell, float) and math.isfinite(cell):
        return round(cell % 1 * DAY) % DAY
    return _seconds_of_text(cell) if isinstance(cell, str) else 0


def _seconds_of_text(text: str) -> float:
    found = _TIME.search(text)
    if not found:
        return 0
    hour, minute, second = (int(part or 0) for part in found.groups()[:3])
    if half := found[4]:
        hour = hour % 12 + 12 * (half in "pP")
    return hour * 3600 + minute * 60 + second
