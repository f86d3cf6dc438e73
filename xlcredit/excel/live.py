"""What a workbook open in Excel needs besides Excel: its cells as a grid, where columns go, what each cell gets.

Everything here is data in, data out; the calls into Excel are in ``udfs.live``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from xlcredit.excel.additions import Column, Columns, Formula, Rewrite
from xlcredit.excel.formulas import bare
from xlcredit.excel.names import NAMES
from xlcredit.excel.ooxml.areas import Area, sheet_area
from xlcredit.excel.ooxml.book import OWN_COLUMNS, OWN_SHEET, unique_name
from xlcredit.excel.ooxml.calculation import OURS
from xlcredit.excel.ooxml.placement import first_column
from xlcredit.excel.ooxml.survey import Survey
from xlcredit.excel.ooxml.widths import pages_wide, sheet_width, width_of
from xlcredit.excel.styles import FORMATS, HEADER_FILL, LINE, SIDES
from xlcredit.excel.workbook import column_cells
from xlcredit.kernel.errors import WorkbookError
from xlcredit.ledger.grid import Cell, Grid, letter

__all__ = [
    "FORMATS",
    "HEADER_FILL",
    "LINE",
    "NAMES",
    "OURS",
    "OWN_COLUMNS",
    "OWN_SHEET",
    "SIDES",
    "Area",
    "Stretch",
    "WorkbookError",
    "compared",
    "days",
    "entered",
    "formula_text",
    "grid_of",
    "is_formula",
    "letter",
    "marks_of",
    "pages_wide",
    "place_for",
    "restored",
    "rewritten",
    "runs",
    "sheet_width",
    "stretches",
    "unique_name",
    "width_of",
]  # fmt: skip

ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!"})
"""Error values as they are told apart from text."""

Marks = tuple[dict[str, tuple[str, Area]], dict[str, str]]


def marks_of(names: Iterable[tuple[str, str]], sheets: Iterable[str]) -> Marks:
    """Our columns (mark → sheet, area) and our sheets (mark → sheet) by the hidden names that mark them.

    Args:
        names: each defined name and what it refers to.
        sheets: the worksheets there are; a mark whose sheet is gone marks nothing.
    """
    there = set(sheets)
    columns, own = {}, {}
    for name, refers_to in names:
        place = sheet_area(refers_to.removeprefix("=")) if name.startswith((OWN_COLUMNS, OWN_SHEET)) else None
        if place is None or place[0] not in there:
            continue
        if name.startswith(OWN_COLUMNS):
            columns[name.removeprefix(OWN_COLUMNS)] = place
        else:
            own[name.removeprefix(OWN_SHEET)] = place[0]
    return columns, own


def grid_of(
    name: str,
    values: Sequence[Sequence[object]],
    merged: Iterable[Area] = (),
    own: tuple[int, int] | None = None,
    *,
    epoch_1904: bool = False,
    hidden: bool = False,
) -> Grid:
    """A sheet's values from A1 on as a grid; error values, given as text, are no cells but stand in ``broken``."""
    cells = [[_cell(value) for value in row] for row in values]
    broken = {
        (y, x): value
        for y, row in enumerate(values)
        for x, value in enumerate(row)
        if isinstance(value, str) and value in ERRORS
    }
    places = tuple((area.top, area.left, area.bottom, area.right) for area in merged)
    return Grid(name, cells, broken, places, own, epoch_1904, hidden)


def _cell(value: object) -> Cell:
    if isinstance(value, Decimal):  # a cell of a currency format
        return float(value)
    if isinstance(value, datetime) and value.time() == time():  # Excel has no days, only moments
        return value.date()
    if value == "" or (isinstance(value, str) and value in ERRORS):
        return None
    return value  # type: ignore[return-value]  # Excel hands out numbers, text, flags and days


def place_for(wanted: Columns, old: Area | None, grid: Grid, blocked: Sequence[Area]) -> Area:
    """Where these columns go, header row included: as in a file, so that both find what the other left.

    Args:
        wanted: the columns.
        old: where an earlier run of ours left them in this sheet.
        grid: the sheet.
        blocked: merged cells, and tables of others at the right.

    Raises:
        WorkbookError: the sheet has not so many columns.
    """
    watch = old.right + 1 if old else wanted.last_column + 1
    seen = Survey(watch, wanted.header_row + 1, wanted.last_row + 1)
    for y, row in enumerate(grid.rows()):
        for x, cell in enumerate(row[watch:], watch):
            if cell is None and (y, x) not in grid.broken:
                continue
            seen.used = max(seen.used, x)
            if wanted.header_row <= y <= wanted.last_row:
                seen.filled.add(x)
    others = [area for area in blocked if not (old and old.left <= area.left and area.right <= old.right)]
    first = first_column(wanted, old, seen, others)
    return Area(wanted.header_row, first, wanted.last_row, first + len(wanted.columns) - 1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Columns next to each other that are written in one go, and their cells below the header."""

    first: int
    """The first of them, counted from the block's first."""
    rows: Sequence[Sequence[Cell]]
    is_formula: bool = False
    dynamic: bool = False


def stretches(
    columns: Sequence[Column], height: int, at: Sequence[int], corner: tuple[int, int], sheets: Mapping[str, str]
) -> list[Stretch]:
    """What to write into a block: values in one go, each formula column in one of its own.

    Args:
        columns: the block's columns.
        height: rows of the block below the header.
        at: for each value, its row below the header, counted from 0.
        corner: sheet row of the first of them and sheet column of the block's first, counted from 0.
        sheets: mark → name of our sheets.
    """
    own = [letter(corner[1] + k) for k in range(len(columns))]
    out: list[Stretch] = []
    values: list[list[Cell]] = []
    for k, column in enumerate(columns):
        if column.formula is None:
            values.append(_spread(column_cells(column), at, height))
            continue
        out += _valued(values, k)
        values = []
        texts: list[Cell] = [formula_text(column.formula, corner[0] + row, own, sheets) for row in at]
        if column.live is not None:
            pairs = zip(texts, column_cells(column), column.live.tolist(), strict=True)
            texts = [text if is_live else entered(value) for text, value, is_live in pairs]
        rows = [[cell] for cell in _spread(texts, at, height)]
        out.append(Stretch(k, rows, is_formula=True, dynamic=column.formula.dynamic))
    return [*out, *_valued(values, len(columns))]


def _valued(values: Sequence[Sequence[Cell]], end: int) -> list[Stretch]:
    return [Stretch(end - len(values), list(zip(*values, strict=True)))] if values else []


def _spread(cells: Sequence[Cell], at: Sequence[int], height: int) -> list[Cell]:
    """Cells at their rows, None between them."""
    if len(cells) == height:
        return list(cells)
    spread: list[Cell] = [None] * height
    for row, cell in zip(at, cells, strict=True):
        spread[row] = cell
    return spread


def formula_text(formula: Formula, row: int, own: Sequence[str], sheets: Mapping[str, str]) -> str:
    """A formula as it is typed into Excel, in a row counted from 0."""
    return "=" + bare(formula.at(row, own, sheets))


def rewritten(wanted: Rewrite, sheets: Mapping[str, str]) -> list[list[Cell]]:
    """The new cells of a column, one a row, as they are entered."""
    if wanted.formula:
        own = [letter(wanted.column)]
        return [[formula_text(wanted.formula, row, own, sheets)] for row in wanted.rows.tolist()]
    return [[entered("" if cell in (None, "") else cell)] for cell in wanted.values.tolist()]


def days(column: Column, at: Iterable[int]) -> list[int]:
    """Rows, of those its values belong to, in which a column of all kinds of values holds a day."""
    if column.kind != "mixed":
        return []
    return [row for row, value in zip(at, column.values.tolist(), strict=True) if isinstance(value, date)]


def compared(value: str | float) -> str | float:
    """A value as the rule of a conditional format compares with it."""
    return '="' + value.replace('"', '""') + '"' if isinstance(value, str) else value


def entered(cell: Cell) -> Cell:
    """A cell as it is handed to Excel so that a text stays the text it is, whatever it looks like."""
    return "'" + cell if isinstance(cell, str) and cell else cell


def restored(value: Cell, formula: str) -> Cell:
    """What puts a cell back that held this value and, if it begins with "=", this formula."""
    return formula if is_formula(value, formula) else entered(value)


def is_formula(value: Cell, formula: str) -> bool:
    """Whether this is a formula, not a text that looks like one."""
    return formula.startswith("=") and value != formula


def runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """First and last place in ``rows``, which rise, of each stretch of rows that follow one another."""
    ends = [k for k in range(1, len(rows)) if rows[k] != rows[k - 1] + 1]
    return list(zip([0, *ends], [*(end - 1 for end in ends), len(rows) - 1], strict=True)) if rows else []
