"""Exchange rates of a date: units of the review's currency for one unit of a foreign one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date


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

    def quote(self, currency: str, as_of: date) -> Quote | None:
        """The last quote of a currency on or before a date."""
        known = [q for q in self.quotes.get(currency, ()) if q.since is None or q.since <= as_of]
        return known[-1] if known else None
