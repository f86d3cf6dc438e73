"""The folder letters go to: everything is written beside it first, and put in place when all of it is there."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from xlcredit.kernel.errors import WorkbookError


@contextmanager
def delivered(folder: Path, names: Iterable[str], *, force: bool = False) -> Iterator[Path]:
    """A draft folder for the block to write files of these names into; they move to the folder when it is done.

    Each file appears whole or not at all, in the order named; where the block fails, none does. One that it did not
    write goes: a print of an earlier run would stand beside a letter that says something else.

    Raises:
        WorkbookError: a file of such a name is there and ``force`` is not set, or nothing can be written.
    """
    wanted = list(names)
    there = [name for name in wanted if (folder / name).exists()]
    if there and not force:
        raise WorkbookError("files-exist", count=len(there), file=there[0], folder=folder)
    is_new = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".xlcredit-") as draft:
            yield Path(draft)
            for name in wanted:
                if (Path(draft) / name).exists():
                    (Path(draft) / name).replace(folder / name)
                else:
                    (folder / name).unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise WorkbookError("cannot-write", str(folder), file=folder.name, reason=reason) from error
    finally:
        if is_new:
            with suppress(OSError):  # it holds letters, or was never made
                folder.rmdir()
