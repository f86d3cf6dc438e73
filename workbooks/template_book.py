"""The input workbook's sheets: tables with headings that explain themselves, lists to choose from and examples."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from workbooks.template_recipe import Template, TemplateColumn, TemplateSheet, Value
from xlcredit.excel.build import framed
from xlcredit.locales import display_width

Looks = dict[str, Format]

ROOM = 5_000
"""Rows for which lists and checks stand ready."""
CALCULATED = ("items", "customers")
"""Sheets with functions at the right."""
NUMBERS = {"money": "#,##0.00", "whole": "#,##0", "percent": "0.0%", "rate": "0.0000", "number": "0.0"}
EARLIEST = date(1990, 1, 1)


def write_template(target: Path, recipe: Template, as_of: date) -> None:
    """Write the workbook without formulas."""
    with framed(target, strings_to_formulas=False, strings_to_urls=False) as book:
        # A fixed date of creation keeps two builds equal.
        book.set_properties({"title": recipe.title, "created": datetime.combine(as_of, time(), UTC)})
        looks = _looks(book)
        _start(book, looks, recipe)
        for sheet in recipe.sheets:
            _sheet(book, looks, sheet, as_of)


def _looks(book: Workbook) -> Looks:
    heading = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#DCE6F1"}
    pages: dict[str, dict[str, Any]] = {
        "title": {"bold": True, "font_size": 16},
        "part": {"bold": True, "font_size": 12, "bottom": 1},
        "wrapped": {"text_wrap": True, "valign": "top"},
        "link": {"font_color": "#0563C1", "underline": 1, "valign": "top"},
        "header": {**heading, "align": "left", "indent": 1},
        "days": {**heading, "align": "center"},
        "figures": {**heading, "align": "right"},
    }
    days: dict[str, dict[str, Any]] = {
        "day": {"num_format": "yyyy-mm-dd", "align": "center"},
        "text": {"num_format": "@", "indent": 1},
    }
    figures: dict[str, dict[str, Any]] = {look: {"num_format": number} for look, number in NUMBERS.items()}
    examples = {
        f"example {look}": {**form, "italic": True, "font_color": "#595959"} for look, form in (days | figures).items()
    }
    return {look: book.add_format(form) for look, form in (pages | days | figures | examples).items()}


def _start(book: Workbook, looks: Looks, recipe: Template) -> None:
    sheet = book.add_worksheet(recipe.start)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 96)
    sheet.write(0, 0, recipe.title, looks["title"])
    sheet.set_row(0, 27)
    sheet.write(2, 0, recipe.steps, looks["part"])
    sheet.write_blank(2, 1, None, looks["part"])
    for at, line in enumerate(recipe.lines, 3):
        sheet.write(at, 1, line, looks["wrapped"])
        sheet.set_row(at, 30)  # programs that do not fit rows to wrapped text show two lines
    first = len(recipe.lines) + 4
    for column, heading in enumerate(recipe.headings):
        sheet.write(first, column, heading, looks["part"])
    for at, told in enumerate(recipe.sheets, first + 1):
        sheet.write_url(at, 0, f"internal:'{told.name}'!A1", looks["link"], told.name)
        sheet.write(at, 1, told.purpose, looks["wrapped"])
    _print(sheet)


def _sheet(book: Workbook, looks: Looks, told: TemplateSheet, as_of: date) -> None:
    sheet = book.add_worksheet(told.name)
    headings = [
        {
            "header": column.heading,
            "header_format": looks[_above(column.look)],
            "format": looks[column.look],
        }
        for column in told.columns
    ]
    style = {"name": told.table, "style": "Table Style Light 9", "columns": headings}
    sheet.add_table(0, 0, len(told.rows), len(told.columns) - 1, style)
    for at, column in enumerate(told.columns):
        sheet.set_column(at, at, max(column.width, _longest_word(column.heading) + 4), looks[column.look])
        sheet.write_comment(0, at, column.note, {"author": "xlcredit", "x_scale": 1.4, "y_scale": 0.8})
        _check(sheet, at, column)
    for at, row in enumerate(told.rows, 1):
        for left, (value, column) in enumerate(zip(row, told.columns, strict=False)):  # the rest of a row is blank
            # Functions look like the column they stand beside, and are no example.
            plain = told.key in CALCULATED and column is told.columns[-1]
            form = looks[column.look if plain else f"example {column.look}"]
            _example(sheet, at, left, value, column.look, form, as_of)
    sheet.set_row(0, 30)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    _print(sheet)


def _longest_word(heading: str) -> int:
    """Width below which a heading breaks within a word."""
    return max(map(display_width, heading.split()))


def _above(look: str) -> str:
    """Look of the heading above cells of a look: set to the side they are set to."""
    return "figures" if look in NUMBERS else "days" if look == "day" else "header"


def _example(sheet: Worksheet, at: int, left: int, value: Value, look: str, form: Format, as_of: date) -> None:
    if value == "":
        sheet.write_blank(at, left, None, form)
    elif look == "day":
        day = as_of + timedelta(days=int(value))
        sheet.write_datetime(at, left, datetime.combine(day, time()), form)
    elif isinstance(value, str):
        sheet.write_string(at, left, value, form)
    else:
        sheet.write_number(at, left, value, form)


def _check(sheet: Worksheet, at: int, column: TemplateColumn) -> None:
    """A list to choose from, or a warning where a date or figure is none; both can be overruled."""
    rule: dict[str, Any] | None = None
    if column.choices:
        rule = {"validate": "list", "source": list(column.choices)}
    elif column.look == "day":
        rule = {"validate": "date", "criteria": ">=", "value": EARLIEST}
    elif column.look in NUMBERS:
        rule = {"validate": "decimal", "criteria": "between", "minimum": -1e12, "maximum": 1e12}
    if rule:
        rule |= {"error_type": "warning", "error_title": column.heading[:32], "error_message": column.note[:255]}
        sheet.data_validation(1, at, ROOM, at, rule)


def _print(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&F · &A&RPage &P of &N")
