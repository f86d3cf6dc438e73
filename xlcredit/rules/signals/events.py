"""Counts behind the signals: events since, more than before, payers told apart, indices fallen.

``days_ago`` is as-of date less the day of an event, 0 on the day itself; what lies ahead is not counted.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]
Owners = NDArray[np.intp]


def counted_since(owners: Owners, days_ago: Column, days: int, n_owners: int, before: int = 0) -> NDArray[np.intp]:
    """Events of each customer within so many days, or in as many days ``before`` that many periods ago."""
    inside = (days_ago >= before * days) & (days_ago < (before + 1) * days)
    return np.bincount(owners[inside], minlength=n_owners)


def rise(owners: Owners, days_ago: Column, days: int, n_owners: int) -> NDArray[np.intp]:
    """Events of each customer within so many days less those of as many days before."""
    now = counted_since(owners, days_ago, days, n_owners)
    return now - counted_since(owners, days_ago, days, n_owners, before=1)


def distinct_payers(
    owners: Owners, accounts: NDArray[np.intp], days_ago: Column, days: int, n_owners: int
) -> NDArray[np.intp]:
    """Different accounts or methods each customer paid from within so many days; -1, an unknown one, is none."""
    inside = (days_ago >= 0) & (days_ago < days) & (accounts >= 0)
    pairs = np.unique(np.stack([owners[inside], accounts[inside]]), axis=1)
    return np.bincount(pairs[0], minlength=n_owners)


def index_falls(now: Column, before: Column, groups: Owners) -> Column:
    """Share by which the index of each customer's industry or country fell; NaN for a customer without one (-1)."""
    with np.errstate(invalid="ignore", divide="ignore"):
        falls = np.where(before > 0, (before - now) / before, np.nan)
    return np.append(falls, np.nan)[groups]
