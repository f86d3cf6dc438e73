"""Whether everything the add-in needs is in order, looked at from the Python that it is to start.

Each check says what it found as a code and facts; the words, and what to do about it, are those of the command.
"""

from __future__ import annotations

import platform
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from udfs.addin.excel import Excel
from udfs.addin.install import Places, Status, status
from xlcredit import __version__
from xlcredit.excel.checkup import FAULT, HINT, OK, Check
from xlcredit.excel.configuration import PolicyError, active_policy

LOAD = "import udfs.lean, xlwings, udfs.functions"
"""What the add-in's first call loads; the first two as XlcreditHost.bas has them."""

SLOW, TOO_LONG = 2.0, 60.0
"""Seconds: what a user notices, and when we stop waiting."""


def examine(target: Places | None, found: Excel | None) -> Iterator[Check]:
    """Every check that makes sense here, as each is done; without places only those of Python itself."""
    python = sys.executable
    yield Check("python", OK, {"version": platform.python_version(), "bits": bits(), "path": python})
    if target is None:
        yield Check("no-excel", HINT)
    else:
        there = status(target)
        if Path(there.python).is_file():
            python = there.python
        yield interpreter(there.python)
        yield addin(there, target)
        yield link(python, found)
        if found:
            yield bitness(found)
            yield trust(target, found)
    yield loading(python)
    yield policy()


def bits() -> int:
    """Bitness of this Python."""
    return struct.calcsize("P") * 8


def interpreter(named: str) -> Check:
    """Whether the add-in knows a Python, and it is this one."""
    if not named:
        return Check("interpreter-missing", FAULT)
    if not Path(named).is_file():
        return Check("interpreter-gone", FAULT, {"named": named})
    if Path(named) != Path(sys.executable):
        return Check("interpreter-other", HINT, {"named": named, "path": sys.executable})
    return Check("interpreter-named")


def addin(there: Status, target: Places) -> Check:
    """Whether the add-in is installed and of the versions that are at work here."""
    if there.versions is None:
        return Check("addin-missing", FAULT, {"path": target.addin})
    if not there.versions:
        return Check("addin-damaged", FAULT, {"path": target.addin})
    built, here = there.versions, {"xlcredit": __version__, "xlwings": version("xlwings")}
    if built["xlwings"] != here["xlwings"]:  # it would look for a DLL that is no longer there
        return Check("addin-xlwings", FAULT, {"built": built["xlwings"], "here": here["xlwings"]})
    if built["xlcredit"] != here["xlcredit"]:
        return Check("addin-xlcredit", HINT, {"built": built["xlcredit"], "here": here["xlcredit"]})
    return Check("addin", OK, {"path": target.addin, **here})


def link(python: str, found: Excel | None) -> Check:
    """Whether xlwings' part that Excel itself loads is there: a DLL on Windows, a script on a Mac."""
    if found is None:
        scripts = Path.home() / "Library" / "Application Scripts" / "com.microsoft.Excel"
        script = scripts / f"xlwings-{version('xlwings')}.applescript"
        return _file("script", script.name, (scripts,))
    folder = Path(python).parent
    name = f"xlwings{found.bits or bits()}-{version('xlwings')}.dll"
    return _file("dll", name, (folder, folder.parent))  # in a virtual environment it lies one folder up


def _file(code: str, name: str, folders: tuple[Path, ...]) -> Check:
    if any((folder / name).is_file() for folder in folders):
        return Check(code, OK, {"file": name})
    return Check(f"{code}-missing", FAULT, {"file": name, "folder": folders[0]})


def bitness(found: Excel) -> Check:
    """Whether Excel and Python are both of 64 or both of 32 bits."""
    if found.bits is None:
        return Check("bitness-unknown", HINT, {"python": bits()})
    facts: dict[str, object] = {"excel": found.bits, "python": bits()}
    return Check("bitness", OK, facts) if found.bits == bits() else Check("bitness-differs", HINT, facts)


def trust(target: Places, found: Excel) -> Check:
    """Whether Excel opens the add-in at its start, or trusts its folder at least."""
    if found.opens(target.addin.name):
        return Check("ticked")
    folder = target.addin.parent
    return Check("trusted" if found.trusts(str(folder)) else "not-trusted", HINT, {"folder": folder})


def loading(python: str) -> Check:
    """How long the functions take to load, in a process started as the add-in starts it."""
    began = time.perf_counter()
    try:
        done = subprocess.run(  # noqa: S603 (the Python that the add-in starts)
            [python, "-P", "-B", "-c", LOAD],
            capture_output=True, check=False, text=True, errors="replace", timeout=TOO_LONG,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return Check("loading-endless", FAULT, {"seconds": TOO_LONG})
    seconds = time.perf_counter() - began
    if done.returncode:
        said = done.stderr.strip().splitlines()
        return Check("loading-failed", FAULT, {"reason": said[-1] if said else done.returncode})
    if seconds > SLOW:
        return Check("loading-slow", HINT, {"seconds": seconds})
    return Check("loading", OK, {"seconds": seconds})


def policy() -> Check:
    """Whether the active policy can be read; its faults are the fact."""
    try:
        active = active_policy()
    except (PolicyError, OSError, UnicodeDecodeError) as error:
        return Check("policy-faulty", FAULT, {"error": error})
    return Check("policy", OK, {"name": active.name, "version": active.version})
