"""Adds columns, sheets, names and new contents to an existing .xlsx or .xlsm and keeps every other byte.

The target is written beside its place under another name and moved there when it is whole, so that nothing
half-written is ever seen under the target's name.
"""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Collection, Sequence
from pathlib import Path

from xlcredit.excel.additions import Columns, Name, Rewrite, Sheet
from xlcredit.excel.donor import Donor
from xlcredit.excel.ooxml.archive import Archive
from xlcredit.excel.ooxml.package import Package, back_up
from xlcredit.excel.ooxml.revision import Progress, Revision, Wanted
from xlcredit.excel.target import check_target, write_fault
from xlcredit.kernel.errors import WorkbookError


def patch(
    source: Path,
    target: Path,
    columns: Sequence[Columns] = (),
    sheets: Sequence[Sheet] = (),
    *,
    remove: Collection[str] = (),
    names: Sequence[Name] = (),
    rewrites: Sequence[Rewrite] = (),
    donor: Donor | None = None,
    progress: Progress | None = None,
    serial_1904: bool = False,
) -> None:
    """Writes ``source`` with additions to ``target``; sheets whose marks are in ``remove`` go.

    Names stand in place of those of the same spelling an earlier run left; the others stay, since formulas may call
    them, unless "names" is in ``remove``: then all go that are not among ``names``. Dates are serials of the 1900
    system, or of the 1904 system with ``serial_1904``; the workbook's own system is looked up.
    """
    source, target = Path(source), Path(target)
    if _is_same(source, target):
        raise WorkbookError("same-file", file=source.name)
    _write(source, target, Wanted(columns, sheets, remove, names, rewrites, donor), progress, serial_1904=serial_1904)


def save(
    path: Path,
    columns: Sequence[Columns] = (),
    sheets: Sequence[Sheet] = (),
    *,
    remove: Collection[str] = (),
    names: Sequence[Name] = (),
    rewrites: Sequence[Rewrite] = (),
    donor: Donor | None = None,
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
        raise write_fault(path, error) from error
    try:
        _write(path, path, Wanted(columns, sheets, remove, names, rewrites, donor), progress, serial_1904=serial_1904)
    except BaseException:
        copy.unlink(missing_ok=True)  # the workbook is as it was
        raise
    return copy


def _write(source: Path, target: Path, wanted: Wanted, progress: Progress | None, *, serial_1904: bool) -> None:
    check_target(target)
    temporary: Path | None = None
    try:
        with Package.open(source) as package:
            revision = Revision(package, progress, serial_1904=serial_1904)
            revision.take(wanted)
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
        raise write_fault(target, error) from error
    except BaseException:
        _discard(temporary)
        raise


def _discard(temporary: Path | None) -> None:
    if temporary:
        temporary.unlink(missing_ok=True)


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode) | stat.S_IWUSR


def _is_same(source: Path, target: Path) -> bool:
    try:
        return source.samefile(target)
    except OSError:
        return source.absolute() == target.absolute()
