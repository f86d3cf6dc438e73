"""The workbook port over a workbook that is open in Excel: the only code that touches it, through xlwings.

``book`` is the port; ``names`` the defined names that mark what is ours, ``entry`` what is typed into cells and can be
undone, ``cells`` what stands in them, ``looks`` how they look, ``folds`` which rows fold, ``page`` how they are
printed.
"""

from __future__ import annotations

from udfs.live.book import LiveWorkbook

__all__ = ["LiveWorkbook"]
