"""Day counts: how many days of interest lie between two dates, and what part of a year they are.

The first day is not counted and the last one is: interest runs from the day after the due date.
"""

from __future__ import annotations

from typing import Final, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.dates import Days, days_between

DayCount = Literal["act/365", "act/360", "30e/360", "act/act"]
DAY_COUNTS: Final[tuple[str, ...]] = get_args(DayCount)


def counted_days(start: Days, end: Days, count: DayCount) -> NDArray[np.float64]:
    """Days after start up to end, 30 to each month in 30E/360; NaN where either is missing."""
    actual = days_between(start, end)
    if count != "30e/360":
        return actual
    return np.where(np.isnan(actual), np.nan, _days_of_30(end) - _days_of_30(start))


def years(start: Days, end: Days, count: DayCount) -> NDArray[np.float64]:
    """Part of a year from start to end; ACT/ACT divides a leap year's days by 366 and the others by 365."""
    days = counted_days(start, end, count)
    if count == "act/act":
        leap = (_days_in_leap_years(end) - _days_in_leap_years(start)).astype(np.float64)
        return (days - leap) / 365 + leap / 366
    return days / (365 if count == "act/365" else 360)


def _days_of_30(dates: Days) -> NDArray[np.int64]:
    month = dates.astype("datetime64[M]")
    day = (dates - month.astype("datetime64[D]")).astype(np.int64) + 1
    return np.asarray(month.astype(np.int64) * 30 + np.minimum(day, 30))


def _days_in_leap_years(dates: Days) -> NDArray[np.int64]:
    """Days of leap years up to each date, itself included."""
    start = dates.astype("datetime64[Y]")
    before = start.astype(np.int64) + 1969  # the last full year
    is_leap = _leap_years(before + 1) > _leap_years(before)
    day = (dates - start.astype("datetime64[D]")).astype(np.int64) + 1
    return _leap_years(before) * 366 + np.where(is_leap, day, 0)


def _leap_years(years_ad: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.asarray(years_ad // 4 - years_ad // 100 + years_ad // 400, dtype=np.int64)
