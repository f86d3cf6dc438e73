"""How fast it goes: hours from delivery to invoice, from payment to credit; what became shorter."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Moments = NDArray[np.datetime64]
Column = NDArray[np.float64]


def hours_between(start: Moments, end: Moments) -> Column:
    """Hours from start to end, NaN where either is missing; dates without a time count from midnight."""
    span = end.astype("datetime64[s]") - start.astype("datetime64[s]")
    return np.where(np.isnat(span), np.nan, span.astype(np.float64) / 3600)


def within_share(hours: Column, most: float, owners: NDArray[np.intp], n_owners: int) -> Column:
    """Share of each group's known cases that took at most so many hours; NaN without a case.

    An invoice before the delivery took less than no time, and counts as in time.
    """
    known = ~np.isnan(hours)
    cases = np.bincount(owners[known], minlength=n_owners)
    in_time = np.bincount(owners[known & (hours <= most)], minlength=n_owners)
    with np.errstate(invalid="ignore"):
        return np.where(cases > 0, in_time / cases, np.nan)


def shorter_by(before: Column, after: Column) -> Column:
    """Share by which each mean time fell, negative where it rose; NaN without a time before, or after.

    The articles' "shorter by 80 %" (S1: 到账时间压缩80%) is one vendor's case, and no benchmark.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(before > 0, 1 - after / before, np.nan)
