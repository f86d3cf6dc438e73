"""Rectangles of cells as references write them: ``A1:L5`` and ``'Open items'!$M$5:$Q$120``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from xlcredit.ledger.grid import letter, quoted

MOST_COLUMNS = 16_384
MOST_ROWS = 1_048_576
_CORNER = re.compile(r"\$?([A-Za-z]{0,3})\$?(\d*)")
_SHEET = re.compile(r"^(?:'((?:[^']|'')+)'|([^'!\[\]]+))!(.+)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Area:
    """First row, first column, last row, last column, counted from 0, all included."""

    top: int
    left: int
    bottom: int
    right: int

    @staticmethod
    def of(reference: str) -> Area | None:
        """The area of a reference such as ``$A$1:L5``, ``A1``, ``A:C`` or ``3:4``; None where it is none."""
        start, _, end = reference.strip().partition(":")
        corners = [_CORNER.fullmatch(corner) for corner in (start, end or start)]
        if not start or None in corners:
            return None
        (left, top), (right, bottom) = ((c[1], c[2]) for c in corners if c)
        return Area(
            int(top) - 1 if top else 0,
            column_number(left) if left else 0,
            int(bottom) - 1 if bottom else MOST_ROWS - 1,
            column_number(right) if right else MOST_COLUMNS - 1,
        )

    @property
    def width(self) -> int:
        """Number of columns."""
        return self.right - self.left + 1

    @property
    def text(self) -> str:
        """The reference, as in ``A1:L5``; a single cell without the colon."""
        start, end = f"{letter(self.left)}{self.top + 1}", f"{letter(self.right)}{self.bottom + 1}"
        return start if start == end else f"{start}:{end}"

    def on(self, sheet: str) -> str:
        """The absolute reference, as in ``'Open items'!$M$5:$Q$120``."""
        start = f"${letter(self.left)}${self.top + 1}"
        end = f"${letter(self.right)}${self.bottom + 1}"
        return f"{quoted(sheet)}!{start if start == end else f'{start}:{end}'}"

    def to(self, right: int) -> Area:
        """The same area ending at another column."""
        return replace(self, right=right)

    def meets(self, other: Area) -> bool:
        """Whether they share a cell."""
        across = self.left <= other.right and other.left <= self.right
        return across and self.top <= other.bottom and other.top <= self.bottom


def column_number(letters: str) -> int:
    """Column letters as a number: A → 0."""
    number = 0
    for character in letters.upper():
        number = number * 26 + ord(character) - 64
    return number - 1


def sheet_area(reference: str) -> tuple[str, Area] | None:
    """Sheet and area a defined name refers to; None where it is no plain area of one sheet."""
    found = _SHEET.match(reference.strip())
    area = Area.of(found[3]) if found else None
    if not found or not area:
        return None
    return (found[1].replace("''", "'") if found[1] else found[2]), area
