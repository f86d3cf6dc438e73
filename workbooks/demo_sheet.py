"""A table of the demo workbook beside its ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

Cell = str | int | float | date | None
Row = tuple[Cell, ...]

PARTY = (("Customer No", ""), ("Customer Name", ""))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of the workbook: headings with the look of their cells, and rows."""

    name: str
    columns: tuple[tuple[str, str], ...]
    """Heading, look of the cells below it."""
    rows: Sequence[Row]
