"""Plausible: inputs of a score that are out of all proportion, as a wrong unit or a slip of the pen makes them.

They count as they stand: the figure is asked about, not corrected.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Figures = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Range:
    """Least and most that is plausible, both included."""

    least: float
    most: float

    def __post_init__(self) -> None:
        if self.least > self.most:
            raise ValueError(f"a range runs upwards, not from {self.least} to {self.most}")

    def outside(self, figures: Figures) -> Flags:
        """Which figures lie outside; a missing one does not."""
        return (figures < self.least) | (figures > self.most)


ANYTHING = Range(-np.inf, np.inf)


@dataclass(frozen=True, slots=True)
class PlausibleRule:
    """Ranges of a customer's figures, and how far a balance sheet may be from balancing."""

    ranges: Mapping[str, Range]
    balance_difference: float
    """Share of the total assets."""


def unbalanced(assets: Figures, liabilities: Figures, equity: Figures, rule: PlausibleRule) -> Flags:
    """Balance sheets whose assets differ from liabilities and equity by more than the rule allows."""
    difference = np.abs(np.round(assets - liabilities - equity, 4))
    return np.asarray(difference > np.round(rule.balance_difference * np.abs(assets), 4))
