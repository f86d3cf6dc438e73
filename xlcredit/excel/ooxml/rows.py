"""Rows and cells in the bytes of a sheet.

Those that say their own place the usual way are split apart quickly; the others (no ``r``, single quotes, comments,
self-closing rows) are taken apart with care.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xlcredit.excel.ooxml.sheetstream import masked
from xlcredit.ledger.grid import letter

_ATTRIBUTES = rb"""(?:\s+[^\s=>]+\s*=\s*(?:"[^"]*"|'[^']*'))*"""
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']\$?([A-Za-z]*)\$?(\d*)["']""")
_DIGITS = b"0123456789"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's place in its row's bytes; ``placed`` says that it names its own place."""

    column: int
    start: int
    end: int
    placed: bool


class Reader:
    """Takes rows and cells apart for one prefix."""

    def __init__(self, prefix: bytes) -> None:
        p = re.escape(prefix)
        self.row_open = b"<" + prefix + b'row r="'
        self.row_end = b"</" + prefix + b"row>"
        self.cell_open = b"<" + prefix + b"c"
        self.cell_at = self.cell_open + b' r="'
        self._cell_ends = (b"/>", b"</" + prefix + b"c>")
        self.prefix = prefix
        self._row = re.compile(rb"<%brow(%b)\s*(/?)>" % (p, _ATTRIBUTES))
        self._plain_row = re.compile(rb'%b(\d+)("[^>]*)>' % re.escape(self.row_open))
        self._row_close = re.compile(rb"</%brow\s*>" % p)
        self._cell = re.compile(rb"<%bc(%b)\s*(?:/>|>(.*?)</%bc\s*>)" % (p, _ATTRIBUTES, p), re.DOTALL)
        self.value = re.compile(rb"<%b(?:f[\s/>]|is[\s>]|v[^>/]*>[^<])" % p)
        self.formula = re.compile(rb"<%bf[\s/>]" % p)
        self._columns: dict[bytes, int] = {}

    def column(self, letters: bytes) -> int:
        """Column letters as a 0-based number."""
        if letters not in self._columns:
            number = 0
            for character in letters.upper():
                number = number * 26 + character - 64
            self._columns[letters] = number - 1
        return self._columns[letters]

    def row_number(self, xml: bytes, at: int) -> int:
        """Number of the row whose plain tag begins here."""
        at += len(self.row_open)
        return int(xml[at : xml.find(b'"', at)])

    def plain_rows(self, run: bytes) -> tuple[list[bytes], list[tuple[bytes, bytes]]] | None:
        """Rows without ``</row>``, and number and other attributes of each, where one plain row follows the other."""
        rows, openings = run.split(self.row_end), self._plain_row.findall(run)
        closely = run.startswith(self.row_open) and run.count(self.row_end + self.row_open) == len(openings) - 1
        return (rows, openings) if closely and not rows.pop() and len(rows) == len(openings) else None

    def elsewhere(self, column: int) -> re.Pattern[bytes]:
        """Finds cells that do not plainly name a column left of this one."""
        left = b"|".join(_letters_below(letter(column)))
        return re.compile(rb'%b(?! r="(?:%b)\d)' % (re.escape(self.cell_open), left))

    def last_column(self, row: bytes) -> int:
        """Column of a row's last cell, from its bytes without ``</row>``; -1 none, -2 it does not say."""
        at = row.rfind(self.cell_open)
        if at < 0:
            return -1
        at += len(self.cell_open)
        if row[at : at + 4] != b' r="':
            return -2
        return self.column(row[at + 4 : row.find(b'"', at + 4)].rstrip(_DIGITS))

    def quick_cells(self, row: bytes, first: bytes) -> tuple[int, list[tuple[int, bytes]]] | None:
        """Cells from the one that names ``first`` on, else all; where they begin; None where they need care."""
        at = max(0, row.find(b'%b%b"' % (self.cell_at, first)))
        pieces = row[at:].split(self.cell_at)
        if row.count(self.cell_open, at) >= len(pieces) or not row.endswith(self._cell_ends):
            return None
        at, column = at + len(pieces.pop(0)), self.column
        return at, [(column(piece[: piece.find(b'"')].rstrip(_DIGITS)), piece) for piece in pieces]

    def rows(self, run: bytes, previous: int) -> Iterator[tuple[int, int, int, int]]:
        """Each row's 1-based number and where its tag begins, its content begins, and it ends."""
        visible, position = masked(run), 0
        while found := self._row.search(visible, position):
            named = _REFERENCE.search(found[1])
            previous = int(named[2]) if named and named[2] else previous + 1
            content = found.end()
            closing = None if found[2] else self._row_close.search(visible, content)
            position = closing.end() if closing else content
            yield previous, found.start(), content, position

    def cells(self, content: bytes) -> list[Cell]:
        """The cells of a row, from its bytes."""
        out, column = [], -1
        for found in self._cell.finditer(masked(content)):
            named = _REFERENCE.search(found[1])
            column = self.column(named[1]) if named and named[1] else column + 1
            out.append(Cell(column, found.start(), found.end(), bool(named and named[1])))
        return out


def _letters_below(letters: str) -> Iterator[bytes]:
    """Patterns of the column letters before these: AC → [A-Z], A[A-B]."""
    for length in range(1, len(letters)):
        yield b"[A-Z]{%d}" % length
    for at, character in enumerate(letters):
        if character > "A":
            rest = b"[A-Z]{%d}" % (len(letters) - at - 1)
            yield letters[:at].encode() + b"[A-%c]" % (ord(character) - 1) + rest
