"""Two engines that calculate LAMBDA names, independent of each other and of us: cellrune and ironcalc."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import cellrune
import ironcalc
import xlsxwriter

from xlcredit.excel.additions import Name, Sheet
from xlcredit.excel.workbook import column_cells
from xlcredit.ledger.grid import letter

Table = list[list[object]]
DAY_ZERO = date(1899, 12, 30).toordinal()
ERRORS = ("#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!")
CALLS = "Calls"


def write_calls(
    path: Path, policy: Sheet, names: Sequence[Name], calls: Sequence[tuple[str, Sequence[Table], int, int]]
):
    """A workbook with a Policy sheet, names, and calls: function, its arguments as cells, height and width of the result.

    The cell of each result's upper left corner, row and column from 0.
    """
    with xlsxwriter.Workbook(path) as book:
        held = book.add_worksheet(policy.name)
        for at, column in enumerate(policy.columns):
            for row, cell in enumerate([column.header, *column_cells(column)]):
                put(held, row, at, cell)
        for name in names:
            book.define_name(name.name, "=" + name.refers_to({policy.mark: policy.name}))
        return _calls(book.add_worksheet(CALLS), calls)


def _calls(sheet, calls) -> list[tuple[int, int]]:
    corners, top = [], 0
    for function, arguments, height, width in calls:
        left, references = 0, []
        for rows in arguments:
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    put(sheet, top + row, left + column, cell)
            right, bottom = left + len(rows[0]) - 1, top + len(rows)
            references.append(f"{letter(left)}{top + 1}:{letter(right)}{bottom}")
            left = right + 2
        formula = f"={function}({','.join(references)})"
        sheet.write_dynamic_array_formula(top, left, top + height - 1, left + width - 1, formula)
        corners.append((top, left))
        top += max(height, *map(len, arguments)) + 1
    return corners


def put(sheet, row: int, column: int, cell: object) -> None:
    """Writes a cell: dates as serial numbers, texts of errors as errors, blanks not at all."""
    if isinstance(cell, date):
        sheet.write_number(row, column, cell.toordinal() - DAY_ZERO)
    elif isinstance(cell, str) and cell in ERRORS:
        sheet.write_formula(row, column, "=NA()" if cell == "#N/A" else "=1/0" if cell == "#DIV/0!" else f"={cell}")
    elif isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, int | float):
        sheet.write_number(row, column, cell)
    elif cell not in (None, ""):
        sheet.write_string(row, column, cell)


Read = Callable[..., Table]
"""Row, column, height and width, and the sheet where it is not that of the calls → cells."""


def by_cellrune(path: Path) -> Read:
    """Calculated by cellrune."""
    book = cellrune.Workbook.open_path(str(path))
    book.calculate()

    def read(row: int, column: int, height: int, width: int, sheet: str = CALLS) -> Table:
        start, end = f"{letter(column)}{row + 1}", f"{letter(column + width - 1)}{row + height}"
        return [[cell.get("value", "") for cell in cells] for cells in book.read_values(sheet, start, end)]

    return read


def by_ironcalc(path: Path) -> Read:
    """Calculated by ironcalc."""
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    model.evaluate()
    sheets = [each["name"] for each in model.get_worksheets_properties()]

    def cell(place: int, row: int, column: int) -> object:
        kind = model.get_cell_type(place, row + 1, column + 1)
        if kind == ironcalc.CellType.Number:  # not as shown: its format "0" shows -1 as 1
            value = model.get_cell_value(place, row + 1, column + 1)
            return "" if value is None else value
        return _typed(model.get_formatted_cell_value(place, row + 1, column + 1), kind)

    def read(row: int, column: int, height: int, width: int, sheet: str = CALLS) -> Table:
        at = sheets.index(sheet)
        return [[cell(at, row + down, column + right) for right in range(width)] for down in range(height)]

    return read


def _typed(shown: str, kind: object) -> object:
    if kind == ironcalc.CellType.LogicalValue:
        return shown == "TRUE"
    return shown


ENGINES = {"cellrune": by_cellrune, "ironcalc": by_ironcalc}
