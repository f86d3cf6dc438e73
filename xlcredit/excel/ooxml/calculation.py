"""What formulas need of a workbook: names of our sheets, cell metadata for dynamic arrays, names, no stale chain.

The calculation chain lists the cells that hold formulas. Excel makes it anew where it is missing, and offers to repair
a workbook whose chain names a cell without one: it goes as soon as formulas come or go.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from xlcredit.excel.additions import Column, Formula, Name
from xlcredit.excel.ooxml.areas import Area
from xlcredit.excel.ooxml.book import Book
from xlcredit.excel.ooxml.contents import Spelled
from xlcredit.excel.ooxml.markup import Document
from xlcredit.excel.ooxml.metadata import EMPTY, Metadata
from xlcredit.kernel.errors import WorkbookError
from xlcredit.ledger.grid import letter

OURS = "xlcredit"
"""The comment that marks a defined name as ours."""
_LINK = re.compile(rb"<(?:[\w.-]+:)?c\s([^>]*?)/?>")
_ATTRIBUTE = re.compile(rb"""\b([ri])\s*=\s*["']([^"']*)["']""")


class Calculation:
    """The side of a workbook that calculates."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._metadata: Metadata | None = None
        self._dynamic = 0
        self.cells: dict[str, str] = {}
        """Mark and place of the columns placed so far → their cells."""
        self.sheets_before = tuple(book.own_sheets().values())
        """Our sheets of earlier runs, which formulas of ours may read."""

    def spelled(self, columns: Sequence[Column], first: int) -> list[Spelled | None]:
        """The formula of each column, as the file spells it; the block stands from column ``first`` on."""
        own = [letter(first + k) for k in range(len(columns))]
        return [
            self.spell(column.formula, own, letters) if column.formula else None
            for column, letters in zip(columns, own, strict=True)
        ]

    def spell(self, formula: Formula, own: Sequence[str], letters: str) -> Spelled:
        """A formula for the cells of one column."""
        self.drop_chain()
        pieces = formula.around_rows(own, self._book.own_sheets() | self.cells)
        return Spelled.of(pieces, letters, self._dynamic_index() if formula.dynamic else 0)

    def define(self, names: Iterable[Name]) -> None:
        """Defines names, in place of those an earlier run left; WorkbookError where a name is somebody else's."""
        sheets = self._book.own_sheets()
        for wanted in names:
            for other in self._book.names:
                if other.name.casefold() == wanted.name.casefold() and other.comment != OURS:
                    raise WorkbookError("name-taken", file=self._book.package.file, name=other.name)
            self.drop_chain()
            self._book.names.define(wanted.name, wanted.refers_to(sheets), OURS)

    def drop_names(self) -> None:
        """Takes every name of ours out."""
        self._book.names.drop_commented(OURS)

    def drop_chain(self) -> None:
        """Takes the calculation chain out."""
        if part := self._book.registry.remove_kind("calcChain"):
            self._book.removed.append(part)

    def forget(self, sheet: str, area: Area | None = None) -> None:
        """Takes the chain out if it names a cell of a sheet, or of an area of it: its formulas are about to go."""
        part = self._book.registry.part_of_kind("calcChain")
        if part and part in self._book.package and self._chain_names(part, self._book.tab(sheet).number, area):
            self.drop_chain()

    def parts(self) -> dict[str, bytes]:
        """The parts that changed."""
        metadata = self._metadata
        return {metadata.document.part: metadata.document.render()} if metadata and metadata.document.edited else {}

    def _dynamic_index(self) -> int:
        if not self._dynamic:
            self._metadata = Metadata(self._metadata_document())
            self._dynamic = self._metadata.dynamic_array()
        return self._dynamic

    def _metadata_document(self) -> Document:
        book = self._book
        part = book.registry.part_of_kind("sheetMetadata")
        if part and part in book.package:
            return book.package.document(part)
        names = ("metadata.xml", *(f"metadata{number}.xml" for number in range(1, len(book.package.names) + 2)))
        part, _ = book.registry.add("sheetMetadata", names)
        return Document(EMPTY % book.namespace.encode(), book.package.file, part)

    def _chain_names(self, part: str, number: int, area: Area | None) -> bool:
        sheet = b""
        for link in _LINK.finditer(self._book.package.read(part)):
            attributes = dict(_ATTRIBUTE.findall(link[1]))
            sheet = attributes.get(b"i", sheet)  # a link without a sheet is on the one before
            cell = Area.of(attributes.get(b"r", b"").decode())
            if sheet == b"%d" % number and cell and (area is None or area.meets(cell)):
                return True
        return False
