"""How a sheet of ours is printed from an open workbook, and what of it stays in sight when it is scrolled.

xlwings has no page set-up beyond the print area, and panes only in the cloud, so this speaks to Excel's own objects,
by the names they have on Windows; a Mac names them otherwise, and there a sheet is as Excel would make any.
"""

from __future__ import annotations

import sys
from contextlib import suppress

from xlcredit.excel import live

LANDSCAPE, A4, ACROSS = 2, 9, 2
"""xlLandscape, xlPaperA4, and xlOverThenDown: the pages of the same lines come one after another."""


def set_up(sheet, wanted):
    """Sets a sheet up as ``ooxml.newsheet`` does in a file."""
    if sys.platform == "darwin":
        return
    excel, page = sheet.book.app.api, sheet.page_setup.api
    # Excel refuses page set-up where no printer is installed, by an error of the host's own: the sheet is no worse.
    with suppress(Exception):
        excel.PrintCommunication = False  # each figure would else be told to the printer by itself
        page.Orientation, page.PaperSize, page.Order = LANDSCAPE, A4, ACROSS
        page.Zoom = False  # what fits the page counts only without it
        page.FitToPagesWide, page.FitToPagesTall = live.pages_wide(wanted.columns), False
        page.PrintTitleRows = "$1:$1"
        if wanted.frozen:
            page.PrintTitleColumns = f"$A:${live.letter(wanted.frozen - 1)}"
        page.LeftFooter, page.RightFooter = "&8&A", "&8&P / &N"
    with suppress(Exception):
        excel.PrintCommunication = True


def keep_in_sight(sheet, columns):
    """Freezes a sheet's header, and columns at the left."""
    if sys.platform == "darwin":
        return
    sheet.activate()  # panes are frozen in the window that shows the sheet
    with suppress(Exception):  # a window that is being edited in, or is protected, refuses: the sheet is no worse
        window = sheet.book.app.api.ActiveWindow
        window.FreezePanes = False
        window.SplitRow, window.SplitColumn = 1, columns
        window.FreezePanes = True
