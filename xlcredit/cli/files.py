"""What commands share: the day they look from, and text files written whole or not at all."""

from __future__ import annotations

import argparse
import os
import tempfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from xlcredit.kernel.errors import WorkbookError

if TYPE_CHECKING:
    from datetime import date


def as_of(options: argparse.Namespace) -> date:
    """The as-of date asked for, else today's date where the command runs (not in UTC: edge case 28)."""
    given: date | None = options.as_of
    return given or datetime.now().astimezone().date()


def refuse_missing_folder(path: Path) -> None:
    """Raises before any work is done where a file could not be written after it.

    Raises:
        WorkbookError: the folder is not there.
    """
    if not path.parent.is_dir():
        raise WorkbookError("target-folder-missing", str(path), file=path.name, folder=str(path.parent))


def write_whole(path: Path, text: str) -> None:
    """Writes a text file beside its place and moves it there when it is whole.

    Raises:
        WorkbookError: the folder is not there, or nothing can be written to it.
    """
    try:
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            Path(draft).replace(path)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise WorkbookError("cannot-write", str(path), file=path.name, reason=error.strerror or str(error)) from error
