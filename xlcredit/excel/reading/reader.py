"""A workbook on disk as calamine reads it, completed by the scans of what calamine leaves out.

Parsing lets other threads run, so a sheet can be loaded while the program is still importing.
"""

from __future__ import annotations

import struct
import threading
from contextlib import contextmanager
from io import BytesIO
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar
from xml.parsers.expat import ExpatError

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from xlcredit.excel.reading.filekind import Kind, read_fault
from xlcredit.excel.reading.parts import PackageScans
from xlcredit.excel.reading.scan import MAX_AREA, Scan
from xlcredit.kernel.errors import WorkbookError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from xlcredit.excel.reading.scan_ods import OdsScans
    from xlcredit.excel.reading.scan_xls import XlsScans
    from xlcredit.ledger.grid import Cell, Range

T = TypeVar("T")

_KINDS_BY_SUFFIX = MappingProxyType(
    {".xlsx": "xlsx", ".xlsm": "xlsx", ".xlam": "xlsx", ".xls": "xls", ".xla": "xls", ".xlsb": "xlsb", ".ods": "ods"}
)


class Scans(Protocol):
    """What calamine does not tell about a workbook."""

    epoch_1904: bool

    def scan(self, sheet: str) -> Scan:
        """The scan of a sheet."""


class Later(Generic[T]):
    """A result that another thread is working on."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._value = self._work()
        except BaseException as fault:  # noqa: BLE001 - raised again where the result is asked for
            self._fault = fault

    def result(self) -> T:
        """The result, waited for; or the exception the work ended with."""
        self._thread.join()
        if hasattr(self, "_value"):
            return self._value
        raise self._fault


class LoadedSheet:
    """The cells of one sheet, and its scan."""

    def __init__(self, sheet: CalamineSheet, scan: Scan) -> None:
        self._sheet = sheet
        self.scan = scan
        self._left = sheet.start[1] if sheet.start else 0
        self.n_rows = sheet.end[0] + 1 if sheet.end else 0
        self.n_columns = sheet.end[1] + 1 if sheet.end else 0

    @property
    def merged(self) -> tuple[Range, ...]:
        """Merged ranges."""
        ranges = self._sheet.merged_cell_ranges
        return self.scan.merged if ranges is None else tuple((*start, *end) for start, end in ranges)

    def rows(self, start: int) -> Iterator[Sequence[Cell]]:
        """Each row's cells, counted from column A: calamine begins at the first used column."""
        rows = islice(self._sheet.iter_rows(), start, None) if start else self._sheet.iter_rows()
        if not self._left:
            return rows
        blank = [""] * self._left
        return ([*blank, *row] for row in rows)


class Reader:
    """An open workbook of one of the five workbook formats."""

    def __init__(self, path: Path, kind: Kind) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._scanned: dict[str, Scan] = {}
        with translated(path):
            self._scans = _scans(path, kind)
            self._calamine = _opened(path, kind)
            self.sheets = tuple(m for m in self._calamine.sheets_metadata if m.typ == SheetTypeEnum.WorkSheet)

    @property
    def epoch_1904(self) -> bool:
        """Whether serial days count from 1904."""
        return self._scans.epoch_1904

    def scan(self, name: str) -> Scan:
        """The scan of one sheet, made once; WorkbookError where its cells would not fit."""
        with self._lock, translated(self._path):
            if name not in self._scanned:
                scan = self._scans.scan(name)
                _check_extent(self._path, name, scan)
                self._scanned[name] = scan
            return self._scanned[name]

    def load(self, name: str) -> LoadedSheet:
        """One sheet's cells; WorkbookError where they cannot be read or would not fit."""
        scan = self.scan(name)
        with self._lock, translated(self._path):
            return LoadedSheet(self._calamine.get_sheet_by_name(name), scan)


def is_hidden(sheet: SheetMetadata) -> bool:
    """Whether a sheet is hidden, be it a little or very much."""
    return sheet.visible != SheetVisibleEnum.Visible


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Faults of the libraries come out as WorkbookError."""
    try:
        yield
    except PasswordError as fault:
        raise WorkbookError("encrypted", path.name, file=path.name) from fault
    except OSError as fault:
        # calamine also calls it an OSError when a part does not unpack; the system's own have a number.
        raise (read_fault(path, fault) if fault.errno else _damaged(path)) from fault
    except (CalamineError, ExpatError, ValueError, LookupError, struct.error, EOFError) as fault:
        raise _damaged(path) from fault
    except BaseException as fault:
        # A panic inside calamine is no Exception, and its class cannot be imported.
        if type(fault).__name__ == "PanicException":
            raise _damaged(path) from fault
        raise


def _damaged(path: Path) -> WorkbookError:
    return WorkbookError("damaged", path.name, file=path.name)


def _check_extent(path: Path, sheet: str, scan: Scan) -> None:
    if scan.area > MAX_AREA:
        extent = {"rows": scan.rows, "columns": scan.columns, "cells": scan.area}
        raise WorkbookError("sheet-too-large", path.name, sheet=sheet, **extent, limit=MAX_AREA)


def _scans(path: Path, kind: Kind) -> Scans:
    # Each format's scan is loaded when such a file comes: most never do.
    if kind == "xlsb":
        from xlcredit.excel.reading.scan_xlsb import XlsbScans

        return XlsbScans(path)
    if kind == "xls":
        from xlcredit.excel.reading.scan_xls import XlsScans

        return _all_checked(path, XlsScans(path))
    if kind == "ods":
        from xlcredit.excel.reading.scan_ods import OdsScans

        return _all_checked(path, OdsScans(path))
    return PackageScans(path)


def _all_checked(path: Path, scans: XlsScans | OdsScans) -> Scans:
    # calamine parses every sheet of these as soon as it opens the file.
    for name, scan in scans.scans.items():
        _check_extent(path, name, scan)
    return scans


def _opened(path: Path, kind: Kind) -> CalamineWorkbook:
    # calamine goes by the name where it knows the ending, and by the content where it is given bytes.
    named = _KINDS_BY_SUFFIX.get(path.suffix.lower())
    same = "xlsx" if kind in {"xlsm", "template"} else kind
    if named in {None, same}:
        return CalamineWorkbook.from_path(path)
    return CalamineWorkbook.from_filelike(BytesIO(path.read_bytes()))
