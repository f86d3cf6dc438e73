"""The demo workbook's sheets, as an exporter's accounting keeps them.

"Open items" is an Excel table below title rows with a totals row; "Overview" has formulas and a chart;
there are lists to choose from, a note, a remark and a link, so that what an edit could lose is there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from workbooks.demo_file import CustomerFile
from workbooks.demo_profile import PROFILE_COLUMNS, Profile
from workbooks.demo_sheet import Cell, Sheet
from workbooks.trading import Customer, Posting
from xlcredit.excel.build import framed
from xlcredit.excel.target import writing

Looks = dict[str, Format]

LEDGER, CUSTOMERS, OVERVIEW, NOTES = "Open items", "Customers", "Overview", "Notes"
HEADER_ROW = 4
LIMITS = ("Limit Requested", "Temporary Limit")
DAYS = re.compile(r"Date$|Valid From|Valid To|Until$|Last Review")
ITEM_COLUMNS = (
    ("Customer No", 13),
    ("Customer Name", 36),
    ("Document Number", 16),
    ("Document Type", 13),
    ("Document Date", 13),
    ("Terms of Payment", 16),
    ("Due Date", 12),
    ("Currency", 9),
    ("Amount", 15),
    ("Paid Amount", 15),
    ("Outstanding Amount", 18),
    ("Amount in local currency", 17),
    ("Payment Date", 13),
    ("Disputed", 9),
)
CUSTOMER_COLUMNS = (
    ("Customer No", 13),
    ("Customer Name", 36),
    ("Country", 9),
    ("Terms of Payment", 16),
    ("Currency", 9),
    ("Credit Limit", 15),
    ("Years of Relationship", 12),
    ("Net Worth", 15),
    ("Debt Ratio", 10),
    ("Net Margin", 10),
    ("Adverse Events", 10),
)
WIDTHS = {
    "Customer Name": 36,
    "Company Name": 36,
    "Note": 60,
    "Reason": 34,
    "Payer Account": 24,
    "Event Type": 20,
    "Evidence": 34,
}
NOTE_LINES = (
    "Exported from the accounting system on 2026-10-31 after closing. Company names and figures are invented.",
    "Amounts are in the currency of the document; limits and net worth in CNY. Credit notes and receipts are negative.",
    "Payment Date is the date of the last payment; a part payment leaves the rest in Outstanding Amount.",
    "Lone Mesa Drilling Supply LLC filed for insolvency on 2026-08-17; the claim is with our lawyers.",
    "金额以单据币种列示；信用额度与净资产以人民币列示。",
)


def write_book(
    target: Path,
    recipe: Mapping[str, Any],
    postings: Sequence[Posting],
    on_file: Sequence[CustomerFile],
    who: Sequence[Profile],
    beside: Sequence[Sheet],
    rates: Mapping[str, float],
) -> None:
    """Write the workbook; ``rates`` are those of the as-of date, in the base currency."""
    with writing(target), framed(target, strings_to_formulas=False, strings_to_urls=False) as book:
        # A fixed date of creation keeps two builds equal.
        created = datetime(2026, 10, 31, 18, 0, tzinfo=UTC)
        book.set_properties({"title": "Customer ledger", "company": recipe["company"], "created": created})
        looks = _looks(book)
        _items(book, looks, recipe, postings, rates)
        _customers(book, looks, recipe, on_file, who)
        _overview(book, looks, postings, recipe["as_of"])
        _notes(book, looks)
        for sheet in beside:
            _beside(book, looks, sheet)


def _looks(book: Workbook) -> Looks:
    header = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#DCE6F1"}
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "quiet": book.add_format({"font_color": "#666666"}),
        "header": book.add_format(header),
        "figures": book.add_format({**header, "align": "right"}),
        "days": book.add_format({**header, "align": "center"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "align": "center"}),
        "money": book.add_format({"num_format": "#,##0.00;[Red]-#,##0.00"}),
        "whole": book.add_format({"num_format": "#,##0"}),
        "rate": book.add_format({"num_format": "0.0000"}),
        "percent": book.add_format({"num_format": "0.0%"}),
        "wrapped": book.add_format({"text_wrap": True, "valign": "top"}),
    }


def _items(
    book: Workbook,
    looks: Looks,
    recipe: Mapping[str, Any],
    postings: Sequence[Posting],
    rates: Mapping[str, float],
) -> None:
    sheet = book.add_worksheet(LEDGER)
    sheet.write(0, 0, recipe["company"], looks["title"])
    sheet.set_row(0, 24)
    sheet.write(1, 0, "Customer ledger: open and settled items of 24 months")
    sheet.write(2, 0, f"As of {recipe['as_of']:%Y-%m-%d}, base currency {recipe['base']}", looks["quiet"])
    last = HEADER_ROW + len(postings)
    headers: list[dict[str, Any]] = [
        {"header": header, "header_format": looks["figures" if 8 <= at <= 11 else _above(header)]}
        for at, (header, _) in enumerate(ITEM_COLUMNS)
    ]
    total = sum(round(posting.open * rates[posting.customer.currency]) for posting in postings) / 100
    headers[0] |= {"total_string": "Grand total"}
    headers[11] |= {"format": looks["money"]}
    table = {"name": "OpenItems", "style": "Table Style Light 9", "columns": headers, "total_row": True}
    sheet.add_table(HEADER_ROW, 0, last + 1, len(ITEM_COLUMNS) - 1, table)
    # Addresses and not the table's column, which LibreOffice does not find in a totals row.
    sheet.write_formula(last + 1, 11, f"=SUBTOTAL(109,L{HEADER_ROW + 2}:L{last + 1})", looks["money"], total)
    for at, posting in enumerate(postings, HEADER_ROW + 1):
        terms = _terms(recipe, posting.customer) if posting.kind == "Invoice" else ""
        _item(sheet, at, posting, terms, looks, rates[posting.customer.currency])
    _set_up(sheet, ITEM_COLUMNS)
    sheet.set_row(HEADER_ROW, 30)
    sheet.freeze_panes(HEADER_ROW + 1, 2)
    sheet.repeat_rows(HEADER_ROW)
    sheet.data_validation(HEADER_ROW + 1, 13, last, 13, {"validate": "list", "source": ["Yes", "No"]})
    disputed = next(at for at, posting in enumerate(postings, HEADER_ROW + 1) if posting.disputed)
    sheet.write_comment(disputed, 13, "Claims wrong hardness of 40 pieces; report asked for.", {"author": "Sales"})


def _above(header: str, look: str = "") -> str:
    """Look of a heading over texts or over dates, which stand in the middle."""
    return "days" if look == "day" or DAYS.search(header) else "header"


def _terms(recipe: Mapping[str, Any], customer: Customer) -> str:
    return str(recipe["discounts"].get(customer.number, f"Net {customer.terms} days"))


def _item(sheet: Worksheet, at: int, posting: Posting, terms: str, looks: Looks, rate: float) -> None:
    customer = posting.customer
    sheet.write_row(at, 0, [customer.number, customer.name, posting.document, posting.kind])
    sheet.write_datetime(at, 4, _midnight(posting.day), looks["day"])
    sheet.write(at, 5, terms)
    sheet.write_datetime(at, 6, _midnight(posting.due), looks["day"])
    sheet.write(at, 7, customer.currency)
    local = round(posting.open * rate)
    for column, cents in enumerate((posting.cents, posting.paid, posting.open, local), 8):
        sheet.write_number(at, column, cents / 100, looks["money"])
    if posting.paid_on:
        sheet.write_datetime(at, 12, _midnight(posting.paid_on), looks["day"])
    sheet.write(at, 13, "Yes" if posting.disputed else "No")


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a cell's date has no time zone


def _customers(
    book: Workbook,
    looks: Looks,
    recipe: Mapping[str, Any],
    on_file: Sequence[CustomerFile],
    who: Sequence[Profile],
) -> None:
    sheet = book.add_worksheet(CUSTOMERS)
    columns = (*CUSTOMER_COLUMNS, *PROFILE_COLUMNS) if who else CUSTOMER_COLUMNS
    for column, (header, _) in enumerate(columns):
        is_figure = 5 <= column < len(CUSTOMER_COLUMNS) or header in LIMITS
        sheet.write(0, column, header, looks["figures" if is_figure else _above(header)])
    for at, one in enumerate(on_file, 1):
        customer = one.customer
        known = [customer.number, customer.name, customer.country, _terms(recipe, customer), "CNY"]
        sheet.write_row(at, 0, known)
        figures = (one.credit_limit, one.years, one.net_worth, one.debt_ratio, one.net_margin, one.adverse_events)
        formats = ("whole", "", "whole", "percent", "percent", "")
        for column, (figure, look) in enumerate(zip(figures, formats, strict=True), 5):
            if figure is not None:
                sheet.write_number(at, column, figure, looks.get(look))
    for at, profile in enumerate(who, 1):
        for column, cell in enumerate(astuple(profile), len(CUSTOMER_COLUMNS)):
            _write(sheet, at, column, cell, looks["day" if isinstance(cell, date) else "whole"])
    _set_up(sheet, columns)
    sheet.set_row(0, 30)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, len(on_file), len(columns) - 1)
    terms = [*(f"Net {days} days" for days in (30, 45, 60, 90)), *sorted(set(recipe["discounts"].values()))]
    sheet.data_validation(1, 3, len(on_file), 3, {"validate": "list", "source": terms})
    sheet.write_comment(0, 7, "From the last annual statements; blank where none were sent.", {"author": "Credit"})


def _beside(book: Workbook, looks: Looks, told: Sheet) -> None:
    sheet = book.add_worksheet(told.name)
    for column, (heading, look) in enumerate(told.columns):
        sheet.write(0, column, heading, looks["figures" if look not in ("", "day") else _above(heading, look)])
    for at, row in enumerate(told.rows, 1):
        for column, (cell, (_, look)) in enumerate(zip(row, told.columns, strict=True)):
            _write(sheet, at, column, cell, looks.get(look))
    _set_up(sheet, [(heading, WIDTHS.get(heading, 14)) for heading, _ in told.columns])
    sheet.freeze_panes(1, 0)


def _write(sheet: Worksheet, at: int, column: int, cell: Cell, look: Format | None) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(at, column, _midnight(cell), look)
    elif isinstance(cell, str):
        sheet.write_string(at, column, cell)
    elif cell is not None:
        sheet.write_number(at, column, cell, look)


def _overview(book: Workbook, looks: Looks, postings: Sequence[Posting], as_of: date) -> None:
    sheet = book.add_worksheet(OVERVIEW)
    sheet.write(0, 0, "Outstanding by currency", looks["title"])
    sheet.write(2, 0, "Currency", looks["header"])
    sheet.write_row(2, 1, ["Outstanding", "of which overdue"], looks["figures"])
    for at, currency in enumerate(("CNY", "EUR", "USD"), 3):
        owed = [posting for posting in postings if posting.customer.currency == currency]
        total = sum(posting.open for posting in owed) / 100
        late = sum(posting.open for posting in owed if posting.due < as_of) / 100
        where = f"OpenItems[Outstanding Amount],OpenItems[Currency],A{at + 1}"
        day = f"DATE({as_of.year},{as_of.month},{as_of.day})"
        sheet.write(at, 0, currency)
        sheet.write_formula(at, 1, f"=SUMIFS({where})", looks["money"], total)
        sheet.write_formula(at, 2, f'=SUMIFS({where},OpenItems[Due Date],"<"&{day})', looks["money"], late)
    _set_up(sheet, (("Currency", 12), ("Outstanding", 18), ("of which overdue", 18)))
    chart = book.add_chart({"type": "column"})
    for column, header in ((1, "Outstanding"), (2, "of which overdue")):
        chart.add_series(
            {"name": header, "categories": [OVERVIEW, 3, 0, 5, 0], "values": [OVERVIEW, 3, column, 5, column]}
        )
    chart.set_title({"name": "Outstanding by currency", "overlay": False})
    chart.set_y_axis({"num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}})
    chart.set_legend({"position": "bottom"})
    sheet.insert_chart(8, 0, chart, {"description": "Outstanding and overdue amounts by currency"})


def _notes(book: Workbook, looks: Looks) -> None:
    sheet = book.add_worksheet(NOTES)
    _set_up(sheet, (("Notes", 100),))
    sheet.write(0, 0, "Notes", looks["title"])
    for at, line in enumerate(NOTE_LINES, 2):
        sheet.write(at, 0, line, looks["wrapped"])
    sheet.write_url(len(NOTE_LINES) + 3, 0, f"internal:'{LEDGER}'!A1", string="To the ledger")
    sheet.insert_textbox(
        len(NOTE_LINES) + 5, 0, "Confidential: for the credit committee only.", {"width": 320, "height": 40}
    )


def _set_up(sheet: Worksheet, columns: Sequence[tuple[str, int]]) -> None:
    for at, (_, width) in enumerate(columns):
        sheet.set_column(at, at, width)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&F&RPage &P of &N")
