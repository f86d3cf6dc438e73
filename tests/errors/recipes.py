"""What a case cannot have in writing: binary files, faults of the system, calls that no command makes."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from unittest.mock import patch as replaced
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np
import xlsxwriter
import xlwt

from tests.support import refused
from tests.support.ledgers import HEADER_ROW, LAST_COLUMN, ROWS, SHEET, ledger_book, plain
from tests.support.packages import LEDGER, reworked
from tests.support.packages import replace as replace_text
from udfs.addin import install
from udfs.addin.install import Places
from xlcredit.excel.additions import Column, Columns, Formula, Name, Rewrite, Sheet
from xlcredit.excel.pack.place import free_place
from xlcredit.excel.patch import patch
from xlcredit.excel.workbook import MemoryWorkbook
from xlcredit.letters import pdf
from xlcredit.letters.templates import builtin
from xlcredit.policy.sheetreading import from_rows

HEADINGS = "Customer No,Document Number,Document Date,Due Date,Amount,Currency"


def folder(path: Path) -> None:
    """A folder named like a workbook."""
    path.mkdir()


def read_only(path: Path) -> None:
    """A file that may not be written to."""
    path.write_bytes(b"an earlier review")
    path.chmod(0o444)


def unpacking_beyond_measure(path: Path) -> None:
    """A workbook with one entry of 65 MB of zeros."""
    plain(path)
    with ZipFile(path, "a", ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr("xl/media/picture.bin", bytes(65 * 1024**2))


def protected_structure(path: Path) -> None:
    """No sheet may be added to the workbook."""
    plain(path)
    with reworked(path) as parts:
        replace_text(parts, "xl/workbook.xml", "<bookViews>", '<workbookProtection lockStructure="1"/><bookViews>')


def full_to_the_right(path: Path) -> None:
    """A ledger with notes in the last column there is, and beside it."""
    with ledger_book(path, refused.ROWS) as (_, sheet):
        sheet.write(HEADER_ROW, LAST_COLUMN + 3, "note")
        sheet.write(HEADER_ROW, 16_383, "note")


def one_cell_far_away(path: Path) -> None:
    """A ledger with a stray cell in the very last row and column."""
    plain(path)
    with reworked(path) as parts:
        stray = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        replace_text(parts, LEDGER, "</sheetData>", stray)


def two_empty_sheets(path: Path) -> None:
    """A workbook without a single cell."""
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Sheet1")
        book.add_worksheet("Sheet2")


def open_quotation_mark(path: Path) -> None:
    """A quotation mark that nobody closed, and a thousand lines after it."""
    rows = "".join(f"C1,INV-{number},2026-09-01,2026-10-01,10.00,EUR\n" for number in range(1_000))
    path.write_text(f'{HEADINGS}\nC1,"INV-0,2026-09-01,2026-10-01,10.00,EUR\n{rows}', encoding="utf-8")


def wide_row(path: Path) -> None:
    """A text table with a row of 16,385 cells."""
    path.write_text(f"{HEADINGS}\nC1,INV-1,2026-09-01,2026-10-01,10.00,EUR\n{',' * 16_383}x,y\n", encoding="utf-8")


def ten_thousand_fortunes(path: Path) -> None:
    """Items of ten trillion each, more than 64 bits of cents can hold together."""
    rows = "".join(f"C1,INV-{number},2026-09-01,2026-10-01,10000000000000,EUR\n" for number in range(10_000))
    path.write_text(f"{HEADINGS}\n{rows}", encoding="utf-8")


def many_unreadable_dates(path: Path) -> None:
    """More findings of one kind than a Findings sheet lists."""
    rows = "".join(f"C1,INV-{number},2026-09-01,soon,10.00,EUR\n" for number in range(10_002))
    path.write_text(f"{HEADINGS}\n{rows}", encoding="utf-8")


def latin_1_policy(path: Path) -> None:
    """A policy saved in another encoding than UTF-8."""
    path.write_bytes('name = "Müller"\n'.encode("latin-1"))


def template_of_a_field_unknown(path: Path) -> None:
    """A template whose author misspelled a merge field."""
    path.write_bytes(builtin()["demand.en.docx"])
    with reworked(path) as parts:
        replace_text(parts, "word/document.xml", "MERGEFIELD reply_by", "MERGEFIELD replyby")


def pack_of_a_customer_gone(path: Path) -> None:
    """A pack in which somebody decided on a customer that is no longer in the ledger."""
    with ledger_book(path, ROWS) as (book, _):
        sheet = book.add_worksheet("Limits")
        sheet.write_row(0, 0, ["Customer", "Decision"])
        sheet.write_row(1, 0, ["C9", "Approve"])
        book.define_name("_xlcredit.sheet.pack_limits", "=Limits!$A$1")


FILES: dict[str, Callable[[Path], object]] = {
    made.__name__: made
    for made in (
        folder, read_only, unpacking_beyond_measure, protected_structure, full_to_the_right, one_cell_far_away,
        two_empty_sheets, open_quotation_mark, wide_row, ten_thousand_fortunes, many_unreadable_dates, latin_1_policy, plain, template_of_a_field_unknown,
        pack_of_a_customer_gone,
        *refused.ALL,
    )
}  # fmt: skip
"""Recipes of files."""


@contextmanager
def _failing_writes(number: int) -> Iterator[None]:
    fault = OSError(number, os.strerror(number))
    with replaced.object(os, "fsync", side_effect=fault), replaced.object(Path, "write_bytes", side_effect=fault):
        yield


def full_disk() -> AbstractContextManager[None]:
    """The disk takes nothing more."""
    return _failing_writes(errno.ENOSPC)


def failing_disk() -> AbstractContextManager[None]:
    """The disk cannot write."""
    return _failing_writes(errno.EIO)


@contextmanager
def no_right_to_read() -> Iterator[None]:
    """The system refuses to open the ledger or the policy."""
    denied = PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    really = Path.open

    def guarded(path, *arguments, **options):
        if path.name in ("ledger.csv", "policy.toml"):
            raise denied
        return really(path, *arguments, **options)

    with replaced.object(Path, "open", guarded):
        yield


@contextmanager
def no_vba_writer() -> Iterator[None]:
    """The library that writes VBA projects is not installed."""
    with replaced.dict(sys.modules, {"pyopenvba": None}):
        yield


def no_office() -> AbstractContextManager[object]:
    """LibreOffice is not installed."""
    return replaced.object(pdf.shutil, "which", return_value=None)


@contextmanager
def office_without_writer() -> Iterator[None]:
    """LibreOffice is there, but the part of it that prints Word documents is not."""
    done = subprocess.CompletedProcess([], 0, "", "Error: no export filter found")
    with (
        replaced.object(pdf.shutil, "which", return_value="soffice"),
        replaced.object(pdf.subprocess, "run", return_value=done),
    ):
        yield


@contextmanager
def _an_excel_here() -> Iterator[None]:
    here = Places("darwin", Path("xlcredit.xlam"), Path("interpreter.txt"), "ascii")
    with replaced.object(install, "places", lambda *_: here):
        yield


@contextmanager
def addin_open_in_excel() -> Iterator[None]:
    """Excel has the add-in loaded, so Windows lets nobody remove it."""
    denied = PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    with _an_excel_here(), replaced.object(Path, "unlink", side_effect=denied):
        yield


@contextmanager
def python_in_a_folder_of_other_letters() -> Iterator[None]:
    """Python lies in a folder whose name the code page of VBA has not."""
    with _an_excel_here(), replaced.object(sys, "executable", "/应收/bin/python"):
        yield


FAULTS: dict[str, Callable[[], AbstractContextManager[None]]] = {
    fault.__name__: fault
    for fault in (
        full_disk, failing_disk, no_right_to_read, no_vba_writer, addin_open_in_excel, python_in_a_folder_of_other_letters,
        no_office, office_without_writer,
    )
}  # fmt: skip
"""Faults of the system."""


def columns_for_an_old_workbook(here: Path) -> None:
    """Adds a column to a workbook of Excel 97."""
    book = xlwt.Workbook()
    book.add_sheet(SHEET).write(0, 0, "Customer No")
    book.save(str(here / "ledger.xls"))
    column = Column("Days past due", "integer", np.array([1.0]))
    patch(here / "ledger.xls", here / "out.xlsx", [Columns("ledger", SHEET, 0, 1, 0, np.array([1]), (column,))])


def name_of_somebody_else(here: Path) -> None:
    """Defines a name in a workbook whose author has one that is spelled the same."""
    with ledger_book(here / "ledger.xlsx", refused.ROWS) as (book, _):
        book.define_name("Credit_Score", "=700")
    patch(here / "ledger.xlsx", here / "out.xlsx", names=[Name("CREDIT_SCORE", "_xlfn.LAMBDA(_xlpm.x,_xlpm.x)")])


def half_of_an_array(here: Path) -> None:
    """Rewrites the first of two cells that one array formula fills."""
    with ledger_book(here / "ledger.xlsx", refused.ROWS) as (_, sheet):
        sheet.write_array_formula("J4:J5", "{=F4:F5*2}")
    rewrite = Rewrite(SHEET, 9, np.array([3]), np.array([1.0]))
    patch(here / "ledger.xlsx", here / "out.xlsx", rewrites=[rewrite])


def pack_of_a_workbook_never_saved(_folder: Path) -> None:
    """Asks where the pack of a new workbook goes."""
    free_place(MemoryWorkbook([], "Book1"))


def pack_beside_one_that_is_open(here: Path) -> None:
    """Asks where the pack goes while somebody has the last one open, of which Excel's own file tells."""
    (here / "~$ledger.pack.xlsx").touch()
    free_place(MemoryWorkbook([], "ledger.xlsx", path=here / "ledger.xlsx"))


def spill_inside_a_table(here: Path) -> None:
    """Turns cells of a table's column into one formula that spills."""
    with ledger_book(here / "ledger.xlsx", refused.ROWS) as (_, sheet):
        sheet.add_table("J3:K6")
    formula = Formula("AGING_BUCKET(H4:H5)", dynamic=True)
    rewrite = Rewrite(SHEET, 9, np.array([3, 4]), np.array([1.0, 2.0]), formula, spilled=True)
    patch(here / "ledger.xlsx", here / "out.xlsx", rewrites=[rewrite])


def more_rows_than_excel_has(here: Path) -> None:
    """Adds a sheet of 1,048,577 rows, its heading included."""
    column = Column("Finding", "integer", np.zeros(1_048_576))
    patch(plain(here / "ledger.xlsx"), here / "out.xlsx", sheets=[Sheet("findings", "Findings", (column,))])


def policy_sheet_without_headings(_folder: Path) -> None:
    """A Policy sheet whose first rows somebody deleted."""
    from_rows([["limit.step", "", "", "", 500.0, ""]], "Policy")


CALLS: dict[str, Callable[[Path], None]] = {
    call.__name__: call
    for call in (
        columns_for_an_old_workbook,
        half_of_an_array,
        name_of_somebody_else,
        more_rows_than_excel_has,
        pack_beside_one_that_is_open,
        pack_of_a_workbook_never_saved,
        policy_sheet_without_headings,
        spill_inside_a_table,
    )
}
"""Calls that raise."""
