"""Marks: the columns and sheets of ours that an earlier run left in a workbook."""

from __future__ import annotations

from pathlib import Path

from xlcredit.excel.ooxml.book import Book
from xlcredit.excel.ooxml.package import Package


def own_columns(path: Path) -> dict[str, tuple[str, int, int]]:
    """Mark → sheet name, first and last column (0-based) of columns an earlier run of ours added."""
    with Package.open(Path(path)) as package:
        places = Book(package).own_columns()
    return {mark: (sheet, area.left, area.right) for mark, (sheet, area) in places.items()}


def own_sheets(path: Path) -> dict[str, str]:
    """Mark → name of sheets an earlier run of ours added."""
    with Package.open(Path(path)) as package:
        return Book(package).own_sheets()
