"""Workbooks with what people do to a sheet: fonts, panes, groups, remarks, links, protection, pages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.support.ledgers import FIRST_ROW, HEADER_ROW, HEADERS, LAST_COLUMN, ROWS, Row, last_row, ledger_book


def merged_cells(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """A title merged over the table and a note merged below it."""
    with ledger_book(path, rows) as (book, sheet):
        centred = book.add_format({"align": "center", "bold": True})
        sheet.merge_range(0, 0, 0, LAST_COLUMN, "Open items as of 2026-10-31", centred)
        sheet.merge_range(last_row(rows) + 2, 0, last_row(rows) + 3, 3, "Prepared by accounting", centred)
    return path


def rich_strings(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """Text with several fonts, with line breaks and with spaces at its ends."""
    with ledger_book(path, rows) as (book, sheet):
        bold = book.add_format({"bold": True})
        sheet.write_rich_string(1, 0, "Figures are ", bold, "unaudited", "  ")
        sheet.write_comment(1, 0, "seen", {"author": "KL"})
        sheet.write(1, 3, "  two\nlines ", book.add_format({"text_wrap": True}))
    return path


def hyperlinks(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """Links out of the workbook, into it, and to a mail address."""
    with ledger_book(path, rows) as (book, sheet):
        book.add_worksheet("Notes")
        sheet.write_url(FIRST_ROW, 2, "https://example.com/inv?id=1001&x=<y>", string="INV-1001", tip="open it")
        sheet.write_url(FIRST_ROW + 1, 2, "internal:Notes!A1", string="INV-1017")
        sheet.write_url(FIRST_ROW + 2, 1, "mailto:ar@example.com", string="宁波海润贸易有限公司")
    return path


def outline(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """Grouped rows and columns, one group closed, one column hidden."""
    with ledger_book(path, rows) as (_, sheet):
        for at in range(FIRST_ROW, last_row(rows)):
            sheet.set_row(at, None, None, {"level": 1})
        sheet.set_column(3, 3, 11, None, {"level": 1, "hidden": True})
        sheet.set_column(4, 4, 11, None, {"collapsed": True})
        sheet.outline_settings(visible=True, symbols_below=False)
    return path


def frozen_panes(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """A frozen header, zoom, a selected cell, no grid lines."""
    with ledger_book(path, rows) as (_, sheet):
        sheet.freeze_panes(FIRST_ROW, 2)
        sheet.set_zoom(85)
        sheet.set_selection(FIRST_ROW, 5, FIRST_ROW + 2, 5)
        sheet.hide_gridlines(2)
        sheet.set_tab_color("#C00000")
    return path


def columns_formatted(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """Widths and formats of whole columns, one range of which runs over where ours will stand."""
    with ledger_book(path, rows) as (book, sheet):
        sheet.set_column(0, 1, 18)
        sheet.set_column(5, 20, 14, book.add_format({"num_format": "#,##0.00", "font_name": "Arial"}))
        sheet.set_default_row(18)
    return path


def cell_styles(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """Fonts, fills, borders, rotation, indents and a protected header cell, in many combinations."""
    with ledger_book(path, rows) as (book, sheet):
        for column, header in enumerate(HEADERS):
            look = {
                "bold": True,
                "bg_color": "#1F4E79",
                "font_color": "white",
                "border": 1 + column % 5,
                "rotation": column,
            }
            sheet.write(HEADER_ROW, column, header, book.add_format(look))
        for at in range(last_row(rows) + 2, last_row(rows) + 12):
            for column in range(10):
                look = {"font_size": 8 + at % 5, "bg_color": f"#{at:02X}{column * 20:02X}80", "indent": column % 3}
                sheet.write(at, column, f"{at}/{column}", book.add_format(look))
    return path


def blank_formatted_cells(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """Empty cells with a format right of the table, as a careless fill leaves them."""
    with ledger_book(path, rows) as (book, sheet):
        grey = book.add_format({"bg_color": "#EEEEEE"})
        for at in range(HEADER_ROW, last_row(rows) + 1):
            sheet.write_blank(at, LAST_COLUMN + 1, None, grey)
            sheet.write_blank(at, LAST_COLUMN + 3, None, grey)
    return path


def notes_at_the_right(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """Remarks of the user in cells right of the table, some in its rows, some above."""
    with ledger_book(path, rows) as (_, sheet):
        sheet.write(0, LAST_COLUMN + 2, "rates checked")
        sheet.write(FIRST_ROW + 1, LAST_COLUMN + 1, "promised for Friday")
        sheet.write(FIRST_ROW + 3, LAST_COLUMN + 2, "claim 4711")
    return path


def total_row(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """A grand total right below the items."""
    with ledger_book(path, rows) as (book, sheet):
        bold, below = book.add_format({"bold": True, "top": 6}), last_row(rows) + 1
        sheet.write(below, 0, "Total", bold)
        sheet.write_formula(below, 5, f"=SUM(F4:F{below})", bold, round(sum(row[5] for row in rows), 2))
    return path


def hidden_sheets(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """A hidden and a very hidden sheet, the ledger not the first that shows."""
    with ledger_book(path, rows) as (book, _):
        book.add_worksheet("Hidden").hide()
        book.add_worksheet("Very hidden").very_hidden()
        front = book.add_worksheet("Front")
        front.activate()
        front.set_first_sheet()
    return path


def protected_neighbour(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """Another sheet is protected; the ledger is not."""
    with ledger_book(path, rows) as (book, _):
        other = book.add_worksheet("Limits")
        other.write(0, 0, "approved")
        other.protect("secret", {"sort": True})
    return path


def page_setup(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """Landscape on A4 with margins, header, footer, breaks and a fit to one page."""
    with ledger_book(path, rows) as (_, sheet):
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(0.4, 0.4, 0.6, 0.6)
        sheet.set_header('&L&F&C&"Arial,Bold"Open items&R&D')
        sheet.set_footer("&CPage &P of &N")
        sheet.fit_to_pages(1, 0)
        sheet.set_h_pagebreaks([6])
        sheet.set_v_pagebreaks([4])
        sheet.print_row_col_headers()
    return path


def dates_of_1904(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """Days counted from 1904, as Excel for the Mac did."""
    with ledger_book(path, rows, date_1904=True):
        return path


def ignored_errors(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """Green triangles switched off for numbers kept as text."""
    with ledger_book(path, rows) as (_, sheet):
        sheet.ignore_errors({"number_stored_as_text": f"A4:A{last_row(rows) + 1}"})
    return path


def document_properties(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """Author, company and properties of the user's own."""
    with ledger_book(path, rows) as (book, _):
        book.set_properties({"title": "Open items", "author": "K. Lee", "company": "Example Co", "comments": "<&>"})
        book.set_custom_property("Client", "4711")
        book.set_custom_property("Final", value=False)
    return path


ALL = (
    merged_cells,
    rich_strings,
    hyperlinks,
    outline,
    frozen_panes,
    columns_formatted,
    cell_styles,
    blank_formatted_cells,
    notes_at_the_right,
    total_row,
    hidden_sheets,
    protected_neighbour,
    page_setup,
    dates_of_1904,
    ignored_errors,
    document_properties,
)
