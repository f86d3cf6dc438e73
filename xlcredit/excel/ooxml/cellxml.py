"""The XML of our new cells, a block of rows at a time: one template per row, filled in bulk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import repeat
from math import isnan

import numpy as np
from numpy.typing import NDArray

from xlcredit.excel.additions import Column
from xlcredit.excel.ooxml.contents import Spelled, constant, result
from xlcredit.excel.ooxml.markup import inline_string
from xlcredit.excel.ooxml.stylesheet import Stylesheet
from xlcredit.excel.styles import FORMATS, SIDES
from xlcredit.ledger.grid import letter

BLOCK = 4096
Block = tuple[list[bytes], list[bytes]]
"""Sheet rows, counted from 1 as the file does, in digits, and the XML of our cells in each."""


@dataclass(frozen=True, slots=True)
class Styles:
    """Style indexes of one added column: its header's, its body's, that of texts that look like formulas, of dates."""

    header: int
    body: int
    quoted: int
    dated: int
    """Of a date among values of other kinds."""
    tinted: Styles | None = None
    """Of the cells that have the column's tint."""


def settled(column: Column, header: int, neighbour: int, styles: Stylesheet, *, top: bool = False) -> Styles:
    """The styles of a column whose body stands beside cells of style ``neighbour``, or at the top of its rows."""
    look = partial(styles.body, neighbour, horizontal=SIDES[column.kind], wrapped=column.kind == "wrapped", top=top)
    plain = _settled(column, header, look)
    return replace(plain, tinted=_settled(column, header, partial(look, fill=column.tint))) if column.tint else plain


def _settled(column: Column, header: int, look: Callable[..., int]) -> Styles:
    kind, values = column.kind, frozenset[object]() if column.is_number else frozenset(column.values.tolist())
    body = look(FORMATS[kind])
    suspicious = (column.formula is None or column.live is not None) and any(map(looks_like_formula, values))
    dated = any(isinstance(value, date) for value in values)
    return Styles(
        header,
        body,
        look(FORMATS[kind], quoted=True) if suspicious else body,
        look(FORMATS["date"]) if dated else body,
    )


def header_cells(texts: Sequence[str], styles: Sequence[Styles], row: int, first: int, prefix: str) -> bytes:
    """The header cells in a 1-based row, from a column on."""
    return b"".join(
        b'<%bc r="%b%d" s="%d" t="inlineStr">%b</%bc>'
        % (prefix.encode(), letter(first + k).encode(), row, style.header, inline_string(text, prefix), prefix.encode())
        for k, (text, style) in enumerate(zip(texts, styles, strict=True))
    )


def body_cells(
    columns: Sequence[Column],
    styles: Sequence[Styles],
    formulas: Sequence[Spelled | None],
    rows: NDArray[np.int64],
    first: int,
    prefix: str,
    shift: float,
) -> Iterator[Block]:
    """Our cells of each 0-based row in ``rows``; ``shift`` days are added to dates (the 1904 system)."""
    openings = [repeat(opening) for opening in _openings(styles, first, prefix)]
    for start in range(0, len(rows), BLOCK):
        numbers = [b"%d" % number for number in (rows[start : start + BLOCK] + 1).tolist()]
        fields: list[Iterable[bytes]] = []
        part = slice(start, start + BLOCK)
        for opening, column, style, formula in zip(openings, columns, styles, formulas, strict=True):
            fields += (opening, numbers, _column(column, style, formula, part, numbers, prefix, shift))
        yield numbers, list(map(b"".join, zip(*fields, strict=False)))


class Supply:
    """Our cells, handed out as the sheet's rows come by; ``number`` is the 1-based row they are for, 0 at the end."""

    def __init__(self, blocks: Iterator[Block]) -> None:
        self._blocks = blocks
        self._numbers: list[bytes] = []
        self._cells: list[bytes] = []
        self._at = 0
        self.number = 0
        self._fill(1)

    def next(self) -> bytes:
        """The cells of row ``number``."""
        cells = self._cells[self._at]
        self._step(1)
        return cells

    def take(self, numbers: list[bytes]) -> list[bytes] | None:
        """The cells of exactly these rows, if they are the next ones."""
        size = len(numbers)
        self._fill(size)
        if self._numbers[self._at : self._at + size] != numbers:
            return None
        cells = self._cells[self._at : self._at + size]
        self._step(size)
        return cells

    def _step(self, size: int) -> None:
        self._at += size
        self._fill(1)

    def _fill(self, size: int) -> None:
        while len(self._numbers) - self._at < size and (block := next(self._blocks, None)):
            self._numbers = self._numbers[self._at :] + block[0]
            self._cells = self._cells[self._at :] + block[1]
            self._at = 0
        self.number = int(self._numbers[self._at]) if self._at < len(self._numbers) else 0


def _openings(styles: Sequence[Styles], first: int, prefix: str) -> Iterator[bytes]:
    """What stands before each cell's row number."""
    for column in range(first, first + len(styles)):
        yield b'<%bc r="%b' % (prefix.encode(), letter(column).encode())


def _column(
    column: Column,
    style: Styles,
    formula: Spelled | None,
    part: slice,
    rows: Sequence[bytes],
    prefix: str,
    shift: float,
) -> list[bytes]:
    """What follows the address of each cell, tinted where the column's tint stands."""
    plain = _cells(column, style, formula, part, rows, prefix, shift)
    if style.tinted is None or column.tinted is None:
        return plain
    tinted = _cells(column, style.tinted, formula, part, rows, prefix, shift)
    return [t if has_tint else p for has_tint, t, p in zip(column.tinted[part].tolist(), tinted, plain, strict=True)]


def _cells(
    column: Column,
    style: Styles,
    formula: Spelled | None,
    part: slice,
    rows: Sequence[bytes],
    prefix: str,
    shift: float,
) -> list[bytes]:
    """What follows the address of each cell, formulas where they stand and else values."""
    if formula is None:
        return _fragments(column, style, part, prefix, shift)
    calculated = _calculated(column, style, formula, part, rows, prefix, shift)
    if column.live is None:
        return calculated
    values = _fragments(column, style, part, prefix, shift)
    live = column.live[part].tolist()
    return [
        with_formula if is_live else value
        for is_live, with_formula, value in zip(live, calculated, values, strict=True)
    ]


def _fragments(column: Column, style: Styles, part: slice, prefix: str, shift: float) -> list[bytes]:
    """What follows the address of each cell."""
    values = column.values[part]
    if column.is_number:
        serials = values + shift if column.kind == "date" else values
        return _numbers(serials, _look(style.body), prefix.encode())
    texts = values.tolist()
    if column.kind == "mixed":
        return [_constant(value, style, prefix.encode(), shift) for value in texts]
    # A label such as a bucket's stands in thousands of rows: each distinct text is escaped once.
    known = {
        text: _look(style.quoted if looks_like_formula(text) else style.body) + _text(text, prefix)
        for text in set(texts)
    }
    return [known[text] for text in texts]


def _calculated(
    column: Column, style: Styles, formula: Spelled, part: slice, rows: Sequence[bytes], prefix: str, shift: float
) -> list[bytes]:
    """What follows the address of each cell of a column of formulas."""
    p, values = prefix.encode(), column.values[part]
    if column.kind == "date" and column.is_number:
        values = values + shift
    around = partial(_around, style=style, attribute=formula.attribute, prefix=p, shift=shift)
    written, closing = formula.writer(p), b"</%bc>" % p
    return [
        before + written(row) + after + closing
        for row, (before, after) in zip(rows, map(around, values.tolist()), strict=True)
    ]


def _around(value: object, *, style: Styles, attribute: bytes, prefix: bytes, shift: float) -> tuple[bytes, bytes]:
    """What stands before a cell's formula, and behind it."""
    kind, inside = result(value, prefix, shift)
    return _look(style.dated if isinstance(value, date) else style.body) + kind + attribute + b">", inside


def _constant(value: object, style: Styles, prefix: bytes, shift: float) -> bytes:
    """What follows the address of a cell of a mixed column."""
    kind, inside = constant(value, prefix, shift)
    look = style.dated if isinstance(value, date) else style.quoted if looks_like_formula(value) else style.body
    return _look(look) + (kind + b">" + inside + b"</%bc>" % prefix if inside else b"/>")


def looks_like_formula(value: object) -> bool:
    """Whether a text would become a formula if somebody edited its cell and pressed Enter."""
    return isinstance(value, str) and value.startswith(("=", "+", "-", "@"))


def _look(style: int) -> bytes:
    return b'" s="%d"' % style if style else b'"'


def _numbers(values: NDArray[np.float64], look: bytes, p: bytes) -> list[bytes]:
    opening, closing = b"%b><%bv>" % (look, p), b"</%bv></%bc>" % (p, p)
    whole, broken, blank = opening + b"%d" + closing, opening + b"%r" + closing, look + b"/>"
    # Days, stages and nothing stand in thousands of rows, too.
    distinct, places = np.unique(values, return_inverse=True)
    known = [
        blank if isnan(v) else (whole if v.is_integer() and -1e15 < v < 1e15 else broken) % v for v in distinct.tolist()
    ]
    written: list[bytes] = np.array(known, dtype=object)[places].tolist()
    return written


def _text(text: str | None, prefix: str) -> bytes:
    if not text:
        return b"/>"
    return b' t="inlineStr">%b</%bc>' % (inline_string(str(text), prefix), prefix.encode())
