"""Adds columns and sheets to an existing .xlsx or .xlsm and keeps every other byte.

The target is written beside its place under another name and moved there when it is whole, so that nothing
half-written is ever seen under the target's name.
"""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path

from xlcredit.excel.additions import Columns, Sheet
from xlcredit.excel.ooxml.archive import Archive, new_member
from xlcredit.excel.ooxml.book import Book
from xlcredit.excel.ooxml.extension import Extension
from xlcredit.excel.ooxml.markup import Document
from xlcredit.excel.ooxml.newsheet import extent, sheet_blocks
from xlcredit.excel.ooxml.package import Package, back_up, rels_name
from xlcredit.excel.ooxml.safety import part_key
from xlcredit.excel.ooxml.stylesheet import EMPTY, Stylesheet
from xlcredit.kernel.errors import WorkbookError

Progress = Callable[[float], None]
DAYS_1904 = 1462.0


def patch(
    source: Path,
    target: Path,
    columns: Sequence[Columns] = (),
    sheets: Sequence[Sheet] = (),
    *,
    remove: Collection[str] = (),
    progress: Progress | None = None,
    serial_1904: bool = False,
) -> None:
    """Writes ``source`` with additions to ``target``; sheets whose marks are in ``remove`` go.

    Dates are serials of the 1900 system, or of the 1904 system with ``serial_1904``; the workbook's own system
    is looked up.
    """
    source, target = Path(source), Path(target)
    if _is_same(source, target):
        raise WorkbookError("same-file", file=source.name)
    _write(source, target, columns, sheets, remove, progress, serial_1904=serial_1904)


def save(
    path: Path,
    columns: Sequence[Columns] = (),
    sheets: Sequence[Sheet] = (),
    *,
    remove: Collection[str] = (),
    progress: Progress | None = None,
    serial_1904: bool = False,
) -> Path:
    """Adds to the workbook in its place, after a backup whose path it gives."""
    path = Path(path)
    with Package.open(path) as package:
        package.workbook_part()
    try:
        copy = back_up(path)
    except OSError as error:
        raise _said(error, path) from error
    try:
        _write(path, path, columns, sheets, remove, progress, serial_1904=serial_1904)
    except BaseException:
        copy.unlink(missing_ok=True)  # the workbook is as it was
        raise
    return copy


class _Revision:
    """The parts of one workbook as they will be: changed, new and gone."""

    def __init__(self, package: Package, progress: Progress | None, *, serial_1904: bool) -> None:
        self.package = package
        self.book = Book(package)
        self.styles = self._stylesheet()
        self.shift = DAYS_1904 * (serial_1904 - self.book.date_1904)
        self.changed: dict[str, Iterable[bytes]] = {}
        self._meter = _Meter(progress)

    def add_columns(self, wanted: Columns) -> None:
        """Plans columns beside a table."""
        part = self.book.tab(wanted.sheet).part
        if part in self.changed:
            raise ValueError(f"sheet {wanted.sheet!r} gets columns twice in one run; patch it twice instead")
        extension = Extension(wanted, self.package, self.book, self._meter.watched)
        self._meter.total += 2 * self.package.member(part).file_size
        extension.plan(self.styles, self.shift)
        self.changed[part] = extension.blocks()
        self.changed.update((name, [data]) for name, data in extension.table_parts().items())

    def add_sheet(self, wanted: Sheet) -> None:
        """Plans a sheet of ours, in the place of an earlier one."""
        book, name = self.book, self.book.own_sheets().get(wanted.mark)
        tab = book.tab(name) if name else book.add_sheet(wanted.name)
        blocks = sheet_blocks(wanted, self.styles, book.namespace, self.shift, views=book.has_window)
        self.changed[tab.part] = blocks
        book.removed.append(rels_name(tab.part))
        book.mark_sheet(wanted.mark, tab, extent(wanted))

    def write(self, archive: Archive) -> None:
        """Writes every member, in order, the new ones last."""
        if self.styles.document.edited or self.styles.grown:
            self.changed[self.book.styles_part] = [self.styles.render()]
        self.changed.update((name, [data]) for name, data in self.book.parts().items())
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


def _write(
    source: Path,
    target: Path,
    columns: Sequence[Columns],
    sheets: Sequence[Sheet],
    remove: Collection[str],
    progress: Progress | None,
    *,
    serial_1904: bool,
) -> None:
    _check_target(target)
    temporary: Path | None = None
    try:
        with Package.open(source) as package:
            revision = _Revision(package, progress, serial_1904=serial_1904)
            revision.book.remove_sheets(remove)
            for wanted in columns:
                revision.add_columns(wanted)
            for sheet in sheets:
                revision.add_sheet(sheet)
            handle, name = tempfile.mkstemp(prefix=f".{target.stem}.", suffix=".part", dir=target.parent)
            temporary = Path(name)
            with os.fdopen(handle, "wb") as stream:
                revision.write(Archive(stream, package))
                stream.flush()
                os.fsync(stream.fileno())
        temporary.chmod(_mode(target if target.exists() else source))
        temporary.replace(target)
    except OSError as error:
        _discard(temporary)
        raise _said(error, target) from error
    except BaseException:
        _discard(temporary)
        raise


def _discard(temporary: Path | None) -> None:
    if temporary:
        temporary.unlink(missing_ok=True)


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode) | stat.S_IWUSR


def _check_target(target: Path) -> None:
    if not target.parent.is_dir():
        raise WorkbookError("target-folder-missing", file=target.name, folder=str(target.parent))
    if target.is_dir():
        raise WorkbookError("is-a-directory", file=target.name)
    if not target.exists():
        return
    if not target.stat().st_mode & stat.S_IWUSR:
        raise WorkbookError("target-read-only", file=target.name)
    for lock in (f".~lock.{target.name}#", f"~${target.name}"):  # LibreOffice's and Excel's
        if target.with_name(lock).exists():
            raise WorkbookError("target-locked", file=target.name, lock=lock)


def _is_same(source: Path, target: Path) -> bool:
    try:
        return source.samefile(target)
    except OSError:
        return source.absolute() == target.absolute()


def _said(error: OSError, target: Path) -> WorkbookError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return WorkbookError("disk-full", file=target.name)
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return WorkbookError("target-read-only", file=target.name)
    return WorkbookError("not-written", file=target.name, reason=error.strerror or type(error).__name__)
