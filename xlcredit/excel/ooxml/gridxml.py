"""The rows of a grid as the XML of a sheet, in blocks."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache, partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from xlcredit.excel.ooxml.markup import LONGEST_TEXT, escaped
from xlcredit.kernel.errors import WorkbookError
from xlcredit.ledger.grid import UNCACHED, letter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from xlcredit.ledger.grid import Cell, Grid

    Content = Callable[[object], str]

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384

LOOKS: Mapping[type, str] = MappingProxyType(
    {date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm:ss", time: "hh:mm:ss", timedelta: "[h]:mm:ss"}
)
"""Type of a value → number format of its cell."""

_ROWS_OF_SAMPLES = re.compile(rb"<sheetData>.*</sheetData>", re.DOTALL)
_SAMPLE_STYLE = re.compile(rb'<c r="[A-Z]1" s="(\d+)"')
_DIMENSION = re.compile(rb"<dimension [^>]*/>")
_ERROR = re.compile(r"#[A-Z0-9/!?_]+")
_BLOCK = 1000
_SECONDS = 86_400
_LEAP_DAY_1900 = date(1900, 3, 1)


def sheet_xml(frame: bytes, grid: Grid, *, epoch_1904: bool) -> Iterator[bytes]:
    """The sheet of a frame with a grid's rows in place of its sample cells, which tell the styles of ``LOOKS``."""
    styles = dict(zip(LOOKS, map(int, _SAMPLE_STYLE.findall(frame)), strict=False))
    head, tail = _ROWS_OF_SAMPLES.split(frame, maxsplit=1)
    yield _DIMENSION.sub(b"", head) + b"<sheetData>"
    block: list[str] = []
    for row in _rows(grid, _contents(styles, epoch_1904=epoch_1904)):
        block.append(row)
        if len(block) == _BLOCK:
            yield "".join(block).encode()
            block.clear()
    yield "".join(block).encode() + b"</sheetData>" + tail


def check_extent(name: str, row: int, width: int) -> None:
    """Raise WorkbookError where a row, or a cell of it, lies outside what a sheet can hold."""
    if row >= MAX_ROWS:
        raise WorkbookError("too-many-rows", name, sheet=name, limit=f"{MAX_ROWS:,}")
    if width > MAX_COLUMNS:
        raise WorkbookError("too-many-columns", name, sheet=name, columns=f"{width:,}", limit=f"{MAX_COLUMNS:,}")


def _rows(grid: Grid, contents: Mapping[type, Content]) -> Iterator[str]:
    faults = _faults_by_row(grid)
    letters: list[str] = []
    index = -1
    for index, row in enumerate(grid.rows()):
        check_extent(grid.name, index, len(row))
        if len(letters) < len(row):
            letters = [letter(column) for column in range(len(row))]
        cells = [
            f'<c r="{name}{index + 1}"{contents[type(value)](value)}'
            for name, value in zip(letters, row, strict=False)
            if value is not None and value != ""
        ]
        if index in faults:
            cells = _with_faults(index, row, contents, faults.pop(index))
        if cells:
            yield f'<row r="{index + 1}">{"".join(cells)}</row>'
    for below in sorted(faults):
        yield f'<row r="{below + 1}">{"".join(_with_faults(below, (), contents, faults[below]))}</row>'


def _faults_by_row(grid: Grid) -> dict[int, dict[int, str]]:
    rows: dict[int, dict[int, str]] = {}
    for (row, column), fault in grid.broken.items():
        rows.setdefault(row, {})[column] = fault
    return rows


def _with_faults(
    index: int, row: Sequence[Cell], contents: Mapping[type, Content], faults: Mapping[int, str]
) -> list[str]:
    """The cells of a row in which some are broken."""
    filled = {column: value for column, value in enumerate(row) if value is not None and value != ""}
    inside = {column: contents[type(value)](value) for column, value in filled.items()}
    inside.update((column, _fault(fault)) for column, fault in faults.items())
    return [f'<c r="{letter(column)}{index + 1}"{inside[column]}' for column in sorted(inside)]


def _fault(fault: str) -> str:
    """An error value; or a formula without a value, which is what a formula nothing has calculated was."""
    if fault == UNCACHED:
        return "><f>NA()</f></c>"
    return f' t="e"><v>{fault if _ERROR.fullmatch(fault) else "#VALUE!"}</v></c>'


def _contents(styles: Mapping[type, int], *, epoch_1904: bool) -> dict[type, Content]:
    """How each type of value is written, from the style on."""
    day = partial(_day, style=styles[date], epoch_1904=epoch_1904)
    moment = partial(_day, style=styles[datetime], epoch_1904=epoch_1904)
    return {
        str: lru_cache(maxsize=1 << 14)(_text),
        float: _number,
        int: _number,
        bool: lambda value: f' t="b"><v>{int(bool(value))}</v></c>',
        date: lru_cache(maxsize=1 << 12)(day),
        datetime: moment,
        time: partial(_duration, style=styles[time]),
        timedelta: partial(_duration, style=styles[timedelta]),
    }


def _text(value: object) -> str:
    # Inline text is text to every reader, however it begins.
    return f' t="inlineStr"><is><t xml:space="preserve">{escaped(str(value)[:LONGEST_TEXT])}</t></is></c>'


def _number(value: object) -> str:
    return f"><v>{value!r}</v></c>" if isinstance(value, int | float) and math.isfinite(value) else "/>"


def _day(value: object, *, style: int, epoch_1904: bool) -> str:
    if not isinstance(value, date) or value.year < (1904 if epoch_1904 else 1900):
        return _text(value)  # before the calendar of the workbook begins
    if epoch_1904:
        first = date(1904, 1, 1)
    else:
        # The calendar from 1900 has a 29 February 1900 that never was.
        first = date(1899, 12, 31) if date(value.year, value.month, value.day) < _LEAP_DAY_1900 else date(1899, 12, 30)
    serial: float = value.toordinal() - first.toordinal()
    if isinstance(value, datetime):
        serial += _share(timedelta(hours=value.hour, minutes=value.minute, seconds=value.second))
    return f' s="{style}"><v>{serial!r}</v></c>'


def _duration(value: object, *, style: int) -> str:
    if isinstance(value, time):
        value = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond)
    return f' s="{style}"><v>{_share(value)!r}</v></c>' if isinstance(value, timedelta) else _text(value)


def _share(duration: timedelta) -> float:
    """A duration in days."""
    return duration.total_seconds() / _SECONDS
