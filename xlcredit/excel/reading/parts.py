"""The scans of an .xlsx or .xlsm package, and the way from a sheet's name to its part."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from xlcredit.excel.ooxml.formulacells import formulas_in
from xlcredit.excel.ooxml.markup import encoding_of
from xlcredit.excel.ooxml.package import Package
from xlcredit.excel.ooxml.safety import in_units
from xlcredit.excel.ooxml.sheetstream import SheetStream
from xlcredit.excel.reading.scan import LONGEST_ROW, EndlessTextError, Scan, scan_sheet
from xlcredit.kernel.errors import WorkbookError
from xlcredit.ledger.grid import name_among

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class PackageScans:
    """The scans of an .xlsx or .xlsm workbook's sheets."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with Package.open(path) as package:
            main = main_part(package)
            targets = package.related(main)
            root = package.document(main).root
        sheets = [element for element in root.walk() if element.name == "sheet"]
        self._parts = {sheet.get("name"): targets.get(sheet.relation, ("", ""))[1] for sheet in sheets}
        self.epoch_1904 = any(element.flag("date1904") for element in root.all("workbookPr"))

    def scan(self, sheet: str) -> Scan:
        """The scan of a sheet."""
        part = self._parts.get(sheet, "")
        if not part:
            return Scan({}, 0, 0)
        with Package.open(self._path) as package:
            try:
                return scan_sheet(lambda: _checked(package, part))
            except EndlessTextError as fault:
                size, limit = in_units(package.member(part).file_size), in_units(LONGEST_ROW)
                raise WorkbookError("zip-bomb", part, file=package.file, size=size, limit=limit) from fault

    def formulas(self, sheet: str) -> dict[tuple[int, int], str]:
        """(row, column) → formula of a sheet, capitals of its name not counting; WorkbookError where there is none."""
        part = self._parts[name_among(tuple(self._parts), sheet)]
        if not part:
            return {}
        with Package.open(self._path) as package:
            return formulas_in(SheetStream(_checked(package, part), package.file, part))


def main_part(package: Package) -> str:
    """Name of the part that lists the sheets."""
    targets = [target for kind, target in package.related("").values() if kind.endswith("/officeDocument")]
    if not targets:
        raise WorkbookError("damaged", "_rels/.rels", file=package.file)
    return targets[0]


def refuse_entities(file: str, part: str, beginning: bytes) -> None:
    """Raise where an XML part declares a document type, the only way to entities."""
    if b"<!DOCTYPE" in beginning:
        raise WorkbookError("xml-entities", part, file=file)


def _checked(package: Package, part: str) -> Iterator[bytes]:
    blocks = package.blocks(part)
    first = next(blocks, b"")
    refuse_entities(package.file, part, first)
    if (encoding := encoding_of(first)) not in {"utf-8", "utf8", "us-ascii"}:
        # calamine would find no rows in such a sheet, and say nothing.
        raise WorkbookError("xml-encoding", part, file=package.file, entry=part, encoding=encoding)
    return chain((first,), blocks)
