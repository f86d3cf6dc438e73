"""Blocks of the dashboard, the card and the page about the pack: a heading, headings of columns, lines of cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from xlcredit.excel.ooxml.markup import spelled
from xlcredit.excel.pack.live import Cell, Live
from xlcredit.excel.pack.looks import side
from xlcredit.excel.pack.page import Desk

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet


_TWO_LINES = 30.0
"""Points of headings in two languages."""


@dataclass(frozen=True, slots=True)
class Block:
    """A small table on a page."""

    title: str
    heads: tuple[str, ...]
    kinds: tuple[str, ...]
    rows: Sequence[Sequence[Any]]
    """Cells of each line."""
    whole: bool = True
    """Amounts without decimals, as on a page that is read from afar."""
    places: int = 2


def put(desk: Desk, sheet: Worksheet, top: int, left: int, block: Block) -> int:
    """Writes a block with its corner there; the first row below it."""
    for at in range(len(block.heads)):
        sheet.write_blank(top, left + at, None, desk.looks.of("section"))
    sheet.write_string(top, left, block.title, desk.looks.of("section"))
    if len(desk.speech.languages) > 1 and any(block.heads):
        sheet.set_row(top + 1, _TWO_LINES)
    headed = zip(block.heads, block.kinds, strict=True) if any(block.heads) else ()
    for at, (head, kind) in enumerate(headed):
        sheet.write_string(top + 1, left + at, head, desk.looks.of("tile_name", valign="vcenter", **side(kind)))
    for down, row in enumerate(block.rows, top + 2):
        for at, (cell, kind) in enumerate(zip(row, block.kinds, strict=True)):
            write(sheet, down, left + at, cell, _look(desk, block, kind))
    return top + 2 + len(block.rows)


def write(sheet: Worksheet, row: int, column: int, cell: Cell, look: Format) -> None:
    """Writes a text, a number or a live figure; for "" a blank, which lets a text at its left go on over it."""
    if isinstance(cell, Live):
        # XlsxWriter spells control characters in texts, but not in the results of formulas.
        value = spelled(cell.value) if isinstance(cell.value, str) else cell.value
        sheet.write_formula(row, column, "=" + cell.formula, look, value)
    elif cell == "":
        sheet.write_blank(row, column, None, look)
    elif isinstance(cell, str):
        sheet.write_string(row, column, cell, look)
    else:
        sheet.write_number(row, column, cell, look)


def _look(desk: Desk, block: Block, kind: str) -> Format:
    places = 0 if block.whole and kind == "amount" else block.places
    return desk.looks.kind("line", kind, places)
