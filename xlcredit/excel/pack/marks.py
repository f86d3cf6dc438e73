"""Marks of the pack's sheets in a workbook that is not ours; every run asks for them, so nothing else is loaded."""

from __future__ import annotations

from typing import Final

from xlcredit.excel.workbook import Workbook

PREFIX: Final = "pack_"
"""What the marks of such sheets begin with."""
DASHBOARD: Final = "dashboard"
CARD: Final = "card"
COMMENT: Final = "xlcredit pack"
"""What marks the pack's defined names."""


def has_pack(workbook: Workbook) -> bool:
    """Whether an earlier run left sheets of the pack, which have to be made anew, lest they say what was."""
    return workbook.own_sheet(f"{PREFIX}{DASHBOARD}") is not None
