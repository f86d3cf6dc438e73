"""The ledger every workbook of the tests carries: a small export with what a ledger brings along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

SHEET = "Open items"
TITLE = "Open items as of 2026-10-31"
HEADERS = ("Customer No", "Customer Name", "Document Number", "Document Date", "Due Date", "Amount", "Currency")
HEADER_ROW = 2
FIRST_ROW = 3
LAST_COLUMN = len(HEADERS) - 1
"""All counted from 0, as XlsxWriter and the patch do."""

Row = tuple[str, str, str, date, date, float, str]

ROWS: tuple[Row, ...] = (
    ("0001001", "Northwind Tools Ltd", "INV-1001", date(2026, 6, 1), date(2026, 7, 1), 12500.0, "USD"),
    ("0001001", "Northwind Tools Ltd", "INV-1017", date(2026, 9, 20), date(2026, 10, 20), 830.55, "USD"),
    ("0001002", "宁波海润贸易有限公司", "INV-1002", date(2026, 8, 15), date(2026, 9, 14), 98000.0, "CNY"),
    ("0001002", "宁波海润贸易有限公司", "CN-0007", date(2026, 9, 2), date(2026, 9, 2), -1200.5, "CNY"),
    ("0001003", "Müller & Söhne GmbH", "INV-1011", date(2026, 10, 5), date(2026, 12, 4), 4310.07, "EUR"),
    ("0001004", "=SUM(A1) Holdings <b>", "INV-1012", date(2026, 3, 31), date(2026, 4, 30), 0.01, "CNY"),
    ("0001005", "Total Energies Trading", "INV-1013", date(2026, 10, 31), date(2026, 10, 31), 77777.77, "EUR"),
    ("0001006", "Ωmega Café", "INV-1014", date(2026, 1, 15), date(2026, 2, 14), 1999.99, "EUR"),
)


@contextmanager
def ledger_book(path: Path, rows: Sequence[Row], **options: object) -> Iterator[tuple[Workbook, Worksheet]]:
    """A workbook whose sheet "Open items" holds the ledger, open for a feature to be added."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False, **options})
    sheet = book.add_worksheet(SHEET)
    write_ledger(book, sheet, rows)
    yield book, sheet
    book.close()


def write_ledger(book: Workbook, sheet: Worksheet, rows: Sequence[Row]) -> None:
    """Title, header and one row per item, formatted as an export is."""
    bold, day = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "yyyy-mm-dd"})
    money = book.add_format({"num_format": "#,##0.00"})
    sheet.write(0, 0, TITLE)
    sheet.write_row(HEADER_ROW, 0, HEADERS, bold)
    for at, row in enumerate(rows, FIRST_ROW):
        for column, value in enumerate(row):
            cell_format = day if isinstance(value, date) else money if isinstance(value, float) else None
            sheet.write(at, column, value, cell_format)


def last_row(rows: Sequence[Row]) -> int:
    """Row of the last item, counted from 0."""
    return FIRST_ROW + len(rows) - 1


def plain(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """The ledger and nothing else."""
    with ledger_book(path, rows):
        return path
