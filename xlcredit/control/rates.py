"""Exchange rates of a date: units of the review's currency for one unit of a foreign one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from xlcredit.kernel.money import CURRENCIES
from xlcredit.ledger.findings import Finding
from xlcredit.ledger.records import Records


@dataclass(frozen=True, slots=True)
class Quote:
    """One unit of a currency, in the review's, from a date on (None: always)."""

    currency: str
    rate: float
    since: date | None = None

    def __post_init__(self) -> None:
        if not 0 < self.rate < float("inf"):
            raise ValueError(f"the rate of {self.currency} must be above 0, not {self.rate}")


@dataclass(frozen=True, slots=True)
class Rates:
    """Quotes by currency, oldest first."""

    quotes: Mapping[str, tuple[Quote, ...]] = field(default_factory=dict)

    @staticmethod
    def of(quotes: Iterable[Quote]) -> Rates:
        """Rates from quotes in any order."""
        by_currency: dict[str, list[Quote]] = {}
        for quote in sorted(quotes, key=lambda quote: quote.since or date.min):
            by_currency.setdefault(quote.currency, []).append(quote)
        return Rates({currency: tuple(found) for currency, found in by_currency.items()})

    @staticmethod
    def recorded(records: Records) -> tuple[Rates, tuple[Finding, ...]]:
        """Rates of the workbook's own sheet, and its rows that are no usable quote."""
        codes, rates, days = records.text("currency").tolist(), records.figure("rate"), records.day("date")
        known = np.array([code in CURRENCIES for code in codes], dtype=np.bool_)
        usable = known & (rates > 0) & np.isfinite(rates)
        quotes = [
            Quote(codes[at], float(rates[at]), None if np.isnat(days[at]) else days[at].item())
            for at in np.flatnonzero(usable)
        ]
        return Rates.of(quotes), tuple(_unusable(records, int(at)) for at in np.flatnonzero(~usable))

    def quote(self, currency: str, as_of: date) -> Quote | None:
        """The last quote of a currency on or before a date."""
        known = [q for q in self.quotes.get(currency, ()) if q.since is None or q.since <= as_of]
        return known[-1] if known else None


def _unusable(records: Records, at: int) -> Finding:
    facts = {"value": f"{records.text('currency')[at]} {records.figure('rate')[at]:g}", "heading": "rate"}
    return Finding("warning", "bad-rate", records.where("rate", at), facts)
