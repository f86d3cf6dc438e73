"""Premium: a rate on turnover, exposure or limit, no less than the least premium.

Source: S4 (年度保费通常为承保额的0.3-1.2%); what 承保额 is the rate's base of, the contract says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.money import to_major, to_minor
from xlcredit.rules.insurance.cover import share_of

Amounts = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PremiumRule:
    """What the premium is reckoned on, the span of its rates, and the least there is to pay."""

    least_rate: float
    greatest_rate: float
    base: Literal["turnover", "exposure", "limit"] = "turnover"
    minimum: float = 0.0
    grades: Sequence[str] = ()
    """From safest to riskiest."""
    quoted: Mapping[str, float] = field(default_factory=dict)
    """Grade → rate the insurer quotes; the other grades stand evenly between the least and the greatest rate."""

    def __post_init__(self) -> None:
        if not 0 <= self.least_rate <= self.greatest_rate <= 1:
            raise ValueError(f"premium rates run from {self.least_rate} to {self.greatest_rate}")
        if self.minimum < 0:
            raise ValueError(f"a least premium cannot be negative: {self.minimum}")

    @property
    def rates(self) -> dict[str, float]:
        """Grade → premium rate."""
        steps = np.linspace(self.least_rate, self.greatest_rate, len(self.grades)).tolist()
        even = dict(zip(self.grades, steps, strict=True))
        return {grade: self.quoted.get(grade, rate) for grade, rate in even.items()}


def rates(grades: NDArray[np.object_], rule: PremiumRule) -> Amounts:
    """Premium rate of each grade; the greatest one where there is no grade, or none that is known."""
    known = rule.rates
    return np.array([known.get(grade, rule.greatest_rate) for grade in grades.tolist()], dtype=np.float64)


def base(turnover: Amounts, exposure: Amounts, limit: Amounts, rule: PremiumRule) -> Amounts:
    """The column the contract reckons its premium on."""
    return {"turnover": turnover, "exposure": exposure, "limit": limit}[rule.base]


def premium(bases: Amounts, rate: Amounts, minimum: Amounts | float = 0.0, places: int = 2) -> Amounts:
    """Base × rate, no less than the minimum; NaN where base or rate is not known. A negative base counts nothing."""
    due = share_of(np.maximum(to_minor(bases, places), 0), rate)
    least = to_minor(minimum, places)
    return np.where(np.isnan(bases) | np.isnan(rate), np.nan, to_major(np.maximum(due, least), places))
