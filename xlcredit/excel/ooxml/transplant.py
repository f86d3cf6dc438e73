"""Sheets of a donor put into a workbook, with their tables, drawings, charts, names and styles.

Their XML stays as it is but for what counts in the workbook as a whole: indexes of styles, ids of tables, names of
parts. Texts that the donor shares among its cells stand in the cells.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from itertools import count

from xlcredit.excel.donor import Donor, DonorSheet
from xlcredit.excel.ooxml.book import FILTER, Book, Tab
from xlcredit.excel.ooxml.importedstyles import ImportedStyles
from xlcredit.excel.ooxml.markup import quoted_value
from xlcredit.excel.ooxml.package import Package, rels_name
from xlcredit.excel.ooxml.stylesheet import Stylesheet

_SHARED = re.compile(rb'(<c [^>]*?) t="s"><v>(\d+)</v>')
_STYLED = re.compile(rb'(<(?:c|row) [^>]*?\bs="|<col [^>]*?\bstyle=")(\d+)"')
_OVERLAID = re.compile(rb'(\b(?:dxfId|dataDxfId|headerRowDxfId|totalsRowDxfId)=")(\d+)"')
_TABLE_ID = re.compile(rb'(<table [^>]*?\bid=")\d+"')
_VIEWS = re.compile(rb"<sheetViews>.*?</sheetViews>", re.DOTALL)
_SELECTED = b' tabSelected="1"'
_TRANSITIONAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = {
    _TRANSITIONAL: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        "http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "http://purl.oclc.org/ooxml/drawingml/chart",
    "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing": (
        "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing"
    ),
    "http://schemas.openxmlformats.org/drawingml/2006/main": "http://purl.oclc.org/ooxml/drawingml/main",
}
"""Namespace of most workbooks → of those that keep to the strict form of the standard."""


class Transplant:
    """The sheets of one donor on their way into a book."""

    def __init__(self, donor: Donor, book: Book, styles: Stylesheet) -> None:
        self._donor, self._book = donor, book
        self.parts: dict[str, Iterable[bytes]] = {}
        """Parts of the book that are new or anew."""
        self._styles = styles

    def plan(self) -> None:
        """Decides the place, the styles and the names of everything; the rows are made when they are written."""
        with Package.open(self._donor.path) as package:
            other = Book(package)
            self._package, self._texts = package, _texts(package)
            self._looks = ImportedStyles(package.document(other.styles_part), self._styles)
            tabs = [self._tab(sheet) for sheet in self._donor.sheets]
            self._ids = count(self._largest_id() + 1)
            for sheet, tab in zip(self._donor.sheets, tabs, strict=True):
                self._bring_sheet(sheet, other.tab(sheet.name).part, tab.part)
            self._define(other)

    def _tab(self, sheet: DonorSheet) -> Tab:
        """The sheet of an earlier run under this mark, emptied, or a new one."""
        book = self._book
        name = book.own_sheets().get(sheet.mark)
        tab = book.tab(name) if name else book.add_sheet(sheet.name)
        if tab.name != sheet.name:
            raise ValueError(f"a sheet of the donor is called {sheet.name!r}, here it would be {tab.name!r}")
        book.strip(tab.part)
        book.names.drop_local(FILTER, book.tabs.index(tab))  # of a sheet that was no table yet
        book.mark_tab(sheet.mark, tab)
        return tab

    def _largest_id(self) -> int:
        """The largest id of a table that stays."""
        book = self._book
        tables = (
            part
            for tab in book.tabs
            for kind, part in book.package.related(tab.part).values()
            if kind.endswith("/table") and part not in book.removed
        )
        return max((book.package.document(part).root.number("id") for part in tables), default=0)

    def _bring_sheet(self, sheet: DonorSheet, part: str, target: str) -> None:
        data = _SHARED.sub(lambda found: found[1] + b' t="inlineStr">' + self._texts[int(found[2])], self._read(part))
        data = _STYLED.sub(lambda found: b'%b%d"' % (found[1], self._looks.cell(int(found[2]))), data)
        # The tab that was in front stays there: a second one selected would be grouped with it.
        data = data.replace(_SELECTED, b"") if self._book.has_window else _VIEWS.sub(b"", data)
        self._bring_related(sheet, part, target)
        self.parts[target] = sheet.filled(self._overlaid(data))

    def _bring_related(self, sheet: DonorSheet, part: str, target: str) -> None:
        """The parts that this one leads to, under free names, and the relationships that say so."""
        related = self._package.related(part)
        if not related:
            return
        written = [
            b'<Relationship Id="%b" Type="%b" Target="%b"/>'
            % (
                quoted_value(relation),
                quoted_value(self._spaced(kind)),
                quoted_value(posixpath.relpath(self._bring(sheet, kind, found), posixpath.dirname(target))),
            )
            for relation, (kind, found) in related.items()
        ]
        head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="%b">'
        space = b"http://schemas.openxmlformats.org/package/2006/relationships"
        self.parts[rels_name(target)] = [head % space, *written, b"</Relationships>"]

    def _bring(self, sheet: DonorSheet, kind: str, part: str) -> str:
        target = self._book.registry.place(_free_names(part), self._package.content_type(part))
        data = self._read(part)
        if kind.endswith("/table"):
            data = _TABLE_ID.sub(lambda found: b'%b%d"' % (found[1], next(self._ids)), sheet.table(data))
            data = self._overlaid(data)
        self._bring_related(sheet, part, target)
        self.parts[target] = [data]
        return target

    def _define(self, other: Book) -> None:
        """Names that every cell can use, and those that say what is printed of a sheet."""
        book, comment = self._book, self._donor.comment
        book.names.drop_commented(comment)
        for name in other.names:
            if name.local < 0:
                book.names.define(name.name, name.refers_to, comment)
            else:
                local = book.tabs.index(book.tab(other.tabs[name.local].name))
                book.names.put(name.name, name.refers_to, local, hidden=False)

    def _overlaid(self, data: bytes) -> bytes:
        return _OVERLAID.sub(lambda found: b'%b%d"' % (found[1], self._looks.overlay(int(found[2]))), data)

    def _read(self, part: str) -> bytes:
        return self._spaced(self._package.read(part).decode()).encode()

    def _spaced(self, text: str) -> str:
        """A text with the namespaces of this workbook."""
        if self._book.namespace == _TRANSITIONAL:
            return text
        for plain, strict in _STRICT.items():
            text = text.replace(plain, strict)
        return text


def _texts(package: Package) -> list[bytes]:
    """The shared texts, each as a cell holds it."""
    part = "xl/sharedStrings.xml"
    if part not in package:
        return []
    document = package.document(part)
    return [b"<is>%b</is>" % document.raw(entry)[4:-5] for entry in document.root.all("si")]


def _free_names(part: str) -> Iterator[str]:
    """Names like this one, numbered from 1."""
    stem, ending = posixpath.splitext(part)
    return (f"{stem.rstrip('0123456789')}{number}{ending}" for number in count(1))
