"""The add-in in Excel's folder of the user, and the file that tells it where Python is.

Each file is made beside its place and moved there whole, so Excel never meets half of one. Where Excel does not run
there are no places, and nothing is written.
"""

from __future__ import annotations

import os
import sys
import tempfile
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import BadZipFile, ZipFile

from udfs.addin import words
from udfs.addin.build import NAMES, build

ADDIN = NAMES[0]
VALUES = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}lpwstr"


@dataclass(frozen=True, slots=True)
class Places:
    """Where a user's files go."""

    system: str
    """As Python calls it: "win32" or "darwin"."""
    addin: Path
    interpreter: Path
    """Names the Python that the add-in starts, in one line; VBA reads it."""
    encoding: str
    """How VBA reads it: the system's code page on Windows; on a Mac nothing but ASCII is safe."""


@dataclass(frozen=True, slots=True)
class Status:
    """What lies in the places."""

    versions: Mapping[str, str] | None
    """Versions of xlcredit and xlwings the add-in was built from; None without an add-in, empty for a damaged one."""
    python: str
    """The interpreter named, or nothing."""


def places(
    system: str = sys.platform, environment: Mapping[str, str] = os.environ, home: Path | None = None
) -> Places | None:
    """The user's places on Windows ("win32") and macOS ("darwin"), where VBA looks for them; elsewhere None."""
    home = home or Path.home()
    if system == "win32":
        roaming = Path(environment.get("APPDATA") or home / "AppData" / "Roaming")
        local = Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local")
        folder = roaming / "Microsoft" / "AddIns"
        return Places(system, folder / ADDIN, local / "xlcredit" / "interpreter.txt", "mbcs")
    if system == "darwin":
        library = home / "Library"
        started = library / "Group Containers" / "UBF8T346G9.Office" / "User Content.localized" / "Startup.localized"
        own = library / "Containers" / "com.microsoft.Excel" / "Data"  # the home folder that Excel itself sees
        return Places(system, started / "Excel" / ADDIN, own / "xlcredit-interpreter.txt", "ascii")
    return None


def install(target: Places, python: str, texts: Mapping[str, words.Texts]) -> None:
    """Builds the add-in into its place and names the interpreter.

    Raises UnicodeEncodeError where VBA could not read the interpreter's path, OSError where a file cannot be written;
    an add-in that is loaded in Excel is such a file.
    """
    line = python.encode(target.encoding) + b"\r\n"
    for path in (target.addin, target.interpreter):
        path.parent.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(dir=target.addin.parent) as made,
        tempfile.TemporaryDirectory(dir=target.interpreter.parent) as beside,
    ):
        (addin,) = build(Path(made), texts, (ADDIN,))
        named = Path(beside) / target.interpreter.name
        named.write_bytes(line)
        addin.replace(target.addin)  # first: this fails where Excel has the add-in open, and then nothing changed
        named.replace(target.interpreter)


def uninstall(target: Places) -> tuple[Path, ...]:
    """Removes what ``install`` wrote and returns what was there; OSError where Excel has it open."""
    there = tuple(path for path in (target.addin, target.interpreter) if path.is_file())
    for path in there:
        path.unlink()
    return there


def status(target: Places) -> Status:
    """What is installed."""
    python = ""
    with suppress(FileNotFoundError):
        lines = target.interpreter.read_bytes().splitlines()  # VBA, too, reads the first line only
        python = lines[0].decode(target.encoding, "replace") if lines else ""
    return Status(versions(target.addin) if target.addin.is_file() else None, python)


def versions(addin: Path) -> dict[str, str]:
    """Versions an add-in says it was built from, by name; none where it is damaged or not ours."""
    try:
        with ZipFile(addin) as package:
            root = ET.fromstring(package.read("docProps/custom.xml"))  # noqa: S314 (from the user's own folder)
    except (BadZipFile, EOFError, KeyError, ET.ParseError, zlib.error):
        return {}
    found = {str(each.get("name")): each.findtext(VALUES, "") for each in root}
    return found if found.keys() >= {"xlcredit", "xlwings"} else {}
