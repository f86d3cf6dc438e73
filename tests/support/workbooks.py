"""Workbooks with everything in them that a save may lose, made when a test asks.

Each is a function ``name(path, rows) -> Path``; its sheet "Open items" holds the ledger of ``ledgers``.
``FEATURES`` are to be enriched with every other part kept; ``REFUSED`` are to be left alone, with an error.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.support import dialects, features_attached, features_data, features_drawn, features_layout, refused
from tests.support.ledgers import FIRST_ROW, HEADER_ROW, HEADERS, LAST_COLUMN, ROWS, SHEET, Row, last_row, plain
from tests.support.office import convert

Maker = Callable[..., Path]

FEATURES: tuple[Maker, ...] = (*features_data.ALL, *features_layout.ALL, *features_drawn.ALL, *features_attached.ALL)
"""What a workbook can hold besides its ledger."""

DIALECTS: tuple[Maker, ...] = dialects.ALL
"""How programs spell the same workbook."""

REFUSED: tuple[Maker, ...] = refused.ALL
"""What no run may change."""


def name_of(maker: Maker) -> str:
    """A workbook's name in the list of tests."""
    return maker.__name__.replace("_", "-")


def by_libreoffice(path: Path, maker: Maker = features_drawn.charts) -> Path:
    """One of the workbooks as LibreOffice saves it."""
    made = convert(maker(path.with_name(f"source-{path.name}")), "xlsx")
    return made.replace(path)


__all__ = [
    "DIALECTS",
    "FEATURES",
    "FIRST_ROW",
    "HEADERS",
    "HEADER_ROW",
    "LAST_COLUMN",
    "REFUSED",
    "ROWS",
    "SHEET",
    "Maker",
    "Row",
    "by_libreoffice",
    "last_row",
    "name_of",
    "plain",
]
