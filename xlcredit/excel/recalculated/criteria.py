"""Criteria: what SUMIFS takes the cells for by which it finds a customer's items."""

from __future__ import annotations

import re
from typing import Final

from xlcredit.ledger.grid import Cell

_NUMBERS: Final = (int, float)
_PLAIN: Final = re.compile(r"[\w][\w -]{0,99}")
"""Texts in which SUMIFS sees no comparison and no wildcard, and that are no date or truth value in disguise."""


def criterion(cell: Cell) -> str | float | None:
    """What SUMIFS takes a cell for: a number, also where it is a text, or a text whatever its case; None if unsure."""
    if type(cell) in _NUMBERS:
        return float(cell)  # type: ignore[arg-type]
    if not isinstance(cell, str) or not _PLAIN.fullmatch(cell):
        return None
    try:
        return float(cell)
    except ValueError:
        return cell.casefold()
