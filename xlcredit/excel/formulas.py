"""Formulas as text: which call our functions, how a user reads them, and what they say in another cell.

A formula is held without its "=". The file writes newer functions with prefixes such as ``_xlfn.``; nobody sees them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from xlcredit.excel.names import FUNCTIONS, OVER_ALL
from xlcredit.ledger.grid import letter, quoted

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
_PREFIX = re.compile(r"_xlfn\.(?:_xlws\.)?|_xludf\.|_xlpm\.|\[\d+\]!")
_CALL = re.compile(rf"(?<![\w.])(?:{'|'.join(FUNCTIONS)})\s*\(", re.IGNORECASE)
_NO_REFERENCE = (
    r"""("(?:[^"]|"")*"|'(?:[^']|'')*'!?|(?:\[[^\[\]]*\])|\w[\w.]*\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\])"""
)
_CELL = r"(\$?)([A-Za-z]{1,3})(\$?)([1-9]\d{0,6})"
_COLUMN = r"(\$?)([A-Za-z]{1,3}):(\$?)([A-Za-z]{1,3})"
_ROW = r"(\$?)([1-9]\d{0,6}):(\$?)([1-9]\d{0,6})"
# What a reference may not be part of: a longer name, a number, a function, a sheet.
_TOKEN = re.compile(rf"{_NO_REFERENCE}|(?<![\w.$\\?])(?:{_CELL}|{_COLUMN}|{_ROW})(?![\w.(!\\?\[])")
_LOST = "#REF!"
_CALLED = re.compile(r"([\w.]+)\s*\(")
_BY_ROW = frozenset(FUNCTIONS) - OVER_ALL
_NOT_STRETCHED = re.compile(r"\[|@|[A-Za-z]\$?\d+#")
"""A table's own way to name its row, a call that may not spill, a reference to what spilled."""


def calls_ours(formula: str) -> bool:
    """Whether a formula calls one of our worksheet functions."""
    return _CALL.search(_without_texts(formula)) is not None


def refers_to(formula: str, sheets: Iterable[str]) -> bool:
    """Whether a formula reads one of these sheets."""
    spelled = {spelling for sheet in sheets for spelling in (quoted(sheet), _always_quoted(sheet))}
    return any(re.search(rf"(?<![\w'.\]]){re.escape(name)}!", formula, re.IGNORECASE) for name in spelled)


def bare(formula: str) -> str:
    """The formula as a user reads it, without the file's prefixes."""
    pieces = re.split(r'("(?:[^"]|"")*")', formula)
    return "".join(piece if piece.startswith('"') else _PREFIX.sub("", piece) for piece in pieces)


def moved(formula: str, rows: int, columns: int) -> str:
    """The formula as it stands when filled this many rows down and columns to the right."""
    if not rows and not columns:
        return formula

    def shifted(found: re.Match[str]) -> str:
        texts = found.groups()
        if texts[0] is not None:
            return texts[0]
        if texts[2] is not None:
            return _cell(texts[1:5], rows, columns)
        if texts[6] is not None:
            return _pair(_column(texts[5], texts[6], columns), _column(texts[7], texts[8], columns))
        return _pair(_row(texts[9], texts[10], rows), _row(texts[11], texts[12], rows))

    return _TOKEN.sub(shifted, formula)


def reads_only_row(formula: str, row: int) -> bool:
    """Whether every reference of a formula is to a cell in one row (counted from 1), as a filled-down formula's are."""
    cells = [found for found in _TOKEN.finditer(formula) if found[1] is None]
    return bool(cells) and all(found[5] is not None and int(found[5]) == row for found in cells)


def stretched(formula: str, row: int, last: int) -> str | None:
    """One formula for the rows ``row`` to ``last`` (counted from 1), each reading its own, as one filled down does.

    What the formula reads of its own row it reads of all of them; fixed references stay. None where no such formula
    gives the same: it reads other rows, or calls a function that is not ours or makes one figure of many.
    """
    calls = {name.upper() for name in _CALLED.findall(_without_texts(formula))}
    if not calls or not calls <= _BY_ROW or _NOT_STRETCHED.search(_without_texts(formula)):
        return None
    out, position, seen = [], 0, False
    for found in _TOKEN.finditer(formula):
        if found[1] is not None or (found[2] is None and found[10] is None):
            continue  # a text, a name, a whole column
        if found[10] is not None:
            return None  # a whole row
        if found[4]:
            continue  # a fixed row
        if int(found[5]) != row:
            return None
        seen = True
        end = f"{found[2]}{found[3]}{last}"
        starts, ends = formula[found.end() : found.end() + 1] == ":", formula[found.start() - 1 : found.start()] == ":"
        out += [formula[position : found.start()], end if ends else found[0], "" if starts or ends else f":{end}"]
        position = found.end()
    return "".join([*out, formula[position:]]) if seen else None


def _cell(texts: tuple[str, ...], rows: int, columns: int) -> str:
    column, row = _column(texts[0], texts[1], columns), _row(texts[2], texts[3], rows)
    return column + row if column and row else _LOST


def _pair(start: str, end: str) -> str:
    return f"{start}:{end}" if start and end else _LOST


def _column(fixed: str, letters: str, by: int) -> str:
    """Column letters moved; "" where there is no such column."""
    number = 0
    for character in letters.upper():
        number = number * 26 + ord(character) - 64
    if number > MOST_COLUMNS:
        return fixed + letters  # a name that only looks like one
    number += 0 if fixed else by
    return fixed + letter(number - 1) if 1 <= number <= MOST_COLUMNS else ""


def _row(fixed: str, digits: str, by: int) -> str:
    number = int(digits) + (0 if fixed else by)
    return f"{fixed}{number}" if 1 <= number <= MOST_ROWS else ""


def _without_texts(formula: str) -> str:
    return re.sub(r'"(?:[^"]|"")*"', '""', formula)


def _always_quoted(sheet: str) -> str:
    return "'" + sheet.replace("'", "''") + "'"
