"""A workbook of lists alone: the sheets that a review adds to a user's workbook, in one of their own.

They carry no mark of ours: one that is copied into a ledger's workbook is the user's there, to be read and kept.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from xlcredit.excel.additions import Sheet
from xlcredit.excel.build import framed
from xlcredit.excel.ooxml.archive import Archive
from xlcredit.excel.ooxml.book import OWN_SHEET
from xlcredit.excel.ooxml.package import Package
from xlcredit.excel.ooxml.revision import Revision
from xlcredit.excel.patch import patch
from xlcredit.excel.target import writing

_BLANK: Final = "blank"
"""Mark of the sheet that a workbook needs to be one, and that goes when the lists come."""


def build_lists(target: Path, sheets: Sequence[Sheet], day: date) -> None:
    """Writes a workbook of these sheets, made on a day: the same sheets are the same file; whole or not at all.

    Raises:
        WorkbookError: it cannot be written there.
    """
    with writing(target), tempfile.TemporaryDirectory(dir=target.parent, prefix=".xlcredit-") as folder:
        frame, marked, draft = (Path(folder) / f"{stage}.xlsx" for stage in ("frame", "marked", "draft"))
        with framed(frame) as book:
            book.set_properties({"created": datetime(day.year, day.month, day.day, tzinfo=UTC)})
            book.add_worksheet(_BLANK)
            book.define_name(OWN_SHEET + _BLANK, f"={_BLANK}!$A$1")
        patch(frame, marked, sheets=sheets, remove=[_BLANK])
        _write_unmarked(marked, draft)
        draft.replace(target)


def _write_unmarked(marked: Path, target: Path) -> None:
    with Package.open(marked) as package:
        revision = Revision(package, None, serial_1904=False)
        for mark in revision.book.own_sheets():
            revision.book.names.drop(OWN_SHEET + mark)
        with target.open("wb") as stream:
            revision.write(Archive(stream, package))
