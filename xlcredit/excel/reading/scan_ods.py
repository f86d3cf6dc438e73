"""Error cells, formulas without value and extent of an .ods workbook, from its content.xml."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

from xlcredit.excel.ooxml.package import Package
from xlcredit.excel.reading.scan import Scan
from xlcredit.kernel.errors import WorkbookError
from xlcredit.ledger.grid import UNCACHED, Range

if TYPE_CHECKING:
    from pathlib import Path


class OdsScans:
    """The scans of an .ods workbook's sheets, all made in one pass."""

    epoch_1904 = False

    def __init__(self, path: Path) -> None:
        walk = _Walk(path.name)
        with Package.open(path) as package:
            for block in package.blocks("content.xml"):
                walk.parser.Parse(block, False)
        walk.parser.Parse(b"", True)
        self.scans = walk.scans

    def scan(self, sheet: str) -> Scan:
        """The scan of a sheet."""
        return self.scans.get(sheet, Scan({}, 0, 0))


class _Walk:
    """Counts rows and cells, repeated ones as often as they are repeated."""

    def __init__(self, file: str) -> None:
        def refuse(*_: object) -> None:
            raise WorkbookError("xml-entities", "content.xml", file=file)

        self.scans: dict[str, Scan] = {}
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self._name = ""
        self._broken: dict[tuple[int, int], str] = {}
        self._merged: list[Range] = []
        self._row = self._column = self._height = self._rows = self._columns = 0
        self._text: list[str] | None = None
        self._uncached: tuple[int, int] | None = None

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in {"table:table-cell", "table:covered-table-cell"}:
            self._cell(attributes)
        elif tag == "text:p":
            self._uncached = None  # LibreOffice writes the empty text as a result without a type
        elif tag == "table:table-row":
            self._height = int(attributes.get("table:number-rows-repeated", "1"))
            self._column = 0
        elif tag == "table:table":
            self._name = attributes.get("table:name", "")
            self._broken, self._merged = {}, []
            self._row = self._rows = self._columns = 0

    def _cell(self, attributes: dict[str, str]) -> None:
        width = int(attributes.get("table:number-columns-repeated", "1"))
        if "office:value-type" in attributes:
            self._rows = self._row + self._height
            self._columns = max(self._columns, self._column + width)
        if attributes.get("calcext:value-type") == "error":
            self._text = []
            self.parser.CharacterDataHandler = self._text.append
        elif "table:formula" in attributes and "office:value-type" not in attributes:
            self._uncached = (self._row, self._column)
        height, across = (int(attributes.get(f"table:number-{way}-spanned", "1")) for way in ("rows", "columns"))
        if height * across > 1:
            self._merged.append((self._row, self._column, self._row + height - 1, self._column + across - 1))
        self._column += width

    def _end(self, tag: str) -> None:
        if tag == "table:table-cell" and self._uncached:
            self._broken[self._uncached] = UNCACHED
            self._uncached = None
        if tag == "table:table-row":
            self._row += self._height
        elif tag == "table:table-cell" and self._text is not None:
            self._broken[self._row, self._column - 1] = "".join(self._text).strip() or "#VALUE!"
            self._text = None
            self.parser.CharacterDataHandler = None
        elif tag == "table:table":
            self.scans[self._name] = Scan(self._broken, self._rows, self._columns, tuple(self._merged))
