"""Generates a plain .xlsx from grids: values as they are, dates with a date format, text never as a formula.

XlsxWriter makes the *frame*, a workbook whose sheets have names, widths and formats but no rows; the
rows are then streamed into it, ten times faster than cell by cell and without holding them.
"""

from __future__ import annotations

import re
import tempfile
from contextlib import contextmanager, suppress
from datetime import date, datetime, time, timedelta
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from xlcredit.excel.ooxml.archive import Archive
from xlcredit.excel.ooxml.gridxml import LOOKS, check_extent, sheet_xml
from xlcredit.excel.ooxml.package import Package
from xlcredit.excel.target import writing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from xlcredit.ledger.grid import Grid, Range

LONGEST_NAME = 31

_MEASURED_ROWS = 200
_NARROWEST, _WIDEST = 8, 60
_LARGEST_MERGE = 100_000
"""Cells of a merged range that is worth keeping; a title spans a few, a trap spans the sheet."""
_UNWANTED = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_SAMPLES = {date: date(2000, 1, 1), datetime: datetime(2000, 1, 1), time: time(), timedelta: timedelta()}  # noqa: DTZ001


def build(target: Path, sheets: Sequence[Grid], *, epoch_1904: bool = False) -> None:
    """Writes a workbook with a sheet for each grid; the target appears whole or not at all."""
    with writing(target), tempfile.TemporaryDirectory(dir=target.parent, prefix=".xlcredit-") as folder:
        frame, draft = Path(folder) / "frame.xlsx", Path(folder) / target.name
        _frame(frame, sheets, epoch_1904=epoch_1904)
        _fill(frame, draft, sheets, epoch_1904=epoch_1904)
        draft.replace(target)


@contextmanager
def framed(path: Path, **options: object) -> Iterator[Workbook]:
    """A workbook of XlsxWriter's that is held in memory and written to a file when done.

    XlsxWriter would leave parts of it behind where a disk is full, and raise what is no OSError.
    """
    # Importing XlsxWriter takes longer than reading most workbooks, and only a new one needs it.
    from xlsxwriter import Workbook

    held = BytesIO()
    with Workbook(held, {"in_memory": True, **options}) as workbook:
        yield workbook
    path.write_bytes(held.getbuffer())


def sheet_name(wanted: str, taken: Collection[str]) -> str:
    """The name as Excel allows it: 31 characters, none of the seven it forbids, and no other sheet's."""
    plain = _UNWANTED.sub("_", wanted)[:LONGEST_NAME].strip("'") or "Sheet"
    used = {name.casefold() for name in (*taken, "History")}
    name, number = plain, 1
    while name.casefold() in used:
        number += 1
        name = f"{plain[: LONGEST_NAME - len(str(number)) - 3]} ({number})"
    return name


def _frame(path: Path, sheets: Sequence[Grid], *, epoch_1904: bool) -> None:
    taken: list[str] = []
    with framed(path, date_1904=epoch_1904) as workbook:
        for grid in sheets:
            taken.append(sheet_name(grid.name, taken))
            _frame_sheet(workbook, workbook.add_worksheet(taken[-1]), grid)
        _hide(workbook, [grid.hidden for grid in sheets])


def _frame_sheet(workbook: Workbook, sheet: Worksheet, grid: Grid) -> None:
    # One cell in each format, so that the formats are in the workbook, in this order; the rows replace the cells.
    for column, (kind, look) in enumerate(LOOKS.items()):
        sheet.write_datetime(0, column, _SAMPLES[kind], workbook.add_format({"num_format": look}))
    for column, width in _widths(grid).items():
        sheet.set_column(column, column, width + 1)
    _merge(sheet, grid.merged)


def _widths(grid: Grid) -> dict[int, int]:
    widths: dict[int, int] = {}
    for index, row in enumerate(islice(grid.rows(), _MEASURED_ROWS)):
        check_extent(grid.name, index, len(row))
        for column, value in enumerate(row):
            length = len(str(value)) if value is not None else 0
            if max(_NARROWEST, widths.get(column, 0)) < length <= _WIDEST:
                widths[column] = length
    return widths


def _merge(sheet: Worksheet, ranges: Sequence[Range]) -> None:
    from xlsxwriter.exceptions import OverlappingRange

    for top, left, bottom, right in ranges:
        if 1 < (bottom - top + 1) * (right - left + 1) <= _LARGEST_MERGE:
            # Excel would call a file with overlapping ranges damaged.
            with suppress(OverlappingRange):
                sheet.merge_range(top, left, bottom, right, "")


def _hide(workbook: Workbook, hidden: Sequence[bool]) -> None:
    """Hides the sheets that were hidden, as long as one is left to see."""
    if all(hidden):
        return
    shown = workbook.worksheets()[hidden.index(False)]
    shown.activate()
    shown.set_first_sheet()
    for sheet, flag in zip(workbook.worksheets(), hidden, strict=True):
        if flag:
            sheet.hide()


def _fill(frame: Path, draft: Path, sheets: Sequence[Grid], *, epoch_1904: bool) -> None:
    grids = {f"xl/worksheets/sheet{number}.xml": grid for number, grid in enumerate(sheets, 1)}
    with Package.open(frame) as package, draft.open("wb") as stream:
        archive = Archive(stream, package)
        for member in package.members:
            grid = grids.get(member.filename)
            if grid is None:
                archive.copy(member)
            else:
                archive.write(member, sheet_xml(package.read(member.filename), grid, epoch_1904=epoch_1904))
        archive.close()
