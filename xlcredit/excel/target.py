"""The file that is written: what is refused before anything is, and what is said of a fault in between."""

from __future__ import annotations

import errno
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xlcredit.kernel.errors import WorkbookError


def check_target(target: Path) -> None:
    """Refuses a place where no file can be put, and a file that may not be replaced.

    Raises:
        WorkbookError: no such folder, a folder of that name, a file that is read-only or open in a program.
    """
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


@contextmanager
def writing(target: Path) -> Iterator[None]:
    """What is done to write a file; a fault of the system in it is told as what it means for the file.

    Raises:
        WorkbookError: the file may not be written there, or could not be.
    """
    check_target(target)
    try:
        yield
    except OSError as fault:
        raise write_fault(target, fault) from fault


def write_fault(target: Path, fault: OSError) -> WorkbookError:
    """The WorkbookError that says why a file could not be written."""
    if fault.errno in {errno.ENOSPC, errno.EDQUOT}:
        return WorkbookError("disk-full", file=target.name)
    if isinstance(fault, PermissionError) or fault.errno == errno.EROFS:
        return WorkbookError("target-read-only", file=target.name)
    return WorkbookError("not-written", file=target.name, reason=fault.strerror or type(fault).__name__)
