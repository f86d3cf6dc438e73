"""Titles: a row that may hold a table's headings, with a sample of the cells below each.

Headings may take two rows (one merged over several columns above one per column).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from xlcredit.ledger.amounts import AmountText
from xlcredit.ledger.daycells import is_date_text
from xlcredit.ledger.grid import Cell, Grid
from xlcredit.ledger.headings import normalised

SEARCHED = 30
"""Rows searched for headings, from the top."""
SAMPLE = 50
LONGEST = 80
"""A longer text is no heading."""


@dataclass(frozen=True, slots=True)
class Titles:
    """Headings of one row (or two) of a sheet."""

    grid: Grid
    row: int
    height: int
    texts: dict[int, str]
    """Column → heading as it stands."""
    spelled: dict[int, tuple[str, ...]]
    """Column → the normalised headings to look for, the likeliest first."""
    below: Sequence[Sequence[Cell]]

    def sample(self, column: int) -> list[Cell]:
        """Cells below a heading that hold something."""
        return [row[column] for row in self.below if column < len(row) and row[column] not in (None, "")]

    def fits(self, column: int, kind: str, role: str) -> bool:
        """Whether the cells below could be of a role's kind; a column of blanks fits every kind."""
        cells = self.sample(column)
        if not cells:
            return True
        if kind == "date":
            return sum(map(_like_date, cells)) * 2 >= len(cells)
        if kind in ("money", "number", "ratio"):
            return sum(map(_like_amount, cells)) * 2 >= len(cells)
        return role not in ("name", "currency", "document_type") or any(isinstance(cell, str) for cell in cells)


def titles_of(grid: Grid) -> Iterator[Titles]:
    """Rows that may hold headings, from the top; of one row and of two."""
    rows = [_without_own(grid, row) for row in islice(grid.rows(), SEARCHED + SAMPLE)]
    for at in range(min(SEARCHED, len(rows))):
        upper = _strings(rows[at])
        if len(upper) < 2:
            continue
        spelled: dict[int, tuple[str, ...]] = {column: (normalised(text),) for column, text in upper.items()}
        yield Titles(grid, at, 1, upper, spelled, rows[at + 1 : at + 1 + SAMPLE])
        if at + 1 < len(rows) and _all_text(rows[at + 1]):
            yield _two_rows(grid, at, rows)


def _two_rows(grid: Grid, at: int, rows: Sequence[Sequence[Cell]]) -> Titles:
    upper, lower = _strings(rows[at]), _strings(rows[at + 1])
    for first, left, last, right in grid.merged:
        if first <= at <= last and left in upper:
            upper |= dict.fromkeys(range(left, right + 1), upper[left])
    texts, spelled = {}, {}
    for column in sorted(upper.keys() | lower.keys()):
        high, low = upper.get(column, ""), lower.get(column, "")
        texts[column] = f"{high} {low}".strip()
        spelled[column] = tuple(
            dict.fromkeys(normalised(text) for text in (f"{high} {low}", low, high) if text.strip())
        )
    return Titles(grid, at, 2, texts, spelled, rows[at + 2 : at + 2 + SAMPLE])


def _without_own(grid: Grid, row: Sequence[Cell]) -> Sequence[Cell]:
    if grid.own is None:
        return row
    first, last = grid.own
    return [None if first <= at <= last else cell for at, cell in enumerate(row)]


def _strings(row: Sequence[Cell]) -> dict[int, str]:
    return {
        at: cell.strip() for at, cell in enumerate(row) if isinstance(cell, str) and 0 < len(cell.strip()) <= LONGEST
    }


def _all_text(row: Sequence[Cell]) -> bool:
    filled = [cell for cell in row if cell not in (None, "")]
    return len(filled) > 1 and all(isinstance(cell, str) and not any(map(str.isdigit, cell)) for cell in filled)


def _like_date(cell: Cell) -> bool:
    if isinstance(cell, str):
        return is_date_text(cell)
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return 29_221 <= cell <= 73_415 or 19_800_101 <= cell <= 21_001_231
    return isinstance(cell, date)


def _like_amount(cell: Cell) -> bool:
    if isinstance(cell, str):
        parts = AmountText.of(cell.strip().rstrip("%％"))
        return cell.strip() in "-—–－" or (parts is not None and parts.value(parts.mark[-1:] or ".") is not None)
    return isinstance(cell, float | int) and not isinstance(cell, bool)
