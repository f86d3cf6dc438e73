"""Runs the benchmarks and prints each figure beside the alternative's.

python -m benchmarks [NAME…] [--quick] [--write]
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from typing import cast

from benchmarks.figures import Benchmark, Figure
from benchmarks.ledgerfile import folder

NAMES = ("scoring", "aging", "run", "patching", "scaling", "startup", "worksheet", "wrapper", "pack")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the benchmarks asked for; 1 when a target was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"some of {', '.join(NAMES)}; all without")
    parser.add_argument("--quick", action="store_true", help="smaller data, fewer repeats: to see that they work")
    parser.add_argument("--write", action="store_true", help="write docs/explanation/measured.md, too")
    options = parser.parse_args(arguments)
    unknown = set(options.names) - set(NAMES)
    if unknown:
        parser.error(f"no benchmark {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    if options.write and (options.quick or options.names):
        parser.error("--write goes with all benchmarks at their full size")
    _keep_bytecode()
    figures = list(_measured(options.names or NAMES, quick=options.quick))
    if options.write:
        from benchmarks.measured import write

        write(figures)
    return int(any(figure.met is False for _, figure in figures))


def _keep_bytecode() -> None:
    """Lets programs that are started keep their bytecode, in a folder that goes: pip leaves it for what it installs."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder() / "bytecode")


def _measured(names: Sequence[str], *, quick: bool) -> Iterator[tuple[str, Figure]]:
    for name in names:
        benchmark = cast("Benchmark", import_module(f"benchmarks.{name}"))
        print(f"\n{name}: {(benchmark.__doc__ or '').splitlines()[0].partition(': ')[2]}")
        for figure in benchmark.measure(quick=quick):
            if quick:
                figure = replace(figure, target="", met=None)  # noqa: PLW2901 (targets hold at full size)
            _print(figure)
            yield name, figure


def _print(figure: Figure) -> None:
    what, ours, peer, theirs, ratio, target, met = figure.cells
    print(f"  {what}\n    xlcredit {ours}" + (f"   {peer} {theirs}   {ratio}" if peer else ""), end="")
    print(f"   target {target}: {met}" if target else "", flush=True)


if __name__ == "__main__":
    sys.exit(main())
