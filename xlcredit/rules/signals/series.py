"""Series behind the signals: monthly means and sums of each customer, and an index then and now."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.dates import Days
from xlcredit.kernel.money import Minor, sums

Column = NDArray[np.float64]
Owners = NDArray[np.intp]


def _cells(owners: Owners, dates: Days, ends: Days) -> tuple[NDArray[np.bool_], NDArray[np.intp]]:
    """Which dates lie in one of these consecutive months, and their place in a table of owners by months."""
    months = ends.astype("datetime64[M]")
    inside = (dates.astype("datetime64[M]") >= months[0]) & (dates <= ends[-1])
    month = (dates[inside].astype("datetime64[M]") - months[0]).astype(np.intp)
    return inside, owners[inside] * len(ends) + month


def monthly_means(owners: Owners, dates: Days, values: Column, ends: Days, n_owners: int) -> Column:
    """Mean of each customer's (rows) values in each of these months, NaN in a month without one."""
    inside, cells = _cells(owners, dates, ends)
    size = n_owners * len(ends)
    total, count = np.bincount(cells, values[inside], size), np.bincount(cells, minlength=size)
    with np.errstate(invalid="ignore"):
        return np.where(count > 0, total / count, np.nan).reshape(n_owners, len(ends))


def monthly_sums(owners: Owners, dates: Days, minor: Minor, ends: Days, n_owners: int) -> Column:
    """Minor units of each customer (rows) in each of these months: 0 in a month without any, NaN before the first."""
    inside, cells = _cells(owners, dates, ends)
    shape = (n_owners, len(ends))
    total = sums(minor[inside], cells, n_owners * len(ends)).reshape(shape)
    begun = np.logical_or.accumulate(np.bincount(cells, minlength=total.size).reshape(shape) > 0, axis=1)
    earlier = np.bincount(owners[dates < ends[0].astype("datetime64[M]")], minlength=n_owners) > 0
    return np.where(begun | earlier[:, None], total, np.nan)


def first_and_last(groups: Owners, days_ago: Column, values: Column, days: int, n_groups: int) -> tuple[Column, Column]:
    """The earliest and the latest value of each group within so many days; NaN where there is none."""
    inside = np.flatnonzero((days_ago >= 0) & (days_ago < days) & ~np.isnan(values) & (groups >= 0))
    by_age = inside[np.argsort(days_ago[inside], kind="stable")]
    first, last = np.full(n_groups, np.nan), np.full(n_groups, np.nan)
    first[groups[by_age]] = values[by_age]  # of several the last one assigned stays
    last[groups[by_age[::-1]]] = values[by_age[::-1]]
    return first, last
