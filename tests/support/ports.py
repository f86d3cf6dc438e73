"""The ledger's workbook through each port that a button may press on: a file, and one open in Excel."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from tests.support.xlengine import opened
from udfs.live import LiveWorkbook
from xlcredit.excel.files import FileWorkbook
from xlcredit.excel.workbook import Workbook

Opened = Callable[[Path], AbstractContextManager[Workbook]]


@contextmanager
def in_file(path: Path) -> Iterator[Workbook]:
    """The file itself is written."""
    yield FileWorkbook(path, in_place=True)


@contextmanager
def in_excel(path: Path) -> Iterator[Workbook]:
    """The workbook is open in the stand-in for Excel, and unsaved when it is left."""
    with opened(path) as book:
        yield LiveWorkbook(book)
