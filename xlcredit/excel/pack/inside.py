"""The whole pack inside a workbook that is not ours: made as a donor, whose sheets go in with what hangs on them.

It brings every list, the findings and the policy, so that the plain sheets of them go; a Policy sheet that is there, or
comes with formulas, stays the one Policy sheet.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial, reduce
from pathlib import Path

from xlcredit.control import Review
from xlcredit.control.listing import Lists
from xlcredit.excel.donor import Donor, DonorSheet, Host
from xlcredit.excel.enrich import FINDINGS, Enrichment
from xlcredit.excel.listsheets import PREFIX as LISTED
from xlcredit.excel.pack.book import Edition, write_frame
from xlcredit.excel.pack.marks import COMMENT, PREFIX
from xlcredit.excel.pack.room import Room
from xlcredit.excel.pack.speech import Speech
from xlcredit.excel.pack.stream import reaching, with_rows
from xlcredit.excel.pack.tables import PackTable
from xlcredit.excel.pack.typed import Carried
from xlcredit.excel.policysheet import MARK, PACKED
from xlcredit.excel.target import writing
from xlcredit.locales import Words


@contextmanager
def pack_inside(
    added: Enrichment,
    review: Review,
    lists: Lists,
    words: Words,
    *,
    target: Path,
    host: Host,
    carried: Carried,
    policy_sheet: str,
    day: date | None,
) -> Iterator[tuple[Enrichment, Donor]]:
    """What is added with the pack in place of plain sheets, and the pack, which is there as long as this is entered.

    Args:
        added: what a run adds without it.
        review: what the pack says.
        lists: the review's lists.
        words: the pack's language.
        target: the workbook that is written.
        host: what the workbook has.
        carried: what was typed into the pack that is there.
        policy_sheet: the name of the workbook's Policy sheet, "" for none.
        day: the as-of date that the Policy sheet states, None where it states none.
    """
    going = {FINDINGS, *(mark for mark in host.own if mark.startswith(LISTED))}
    sheets = tuple(sheet for sheet in added.sheets if sheet.mark not in going)
    others = policy_sheet not in ("", host.own.get(PACKED)) or any(sheet.mark == MARK for sheet in sheets)
    room = Room.within(host, going, [sheet.name for sheet in sheets], has_policy=others)
    edition = Edition.of(review, lists, Speech((words,)), room, carried=carried, day=day)
    made = {f"{PREFIX}{key}" for key in edition.order}
    stale = {mark for mark in host.own if mark.startswith(PREFIX)} - made
    with tempfile.TemporaryDirectory(prefix="xlcredit-") as folder:
        frame = Path(folder) / "frame.xlsx"
        with writing(target):
            write_frame(frame, edition)
        donor = Donor(frame, tuple(_sheet(edition, key) for key in edition.order), COMMENT)
        yield replace(added, sheets=sheets, remove=(*added.remove, *sorted(going | stale))), donor


def _sheet(edition: Edition, key: str) -> DonorSheet:
    mark, name, tables = f"{PREFIX}{key}", edition.names[key], edition.tables.sheets.get(key)
    if tables is None:
        return DonorSheet(mark, name, lambda part: [part], lambda part: part)
    return DonorSheet(mark, name, partial(with_rows, tables=tables), partial(_reaching, tables=tables))


def _reaching(part: bytes, tables: Sequence[PackTable]) -> bytes:
    """The part of one of a sheet's tables, down to its last row; each is known by its row of headings."""
    return reduce(reaching, tables, part)
