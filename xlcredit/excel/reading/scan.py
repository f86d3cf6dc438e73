"""What the cell values of an .xlsx sheet do not tell: error cells, and formulas nothing has calculated.

calamine reads both as blank, but missing is not broken. The sheet's XML is searched as bytes, block
by block; a sheet without such cells costs little more than inflating it. The same pass measures how
far the sheet reaches, because calamine makes a cell for every place in that rectangle.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from xlcredit.ledger.grid import UNCACHED, Range

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

MAX_AREA = 1 << 25
"""Cells a sheet's rectangle may have: about 1 GB in calamine."""

LONGEST_ROW = 1 << 24
_HEAD = re.compile(rb"<(?:([\w.-]+):)?worksheet[\s>/]")


class EndlessTextError(ValueError):
    """A sheet has LONGEST_ROW bytes without a tag: made to fill the memory of whoever reads it."""


@dataclass(frozen=True, slots=True)
class Scan:
    """Broken cells, (row, column) from 0 → error value or UNCACHED, and the sheet's extent at most."""

    broken: Mapping[tuple[int, int], str]
    rows: int
    columns: int
    merged: tuple[Range, ...] = ()
    """Merged ranges, from formats where calamine does not tell them."""

    @property
    def area(self) -> int:
        """Cells of the rectangle from A1 to the farthest row and column."""
        return self.rows * self.columns


@dataclass(frozen=True)
class _Marks:
    """The byte strings to look for, under one namespace prefix."""

    prefix: bytes

    def compiled(self, pattern: bytes) -> re.Pattern[bytes]:
        return re.compile(pattern.replace(b"@", re.escape(self.prefix)))

    @cached_property
    def row_end(self) -> bytes:
        return b"</" + self.prefix + b"row>"

    @cached_property
    def formula(self) -> bytes:
        return b"<" + self.prefix + b"f"

    @cached_property
    def cell(self) -> bytes:
        return b"<" + self.prefix + b"c"

    @cached_property
    def cell_end(self) -> bytes:
        return b"</" + self.prefix + b"c>"

    @cached_property
    def uncached(self) -> tuple[re.Pattern[bytes], ...]:
        # Two patterns, each with a literal beginning, run several times faster than one alternation.
        no_value = rb"\s*(?:</@c>|<@v(?:\s[^>]*)?/>|<@v(?:\s[^>]*)?></@v>)"
        return self.compiled(rb"</@f>" + no_value), self.compiled(rb"<@f(?:\s[^>]*)?/>" + no_value)

    @cached_property
    def value(self) -> re.Pattern[bytes]:
        return self.compiled(rb"<@v(?:\s[^>]*)?>([^<]*)</@v>")

    @cached_property
    def has_value(self) -> re.Pattern[bytes]:
        return self.compiled(rb"<@v[\s>/]")

    @cached_property
    def has_formula(self) -> re.Pattern[bytes]:
        return self.compiled(rb"<@f[\s>/]")

    @cached_property
    def row_or_cell(self) -> re.Pattern[bytes]:
        return self.compiled(rb"<@(row|c)((?:\s[^>]*?)?)(/?)>")


_WIDE = re.compile(rb'r="([A-Z][A-Z]{1,2})\d')
_WIDE_QUOTED = re.compile(rb"""r=["']([A-Z][A-Z]{1,2})\d""")
_ERROR = re.compile(rb"""t\s*=\s*["']e["']""")
_TEXT = re.compile(rb"""\st\s*=\s*["']str["']""")
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Z]*)(\d+)["']""")


def scan_sheet(chunks: Callable[[], Iterator[bytes]]) -> Scan:
    """The scan of a sheet's XML; ``chunks`` opens it anew, since cells without address need a second look."""
    scanner = _Scanner()
    for marks, block in _blocks(chunks()):
        scanner.take(marks, block)
    scan = Scan(scanner.broken, scanner.rows, scanner.columns)
    # Rows and columns that are only formatted count in the quick measure, but not for calamine.
    return _walked(chunks()) if scanner.unaddressed or scan.area > MAX_AREA else scan


def _blocks(chunks: Iterator[bytes]) -> Iterator[tuple[_Marks, bytes]]:
    """Blocks of whole rows; what follows the last row holds no cells."""
    rest = next(chunks, b"")
    head = _HEAD.search(rest)
    marks = _Marks(head[1] + b":" if head and head[1] else b"")
    for chunk in chunks:
        cut = _cut(rest, marks)
        if cut:
            yield marks, rest[:cut]
        rest = rest[cut:] + chunk
    yield marks, rest[: _cut(rest, marks)]


def _cut(data: bytes, marks: _Marks) -> int:
    """Where the last whole row ends; an absurdly long row is cut inside."""
    end = data.rfind(marks.row_end)
    if end >= 0:
        return end + len(marks.row_end)
    if len(data) <= LONGEST_ROW:
        return 0
    cut = data.rfind(b"<")
    if cut <= 0:
        raise EndlessTextError
    return cut


class _Scanner:
    """Collects from blocks of rows, trusting each cell's own address."""

    def __init__(self) -> None:
        self.broken: dict[tuple[int, int], str] = {}
        self.unaddressed = False
        self.rows = 0
        self.columns = 26

    def take(self, marks: _Marks, block: bytes) -> None:
        self._measure(block)
        # One letter is looked for with memchr, and most blocks have neither: it spares the slower searches.
        if b"f" in block and marks.formula in block:
            for pattern in marks.uncached:
                for found in pattern.finditer(block):
                    self._note(marks, block, found.start())
        if b"e" in block and (b'"e"' in block or b"'e'" in block):
            for found in _ERROR.finditer(block):
                self._note(marks, block, found.start())

    def _measure(self, block: bytes) -> None:
        wide = _WIDE_QUOTED if b"'" in block else _WIDE
        for letters in set(wide.findall(block)):
            self.columns = max(self.columns, column_number(letters))
        last = _REFERENCE.search(block, max(block.rfind(b" r="), 0))
        last_row = _REFERENCE.search(block, max(block.rfind(b"row "), 0))
        self.rows = max([self.rows] + [int(found[2]) for found in (last, last_row) if found])

    def _note(self, marks: _Marks, block: bytes, inside: int) -> None:
        start = block.rfind(marks.cell, 0, inside)
        end = block.find(b">", start)
        close = block.find(marks.cell_end, end)
        fault = _fault(marks, block[start : end + 1], block[end + 1 : close])
        if not fault:
            return
        reference = _REFERENCE.search(block, start, end)
        if reference and reference[1]:
            self.broken[int(reference[2]) - 1, column_number(reference[1]) - 1] = fault
        else:
            self.unaddressed = True


def _walked(chunks: Iterator[bytes]) -> Scan:
    """The scan made cell by cell: rows and cells without an address follow the one before."""
    broken: dict[tuple[int, int], str] = {}
    rows = columns = 0
    for row, column, marks, opening, content in _cells(chunks):
        if fault := _fault(marks, opening, content):
            broken[row, column] = fault
        if content:
            rows, columns = max(rows, row + 1), max(columns, column + 1)
    return Scan(broken, rows, columns)


def _cells(chunks: Iterator[bytes]) -> Iterator[tuple[int, int, _Marks, bytes, bytes]]:
    row = column = -1
    for marks, block in _blocks(chunks):
        for tag in marks.row_or_cell.finditer(block):
            reference = _REFERENCE.search(tag[2])
            if tag[1] == b"row":
                row, column = int(reference[2]) - 1 if reference else row + 1, -1
                continue
            column = column_number(reference[1]) - 1 if reference else column + 1
            if reference:
                row = int(reference[2]) - 1
            content = b"" if tag[3] else block[tag.end() : block.find(marks.cell_end, tag.end())]
            yield row, column, marks, tag[2], content


def _fault(marks: _Marks, opening: bytes, content: bytes) -> str:
    """The error value of a cell, UNCACHED, or "" where nothing is wrong."""
    value = marks.value.search(content)
    if value and value[1]:
        return value[1].decode("utf-8", "replace") if _ERROR.search(opening) else ""
    if not marks.has_formula.search(content):
        return ""
    # A formula whose result is the empty text is calculated: Excel writes it as t="str" with an empty value.
    return "" if _TEXT.search(opening) and marks.has_value.search(content) else UNCACHED


def column_number(letters: bytes) -> int:
    """Number of a column from 1: b"A" → 1, b"AA" → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
