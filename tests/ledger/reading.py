"""Reading literal grids in tests, and showing what came out as a literal table."""

from collections.abc import Sequence

import numpy as np

from xlcredit.layouts import recognise
from xlcredit.ledger.grid import Grid
from xlcredit.ledger.place import Place, Strip
from xlcredit.ledger.read import Reading, read_items


def read(rows: Sequence[Sequence[object]], currency: str = "", **grid: object) -> Reading:
    """The ledger on a sheet of these rows."""
    sheet = Grid("Open items", rows, **grid)
    where = recognise([sheet]).ledger
    return read_items(sheet, where, currency)


def shown(reading: Reading, *columns: str) -> list[tuple[object, ...]]:
    """Columns of the items, dates as text, missing ones as empty text."""
    return list(zip(*(column(reading, name) for name in columns), strict=True))


def column(reading: Reading, name: str) -> list[object]:
    """One column of the items as plain values."""
    values = getattr(reading.items, name)
    if values.dtype.kind == "M":
        return ["" if np.isnat(value) else str(value) for value in values]
    return [None if isinstance(value, float) and np.isnan(value) else value for value in values.tolist()]


def codes(reading: Reading) -> list[tuple[str, str]]:
    """Code and place of each finding."""
    return [(finding.code, finding.where) for finding in reading.findings]


def strip(cells: Sequence[object], heading: str = "Amount", broken: dict[int, str] | None = None) -> Strip:
    """Cells of one column B, the first in row 2."""
    place = Place("Open items", 0, 0, 3, {"amount": 1}, {"amount": heading}, 1)
    return Strip(place, "amount", cells, np.arange(1, len(cells) + 1), broken or {})
