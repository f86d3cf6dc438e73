"""One workbook as it will be: which parts change, which are new and which go."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from xlcredit.excel.additions import Columns, Name, Rewrite, Sheet
from xlcredit.excel.donor import Donor
from xlcredit.excel.names import NAMES
from xlcredit.excel.ooxml.archive import Archive, new_member
from xlcredit.excel.ooxml.areas import Area
from xlcredit.excel.ooxml.book import Book, Tab
from xlcredit.excel.ooxml.calculation import Calculation
from xlcredit.excel.ooxml.contents import Spelled
from xlcredit.excel.ooxml.extension import Extension
from xlcredit.excel.ooxml.markup import Document
from xlcredit.excel.ooxml.newsheet import extent, sheet_blocks
from xlcredit.excel.ooxml.package import Package
from xlcredit.excel.ooxml.rewriting import Rewriting
from xlcredit.excel.ooxml.safety import part_key
from xlcredit.excel.ooxml.sheetstream import SheetStream
from xlcredit.excel.ooxml.stylesheet import EMPTY, Stylesheet
from xlcredit.excel.ooxml.tablepart import TablePart
from xlcredit.excel.ooxml.transplant import Transplant
from xlcredit.ledger.grid import letter

Progress = Callable[[float], None]
DAYS_1904 = 1462.0
_sheet_of = attrgetter("sheet")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one run adds, and the marks of what it takes out."""

    columns: Sequence[Columns]
    sheets: Sequence[Sheet]
    remove: Collection[str]
    names: Sequence[Name]
    rewrites: Sequence[Rewrite]
    donor: Donor | None = None


class Revision:
    """The parts of one workbook as they will be: changed, new and gone."""

    def __init__(self, package: Package, progress: Progress | None, *, serial_1904: bool) -> None:
        self.package = package
        self.book = Book(package)
        self.styles = self._stylesheet()
        self.shift = DAYS_1904 * (serial_1904 - self.book.date_1904)
        self.calculation = Calculation(self.book)
        self.changed: dict[str, Iterable[bytes]] = {}
        self._rewritten: dict[str, Rewriting] = {}
        self._extended: set[str] = set()
        self._meter = _Meter(progress)

    def take(self, wanted: Wanted) -> None:
        """Plans everything. The sheets get their names first: formulas elsewhere may read them."""
        self._remove(wanted.remove)
        tabs = [self._tab_for(sheet) for sheet in wanted.sheets]
        for name, rewrites in groupby(sorted(wanted.rewrites, key=_sheet_of), _sheet_of):
            self.rewrite(name, list(rewrites))
        for columns in wanted.columns:
            self.add_columns(columns)
        for sheet, tab in zip(wanted.sheets, tabs, strict=True):
            self.add_sheet(sheet, tab)
        if wanted.donor:
            self.transplant(wanted.donor)
        self.calculation.define(wanted.names)

    def rewrite(self, name: str, rewrites: Sequence[Rewrite]) -> None:
        """Plans new contents of cells of one sheet."""
        part = self.book.tab(name).part
        self.calculation.drop_chain()

        def stream() -> SheetStream:
            return SheetStream(self._meter.watched(self.package.blocks(part)), self.package.file, part)

        spelled = [(rewrite, self._spelled(rewrite)) for rewrite in rewrites]
        self._meter.total += 2 * self.package.member(part).file_size
        self._rewritten[part] = Rewriting(spelled, stream, self.shift, self._tables(part))
        self.changed[part] = self._rewritten[part].blocks()

    def add_columns(self, wanted: Columns) -> None:
        """Plans columns beside a table."""
        part = self.book.tab(wanted.sheet).part
        if part in self._extended:
            raise ValueError(f"sheet {wanted.sheet!r} gets columns twice in one run; patch it twice instead")
        self._extended.add(part)
        extension = Extension(wanted, self.book, self.calculation, self._read)
        self._meter.total += 2 * self.package.member(part).file_size
        extension.plan(self.styles, self.shift)
        self.changed[part] = extension.blocks()
        self.changed.update((name, [data]) for name, data in extension.table_parts().items())

    def add_sheet(self, wanted: Sheet, tab: Tab) -> None:
        """Plans the contents of a sheet of ours."""
        book, formulas = self.book, self.calculation.spelled(wanted.columns, 0)
        blocks = sheet_blocks(wanted, self.styles, formulas, book.namespace, self.shift, views=book.has_window)
        self.changed[tab.part] = blocks
        book.strip(tab.part)

    def transplant(self, donor: Donor) -> None:
        """Plans the sheets of a workbook of ours."""
        self.calculation.drop_chain()
        transplant = Transplant(donor, self.book, self.styles)
        transplant.plan()
        self.changed.update(transplant.parts)

    def write(self, archive: Archive) -> None:
        """Writes every member, in order, the new ones last."""
        if self.styles.document.edited or self.styles.grown:
            self.changed[self.book.styles_part] = [self.styles.render()]
        self.changed.update((name, [data]) for name, data in (self.book.parts() | self.calculation.parts()).items())
        waiting = {part_key(name): (name, blocks) for name, blocks in self.changed.items()}
        gone = {part_key(name) for name in self.book.removed} - set(waiting)
        for member in self.package.members:
            key = part_key(member.filename)
            if key in waiting:
                archive.write(member, waiting.pop(key)[1])
            elif key not in gone:
                archive.copy(member)
        for name, blocks in waiting.values():
            archive.write(new_member(name), blocks)
        archive.close()
        self._meter.finish()

    def _remove(self, marks: Collection[str]) -> None:
        for mark, sheet in self.book.own_sheets().items():
            if mark in marks:
                self.calculation.forget(sheet)
        self.book.remove_sheets(marks)
        if NAMES in marks:
            self.calculation.drop_names()

    def _tab_for(self, wanted: Sheet) -> Tab:
        """The sheet of an earlier run under this mark, or a new one."""
        book, name = self.book, self.book.own_sheets().get(wanted.mark)
        if name:
            self.calculation.forget(name)
        tab = book.tab(name) if name else book.add_sheet(wanted.name)
        book.mark_sheet(wanted.mark, tab, extent(wanted), wanted.frozen)
        return tab

    def _spelled(self, rewrite: Rewrite) -> Spelled | None:
        own = letter(rewrite.column)
        return self.calculation.spell(rewrite.formula, [own], own) if rewrite.formula else None

    def _tables(self, part: str) -> list[Area]:
        """Where the tables of a sheet stand."""
        related = self.package.related(part).values()
        return [TablePart(self.package.document(table)).area for kind, table in related if kind.endswith("/table")]

    def _read(self, part: str) -> Iterator[bytes]:
        """A sheet as it stands, new contents of its cells included."""
        if part in self._rewritten:
            return self._rewritten[part].blocks()
        return self._meter.watched(self.package.blocks(part))

    def _stylesheet(self) -> Stylesheet:
        part = self.book.styles_part
        if part and part in self.package:
            return Stylesheet(self.package.document(part))
        part = self.book.add_styles()
        return Stylesheet(Document(EMPTY % self.book.namespace.encode(), self.package.file, part))


class _Meter:
    """Tells how far the sheets have streamed, as a share of all their bytes."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self.total = 0
        self._done = 0

    def watched(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        """The same blocks, counted."""
        if self._progress is None:
            return blocks
        return self._counted(blocks, self._progress)

    def finish(self) -> None:
        """Says that all is done."""
        if self._progress:
            self._progress(1.0)

    def _counted(self, blocks: Iterator[bytes], progress: Progress) -> Iterator[bytes]:
        for block in blocks:
            yield block
            self._done += len(block)
            progress(min(0.99, self._done / max(1, self.total)))
