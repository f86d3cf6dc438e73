"""What a file is, told by its content: the name may lie, and exports named .xls often are something else."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Literal
from zipfile import BadZipFile, ZipFile

from xlcredit.excel.reading.compound import SIGNATURE, Compound
from xlcredit.kernel.errors import WorkbookError

if TYPE_CHECKING:
    from pathlib import Path

Kind = Literal["xlsx", "xlsm", "xlsb", "template", "xls", "ods", "csv"]

_MAIN_PARTS: tuple[tuple[bytes, Kind], ...] = (
    (b"spreadsheetml.sheet.main+xml", "xlsx"),
    (b"ms-excel.sheet.macroEnabled.main+xml", "xlsm"),
    (b"ms-excel.sheet.binary.macroEnabled.main", "xlsb"),
    (b"spreadsheetml.template.main+xml", "template"),
    (b"ms-excel.template.macroEnabled.main+xml", "template"),
    (b"ms-excel.addin.macroEnabled.main+xml", "template"),
)
_OPENDOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
_TEXT_SUFFIXES = (".csv", ".tsv", ".tab", ".txt", ".asc")
_BOOK_SUFFIXES = (".xls", ".xlsx", ".xlsm", ".xlsb", ".ods")
_HEAD = 4096
_SMALL_PART = 1 << 24
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def kind_of(path: Path) -> Kind:
    """The kind of a file; WorkbookError where it is none that can be read."""
    head = _head(path)
    if head.startswith(SIGNATURE):
        return _kind_of_compound(path)
    if head.startswith(b"PK"):
        return _kind_of_zip(path)
    return _kind_of_text(path, head)


def read_fault(path: Path, fault: OSError) -> WorkbookError:
    """The WorkbookError that says why the system would not read a file."""
    if isinstance(fault, FileNotFoundError):
        return WorkbookError("file-not-found", path.name, file=str(path))
    if isinstance(fault, IsADirectoryError) or path.is_dir():
        return WorkbookError("is-a-directory", path.name, file=str(path))
    return WorkbookError("file-not-readable", path.name, file=str(path), reason=fault.strerror or str(fault))


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as fault:
        raise read_fault(path, fault) from fault
    if not head:
        raise WorkbookError("empty-file", path.name, file=path.name)
    return head


def _kind_of_compound(path: Path) -> Kind:
    try:
        streams = Compound.read(path.read_bytes()).streams
    except ValueError as fault:
        raise WorkbookError("damaged", path.name, file=path.name) from fault
    if "EncryptedPackage" in streams:
        raise WorkbookError("encrypted", path.name, file=path.name)
    if "Workbook" in streams or "Book" in streams:
        return "xls"
    raise WorkbookError("not-a-workbook", path.name, file=path.name)


def _kind_of_zip(path: Path) -> Kind:
    try:
        with ZipFile(path) as package:
            types = _small_part(package, "[Content_Types].xml")
            opendocument = _small_part(package, "mimetype").startswith(_OPENDOCUMENT)
            manifest = _small_part(package, "META-INF/manifest.xml") if opendocument else b""
    except (BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError, ValueError) as fault:
        raise WorkbookError("damaged", path.name, file=path.name) from fault
    if b"encryption-data" in manifest:
        raise WorkbookError("encrypted", path.name, file=path.name)
    if opendocument:
        return "ods"
    for mark, kind in _MAIN_PARTS:
        if mark in types:
            return kind
    raise WorkbookError("not-a-workbook", path.name, file=path.name)


def _small_part(package: ZipFile, name: str) -> bytes:
    try:
        entry = package.getinfo(name)
    except KeyError:
        return b""
    if entry.file_size > _SMALL_PART:
        raise ValueError(f"{name} is absurdly large")
    return package.read(entry)


def _kind_of_text(path: Path, head: bytes) -> Kind:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        raise WorkbookError("xml-spreadsheet", path.name, file=path.name)
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<body", b"<meta", b"<div", b"<style")):
        raise WorkbookError("web-page", path.name, file=path.name)
    if _is_text(head) and (_is_table_by_name(path) or _is_table_by_look(path, head)):
        return "csv"
    raise WorkbookError("not-a-workbook", path.name, file=path.name)


def _is_table_by_name(path: Path) -> bool:
    return path.suffix.lower() in _TEXT_SUFFIXES


def _is_table_by_look(path: Path, head: bytes) -> bool:
    """Whether text named like a workbook is one table: ERP systems export tab-separated text as .xls."""
    return path.suffix.lower() in _BOOK_SUFFIXES and re.search(rb"[\t,;|]", head) is not None


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    # UTF-16 without its mark: every other byte of Latin text is zero.
    if head[1:40:2].count(0) > 9 or head[0:40:2].count(0) > 9:
        return True
    return _CONTROLS.search(head) is None
