"""The clock: medians of runs that take turns, so that a noisy neighbour troubles all of them alike."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter
from typing import Any

Action = Callable[[], Any]


def seconds(action: Action) -> float:
    """Wall time of one run, without the garbage of the one before."""
    gc.collect()
    start = perf_counter()
    action()
    return perf_counter() - start


def in_turn(actions: Mapping[str, Action], repeats: int) -> dict[str, float]:
    """Median wall time of each action; they take turns, A B C, A B C and so on."""
    runs = [{name: seconds(action) for name, action in actions.items()} for _ in range(repeats)]
    return {name: median(run[name] for run in runs) for name in actions}
