"""The input workbook a team starts with: input sheets with notes, lists and examples, and the functions in place.

build_template(Path("input.xlsx"), as_of)        the workbook, with formulas beside open items and customers
"""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from workbooks.template_book import write_template
from workbooks.template_recipe import template
from xlcredit.control import review
from xlcredit.excel.desk import open_ledger
from xlcredit.excel.enrich import enrichment
from xlcredit.excel.files import FileWorkbook
from xlcredit.excel.recalculated.customerblock import Kind
from xlcredit.excel.target import writing
from xlcredit.locales import Words
from xlcredit.policy import load


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
        write_template(plain, template(lang), as_of)
        book = FileWorkbook(plain, target)
        desk = open_ledger(book)
        found = review(desk.ledger, load(), as_of)
        added = enrichment(found, desk, words, formulas, book.grids())
        book.add(added.columns, added.sheets, remove=added.remove, names=added.names)
    return target
