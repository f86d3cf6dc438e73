"""A workbook as text, to be reviewed as a diff: what stands in the cells, how it looks, and what surrounds it."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

ROWS_OF_A_TABLE = 2
"""Rows of a table that are dumped: the others have the same formulas and formats."""


def opened(path: Path, *, values: bool = False) -> openpyxl.Workbook:
    """The workbook as openpyxl reads it, whose complaints about extensions it cannot keep do not matter here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(path, data_only=values)


def dump(path: Path, rows: int | None = None) -> str:
    """Every sheet of a workbook, tables cut off after a few rows, and every sheet after so many if any."""
    formulas, values = opened(path), opened(path, values=True)
    lines = [f"name {name} = {defined.attr_text}" for name, defined in sorted(formulas.defined_names.items())]
    for sheet in formulas:
        lines += ["", *_around(sheet), *_cells(sheet, values[sheet.title], rows)]
    return "\n".join(lines) + "\n"


def _around(sheet: Worksheet) -> Iterator[str]:
    yield f"=== {sheet.title}"
    setup = sheet.page_setup
    yield (
        f"frozen {sheet.freeze_panes} · {setup.orientation or 'portrait'} {setup.fitToWidth or 1} × {setup.fitToHeight}"
        f" · repeats {sheet.print_title_rows} · prints {sheet.print_area} · charts {len(sheet._charts)}"
    )
    for table in sheet.tables.values():
        yield f"table {table.name} {table.ref}"
    for rule in sheet.data_validations.dataValidation:
        yield f"takes {rule.sqref}: {rule.type} {rule.operator or ''} {rule.formula1} {rule.formula2 or ''}".rstrip()
    for area in sheet.conditional_formatting:
        yield f"coloured {area.sqref}: {', '.join(rule.type for rule in area.rules)}"


def _cells(sheet: Worksheet, values: Worksheet, rows: int | None) -> Iterator[str]:
    whole = min(sheet.max_row, rows or sheet.max_row)
    last = min((_first_row(table.ref) + ROWS_OF_A_TABLE for table in sheet.tables.values()), default=whole)
    for row in sheet.iter_rows(max_row=last):
        yield from (_cell(cell, values[cell.coordinate].value) for cell in row if cell.value is not None)


def _first_row(area: str) -> int:
    return int("".join(letter for letter in area.partition(":")[0] if letter.isdigit()))


def _cell(cell: Cell, value: object) -> str:
    formula = getattr(cell.value, "text", cell.value)  # one that spills is an object of openpyxl's
    said = f"{formula} → {value!r}" if cell.data_type == "f" else repr(cell.value)
    link = f" ↪ {cell.hyperlink.location}" if cell.hyperlink else ""
    look = "" if cell.number_format == "General" else f"   [{cell.number_format}]"
    return f"{cell.coordinate} {said}{link}{look}"
