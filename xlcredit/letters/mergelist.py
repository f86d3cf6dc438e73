"""The merge list as files: .xlsx to look through, .csv for Word's mail merge and whatever sends letters."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np

from xlcredit.control.listing import Field, Listing
from xlcredit.excel.listbook import build_lists
from xlcredit.excel.listsheets import list_sheets
from xlcredit.kernel.money import decimals, in_text, to_minor
from xlcredit.ledger.grid import Cell
from xlcredit.locales import Words

_FORMULA: Final = tuple("=+-@\t\r\n＝＋－＠")
"""A program that opens a text table takes cells beginning so for formulas, in full width where Chinese is typed."""


def write_xlsx(path: Path, listings: Sequence[Listing], words: Words, day: date) -> None:
    """Writes the lists of a day as the sheets of a workbook; a text is never a formula."""
    build_lists(path, list_sheets({listing.key: listing for listing in listings}, "", words), day)


def to_csv(listing: Listing, words: Words) -> str:
    """The list as comma-separated text; amounts have their currency's decimals, texts never start a formula."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(_headings(listing, words))
    writer.writerows(zip(*(_texts(field, words) for field in listing.fields), strict=True))
    return target.getvalue()


def _headings(listing: Listing, words: Words) -> list[Cell]:
    return [words("columns", field.key) for field in listing.fields]


def _cells(field: Field, words: Words) -> list[Cell]:
    if field.kind == "text":
        return list(field.said(words).tolist())
    if field.kind == "integer":
        return [int(value) for value in field.cells.tolist()]
    return [None if value != value else value for value in field.cells.tolist()]  # noqa: PLR0124 (NaN is not itself)


def _texts(field: Field, words: Words) -> list[str]:
    if field.kind == "text":
        return [f"'{text}" if text.startswith(_FORMULA) else text for text in field.said(words).tolist()]
    if field.kind == "amount":
        places = decimals(field.key)
        minor = to_minor(field.cells, places).tolist()
        blank = np.isnan(field.cells).tolist()
        return ["" if none else in_text(amount, places) for amount, none in zip(minor, blank, strict=True)]
    return [str(cell) for cell in _cells(field, words)]
