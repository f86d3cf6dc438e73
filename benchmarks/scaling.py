"""Scaling: `xlcredit run` on 10 k, 100 k and 1 M rows, and what each further 100,000 rows cost.

Linear means that a row of the largest file costs no more than one of the file before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from statistics import median

from benchmarks.figures import Figure, at_most, memory_of, time_of
from benchmarks.ledgerfile import AS_OF, ledger_file
from benchmarks.processes import Usage, usage

SIZES = (10_000, 100_000, 1_000_000)
LINEAR = 1.25
STEP = 100_000


def measure(*, quick: bool) -> Iterator[Figure]:
    """Seconds and megabytes at each size; their growth from size to size."""
    taken: dict[int, Usage] = {}
    for n_rows in (1_000, 10_000, 30_000) if quick else SIZES:
        taken[n_rows] = _run(n_rows, 1 if quick or n_rows > STEP else 3)
        found = taken[n_rows]
        yield Figure(f"review {n_rows:,} rows", f"{time_of(found.seconds)}, {memory_of(found.megabytes)}")
    first, second = [_growth(taken, pair) for pair in pairwise(taken)]
    peer = "the step before"
    what = f"{STEP:,} rows more, at the largest size"
    yield at_most(
        LINEAR, f"{what}: time", time_of(second.seconds), peer, time_of(first.seconds), second.seconds / first.seconds
    )
    yield at_most(
        LINEAR, f"{what}: memory", memory_of(second.megabytes), peer, memory_of(first.megabytes),
        second.megabytes / max(first.megabytes, 1.0),
    )  # fmt: skip


def _run(n_rows: int, repeats: int) -> Usage:
    source = ledger_file(n_rows, streamed=True)
    target = source.with_name(f"{source.stem}.reviewed.xlsx")
    command = ("-m", "xlcredit", "run", source, "--as-of", AS_OF, "--fail-on", "never", "--no-lists", "-o", target)
    runs = [usage(*command) for _ in range(repeats)]
    return Usage(median(run.seconds for run in runs), median(run.megabytes for run in runs))


def _growth(taken: dict[int, Usage], sizes: tuple[int, int]) -> Usage:
    """Cost of 100,000 rows more between two sizes."""
    small, large = (taken[size] for size in sizes)
    steps = (sizes[1] - sizes[0]) / STEP
    return Usage((large.seconds - small.seconds) / steps, (large.megabytes - small.megabytes) / steps)
