"""PAYDEX: Dun & Bradstreet's index of how promptly a customer pays, weighted by amount.

80 is prompt, 100 a month early, 20 four months late (docs.dnb.com, PAYDEX FAQ); linear between these points, as
D&B's chart shows it. Beyond 120 days D&B says 1–19: here a point for every 10 days more, never below 1.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.money import Minor

DAYS = np.array([-30.0, -20.0, 0.0, 15.0, 22.0, 30.0, 60.0, 90.0, 120.0, 310.0])
"""Days beyond terms, negative where paid early."""
INDEX = np.array([100.0, 90.0, 80.0, 70.0, 60.0, 50.0, 40.0, 30.0, 20.0, 1.0])


def index(days_beyond_terms: NDArray[np.float64]) -> NDArray[np.float64]:
    """Index of each payment experience, NaN without days."""
    return np.asarray(np.interp(days_beyond_terms, DAYS, INDEX))


def weighted(days_beyond_terms: NDArray[np.float64], minor: Minor) -> float:
    """Index of all experiences, weighted by their amounts; NaN without one that has days and an amount above 0."""
    counted = ~np.isnan(days_beyond_terms) & (minor > 0)
    weights = minor[counted].astype(np.float64)
    return float((index(days_beyond_terms[counted]) * weights).sum() / weights.sum()) if len(weights) else np.nan
