"""A workbook of lists alone: the sheets that a review adds to a user's workbook, in one of their own."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from xlcredit.excel.additions import Sheet
from xlcredit.excel.build import framed
from xlcredit.excel.ooxml.book import OWN_SHEET
from xlcredit.excel.patch import patch
from xlcredit.excel.target import writing

_BLANK: Final = "blank"
"""Mark of the sheet that a workbook needs to be one, and that goes when the lists come."""


def build_lists(target: Path, sheets: Sequence[Sheet], day: date) -> None:
    """Writes a workbook of these sheets, made on a day: the same sheets are the same file; whole or not at all.

    Raises:
        WorkbookError: it cannot be written there.
    """
    with writing(target), tempfile.TemporaryDirectory(prefix="xlcredit-") as folder:
        frame = Path(folder) / "frame.xlsx"
        with framed(frame) as book:
            book.set_properties({"created": datetime(day.year, day.month, day.day, tzinfo=UTC)})
            book.add_worksheet(_BLANK)
            book.define_name(OWN_SHEET + _BLANK, f"={_BLANK}!$A$1")
        patch(frame, target, sheets=sheets, remove=[_BLANK])
