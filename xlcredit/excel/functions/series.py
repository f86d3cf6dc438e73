"""Series: arguments with many figures for one row of the result, such as the sales of twelve months.

A range of one column is one series, as is a range of one row; a wider range has a series in each of its rows.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xlcredit.excel.cells import Given, numbers, rows_of
from xlcredit.excel.functions.rows import Rows


def lying(given: Given) -> Given:
    """The argument with its series in rows: a single column is laid down."""
    rows = rows_of(given)
    if max(map(len, rows)) > 1:
        return given
    return [[row[0] if row else None for row in rows]]


def in_one(given: Given) -> Given:
    """The argument, whatever its shape, as a single series: for what does not depend on the order."""
    return [[cell for row in rows_of(given) for cell in row]]


def series(rows: Rows, name: str) -> NDArray[np.float64]:
    """The series of each row of the call, all as long as the longest, NaN where blank; one serves every row."""
    table = rows.tables[name]
    width = max(map(len, table))
    cells = [cell for row in table for cell in (*row, *[None] * (width - len(row)))]
    figures, broken = numbers(cells, max(rows.places, 2))
    for position, fault in broken.items():
        noted = {position // width: rows.in_words(fault, name)}
        rows.note_all({0: noted[0]} if len(table) == 1 else noted, alone=len(table) == 1)
    if len(table) == 1:
        return np.tile(figures, (rows.n, 1))
    for row in range(len(table), rows.n):
        rows.note(row, "too-short", argument=name, rows=len(table), needed=rows.n)
    return np.pad(figures.reshape(-1, width), ((0, rows.n - len(table)), (0, 0)), constant_values=np.nan)
