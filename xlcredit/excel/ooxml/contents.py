"""What stands inside a cell: a constant, or a formula with the result it had when we wrote it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import isnan

import numpy as np

from xlcredit.excel.ooxml.markup import escaped, inline_string

_ERROR = re.compile(r"#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|GETTING_DATA)(?=\s|$)")
_NEWER_ERROR = re.compile(r"#(?:SPILL|CALC|FIELD|BLOCKED|CONNECT|UNKNOWN|BUSY|PYTHON|EXTERNAL|TIMEOUT)!(?=\s|$)")
_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - a cell's day has no zone

Inside = tuple[bytes, bytes]
"""A cell's ``t`` attribute, with the blank before it, and its content."""


@dataclass(frozen=True, slots=True)
class Spelled:
    """A formula as the file spells it: in pieces between which the row's number stands, for cells of one column."""

    pieces: tuple[bytes, ...]
    letters: bytes
    dynamic: int = 0
    """The ``cm`` index of a dynamic array; 0 for a plain formula."""

    @classmethod
    def of(cls, pieces: Sequence[str], letters: str, dynamic: int = 0) -> Spelled:
        """The formula of these pieces of text."""
        return cls(tuple(escaped(piece).encode() for piece in pieces), letters.encode(), dynamic)

    @property
    def attribute(self) -> bytes:
        """What its cells say in their tag."""
        return b' cm="%d"' % self.dynamic if self.dynamic else b""

    def writer(self, prefix: bytes) -> Callable[[bytes], bytes]:
        """What makes the <f> of a row from the row's digits."""
        opening, closing = b"<%bf>" % prefix, b"</%bf>" % prefix
        array, letters, pieces = b'<%bf t="array" ref="' % prefix, self.letters, self.pieces
        if self.dynamic:
            return lambda row: array + letters + row + b'">' + row.join(pieces) + closing
        return lambda row: opening + row.join(pieces) + closing

    def spilled(self, first: bytes, last: bytes, prefix: bytes) -> bytes:
        """The <f> in the first of the rows that its result fills."""
        p, at = prefix, self.letters
        return b'<%bf t="array" ref="%b%b:%b%b">%b</%bf>' % (p, at, first, at, last, first.join(self.pieces), p)


def constant(value: object, prefix: bytes, shift: float) -> Inside:
    """A cell that holds this value; ``shift`` days are added to dates (the 1904 system)."""
    if isinstance(value, str) and value:
        return b' t="inlineStr"', inline_string(value, prefix.decode())
    found = _figure(value, prefix, shift)
    return found or (b"", b"")


def result(value: object, prefix: bytes, shift: float) -> Inside:
    """The cached result of a formula; a text that begins with an error's code is that error, blank the empty text."""
    if found := _figure(value, prefix, shift):
        return found
    text = str(value) if isinstance(value, str) else ""
    if code := error_code(text):
        return b' t="e"', b"<%bv>%b</%bv>" % (prefix, code.encode(), prefix)
    return b' t="str"', b"<%bv>%b</%bv>" % (prefix, escaped(text).encode(), prefix)


def error_code(text: str) -> str:
    """The Excel error a text begins with, "" for none; the newer ones, which files do not know, count as #VALUE!."""
    found = _ERROR.match(text)
    if found:
        return found[0]
    return "#VALUE!" if _NEWER_ERROR.match(text) else ""


def serial(day: date) -> float:
    """The day as Excel counts them from 1900, with the time as a share of it."""
    moment = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)  # noqa: DTZ001
    return (moment - _DAY_ZERO).total_seconds() / 86_400


def number(value: float) -> bytes:
    """A number as Excel writes it."""
    return b"%d" % value if float(value).is_integer() and -1e15 < value < 1e15 else b"%r" % float(value)


def _figure(value: object, prefix: bytes, shift: float) -> Inside | None:
    """Truth values, numbers and days; None for all else, blanks included."""
    if isinstance(value, bool | np.bool_):
        return b' t="b"', b"<%bv>%d</%bv>" % (prefix, bool(value), prefix)
    if isinstance(value, date):
        return b"", b"<%bv>%b</%bv>" % (prefix, number(serial(value) + shift), prefix)
    if not isinstance(value, int | float | np.number) or isnan(value):
        return None
    return b"", b"<%bv>%b</%bv>" % (prefix, number(float(value)), prefix)
