"""Cells of the openpyxl engine (``xlengine``): what Excel makes of what is entered, and where cells are."""

from __future__ import annotations

import re
from datetime import date, datetime

from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.formula import ArrayFormula

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?%?")
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def enter(cell, entered):
    """What Excel makes of something entered into a cell."""
    if isinstance(entered, ArrayFormula) or not isinstance(entered, str):
        cell.value = entered
        if isinstance(entered, date | datetime) and cell.number_format == "General":
            cell.number_format = "yyyy-mm-dd"
    elif entered == "":
        cell.value = None
    elif cell.number_format == "@" or entered.startswith("'"):
        cell.value = entered.removeprefix("'")
        cell.data_type = "s"
    elif entered.startswith("="):
        cell.value = entered
    elif _NUMBER.fullmatch(entered):
        cell.value = float(entered.rstrip("%")) / (100 if entered.endswith("%") else 1)
    elif found := _DAY.fullmatch(entered):
        cell.value = date(*map(int, found.groups()))
    else:
        cell.value = entered


def formula_of(cell):
    """A cell's formula, or its value as text."""
    value = cell.value
    if isinstance(value, ArrayFormula):
        return value.text
    return "" if value is None else str(value)


def corners(place):
    """Top, left, bottom, right of a pair or a range."""
    if isinstance(place, tuple):
        return (*place, *place)
    return place.row, place.column, place.row + place.shape[0] - 1, place.column + place.shape[1] - 1


def place_of(cell):
    """A cell as an area of openpyxl."""
    return CellRange(min_row=cell.row, max_row=cell.row, min_col=cell.column, max_col=cell.column)


def meets(place, area):
    """Whether a range and an area of openpyxl share a cell."""
    top, left, bottom, right = corners(place)
    return area.min_row <= bottom and top <= area.max_row and area.min_col <= right and left <= area.max_col


def rgb(value):
    """A colour as six hexadecimal digits."""
    if isinstance(value, str):
        return value.removeprefix("#").upper()
    return "".join(f"{part:02X}" for part in value)
