"""Factors that people judge from 1 to 5 and that countries and industries bring: references, visits, risk caps."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.dates import Date, Days, add_months

Numbers = NDArray[np.float64]
Text = NDArray[np.object_]

WORST, BEST = 1.0, 5.0


def judged(marks: Numbers) -> Numbers:
    """Score 0–100 of a mark from 1, the worst, to 5, the best; NaN where it is none of these."""
    marks_given = np.where((marks >= WORST) & (marks <= BEST), marks, np.nan)
    return (marks_given - WORST) / (BEST - WORST) * 100


def referenced(count: Numbers, marks: Numbers, least: int) -> Numbers:
    """Score of trade and bank references by their average mark; NaN where there are fewer than the least."""
    return np.where(count >= least, judged(marks), np.nan)


def visited(visited_on: Days, marks: Numbers, as_of: Date, valid_months: int) -> Numbers:
    """Score of a site visit by its finding; NaN where it was too long ago, or has not been yet."""
    current = (visited_on <= as_of) & (add_months(visited_on, valid_months) >= as_of)
    return np.where(current, judged(marks), np.nan)


def capped(scores: Numbers, classes: Text, caps: Mapping[str, float]) -> Numbers:
    """Score of each customer, at most what the risk class of its country or industry allows; no cap, no change."""
    most = {name: caps.get(name.strip().casefold(), np.inf) for name in set(classes.tolist())}
    return np.minimum(scores, np.array([most[name] for name in classes.tolist()], dtype=np.float64))
