"""Credit grade: the class a score falls into, from safest to riskiest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.bands import Bands


@dataclass(frozen=True, slots=True)
class Grades:
    """Score → grade, and the share of the limit each grade is given."""

    bands: Bands
    limit_factors: Mapping[str, float]

    def __post_init__(self) -> None:
        if set(self.bands.outcomes) != set(self.limit_factors):
            raise ValueError("every grade needs its limit factor")
        falling = [self.limit_factors[grade] for grade in self.names]
        if falling != sorted(falling, reverse=True):
            raise ValueError(f"a worse grade cannot be given more of the limit: {falling}")

    @property
    def names(self) -> tuple[str, ...]:
        """Grades from safest to riskiest."""
        return tuple(reversed(self.bands.outcomes))


def grade(scores: NDArray[np.float64], grades: Grades) -> NDArray[np.object_]:
    """Grade of each score, "" where there is none."""
    return np.array([*grades.bands.outcomes, ""], dtype=object)[grades.bands.index(scores)]


def limit_factor(scores: NDArray[np.float64], grades: Grades) -> NDArray[np.float64]:
    """Share of the limit for each score, NaN where there is none."""
    factors = [grades.limit_factors[name] for name in grades.bands.outcomes]
    return np.array([*factors, np.nan])[grades.bands.index(scores)]
