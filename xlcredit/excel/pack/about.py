"""Where the pack comes from, whether its sheets foot to the ledger, and what could not be answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from xlcredit import __version__
from xlcredit.control import Review
from xlcredit.control.listing import Lists
from xlcredit.excel.pack.blocks import Block, put, write
from xlcredit.excel.pack.live import Cell, Live, total, total_of
from xlcredit.excel.pack.page import Desk, back, heading, set_up
from xlcredit.excel.pack.speech import Speech
from xlcredit.kernel.money import decimals, to_major
from xlcredit.layouts import Layout
from xlcredit.policy import fingerprint

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_WIDTHS: Final = (56, 30, 22, 18, 12)
_BLANK: Final = ("",) * 3
"""Cells that the checksum of a file goes over."""


def write_about(desk: Desk, review: Review, lists: Lists) -> None:
    """Writes the sheet."""
    sheet = desk.book.add_worksheet(desk.names["about"])
    heading(desk, sheet, "about")
    back(desk, sheet)
    for at, width in enumerate(_WIDTHS):
        sheet.set_column(at, at, width)
    below = _source(desk, sheet, review)
    below = _checks(desk, sheet, below + 1, review)
    _unanswered(desk, sheet, below + 1, lists)
    set_up(desk, sheet, None, landscape=True)


def _source(desk: Desk, sheet: Worksheet, review: Review) -> int:
    source, policy, say = review.ledger.source, review.policy, desk.speech
    facts = {
        "as_of": review.as_of.isoformat(),
        "file": source.file,
        "sha256": source.sha256,
        "sheet": source.sheet,
        "layout": _layout(source.layout, say),
        "policy": f"{policy.name} {policy.version}",
        "fingerprint": fingerprint(policy),
        "currency": review.currency,
        "version": __version__,
    }
    rows = [[say("pack_about", key), fact, *_BLANK] for key, fact in facts.items()]
    kinds = ("text",) * len(_WIDTHS)
    return put(desk, sheet, 4, 0, Block(say("pack", "source"), ("",) * len(_WIDTHS), kinds, rows))


def _layout(name: str, say: Speech) -> str:
    """What the layout is called; of a ledger that is from no file there is none."""
    titles = next((layout.titles for layout in Layout.all() if layout.name == name), {})
    return say.beside(titles.get(words.lang, name) for words in say.languages)


def _checks(desk: Desk, sheet: Worksheet, top: int, review: Review) -> int:
    """What each currency's lines add up to beside what the ledger has open, and the tables beside each other."""
    say, rows = desk.speech, list[list[Cell]]()
    table = desk.tables["aging_by_currency"]
    for code in review.currencies:
        stated = float(to_major(np.array(review.totals[code].open), decimals(code)))
        found = total_of(table, "total", "currency", code)
        rows.append([say("pack_checks", "currency", code=code), found, stated])
    for key, column in (
        ("aging_by_currency", "in_base"),
        ("open_items", "open"),
        ("provisions", "open"),
        ("provision_matrix", "open"),
    ):
        if desk.tables.has(key, column):
            found = total(desk.tables[key], column)
            rows.append([say("pack_checks", key), found, total(desk.tables["aging"], "total")])
    words = say("pack_checks", "agrees"), say("pack_checks", "differs")
    checked = [[*row, *_agrees(row, line, *words)] for line, row in enumerate(rows, top + 3)]
    heads = ("", say("pack_checks", "adds_up_to"), say("pack_checks", "against"), say("pack_checks", "difference"), "")
    kinds = ("text", "amount", "amount", "amount", "text")
    return put(desk, sheet, top, 0, Block(say("pack", "checks"), heads, kinds, checked, whole=False))


def _agrees(row: list[Cell], line: int, yes: str, no: str) -> list[Cell]:
    """The difference of a check, and the word for it."""
    found, against = (cell.value if isinstance(cell, Live) else cell for cell in row[1:3])
    difference = round(found - against, 3)  # type: ignore[operator]  # both are amounts
    return [
        Live(f"ROUND(B{line}-C{line},3)", difference),
        Live(f'IF(D{line}=0,"{yes}","{no}")', no if difference else yes),
    ]


def _unanswered(desk: Desk, sheet: Worksheet, top: int, lists: Lists) -> None:
    """Questions that the data could not answer, with what they lack."""
    say, told = desk.speech, lists["capabilities"]
    lacking = np.flatnonzero(told["answered"] == "no").tolist()
    columns = [speech_column(desk, lists, key) for key in ("question", "lacks")]
    rows = [[column[at] for column in columns] for at in lacking]
    heads = tuple(say("columns", key) for key in ("question", "lacks"))
    if rows:
        put(desk, sheet, top, 0, Block(say("pack", "unanswered"), heads, ("text", "text"), rows))
    else:
        write(sheet, top, 0, say("pack", "all_answered"), desk.looks.of("section"))


def speech_column(desk: Desk, lists: Lists, key: str) -> list[str]:
    """A column of the capabilities in words."""
    field = next(field for field in lists["capabilities"].fields if field.key == key)
    return [str(text) for text in desk.speech.column(lambda words: field.said(words).tolist()).tolist()]
