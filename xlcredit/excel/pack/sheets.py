"""The sheet of a table without its rows: title, totals, headings, table, filters, colours, validation, print set-up.

XlsxWriter writes this *frame* with one sample row for each style; ``stream`` puts the rows into it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from xlcredit.excel.headings import LEGIBLE
from xlcredit.excel.heights import heights
from xlcredit.excel.ooxml.cellxml import looks_like_formula
from xlcredit.excel.pack import palette
from xlcredit.excel.pack.charts import bar_rule
from xlcredit.excel.pack.looks import above, side
from xlcredit.excel.pack.page import Desk, back, back_text, heading, set_up
from xlcredit.excel.pack.tables import TITLE_ROWS, PackTable, TableColumn
from xlcredit.excel.styles import INPUT_FILL, WIDTHS
from xlcredit.excel.workbook import column_cells
from xlcredit.ledger.grid import letter
from xlcredit.locales import display_width

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_BOLD, _TITLE = 1.3, 2.1
"""How much wider than usual print letters are in bold, and in a sheet's title."""
_HIGHEST: Final = 9
"""The lowest row, from 0, down to which a sheet is frozen."""
_ON_FIRST_PAGE: Final = 25
"""The lowest row, from 0, that is sure to stand on the first page."""
SAMPLES: Final = ("body", "quoted", "dated", "tinted body", "tinted quoted", "tinted dated")
"""Sample rows of a frame, one for each style its cells may have."""
_ICONS: Final = {"arrows": "3_arrows_gray", "rating": "4_ratings"}


def write_tables(desk: Desk, key: str) -> Worksheet:
    """The frame of a sheet of tables: of all but the last, which may be long, with their rows."""
    sheet, tables = desk.book.add_worksheet(desk.names[key]), desk.tables.sheets[key]
    widths, kept = _widths(desk, key, tables), tables[-1].frozen
    heading(desk, sheet, key, (kept, sum(widths[:kept])) if _is_wide(tables[-1]) else None)
    back(desk, sheet)
    for at, width in enumerate(widths):
        hidden = all(table.columns[at].hidden for table in tables if at < len(table.columns))
        sheet.set_column(at, at, width, None, {"hidden": hidden})
    for table in tables:
        _totals(desk, sheet, table)
        _headings(desk, sheet, table)
        for at, column in enumerate(table.columns):
            _column(desk, sheet, table, at, column)
    for table in tables[:-1]:
        _rows(desk, sheet, table)
    if tables[-1].folded is not None:
        sheet.outline_settings(symbols_below=False)
        sheet.set_row(tables[-1].header_row + 1, None, None, {"level": 1})  # a sample row: the sheet is told of a level
    _kept_in_sight(desk, sheet, tables[-1])
    sheet.ignore_errors({"number_stored_as_text": " ".join(map(_body, tables))})
    return sheet


def _widths(desk: Desk, key: str, tables: Sequence[PackTable]) -> list[float]:
    """Of the columns: what stands in them is not cut, nor is the title on the pages of a wide table further right."""
    widths = [[max(column.width, _widest_total(column)) for column in table.columns] for table in tables]
    titles = [_beside_totals(desk, table) for table in tables]
    widest = [max(wide) for wide in zip_longest([display_width(back_text(desk)) + 2], *widths, *titles, fillvalue=0.0)]
    if _is_wide(tables[-1]):
        kept = tables[-1].frozen
        widest[0] = max(widest[0], _TITLE * display_width(desk.title(key)) - sum(widest[1:kept]))
    return widest


def _beside_totals(desk: Desk, table: PackTable) -> list[float]:
    """Widths of what is said at the left of a table's totals, in bold."""
    if table.sheet:
        return [_BOLD * display_width(desk.speech.beside(table.titles))]
    return [0.0, _BOLD * display_width(desk.speech("pack", "shown_total"))] if _says_shown(table) else []


def _says_shown(table: PackTable) -> bool:
    """Whether there is room to say what the totals are of."""
    return not table.sheet and any(column.totalled for column in table.columns[2:]) and not table.columns[1].totalled


def _rows(desk: Desk, sheet: Worksheet, table: PackTable) -> None:
    for row, high in enumerate(heights(table.wrapped(0, len(table)), len(table)), table.header_row + 1):
        if high:
            sheet.set_row(row, high)
    for at, column in enumerate(table.written()):
        for row, value in enumerate(column_cells(column), table.header_row + 1):
            quoted = {"quote_prefix": True} if looks_like_formula(value) else {}
            sheet.write(row, at, value, desk.looks.kind("cell", column.kind, table.columns[at].places, **quoted))


def _kept_in_sight(desk: Desk, sheet: Worksheet, table: PackTable) -> None:
    """The headings: on the screen, if they stand so high that rows are left to be read below, and on every page.

    A page after the first does not repeat what stands above the headings, such as another table.
    """
    row = table.header_row if table.header_row <= _HIGHEST else TITLE_ROWS - 1
    sheet.freeze_panes(row + 1, table.frozen)
    under_another = table.rows_above and table.header_row <= _ON_FIRST_PAGE
    set_up(desk, sheet, (table.totals_row, table.header_row) if under_another else (0, row), landscape=True)
    _paginate(sheet, table)


def _body(table: PackTable) -> str:
    return f"A{table.header_row + 2}:{letter(len(table.columns) - 1)}{table.last_row + 1}"


def _paginate(sheet: Worksheet, table: PackTable) -> None:
    """A table too wide to be read on one page goes over several, who it is about on each of them.

    The pages of the same lines come one after another.
    """
    if _is_wide(table):
        sheet.fit_to_pages(math.ceil(_wide(table) / LEGIBLE), 0)
        sheet.repeat_columns(0, table.frozen - 1)
        sheet.print_across()


def _is_wide(table: PackTable) -> bool:
    return _wide(table) > LEGIBLE


def _wide(table: PackTable) -> float:
    return sum(column.width for column in table.columns if not column.hidden)


def _totals(desk: Desk, sheet: Worksheet, table: PackTable) -> None:
    """Sums of what is shown; at their left, where a table shares its sheet, its title."""
    row, totalled = table.totals_row, [at for at, column in enumerate(table.columns) if column.totalled]
    sheet.set_row(row, 20)
    if table.sheet:
        sheet.write_string(row, 0, desk.speech.beside(table.titles), desk.looks.of("heading"))
    elif _says_shown(table):
        sheet.write_string(row, 1, desk.speech("pack", "shown_total"), desk.looks.of("total"))
    for at in totalled:
        column = table.columns[at]
        formula = f"=ROUND(SUBTOTAL(109,{table.ref(column.key)}),{column.places})"
        look = desk.looks.kind("total", "amount", column.places)
        sheet.write_formula(row, at, formula, look, column.total)


def _headings(desk: Desk, sheet: Worksheet, table: PackTable) -> None:
    top = table.header_row
    for upper in range(1, len(table.titles)):
        sheet.set_row(top - upper, 20)
        for at, column in enumerate(table.columns):
            sheet.write_string(top - upper, at, column.heads[upper], desk.looks.of("above", **above(column.kind)))
    sheet.set_row(top, 33)
    columns = [_told(desk, table, column) for column in table.columns]
    area = (top, 0, top + 1, len(columns) - 1)
    sheet.add_table(*area, {"name": table.name, "style": "Table Style Light 1", "columns": columns})


def _told(desk: Desk, table: PackTable, column: TableColumn) -> dict[str, Any]:
    look = desk.looks.of("head", **above(column.kind))
    told: dict[str, Any] = {"header": column.heads[0], "header_format": look}
    return told | ({"formula": "=" + table.row_formula(column)} if column.formula else {})


def _column(desk: Desk, sheet: Worksheet, table: PackTable, at: int, column: TableColumn) -> None:
    look, first = desk.looks, table.header_row + 1
    tints: tuple[dict[str, Any], ...] = ({}, {"bg_color": f"#{INPUT_FILL}"})
    looks = [
        style
        for tint in tints
        for style in (
            look.kind("cell", column.kind, column.places, **tint),
            look.kind("cell", column.kind, column.places, quote_prefix=True, **tint),
            look.kind("cell", "date", **side(column.kind), **tint),
        )
    ]
    for down, each in enumerate(looks):
        sheet.write_blank(first + down, at, None, each)
    _coloured(desk, sheet, (first, at, table.last_row, at), column)
    if column.look == "line":
        _lines(desk, sheet, table, at)
    _validated(desk, sheet, (first, at, table.last_row, at), column)


def _widest_total(column: TableColumn) -> float:
    """Room for the sum above an amount, and for what adds up to it."""
    return max(WIDTHS[column.kind], len(f"{column.total:,.{column.places}f}") + 3) if column.totalled else 0.0


Area = tuple[int, int, int, int]


def _coloured(desk: Desk, sheet: Worksheet, area: Area, column: TableColumn) -> None:
    if column.look == "bar":
        sheet.conditional_format(*area, bar_rule(whole=column.kind == "percent" and column.key != "share"))
    elif column.look in _ICONS:
        sheet.conditional_format(*area, _icons(column))
    for place, text in enumerate(column.ramp):
        step = palette.step(place, len(column.ramp))
        fill = {"bg_color": f"#{palette.RAMP[step]}", "font_color": f"#{palette.ON_RAMP[step]}"}
        rule = {
            "type": "cell",
            "criteria": "==",
            "value": '"' + text.replace('"', '""') + '"',
            "format": desk.book.add_format(fill),
        }
        sheet.conditional_format(*area, rule)


def _lines(desk: Desk, sheet: Worksheet, table: PackTable, at: int) -> None:
    """In each row of a column a line over the amounts of the row."""
    name, rows = desk.names[table.place].replace("'", "''"), range(table.header_row + 1, table.last_row + 1)
    first, last = letter(table.frozen), letter(at - 1)
    told = {
        "location": [f"{letter(at)}{row + 1}" for row in rows],
        "range": [f"'{name}'!{first}{row + 1}:{last}{row + 1}" for row in rows],
        "weight": 1.25,
        "series_color": f"#{palette.HEAD}",
        "last_point": True,
        "last_color": f"#{palette.SERIES[1]}",
    }
    sheet.add_sparkline(rows[0], at, told)


def _icons(column: TableColumn) -> dict[str, Any]:
    style = {"type": "icon_set", "icon_style": _ICONS[column.look]}
    if column.look == "arrows":
        return style | {
            "icons": [{"criteria": ">", "type": "number", "value": 0}, {"criteria": ">=", "type": "number", "value": 0}]
        }
    return style | {"icons": [{"criteria": ">=", "type": "number", "value": value} for value in (75, 50, 25)]}


def _validated(desk: Desk, sheet: Worksheet, area: Area, column: TableColumn) -> None:
    if column.to_fill is not True:
        return
    if column.choices:
        rule: dict[str, Any] = {"validate": "list", "source": list(column.choices), "error_type": "warning"}
    elif column.kind == "amount":
        rule = {
            "validate": "decimal",
            "criteria": ">=",
            "value": 0,
            "error_message": desk.speech("pack", "amount_needed"),
        }
    elif column.kind == "date":
        rule = {
            "validate": "date",
            "criteria": ">=",
            "value": "=DATE(2000,1,1)",
            "error_message": desk.speech("pack", "date_needed"),
        }
    else:
        return
    sheet.data_validation(*area, rule)
