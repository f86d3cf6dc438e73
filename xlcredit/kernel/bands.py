"""Bands: rising bounds → outcomes, the one look-up behind points, grades, buckets, levels and rates.

A *bound* says to which side it belongs: "from 15" puts 15 above it, "above 60" leaves 60 below.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from math import inf, isfinite
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Side = Literal["from", "above"]
BLOCK = 16_384
"""Rows worked on at a time: a column of them stays in the cache, which is worth a factor of ten."""


@dataclass(frozen=True, slots=True)
class Bound:
    """Where one band ends and the next begins."""

    value: float
    side: Side = "from"

    def __post_init__(self) -> None:
        if not isfinite(self.value):
            raise ValueError(f"a bound must be a finite number, not {self.value!r}")
        if self.side not in ("from", "above"):
            raise ValueError(f"a bound is 'from' or 'above' its value, not {self.side!r}")

    @property
    def edge(self) -> float:
        """The least number on the upper side."""
        return self.value if self.side == "from" else float(np.nextafter(self.value, inf))

    def __str__(self) -> str:
        return f"{'≥' if self.side == 'from' else '>'} {self.value:g}"


@dataclass(frozen=True, slots=True)
class Bands:
    """One more outcome than bounds: the first holds below every bound."""

    bounds: tuple[Bound, ...]
    outcomes: tuple[Any, ...]
    edges: NDArray[np.float64] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.outcomes) != len(self.bounds) + 1:
            count = len(self.bounds)
            raise ValueError(f"{count} bounds need {count + 1} outcomes, not {len(self.outcomes)}")
        edges = [bound.edge for bound in self.bounds]
        for (low, high), (bound, after) in zip(pairwise(edges), pairwise(self.bounds), strict=True):
            if not low < high:
                raise ValueError(f"bounds must rise: {after} does not come after {bound}")
        object.__setattr__(self, "edges", np.array(edges, dtype=np.float64))

    def index(self, values: NDArray[np.float64]) -> NDArray[np.int8] | NDArray[np.intp]:
        """Position of each value's outcome; -1 where the value is missing (NaN)."""
        values = np.ascontiguousarray(values, dtype=np.float64)
        if len(self.edges) > np.iinfo(np.int8).max:
            return np.where(np.isnan(values), -1, np.searchsorted(self.edges, values, side="right"))
        found = np.empty(len(values), dtype=np.int8)
        reached = np.empty(min(len(values), BLOCK), dtype=np.bool_)
        for start in range(0, len(values), BLOCK):
            block = values[start : start + BLOCK]
            self._count(block, reached[: len(block)], found[start : start + BLOCK])
        return found

    def _count(self, block: NDArray[np.float64], reached: NDArray[np.bool_], found: NDArray[np.int8]) -> None:
        # Counting the edges at or below a value beats a binary search: few edges, whole blocks in the cache.
        ones = reached.view(np.int8)
        np.not_equal(block, block, out=reached)  # only NaN differs from itself
        np.negative(ones, out=found)
        for edge in self.edges:
            np.greater_equal(block, edge, out=reached)
            np.add(found, ones, out=found)

    def take(self, values: NDArray[np.float64], missing: object = None) -> NDArray[Any]:
        """Each value's outcome, and ``missing`` where there is no value."""
        outcomes = np.array([*self.outcomes, missing])
        return outcomes[self.index(values)]
