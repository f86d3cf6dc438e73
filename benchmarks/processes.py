"""Programs in processes of their own: wall time and peak memory, as the system counts them.

    python -m benchmarks.processes PROGRAM ARGUMENT…     prints seconds and megabytes

A process is charged with the memory of the one that started it, so a small one starts it: this module.
"""

from __future__ import annotations

import gc
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Usage:
    """What a program took."""

    seconds: float
    megabytes: float


def usage(*arguments: str | Path) -> Usage:
    """Wall time and peak memory of ``python ARGUMENT…``; what it prints is thrown away.

    Raises:
        RuntimeError: the program failed; its last words are the message.
    """
    command = [sys.executable, "-m", f"{__package__}.processes", sys.executable, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[3:])} failed: {done.stderr[-2_000:]}")
    spent, kilobytes = done.stdout.split()
    return Usage(float(spent), float(kilobytes) / 1024)


def growth(module: str, *arguments: str | Path) -> float:
    """Megabytes that a module run by itself says, with ``report_growth``, that an action of its added."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return float(done.stdout) / 1024


def report_growth(action: Callable[[], None]) -> None:
    """Prints how many kilobytes the process's memory rose at most above where it stood, while the action ran."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak begins anew
    before = _kilobytes("VmRSS")
    action()
    print(_kilobytes("VmHWM") - before)


def _kilobytes(name: str) -> int:
    """A figure of the process as Linux keeps it."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


def _watch(command: list[str]) -> int:
    start = perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    spent = perf_counter() - start
    print(spent, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    return done.returncode


if __name__ == "__main__":
    sys.exit(_watch(sys.argv[1:]))
