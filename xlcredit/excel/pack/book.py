"""The book: the pack as a workbook of its own.

    build_pack(review, lists, Path("pack.xlsx"), "en")

XlsxWriter makes the frame (sheets, tables, formats, charts, pages of formulas); the rows are streamed into it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from xlcredit.control import Review
from xlcredit.control.listing import Lists
from xlcredit.excel.build import framed
from xlcredit.excel.files import FileWorkbook
from xlcredit.excel.pack.about import write_about
from xlcredit.excel.pack.card import write_card
from xlcredit.excel.pack.dashboard import write_dashboard
from xlcredit.excel.pack.looks import FONT, Looks
from xlcredit.excel.pack.marks import CARD
from xlcredit.excel.pack.page import Desk
from xlcredit.excel.pack.policytable import validate
from xlcredit.excel.pack.recipe import pack_tables
from xlcredit.excel.pack.room import Room
from xlcredit.excel.pack.sheets import write_tables
from xlcredit.excel.pack.speech import Speech
from xlcredit.excel.pack.stream import fill
from xlcredit.excel.pack.tables import Free, Tables
from xlcredit.excel.pack.typed import NOTHING, Carried, carried_over, read_typed
from xlcredit.excel.policysheet import MARK
from xlcredit.excel.target import writing
from xlcredit.policy import fingerprint

if TYPE_CHECKING:
    from xlsxwriter import Workbook

PAGES: Final = ("dashboard", CARD, "about")
"""Sheets that are no table: the first, the one after the limits, and the last but the look-up tables."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A pack before it is written: what it is of, and what its sheets and tables are called where it goes."""

    review: Review
    lists: Lists
    speech: Speech
    tables: Tables
    order: tuple[str, ...]
    """Keys of its sheets."""
    names: dict[str, str]
    """Key → name of a sheet."""
    room: Room
    customer: str | None
    """Whose card is open; None for the one that owes most."""

    @classmethod
    def of(
        cls,
        review: Review,
        lists: Lists,
        speech: Speech,
        room: Room,
        *,
        carried: Carried = NOTHING,
        day: date | None = None,
    ) -> Self:
        """The edition of a review that fits in there, with what was typed into the one before it."""
        tables = room.placed(carried.put(pack_tables(review, lists, speech, day)))
        order = _order(tables)
        return cls(review, lists, speech, tables, order, room.tabs(order, tables, speech), room, carried.customer)


def build_pack(review: Review, lists: Lists, target: Path, lang: str, *, carried: Carried = NOTHING) -> None:
    """Writes the credit pack of a review; the target appears whole or not at all.

    Args:
        review: what it says.
        lists: the review's lists, each of which gets a sheet.
        target: the workbook to write.
        lang: a language, or "both".
        carried: what was typed into an earlier pack, and whose card is open.

    Raises:
        WorkbookError: the file cannot be written there, or somebody has it open.
    """
    edition = Edition.of(review, lists, Speech.of(lang), Room(), carried=carried, day=review.as_of)
    with writing(target), tempfile.TemporaryDirectory(dir=target.parent, prefix=".xlcredit-") as folder:
        frame, draft = Path(folder) / "frame.xlsx", Path(folder) / "pack.xlsx"
        write_frame(frame, edition)
        sheets = edition.tables.sheets
        fill(frame, draft, {at: sheets[key] for at, key in enumerate(edition.order, 1) if key in sheets})
        draft.replace(target)


def build_anew(review: Review, lists: Lists, target: Path, lang: str) -> Review:
    """Writes the pack in place of the one that is there, if any, whose cells to fill in keep what was typed.

    Returns:
        The review, with a finding for what was typed and has no place any more.

    Raises:
        WorkbookError: as ``build_pack``; or what is there cannot be read.
    """
    carried = NOTHING
    if target.exists():
        review, carried = carried_over(read_typed(FileWorkbook(target), alone=True), review, lists)
    build_pack(review, lists, target, lang, carried=carried)
    return review


def write_frame(path: Path, edition: Edition) -> None:
    """Writes the frame: every sheet but the rows of its table."""
    review, speech = edition.review, edition.speech
    font = {"font_name": FONT["en" if speech.languages[0].lang == "en" and len(speech.languages) == 1 else "zh"]}
    with framed(path, default_format_properties=font, strings_to_formulas=False) as book:
        created = datetime(review.as_of.year, review.as_of.month, review.as_of.day, 18, tzinfo=UTC)
        book.set_properties({"title": speech("pack", "title"), "created": created})
        free = Free((*edition.room.names, *(table.name for table in edition.tables.values())))
        desk = Desk(book, Looks(book), speech, edition.tables, edition.names, _subtitle(review, speech), free)
        for key in edition.order:
            _write(desk, key, edition)
        _tabs(book, edition.order)


def _order(tables: Tables) -> tuple[str, ...]:
    """The keys of all sheets: the dashboard, then tables with the card of a customer after the limits, About last."""
    keys = list(tables.sheets)
    if len(tables["limits"]):
        keys.insert(keys.index("limits") + 1, CARD)
    return ("dashboard", *keys, "about")


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


def _write(desk: Desk, key: str, edition: Edition) -> None:
    if key == "dashboard":
        write_dashboard(desk, edition.review)
    elif key == CARD:
        write_card(desk, edition.review, edition.customer)
    elif key == "about":
        write_about(desk, edition.review, edition.lists)
    else:
        sheet = write_tables(desk, key)
        if key == MARK:
            validate(sheet, desk.tables[key])


def _tabs(book: Workbook, order: Sequence[str]) -> None:
    """Tabs of pages are dark, those of tables light."""
    for key, sheet in zip(order, book.worksheets(), strict=True):
        sheet.set_tab_color("#1F3864" if key in PAGES else "#9DB8D9")
