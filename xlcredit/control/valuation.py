"""Valuation: amounts of several currencies in the review's, at the rates of the as-of date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.rates import Rates
from xlcredit.control.receivables import Currencies
from xlcredit.kernel.money import Minor, decimals, to_major, to_minor, translate
from xlcredit.ledger.findings import Finding

STALE_DAYS = 31
"""A rate older than this is used, and said."""


@dataclass(frozen=True, slots=True)
class Valuation:
    """The rate of each currency to the review's, NaN where there is none."""

    currencies: Currencies
    rates: NDArray[np.float64]

    @property
    def places(self) -> int:
        """Decimals of the review's currency."""
        return decimals(self.currencies.base)

    def in_base(self, minor: Minor, of_item: NDArray[np.intp] | None = None) -> Minor:
        """Minor units of the review's currency, rounded line by line; 0 where there is no rate."""
        of_item = self.currencies.of_item if of_item is None else of_item
        major = to_major(minor, self.currencies.places[of_item])
        return to_minor(translate(major, np.nan_to_num(self.rates[of_item]), self.places), self.places)

    def weights(self, minor: Minor) -> Minor:
        """Amounts to weigh averages by: as in_base, but an amount without a rate keeps its own minor units."""
        priced = ~np.isnan(self.rates[self.currencies.of_item])
        return np.where(priced, self.in_base(minor), minor)


def value(currencies: Currencies, rates: Rates, as_of: date, open_minor: Minor) -> tuple[Valuation, tuple[Finding, ...]]:
    """Valuation of a ledger's currencies, and which rates are missing or old."""
    found: list[Finding] = []
    factors = []
    for place, code in enumerate(currencies.codes):
        quote = None if code == currencies.base else rates.quote(code, as_of)
        factors.append(1.0 if code == currencies.base else quote.rate if quote else np.nan)
        if code != currencies.base and not quote and (open_minor[currencies.of_item == place] != 0).any():
            found.append(Finding("warning", "no-rate", code, {"currency": code, "base": currencies.base, "as_of": as_of}))
        if quote and quote.since and (as_of - quote.since).days > STALE_DAYS:
            days = (as_of - quote.since).days
            found.append(Finding("warning", "stale-rate", code, {"currency": code, "since": quote.since, "days": days}))
    return Valuation(currencies, np.array(factors)), tuple(found)
