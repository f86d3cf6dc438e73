"""What commands share: the day they look from, names of files, and text files written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from xlcredit.kernel.errors import WorkbookError

if TYPE_CHECKING:
    from datetime import date


def today() -> date:
    """Today's date where the command runs (not in UTC: edge case 28)."""
    return datetime.now().astimezone().date()


def refuse_other_ending(target: Path | None, ending: str = ".xlsx") -> None:
    """Excel opens no workbook whose name says that it is something else.

    Raises:
        WorkbookError: the name of what is to be written ends otherwise.
    """
    if target is not None and target.suffix.lower() != ending:
        better = target.with_suffix(ending).name
        raise WorkbookError("wrong-ending", file=target.name, ending=ending, better=better)


@contextmanager
def beside(path: Path, text: str) -> Iterator[None]:
    """Writes a text beside its place; it takes the place when the block is done, and is gone if that fails.

    Raises:
        WorkbookError: the folder is not there, or nothing can be written to it.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        draft.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise WorkbookError("cannot-write", str(path), file=path.name, reason=error.strerror or str(error)) from error
    try:
        yield
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def write_whole(path: Path, text: str) -> None:
    """Writes a text file whole or not at all."""
    with beside(path, text):
        pass
