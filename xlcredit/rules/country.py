"""Countries: what collecting in one takes — its regime of interest, how long a claim lasts, its language, the cost.

A claim *lapses* when its *limitation period* is over: nothing can be sued for after that day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xlcredit.kernel.dates import Date, Days, add_months, days_between
from xlcredit.kernel.money import Amounts, rounded


@dataclass(frozen=True, slots=True)
class Country:
    """What holds in one country."""

    code: str
    regime: str
    """Its statutory interest for late payment."""
    limitation_years: float
    language: str
    usual_days: float
    """Usual terms between businesses, in days."""
    collection_cost: float
    """Share of a claim that collecting it is expected to cost."""

    def __post_init__(self) -> None:
        if self.limitation_years <= 0 or not 0 <= self.collection_cost <= 1:
            raise ValueError(f"{self.code}: a limitation period is above 0 years, a cost is a share from 0 to 1")


Countries = Mapping[str, Country]


def regimes(codes: NDArray[np.object_], countries: Countries, usual: str) -> NDArray[np.object_]:
    """Interest regime of each country, the usual one where the country is not known."""
    found = [countries[code].regime if code in countries else usual for code in codes.tolist()]
    return np.array(found, dtype=object)


def languages(
    own: NDArray[np.object_], codes: NDArray[np.object_], countries: Countries, usual: str
) -> NDArray[np.object_]:
    """Language of each customer's letters: its own, else its country's, else the usual one (D12)."""
    found = [
        said or (countries[code].language if code in countries else usual)
        for said, code in zip(own.tolist(), codes.tolist(), strict=True)
    ]
    return np.array(found, dtype=object)


def lapses_on(due: Days, codes: NDArray[np.object_], countries: Countries) -> Days:
    """Last day on which each claim can be sued for, counted from its due date; NaT where nothing is known.

    A plain count of years: where a period runs from the end of the year, or starts anew, the claim lasts longer.
    """
    lapses = np.full(len(due), np.datetime64("NaT", "D"))
    for code in set(codes.tolist()) & countries.keys():
        rows = codes == code
        lapses[rows] = add_months(due[rows], round(countries[code].limitation_years * 12))
    return lapses


def lapses_within(lapses: Days, as_of: Date, days: int) -> NDArray[np.bool_]:
    """Whether each claim can still be sued for and lapses within so many days; what lapses today can."""
    left = days_to_lapse(lapses, as_of)
    return np.asarray((left >= 0) & (left <= days))


def days_to_lapse(lapses: Days, as_of: Date) -> NDArray[np.float64]:
    """Days that are left to sue, negative when it is too late."""
    return days_between(as_of, lapses)


def usual_days(codes: NDArray[np.object_], countries: Countries) -> Amounts:
    """Usual terms in each country, NaN where it is not known."""
    return _of(codes, countries, "usual_days")


def days_beyond_usual(days: Amounts, codes: NDArray[np.object_], countries: Countries) -> Amounts:
    """Days of payment terms beyond what is usual in each country, negative for shorter ones."""
    return days - usual_days(codes, countries)


def collection_share(codes: NDArray[np.object_], countries: Countries) -> Amounts:
    """Share of a claim that collecting it in each country is expected to cost, NaN where it is not known (X4)."""
    return _of(codes, countries, "collection_cost")


def collection_cost(amounts: Amounts, codes: NDArray[np.object_], countries: Countries, places: ArrayLike) -> Amounts:
    """Expected cost of collecting each amount, none for credits; NaN where the country is not known."""
    return rounded(np.maximum(amounts, 0.0) * collection_share(codes, countries), places)


def _of(codes: NDArray[np.object_], countries: Countries, figure: str) -> Amounts:
    return np.array(
        [getattr(countries[code], figure) if code in countries else np.nan for code in codes.tolist()], float
    )
