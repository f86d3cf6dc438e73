"""Aging: open amounts by how long they are past due.

An *aging bucket* is a band of days past due; what has no date to age from is *undated*, so that
buckets always foot to the total.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.bands import Bands
from xlcredit.kernel.money import Minor, sums

UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Buckets:
    """Days past due → bucket key; ``basis`` says from which date the days count."""

    bands: Bands
    basis: Literal["due_date", "document_date"] = "due_date"

    def __post_init__(self) -> None:
        keys = self.bands.outcomes
        if len(set(keys)) < len(keys) or UNDATED in keys:
            raise ValueError(f"bucket keys must differ from each other and from {UNDATED!r}: {', '.join(keys)}")

    @property
    def keys(self) -> tuple[str, ...]:
        """Bucket keys from not due to oldest, then the undated."""
        return (*self.bands.outcomes, UNDATED)


def bucket(days: NDArray[np.float64], buckets: Buckets) -> NDArray[np.object_]:
    """Key of the bucket each item falls into by its days past due."""
    return np.array(buckets.keys, dtype=object)[buckets.bands.index(days)]


def age(
    minor: Minor, owners: NDArray[np.intp], n_owners: int, days: NDArray[np.float64], buckets: Buckets
) -> NDArray[np.int64]:
    """Minor units of each owner (rows) in each bucket (columns, the undated last); foots exactly."""
    width = len(buckets.keys)
    column = buckets.bands.index(days).astype(np.intp)
    column[column < 0] += width  # the undated stand in the last column
    return sums(minor, owners * width + column, n_owners * width).reshape(n_owners, width)
