"""The book: the pack as a workbook of its own.

    build_pack(review, lists, Path("pack.xlsx"), "en")

XlsxWriter makes the frame (sheets, tables, formats, charts, pages of formulas); the rows are streamed into it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xlcredit.control import Review
from xlcredit.control.listing import Lists
from xlcredit.excel.build import sheet_name, write_fault
from xlcredit.excel.pack.about import write_about
from xlcredit.excel.pack.card import write_card
from xlcredit.excel.pack.dashboard import write_dashboard
from xlcredit.excel.pack.looks import FONT, Looks
from xlcredit.excel.pack.policytable import validate
from xlcredit.excel.pack.recipe import pack_tables
from xlcredit.excel.pack.sheets import Desk, write_tables
from xlcredit.excel.pack.speech import Speech
from xlcredit.excel.pack.stream import fill
from xlcredit.excel.pack.tables import Tables
from xlcredit.excel.policysheet import MARK
from xlcredit.kernel.errors import WorkbookError
from xlcredit.policy import fingerprint

if TYPE_CHECKING:
    from xlsxwriter import Workbook

PAGES: Final = ("dashboard", "card", "about")
"""Sheets that are no table: the first, the one after the limits, and the last but the look-up tables."""


def build_pack(review: Review, lists: Lists, target: Path, lang: str, *, customer: str | None = None) -> None:
    """Writes the credit pack of a review; the target appears whole or not at all.

    Args:
        review: what it says.
        lists: the review's lists, each of which gets a sheet.
        target: the workbook to write.
        lang: a language, or "both".
        customer: whose card is open; None for the one that owes most.

    Raises:
        WorkbookError: the folder is not there, or the file cannot be written.
    """
    if not target.parent.is_dir():
        raise WorkbookError("target-folder-missing", target.name, file=target.name, folder=str(target.parent))
    speech = Speech.of(lang)
    tables = Tables(pack_tables(review, lists, speech))
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".xlcredit-") as folder:
            frame, draft = Path(folder) / "frame.xlsx", Path(folder) / "pack.xlsx"
            order = _frame(frame, review, lists, speech, tables, customer)
            fill(frame, draft, {at: tables.sheets[key] for at, key in enumerate(order, 1) if key in tables.sheets})
            draft.replace(target)
    except OSError as fault:
        raise write_fault(target, fault) from fault


def _frame(
    path: Path, review: Review, lists: Lists, speech: Speech, tables: Tables, customer: str | None
) -> Sequence[str]:
    """Writes the frame; the keys of its sheets in order."""
    from xlsxwriter import Workbook

    font = {"font_name": FONT["en" if speech.languages[0].lang == "en" and len(speech.languages) == 1 else "zh"]}
    with Workbook(str(path), {"default_format_properties": font, "strings_to_formulas": False}) as book:
        created = datetime(review.as_of.year, review.as_of.month, review.as_of.day, 18, tzinfo=UTC)
        book.set_properties({"title": speech("pack", "title"), "created": created})
        order = _order(tables)
        desk = Desk(book, Looks(book), speech, tables, _names(order, tables, speech), _subtitle(review, speech))
        for key in order:
            _write(desk, key, review, lists, customer)
        _tabs(book, order)
    return order


def _order(tables: Tables) -> tuple[str, ...]:
    """The keys of all sheets: the dashboard, then tables with the card of a customer after the limits, About last."""
    keys = list(tables.sheets)
    if len(tables["limits"]):
        keys.insert(keys.index("limits") + 1, "card")
    return ("dashboard", *keys, "about")


def _names(order: Sequence[str], tables: Tables, speech: Speech) -> dict[str, str]:
    names: dict[str, str] = {}
    for key in order:
        titles = tables[key].titles if key in tables else speech.heads("pack_sheets", key)
        names[key] = sheet_name(" ".join(dict.fromkeys(titles)), tuple(names.values()))
    return names


def _subtitle(review: Review, speech: Speech) -> str:
    policy = review.policy
    return speech(
        "pack",
        "subtitle",
        as_of=review.as_of.isoformat(),
        policy=policy.name,
        version=policy.version,
        fingerprint=fingerprint(policy),
        file=review.ledger.source.file,
        currency=review.currency,
    )


def _write(desk: Desk, key: str, review: Review, lists: Lists, customer: str | None) -> None:
    if key == "dashboard":
        write_dashboard(desk, review)
    elif key == "card":
        write_card(desk, review, customer)
    elif key == "about":
        write_about(desk, review, lists)
    else:
        sheet = write_tables(desk, key)
        if key == MARK:
            validate(sheet, desk.tables[key])


def _tabs(book: Workbook, order: Sequence[str]) -> None:
    """Tabs of pages are dark, those of tables light."""
    for key, sheet in zip(order, book.worksheets(), strict=True):
        sheet.set_tab_color("#1F3864" if key in PAGES else "#9DB8D9")
