"""The input workbook a team starts with: input sheets with notes, lists and examples, and the functions in place.

build_template(Path("input.xlsx"), as_of)        the workbook, with formulas beside open items and customers
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np

from workbooks.template_book import write_template
from workbooks.template_recipe import template
from xlcredit.control import review
from xlcredit.excel.additions import Column, Columns, Formula
from xlcredit.excel.desk import Desk, open_ledger
from xlcredit.excel.enrich import CUSTOMERS, enrichment
from xlcredit.excel.files import FileWorkbook
from xlcredit.excel.recalculated.customerblock import Kind
from xlcredit.excel.target import writing
from xlcredit.ledger.grid import letter
from xlcredit.locales import Words
from xlcredit.policy import load

SHADE: Final = "F2F2F2"
"""Fill of the cells that nobody fills in."""


def build_template(target: Path, as_of: date, lang: str = "en", formulas: Kind = "native") -> Path:
    """Write the input workbook; its path.

    Args:
        target: where it is written, whole or not at all.
        as_of: the day its formulas look from, on the Policy sheet; the examples lie around it.
        lang: language of headings, notes and words.
        formulas: "native" for Excel 365, "classic" for every Excel, LibreOffice and WPS.

    Raises:
        WorkbookError: it cannot be written.
    """
    words = Words.of(lang)
    with writing(target), tempfile.TemporaryDirectory(prefix="xlcredit-") as folder:
        plain = Path(folder) / target.name
        write_template(plain, template(lang, formulas), as_of)
        book = FileWorkbook(plain, target)
        desk = open_ledger(book)
        found = review(desk.ledger, load(), as_of)
        added = enrichment(found, desk, words, formulas, book.grids())
        columns = [_in_place(block, words, desk) for block in added.columns]
        book.add(columns, added.sheets, remove=added.remove, names=added.names)
    return target


def _in_place(block: Columns, words: Words, desk: Desk) -> Columns:
    """The functions shaded, and a scorecard that new rows get, too: the one of all examples."""
    everywhere = np.ones(len(block.rows), dtype=np.bool_)
    shaded = tuple(replace(column, tint=SHADE, tinted=everywhere) for column in block.columns)
    if block.mark != CUSTOMERS or desk.customers is None:
        return replace(block, columns=shaded)
    customer, card = letter(desk.customers.columns["customer"]), words("columns", "card")
    return replace(
        block, columns=tuple(_carded(column, customer) if column.header == card else column for column in shaded)
    )


def _carded(column: Column, customer: str) -> Column:
    (card,) = set(column.values.tolist())
    return replace(column, formula=Formula(f'IF(${customer}{{row}}="","","{card}")'))
