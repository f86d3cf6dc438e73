"""Valuation: amounts of several currencies in the review's, at the rates of the as-of date."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.rates import Quote, Rates
from xlcredit.control.receivables import Currencies
from xlcredit.kernel.money import Minor, decimals, increases, running, to_major, to_minor, translate
from xlcredit.ledger.findings import Finding

STALE_DAYS = 31
"""A rate older than this is used, and said."""


@dataclass(frozen=True, slots=True)
class Valuation:
    """The factor from each currency to the review's, NaN where there is no rate."""

    currencies: Currencies
    factors: Mapping[str, float]
    """Of the ledger's currencies and of those the customers' figures are in."""

    @property
    def places(self) -> int:
        """Decimals of the review's currency."""
        return decimals(self.currencies.base)

    @property
    def rates(self) -> NDArray[np.float64]:
        """The factor of each of the ledger's currencies."""
        return np.array([self.factors[code] for code in self.currencies.codes])

    def in_base(self, minor: Minor, items: NDArray[np.intp] | None = None) -> Minor:
        """Minor units of each item, or of these, in the review's currency, rounded line by line; 0 without a rate."""
        of_item = self.currencies.of_item if items is None else self.currencies.of_item[items]
        major = to_major(minor, self.currencies.places[of_item])
        return to_minor(translate(major, np.nan_to_num(self.rates[of_item]), self.places), self.places)

    def parts_in_base(self, minor: Minor, items: NDArray[np.intp]) -> Minor:
        """Parts of these items in the review's currency, footing to the item's: what the sum so far adds in worth."""
        order = np.argsort(items, kind="stable")
        found = np.empty_like(minor)
        found[order] = increases(self.in_base(running(minor[order], items[order]), items[order]), items[order])
        return found

    def weights(self, minor: Minor, items: NDArray[np.intp] | None = None) -> Minor:
        """Amounts to weigh averages by: as in_base, but an amount without a rate keeps its own minor units."""
        of_item = self.currencies.of_item if items is None else self.currencies.of_item[items]
        return np.where(np.isnan(self.rates[of_item]), minor, self.in_base(minor, items))


def value(
    currencies: Currencies,
    figures_in: Collection[str],
    rates: Rates,
    as_of: date,
    open_minor: Minor,
    sums_in: Collection[str] = (),
) -> tuple[Valuation, tuple[Finding, ...]]:
    """Valuation of a ledger's currencies and those of its customers' figures, and which rates are missing or old.

    Those of the fixed sums of interest are valued too; what lacks without a rate of theirs is said with the interest.
    """
    codes = {*currencies.codes, *figures_in, *sums_in} - {currencies.base, ""}
    quotes = {code: rates.quote(code, as_of) for code in sorted(codes)}
    factors = {code: quote.rate if quote else np.nan for code, quote in quotes.items()}
    needed = {
        *figures_in,
        *(code for at, code in enumerate(currencies.codes) if open_minor[currencies.of_item == at].any()),
    }
    found = [_missing(code, currencies.base, as_of) for code, quote in quotes.items() if not quote and code in needed]
    found += [_stale(quote, as_of) for quote in quotes.values() if quote and _age(quote, as_of) > STALE_DAYS]
    return Valuation(currencies, {currencies.base: 1.0, **factors}), tuple(found)


def _missing(code: str, base: str, as_of: date) -> Finding:
    return Finding("warning", "no-rate", code, {"currency": code, "base": base, "as_of": as_of})


def _stale(quote: Quote, as_of: date) -> Finding:
    facts = {"currency": quote.currency, "since": quote.since, "days": _age(quote, as_of)}
    return Finding("warning", "stale-rate", quote.currency, facts)


def _age(quote: Quote, as_of: date) -> int:
    return (as_of - quote.since).days if quote.since else 0
