"""Provisions: the credit loss that is expected of what is owed.

A *provision matrix* holds a loss rate for each aging bucket, of each *segment* of customers where they differ; where a
grade has a probability of default (PD) of its own, exposure × PD × loss given default (LGD) takes the matrix's place.
A *roll rate* is the share of a bucket's balance that stands in the next one a month later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from xlcredit.kernel.bands import Bands

UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class ProvisionRule:
    """Loss rates by bucket, PD by grade, and what lowers or raises a loss."""

    bands: Bands
    """Days past due → aging bucket."""
    rates: Mapping[str, float]
    """Aging bucket, and UNDATED, → loss rate."""
    segments: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """Segment → the buckets whose loss rate differs there."""
    segment_by: Literal["segment", "industry", "country"] = "segment"
    """What of a customer names its segment."""
    pd: Mapping[str, float] = field(default_factory=dict)
    """Grade → probability of default; a grade without one takes the matrix's rate."""
    lgd: float = 1.0
    forward_factor: float = 1.0
    """What is ahead makes losses so many times those of the past."""
    default_days: int = 90
    """Days past due after which default is presumed (IFRS 9 B5.5.37)."""
    significant_days: int = 30
    """Days past due after which the credit risk is presumed to have risen significantly (IFRS 9 5.5.11)."""
    set_off: Literal["none", "customer"] = "none"
    """Whether a customer's credits may be set off against what it owes."""
    cover_is_integral: bool = False
    """Insurance belongs to the receivable and is not recognised apart, so that it lowers the loss (IFRS 9 B5.5.55)."""
    retention_recovery: float = 0.0
    """Share of a loss that retention of title recovers."""

    def __post_init__(self) -> None:
        for bucket in (*self.bands.outcomes, UNDATED):
            if bucket not in self.rates:
                raise ValueError(f"the bucket {bucket} has no loss rate")
        shares = [*self.rates.values(), *self.pd.values(), self.lgd, self.retention_recovery]
        shares += [rate for rates in self.segments.values() for rate in rates.values()]
        if not all(0 <= share <= 1 for share in shares):
            raise ValueError("loss rates, PD, LGD and recoveries are shares from 0 to 1")
        if self.forward_factor < 0 or min(self.default_days, self.significant_days) < 0:
            raise ValueError("a factor and days past due cannot be negative")
