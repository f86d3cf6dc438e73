"""The page docs/explanation/measured.md: the figures of one whole run, and of what machine."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version
from textwrap import fill

from benchmarks.figures import HEADINGS, Figure
from benchmarks.processes import ROOT

PAGE = ROOT / "docs" / "explanation" / "measured.md"
LIBRARIES = (
    "numpy", "isal", "python-calamine", "openpyxl", "XlsxWriter", "pandas", "polars", "duckdb", "optbinning", "xlwings",
)  # fmt: skip
WIDTH = 120
INTRODUCTION = """\
# Measured

Written by `python -m benchmarks --write` (`make bench` prints the same). Every alternative was measured in the same
run on the same data, taking turns; read the ratios, not the seconds. A ratio is how many times longer the alternative
took where the target reads ≥, and how many times its cost ours was where it reads ≤.
"""


def write(figures: Sequence[tuple[str, Figure]]) -> None:
    """Writes the page."""
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(figures), encoding="utf-8")
    print(f"\nwritten: {PAGE.relative_to(ROOT)}")


def page(figures: Sequence[tuple[str, Figure]]) -> str:
    """The page as Markdown: a table for each benchmark."""
    parts = [INTRODUCTION, f"{_machine()}\n"]
    for name in dict.fromkeys(name for name, _ in figures):
        lines = [figure.cells for of, figure in figures if of == name]
        parts.append(f"## {name.capitalize()}\n\n{_table(lines)}\n")
    return "\n".join(parts)


def _table(lines: Sequence[Sequence[str]]) -> str:
    rule = ("---", "--:", "---", "--:", "--:", "--:", "---")
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (HEADINGS, rule, *lines))


def _machine() -> str:
    """Cores, system kind, Python and libraries; nothing that names the machine."""
    versions = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    today = datetime.now().astimezone().date()
    told = (
        f"{today}: {os.cpu_count()} cores ({platform.machine()}), {platform.system()}, "
        f"Python {platform.python_version()}, {versions}."
    )
    return fill(told, WIDTH, break_on_hyphens=False)
