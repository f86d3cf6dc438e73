"""Date cells: dates, Excel serials and texts in any usual form → datetime64[D].

Whether 03/04/2025 is in March or April the whole table decides: an export writes all its dates one way.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.dates import EARLIEST, LATEST
from xlcredit.ledger.findings import Finding
from xlcredit.ledger.place import Strip

Triple = tuple[int, int, int]
"""First and second number of a date, day and month in either order, and the year."""

_EARLIEST, _LATEST = EARLIEST.toordinal(), LATEST.toordinal()
_EPOCH = date(1970, 1, 1).toordinal()
_SERIAL_0 = {False: date(1899, 12, 30).toordinal(), True: date(1904, 1, 1).toordinal()}
_NAT = np.datetime64("NaT", "D").astype(np.int64)

_DATE_TYPES = frozenset((date, datetime, str, float, int, type(None)))

_TIME = re.compile(
    r"(?:[T ]\s*|(?<=日))[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?\s*(?:[ap]\.?m\.?)?\s*"
    r"(?:Z|[+-][0-9]{2}:?[0-9]{2})?$",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"([0-9]{4})\s?[-/.年]\s?([0-9]{1,2})\s?[-/.月]\s?([0-9]{1,2})\s?日?\.?")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:\.0+)?")
_YEAR_LAST = re.compile(r"([0-9]{1,2})\s?[-/. ]\s?([0-9]{1,2})\s?[-/. ]\s?([0-9]{4}|[0-9]{2})\.?")
_DAY_NAME = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|er|\.)?[-\s/.]*([a-z]+)\.?[-\s/.,]*([0-9]{4}|[0-9]{2})")
_NAME_DAY = re.compile(r"([a-z]+)\.?[-\s/]*([0-9]{1,2})(?:st|nd|rd|th)?[-\s/.,]+([0-9]{4}|[0-9]{2})")
_YEAR_NAME = re.compile(r"([0-9]{4})[-\s/.]*([a-z]+)\.?[-\s/.]*([0-9]{1,2})")
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+(?=.*[0-9])")
_SERIAL = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")
_NO_DATE = frozenset(
    ("", "-", "--", "00.00.0000", "0000-00-00", "00/00/0000", "0000/00/00", "00-00-0000", "00000000", "0000.00.00")
)


def _month_names() -> dict[str, int]:
    """Every prefix of three letters or more of a month's name in six languages that means one month only."""
    names = (
        "january february march april may june july august september october november december "
        "januar februar marz april mai juni juli august september oktober november dezember "
        "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre "
        "januari februari maart april mei juni juli augustus september oktober november december "
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre "
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"
    ).split()
    meanings: dict[str, set[int]] = {"mrz": {3}, "maerz": {3}, "sept": {9}, "mrt": {3}}
    for index, name in enumerate(names):
        for length in range(3, len(name) + 1):
            meanings.setdefault(name[:length], set()).add(index % 12 + 1)
    return {name: months.pop() for name, months in meanings.items() if len(months) == 1}


_MONTHS = _month_names()


@dataclass(frozen=True, slots=True)
class DayColumn:
    """A date column read: days, and the findings on its cells."""

    days: NDArray[np.datetime64]
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class _Scan:
    """A date column before the order of day and month is known."""

    strip: Strip
    days: NDArray[np.int64]
    either: dict[int, Triple] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    day_first: int = 0
    month_first: int = 0


def read_days(strips: Mapping[str, Strip], *, epoch_1904: bool = False) -> dict[str, DayColumn]:
    """Each date column's days; columns without evidence of their own take the order of the others."""
    scans = {role: _scan(strip, epoch_1904) for role, strip in strips.items()}
    day_first = sum(scan.day_first for scan in scans.values())
    month_first = sum(scan.month_first for scan in scans.values())
    return {role: _settled(scan, day_first, month_first) for role, scan in scans.items()}


def _settled(scan: _Scan, day_first_around: int, month_first_around: int) -> DayColumn:
    """The column with its ambiguous dates decided: by its own cells, the table's, else day first."""
    own = scan.day_first or scan.month_first
    first, second = (scan.day_first, scan.month_first) if own else (day_first_around, month_first_around)
    month_first = second > first
    for position, (one, two, year) in scan.either.items():
        day, month = (two, one) if month_first else (one, two)
        scan.days[position] = date(year, month, day).toordinal() - _EPOCH
    if scan.day_first and scan.month_first:
        scan.findings.insert(0, _order_finding(scan, "mixed-date-orders", month_first))
    elif scan.either and first == second:
        scan.findings.insert(0, _order_finding(scan, "ambiguous-dates", month_first))
    return DayColumn(scan.days.view("datetime64[D]"), tuple(scan.findings))


def _order_finding(scan: _Scan, code: str, month_first: bool) -> Finding:
    position = next(iter(scan.either), 0)
    cell = scan.strip.cells[position]
    read = str(scan.days[position : position + 1].view("datetime64[D]")[0])
    facts = {
        "heading": scan.strip.heading,
        "order": "m/d/y" if month_first else "d/m/y",
        "example": str(cell),
        "read": read,
    }
    return Finding("warning", code, scan.strip.column, facts)


def _scan(strip: Strip, epoch_1904: bool) -> _Scan:
    """Reads each distinct cell once: an export has far fewer dates than rows."""
    cells = strip.cells
    if not set(map(type, cells)) <= _DATE_TYPES:
        cells = [cell if type(cell) in _DATE_TYPES else repr(cell) for cell in cells]
    read: dict[object, int | Triple | None] = {cell: _day(cell, epoch_1904) for cell in set(cells)}
    if not any(isinstance(day, tuple) or day is None for day in read.values()) and not strip.broken:
        return _Scan(strip, np.fromiter(map(read.__getitem__, cells), np.int64, len(cells)))
    return _sorted_out(_Scan(strip, np.full(len(cells), _NAT)), cells, read)


def _sorted_out(scan: _Scan, cells: Sequence[object], read: Mapping[object, int | Triple | None]) -> _Scan:
    for position, cell in enumerate(cells):
        day = read[cell]
        if position in scan.strip.broken:
            code = "date-uncached" if scan.strip.broken[position].startswith("(") else "date-error"
            scan.findings.append(_cell_finding(scan.strip, position, code, scan.strip.broken[position]))
        elif isinstance(day, tuple):
            _vote(scan, position, day)
        elif day is None:
            scan.findings.append(_cell_finding(scan.strip, position, "date-unreadable", cell))
        else:
            scan.days[position] = day
    return scan


def _vote(scan: _Scan, position: int, triple: Triple) -> None:
    one, two, year = triple
    if one <= 12 and two <= 12:
        scan.either[position] = triple
        if one == two:  # 04/04 says nothing about the order and needs none
            scan.days[position] = date(year, two, one).toordinal() - _EPOCH
            del scan.either[position]
        return
    scan.day_first += one > 12
    scan.month_first += two > 12
    day, month = max(one, two), min(one, two)
    scan.days[position] = date(year, month, day).toordinal() - _EPOCH


def _cell_finding(strip: Strip, position: int, code: str, cell: object) -> Finding:
    return Finding("warning", code, strip.cell(position), {"text": str(cell)[:40], "heading": strip.heading})


def _day(cell: object, epoch_1904: bool) -> int | Triple | None:
    """Days since 1970, a triple whose order is open, the NaT number for a blank, None for no date."""
    if cell is None:
        return int(_NAT)
    if isinstance(cell, date):
        return _within(cell.toordinal())
    if isinstance(cell, str):
        return _day_of_text(cell, epoch_1904)
    return _day_of_number(float(cell), epoch_1904) if isinstance(cell, int | float) and abs(cell) < 1e9 else None


def day_of(cell: object) -> int | Triple | None:
    """Days since 1970 of one cell by itself, which no column helps to read.

    The number of NaT for a blank, a triple where the order of day and month stays open, None for no date.
    """
    day = _day(cell, epoch_1904=False)
    if not isinstance(day, tuple):
        return day
    one, two, year = day
    return day if one != two and max(one, two) <= 12 else _ordinal(year, min(one, two), max(one, two))


def _day_of_number(number: float, epoch_1904: bool) -> int | Triple | None:
    if math.isnan(number):
        return None
    if number >= 19_800_101 and number == int(number):
        return _day_of_text(str(int(number)), epoch_1904)
    return _within(int(number) + _SERIAL_0[epoch_1904]) if number >= 1 else None


def _within(ordinal: int) -> int | None:
    return ordinal - _EPOCH if _EARLIEST <= ordinal <= _LATEST else None


def _day_of_text(cell: str, epoch_1904: bool) -> int | Triple | None:
    text = (
        cell
        if cell.isascii()
        else unicodedata.normalize("NFKC", cell).replace("–", "-").replace("—", "-").replace("−", "-")
    )
    text = _TIME.sub("", text.strip()).strip()
    if text in _NO_DATE:
        return int(_NAT)
    if found := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        return _ordinal(int(found[1]), int(found[2]), int(found[3]))
    if found := _YEAR_LAST.fullmatch(text):
        return _triple(int(found[1]), int(found[2]), _year(found[3]))
    if _SERIAL.fullmatch(text):
        return _day_of_number(float(text), epoch_1904)
    return _day_of_words(text)


def _day_of_words(text: str) -> int | None:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text).lower() if not unicodedata.combining(c))
    plain = _WEEKDAY.sub("", plain)
    if found := _DAY_NAME.fullmatch(plain):
        day, name, year = found.groups()
    elif found := _NAME_DAY.fullmatch(plain):
        name, day, year = found.groups()
    elif found := _YEAR_NAME.fullmatch(plain):
        year, name, day = found.groups()
    else:
        return None
    return _ordinal(_year(year), _MONTHS.get(name, 0), int(day))


def _year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 80 else 1900)


def _triple(one: int, two: int, year: int) -> Triple | None:
    """A date whose order is open, if it is one in at least one order."""
    possible = [_ordinal(year, month, day) for day, month in ((one, two), (two, one))]
    return (one, two, year) if any(day is not None for day in possible) else None


def _ordinal(year: int, month: int, day: int) -> int | None:
    try:
        return _within(date(year, month, day).toordinal())
    except ValueError:
        return None


def is_date_text(text: str) -> bool:
    """Whether a text is a date, or one of the ways to write none."""
    return _day_of_text(text, epoch_1904=False) is not None
