"""Rows of a sheet of ours that fold under the first of their group, as ``ooxml.newsheet`` folds them in a file.

xlwings has no outlines, so this speaks to Excel's own objects, by the names they have on Windows; a Mac names them
otherwise, and there the rows stay in sight.
"""

from __future__ import annotations

import sys
from contextlib import suppress

from udfs.live import cells
from xlcredit.excel import live

ABOVE = 0
"""xlSummaryAbove: the line that stays stands above those that fold."""


def fold(sheet, block, folded, *, is_new):
    """Folds the lines of a block that are said to; what an earlier run folded is unfolded first."""
    rows = [row for row, is_folded in enumerate(folded.tolist()) if is_folded]
    if not rows or sys.platform == "darwin":
        return
    with suppress(Exception):  # a program that stands in for Excel may know no outlines: the sheet is no worse
        if not is_new:
            everything = cells.used(sheet).api.EntireRow
            everything.Hidden = False
            everything.ClearOutline()
        sheet.api.Outline.SummaryRow = ABOVE
        for first, last in live.runs(rows):
            block[rows[first] : rows[last] + 1, :].api.EntireRow.Group()
        sheet.api.Outline.ShowLevels(1)
