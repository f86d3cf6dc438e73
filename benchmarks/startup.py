"""Startup: `xlcredit --help`, beside an interpreter that does nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.clock import in_turn
from benchmarks.figures import Figure, time_of
from benchmarks.processes import ROOT

MOST = 0.2


def measure(*, quick: bool) -> Iterator[Figure]:
    """Wall time of the command, and of Python doing nothing."""
    took = in_turn(
        {"xlcredit": lambda: _run(*_command(), "--help"), "python": lambda: _run(sys.executable, "-c", "pass")},
        3 if quick else 10,
    )
    ours, theirs = took["xlcredit"], took["python"]
    yield Figure(
        "xlcredit --help", time_of(ours), "python -c pass", time_of(theirs), ours / theirs, f"< {MOST} s", ours < MOST
    )


def _command() -> tuple[str, ...]:
    installed = Path(sys.executable).with_name("xlcredit")
    return (str(installed),) if installed.exists() else (sys.executable, "-m", "xlcredit")


def _run(*command: str) -> None:
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
