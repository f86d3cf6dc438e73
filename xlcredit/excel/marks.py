"""Marks: the columns and sheets of ours that an earlier run left in a workbook."""

from __future__ import annotations

from pathlib import Path

from xlcredit.excel.donor import Host
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


def host_of(path: Path) -> Host:
    """What a workbook has: sheets, which of them are ours, tables, names, and how it counts days."""
    with Package.open(Path(path)) as package:
        book = Book(package)
        tables = {
            package.document(part).root.get("displayName"): tab.name
            for tab in book.tabs
            for kind, part in package.related(tab.part).values()
            if kind.endswith("/table")
        }
        names = {name.name: name.comment for name in book.names if not name.name.startswith("_xl")}
        return Host(tuple(tab.name for tab in book.tabs), book.own_sheets(), tables, names, book.date_1904)
