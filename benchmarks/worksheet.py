"""Worksheet: 50,000 × 6 answers through xlwings' own call_udf, against its conversion of the same cells alone.

The call runs in a process of its own, over a stand-in for COM that hands cells over as Excel does: floats, and None for
a blank. The peer reads the same cells and writes the same scores, and computes nothing.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from importlib import reload
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from benchmarks.clock import in_turn
from benchmarks.figures import Figure, at_most, time_of
from benchmarks.processes import ROOT

MOST_OF_CELLS, MOST_OF_ROW, MOST_OF_IMPORT = 1.5, 0.001, 0.5
CALLS = 500
MISSING = 0.02
FROM = (0, -10, 0, 0, -0.1, 0)
TO = (12, 90, 1, 1.1, 0.2, 5)
"""The range of each answer of the trade card."""

Rows = tuple[tuple[float | None, ...], ...]


def measure(*, quick: bool) -> Iterator[Figure]:
    """A large call, a call of one row, and the import that the first call waits for."""
    n_rows, repeats = (5_000, 3) if quick else (50_000, 9)
    took = _measured_apart(n_rows, repeats)
    yield at_most(
        MOST_OF_CELLS, f"CREDIT_SCORE of {n_rows:,} × {len(TO)} answers through xlwings", time_of(took["call"]),
        "xlwings converting the cells", time_of(took["cells"]), took["call"] / took["cells"],
    )  # fmt: skip
    row = took["row"] / CALLS
    yield Figure(
        "CREDIT_SCORE of one row, without a host", time_of(row), target=f"< {MOST_OF_ROW * 1000:g} ms",
        met=row < MOST_OF_ROW,
    )  # fmt: skip
    yield _import(repeats)


def _import(repeats: int) -> Figure:
    lines = {"ours": "import udfs.functions", "python": "pass"}
    run = partial(subprocess.run, cwd=ROOT, check=True)
    runs = {name: partial(run, [sys.executable, "-c", line]) for name, line in lines.items()}
    ours, theirs = in_turn(runs, repeats).values()
    return Figure(
        "import udfs.functions", time_of(ours), "python -c pass", time_of(theirs), ours / theirs,
        f"< {MOST_OF_IMPORT} s", ours < MOST_OF_IMPORT,
    )  # fmt: skip


def _measured_apart(n_rows: int, repeats: int) -> dict[str, float]:
    """Seconds by name, from a process that has nobody's configuration."""
    command = [sys.executable, "-m", __name__, str(n_rows), str(repeats)]
    with TemporaryDirectory() as home:
        variables = {**os.environ, "XLCREDIT_HOME": home}
        done = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[1:])} failed: {done.stderr[-2_000:]}")
    return dict(json.loads(done.stdout))


def draw_answers(n_rows: int) -> Rows:
    """Seeded answers as COM hands them over, a few of them blank."""
    draw = np.random.default_rng(1)
    answers = np.round(draw.uniform(FROM, TO, (n_rows, len(TO))), 2).astype(object)
    answers[draw.random(answers.shape) < MISSING] = None
    return tuple(map(tuple, answers.tolist()))


def main(n_rows: int, repeats: int) -> None:
    """Prints the seconds of a call, of converting its cells, and of many calls of one row."""
    call_udf = _xlwings()
    from xlwings import conversion

    from udfs.functions import CREDIT_SCORE

    declared: dict[str, Any] = CREDIT_SCORE.__xlfunc__
    answers, options, written = draw_answers(n_rows), declared["args"][0]["options"], declared["ret"]["options"]
    scores = CREDIT_SCORE(conversion.read(None, answers, options))
    one = [list(answers[0])]

    def call() -> Any:
        return call_udf("udfs.functions", "CREDIT_SCORE", (answers,))

    def cells() -> Any:
        conversion.read(None, answers, options)
        return conversion.write(scores, None, written)

    def row() -> None:
        for _ in range(CALLS):
            CREDIT_SCORE(one)

    if call() != cells():
        raise ValueError("xlwings hands over other scores than the function gave")
    print(json.dumps(in_turn({"call": call, "cells": cells, "row": row}, repeats)))


def _xlwings() -> Any:
    """``call_udf`` in a process that loaded xlwings as the add-in does."""
    from tests.support import com
    from udfs import lean

    call_udf = com.install()
    reload(lean)  # with the decorators of Windows in place
    return call_udf


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
