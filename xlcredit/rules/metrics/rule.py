"""What a policy says of the key figures."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MetricsRule:
    """Which months the key figures look at, and what counts as invoiced in time."""

    months: int
    """Months of history, the last one ending on or before the as-of date."""
    dso_months: int
    """Of these, the last ones whose sales the simple DSO takes."""
    invoicing_hours: float
    """Hours from delivery within which an invoice is in time."""

    top: int
    """How many of the largest customers concentration is stated for."""

    default_days: int
    """Days past due beyond which a customer has defaulted."""

    def __post_init__(self) -> None:
        if not 1 <= self.dso_months <= self.months:
            raise ValueError(f"DSO over {self.dso_months} months of a history of {self.months}")
        if not self.invoicing_hours > 0:
            raise ValueError(f"invoices within {self.invoicing_hours} hours")
        if self.top < 1:
            raise ValueError(f"concentration in the largest {self.top}")
