"""Working days: the holidays a country keeps, and the weekend days it works instead.

The calendar is that of the library ``holidays``, which is imported only where the working-day clock is used. What a
government has not announced yet (China's for the coming year, in November) it cannot know.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.datetime64]


@dataclass(frozen=True, slots=True)
class Workdays:
    """What sets a country's working days apart from Monday to Friday."""

    off: Days
    """Holidays."""
    worked: Days
    """Weekend days worked instead of others (调休)."""


@lru_cache(maxsize=1)
def countries() -> tuple[str, ...]:
    """Countries whose holidays are known, by their ISO 3166 codes."""
    from holidays import list_supported_countries

    return tuple(sorted(list_supported_countries(include_aliases=False)))


@lru_cache(maxsize=16)
def workdays(country: str, first_year: int, last_year: int) -> Workdays:
    """Holidays and weekend days worked of a country in some years, both included; none without a country."""
    if not country:
        return Workdays(_days([]), _days([]))
    from holidays import country_holidays

    calendar = country_holidays(country, years=range(first_year, last_year + 1))
    worked = [day for day in calendar.weekend_workdays if first_year <= day.year <= last_year]
    return Workdays(_days([*calendar]), _days(worked))


def _days(dates: Sequence[date]) -> Days:
    return np.sort(np.array(dates, dtype="datetime64[D]"))
