"""LibreOffice without a window: the program that opens, recalculates and prints what we write.

It trusts cached values of .xlsx unless told otherwise, so its profile here says "always
recalculate"; a profile of its own keeps it from the user's, and another one for each worker of pytest-xdist keeps
workers from waiting for each other. With each profile one conversion runs at a time.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")
WORKPLACE = Path(tempfile.gettempdir()) / f"xlcredit-office-{os.getuid()}-{WORKER}"
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
<prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""
"""0 is "always"."""
FILTERS = {"csv": "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"}
"""UTF-8, quoted, values as shown, one file per sheet."""


def convert(source: Path, kind: str, folder: Path | None = None, timeout: float = 120) -> Path:
    """The workbook as pdf, xlsx, ods or xls, opened and recalculated by LibreOffice; beside the source by default."""
    folder = folder or source.parent / f"as-{kind}"
    folder.mkdir(parents=True, exist_ok=True)
    with _office() as command:
        done = subprocess.run(
            [*command, "--convert-to", FILTERS.get(kind, kind), "--outdir", str(folder), str(source)],
            capture_output=True, text=True, timeout=timeout, check=False,
        )  # fmt: skip
    made = folder / f"{source.stem}.{kind}"
    if done.returncode or not made.exists():
        raise OSError(f"LibreOffice made no {kind} of {source.name}: {done.stdout}{done.stderr}")
    return made


def convert_all(sources: Sequence[Path], kind: str, folder: Path, timeout: float = 600) -> dict[Path, Path]:
    """Many workbooks in one start of LibreOffice: source → what was made of it, left out where nothing was."""
    folder.mkdir(parents=True, exist_ok=True)
    with _office() as command:
        subprocess.run(
            [*command, "--convert-to", kind, "--outdir", str(folder), *map(str, sources)],
            capture_output=True, text=True, timeout=timeout, check=False,
        )  # fmt: skip
    made = {source: folder / f"{source.stem}.{kind}" for source in sources}
    return {source: path for source, path in made.items() if path.exists()}


def sheets_as_text(source: Path, folder: Path | None = None) -> dict[str, str]:
    """Each sheet's values after recalculation, as CSV text, by sheet name."""
    folder = folder or source.parent / "as-csv"
    folder.mkdir(parents=True, exist_ok=True)
    with _office() as command:
        subprocess.run(
            [*command, "--convert-to", FILTERS["csv"], "--outdir", str(folder), str(source)],
            capture_output=True, text=True, timeout=120, check=True,
        )  # fmt: skip
    made = sorted(folder.glob(f"{source.stem}-*.csv"))
    return {path.stem.removeprefix(f"{source.stem}-"): path.read_text(encoding="utf-8") for path in made}


def render(source: Path, folder: Path | None = None, dots_per_inch: int = 80) -> list[Path]:
    """The workbook's printed pages as PNG pictures, in order."""
    printed = convert(source, "pdf", folder)
    prefix = printed.with_suffix("")
    subprocess.run(["pdftoppm", "-png", "-r", str(dots_per_inch), str(printed), str(prefix)], check=True)
    return sorted(printed.parent.glob(f"{prefix.name}-*.png"))


@contextmanager
def _office() -> Iterator[list[str]]:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    WORKPLACE.mkdir(exist_ok=True)
    with (WORKPLACE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield [program, "--headless", "--norestore", f"-env:UserInstallation={_profile().as_uri()}"]


def _profile() -> Path:
    profile = WORKPLACE / "profile"
    settings = profile / "user" / "registrymodifications.xcu"
    if not settings.exists():
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(SETTINGS, encoding="utf-8")
    return profile


if __name__ == "__main__":
    import sys

    for page in render(Path(sys.argv[1]).resolve()):
        print(page)
