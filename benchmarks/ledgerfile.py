"""The standard ledger workbook: 12 columns of text, dates and money, seeded, made by XlsxWriter when asked for."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

import xlsxwriter

AS_OF = "2026-10-31"
SHEET = "Open items"
HEADINGS = (
    "Customer No", "Customer Name", "Document Number", "Document Type", "Document Date", "Due Date", "Amount",
    "Paid Amount", "Currency", "Clearing Date", "Text", "Sales Person",
)  # fmt: skip
_DATES, _MONEY = (4, 5, 9), (6, 7)
_FIRST_DAY = datetime(2025, 1, 1)  # noqa: DTZ001 (cells know no time zone)

Row = tuple[object, ...]


@cache
def folder() -> Path:
    """A folder that goes when the benchmarks end."""
    made = Path(tempfile.mkdtemp(prefix="xlcredit-bench-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


@cache
def ledger_file(rows: int, *, streamed: bool = False) -> Path:
    """The ledger with so many items; ``streamed`` keeps its texts in the cells, as XlsxWriter must for a long one."""
    path = folder() / f"ledger-{rows}{'-streamed' if streamed else ''}.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": streamed, "tmpdir": str(folder())}) as book:
        formats = {at: book.add_format({"num_format": "yyyy-mm-dd"}) for at in _DATES}
        formats |= {at: book.add_format({"num_format": "#,##0.00"}) for at in _MONEY}
        sheet = book.add_worksheet(SHEET)
        sheet.write_row(0, 0, HEADINGS)
        for line, row in enumerate(_items(rows), 1):
            for at, cell in enumerate(row):
                _write(sheet, line, at, cell, formats.get(at))
    return path


def _write(sheet: xlsxwriter.worksheet.Worksheet, line: int, at: int, cell: object, form: object) -> None:
    if isinstance(cell, str):
        sheet.write_string(line, at, cell, form)
    elif isinstance(cell, float):
        sheet.write_number(line, at, cell, form)
    elif isinstance(cell, datetime):
        sheet.write_datetime(line, at, cell, form)


def _items(rows: int) -> Iterator[Row]:
    """Twenty items for each customer, seven of ten paid, some of them late."""
    draw = Random(1)
    for number in range(rows):
        customer = draw.randrange(rows // 20 + 1)
        document = _FIRST_DAY + timedelta(draw.randrange(600))
        due = document + timedelta(30)
        amount = round(draw.uniform(10, 9_999), 2)
        paid = draw.random() < 0.7
        cleared = due + timedelta(draw.randrange(-5, 40)) if paid else None
        yield (
            f"{customer:06d}", f"Customer number {customer}", f"INV{number:08d}", "RV", document, due, amount,
            amount if paid else 0.0, "CNY", cleared, f"Goods delivered {number % 977}", f"Rep {number % 7}",
        )  # fmt: skip
