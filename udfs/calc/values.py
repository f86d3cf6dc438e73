"""Cells as Calc hands them to an add-in and takes them back.

Calc gives a range as rows of numbers and text, a blank cell in it as empty text, a single cell or a figure as itself
and an omitted argument as None. It takes rows of numbers and text; an error is a number there, as in its own arrays:
a NaN whose lower half is the error's code.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from datetime import date

Given = Sequence[Sequence[object]] | float | str | None
Rows = list[list[object]]

ERRORS = {
    "#NUM!": 503,
    "#VALUE!": 519,
    "#NULL!": 521,
    "#REF!": 524,
    "#NAME?": 525,
    "#DIV/0!": 532,
    "#N/A": 32767,
}
"""Calc's codes, from formula/errorcodes.hxx; what ERRORTYPE and the status bar call Err:503 and so on."""

DAYS = frozenset(("as_of", "due", "paid", "valid_to"))
"""Arguments that hold days."""

_NAN = 0x7FF8_0000_0000_0000
_ORIGIN = date(1899, 12, 30).toordinal()


def rows_of(name: str, given: Given) -> Rows | None:
    """Rows of an argument.

    Calc reads a single blank cell as 0. Where days are asked for that is a blank: no document is due in 1899.
    """
    if given is None:
        return None
    if isinstance(given, Sequence) and not isinstance(given, str):
        return [list(row) for row in given]
    return [["" if name in DAYS and given == 0 else given]]


def cells_of(rows: Rows, log: Callable[[str, str], None]) -> tuple[tuple[float | str, ...], ...]:
    """Cells for Calc; ``log`` is told the code and the reason of each error that states one."""
    return tuple(tuple(_cell(value, log) for value in row) for row in rows)


def _cell(value: object, log: Callable[[str, str], None]) -> float | str:
    if isinstance(value, str):
        return _text(value, log)
    if isinstance(value, date):
        return float(value.toordinal() - _ORIGIN)
    return float(value)


def _text(text: str, log: Callable[[str, str], None]) -> float | str:
    code, _, reason = text.partition(" ")
    if code not in ERRORS:
        return text
    if reason:
        log(code, reason)
    return error(code)


def error(code: str) -> float:
    """An error such as "#N/A" as Calc's arrays hold it."""
    return struct.unpack("<d", struct.pack("<Q", _NAN | ERRORS[code]))[0]
