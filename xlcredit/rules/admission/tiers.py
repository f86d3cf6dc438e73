"""Tiers: A, B and C by sales. Tier A is looked into deeply, the others by the standard template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.money import Minor

Text = NDArray[np.object_]

A, B, C = "A", "B", "C"
DEEP, STANDARD = "deep", "standard"
CUSTOMERS, VALUE = "customers", "value"


@dataclass(frozen=True, slots=True)
class TierRule:
    """Share of the customers, or of the sales, that tier A takes, and that A and B take together."""

    basis: str
    top: float
    middle: float
    costs: Mapping[str, float] = field(default_factory=dict)
    """Template → what one review by it costs, in the review's currency."""

    def __post_init__(self) -> None:
        if self.basis not in (CUSTOMERS, VALUE):
            raise ValueError(f"tiers are shares of {CUSTOMERS} or of {VALUE}, not of {self.basis!r}")
        if not 0 <= self.top <= self.middle <= 1:
            raise ValueError(f"tier A takes a share up to that of A and B: {self.top}, {self.middle}")


def tiers(sales: Minor, rule: TierRule) -> Text:
    """Tier of each customer by its sales; equal sales are in one tier, a customer without sales is in C.

    By customers, tier A is the first 20 % of them by number (of 7 the first 2); by value, it is those who together
    first reach 20 % of all sales.
    """
    sold = sales > 0
    ranked = np.sort(sales[sold])[::-1]
    ahead = np.searchsorted(-ranked, -sales)  # customers with more sales
    n, totals = len(ranked), np.concatenate([[0], np.cumsum(ranked)])
    if rule.basis == CUSTOMERS:
        in_a, in_b = (ahead < _first(share, n) for share in (rule.top, rule.middle))
    else:
        in_a, in_b = (totals[ahead] < share * float(totals[-1]) for share in (rule.top, rule.middle))
    return np.select([sold & in_a, sold & in_b], [A, B], C).astype(object)


def _first(share: float, n: int) -> int:
    # 0.07 × 100 is 7.000000000000001 in binary.
    return ceil(round(share * n, 9))


def template(tiers: Text) -> Text:
    """Which template of assessment each tier takes."""
    return np.where(tiers == A, DEEP, STANDARD).astype(object)


def review_costs(templates: Text, rule: TierRule) -> NDArray[np.float64]:
    """What one review of each customer costs by its template; NaN where the policy states nothing."""
    stated = {name: cost or np.nan for name, cost in rule.costs.items()}
    return np.array([stated.get(name, np.nan) for name in templates.tolist()], dtype=np.float64)
