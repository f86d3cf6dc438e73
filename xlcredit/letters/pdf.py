"""PDF: Word documents printed by LibreOffice, with a profile of its own so that an open one is left alone."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from xlcredit.kernel.errors import WorkbookError

_BATCH: Final = 50
"""Documents given to LibreOffice at once."""
_SECONDS: Final = 300
_PLACES: Final = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)


def office() -> str | None:
    """Where LibreOffice is, None where it is not installed."""
    named = shutil.which("soffice") or shutil.which("libreoffice")
    return named or next((place for place in _PLACES if Path(place).is_file()), None)


def print_pdfs(documents: Sequence[Path]) -> None:
    """Writes a .pdf beside each document.

    Raises:
        WorkbookError: "no-office", LibreOffice is not installed; "pdf-failed", it did not write one.
    """
    program = office()
    if program is None:
        raise WorkbookError("no-office")
    for start in range(0, len(documents), _BATCH):
        _print(program, documents[start : start + _BATCH])


def _print(program: str, documents: Sequence[Path]) -> None:
    with tempfile.TemporaryDirectory(prefix="xlcredit-") as profile:
        place = f"-env:UserInstallation={Path(profile).as_uri()}"
        command = [program, "--headless", "--norestore", place, "--convert-to", "pdf", "--outdir"]
        try:
            done = subprocess.run(  # noqa: S603 (the program is LibreOffice, the arguments are our own paths)
                [*command, str(documents[0].parent), *map(str, documents)],
                capture_output=True, text=True, errors="replace", timeout=_SECONDS, check=False,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired) as error:
            raise WorkbookError("pdf-failed", file=documents[0].name, reason=str(error)) from error
    for document in documents:
        if not document.with_suffix(".pdf").is_file():
            reason = " ".join((done.stderr or done.stdout).split()) or "-"
            raise WorkbookError("pdf-failed", file=document.name, reason=reason[:200])
