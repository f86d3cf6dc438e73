"""Credit limit: the least of what the customer needs and what its means can carry, scaled by grade.

Each candidate amount is a *constraint*; the one that bound the limit is named. A candidate that is
not known (NaN) is left out. Sources: need and caps as credit insurers and practitioners publish them
(10 % of net worth, of working capital, of the buyer's monthly sales; insured limit ÷ cover).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.money import EXACT, Minor, to_major, to_minor

Amounts = NDArray[np.float64]

NO_SCORE, NO_BASIS, GRADE, MAXIMUM, ADMISSION = "no_score", "no_basis", "grade", "maximum", "admission"

_SAME = 1 + 2.0**-50
"""Amounts this close are the same: 0.07 × 3,000 and 189 ÷ 0.9, which binary tells apart."""
_POWERS = 10 ** np.arange(18, dtype=np.int64)  # where addresses have 32 bits (Pyodide), so have numpy's plain integers


@dataclass(frozen=True, slots=True)
class LimitRule:
    """Shares of the customer's means, how they combine, and how the result is rounded."""

    caps: Mapping[str, float]
    """Figure (net_worth, working_capital, turnover …) → the share of it that may be lent."""
    combine: Literal["lowest", "average"] = "lowest"
    cover: float = 1.0
    """Insured share: an insured limit carries a limit of insured limit ÷ cover."""
    step: float | None = None
    """The limit is rounded down to a multiple of this; None keeps the two leading digits, whatever the currency."""
    maximum: float = np.inf

    def __post_init__(self) -> None:
        for name, share in self.caps.items():
            if share <= 0:
                raise ValueError(f"the cap on {name} must be a share above 0, not {share}")
        if not 0 < self.cover <= 1:
            raise ValueError(f"cover is a fraction up to 1, not {self.cover}")
        if (self.step is not None and self.step <= 0) or self.maximum < 0:
            raise ValueError("the rounding step must be above 0 and the maximum not below 0")


def need(sales: Amounts, term_days: Amounts, days_late: Amounts, days: float, tax: float = 0.0) -> Amounts:
    """Credit a customer needs: sales of a period × (1 + tax) × (terms + usual delay) ÷ days of the period.

    Paying early on average does not lower the need below the terms.
    """
    delay = np.maximum(np.nan_to_num(days_late), 0.0)
    return np.asarray(sales * (1 + tax) * (term_days + delay) / days)


def candidates(
    needs: Amounts, figures: Mapping[str, Amounts], insured_limit: Amounts, rule: LimitRule
) -> dict[str, Amounts]:
    """Amount each constraint would allow, NaN where it is not known; a negative figure carries nothing."""
    allowed = {"need": needs}
    for name, share in rule.caps.items():
        allowed[name] = figures.get(name, np.full(len(needs), np.nan)) * share
    allowed["insured_limit"] = insured_limit / rule.cover
    return {name: np.maximum(amounts, 0.0) for name, amounts in allowed.items()}


def suggest(
    allowed: Mapping[str, Amounts],
    factor: Amounts,
    rule: LimitRule,
    places: int = 2,
    barred: NDArray[np.bool_] | None = None,
) -> tuple[Amounts, NDArray[np.object_]]:
    """Suggested limit and the name of the constraint that bound it.

    Args:
        allowed: amount per constraint, NaN where not known, infinite where it sets no bound.
        factor: share of the limit the grade is given; NaN without a score, which suggests nothing.
        rule: how the constraints combine and the result is rounded.
        places: decimals of the currency.
        barred: who may not have a limit whatever is known of him, such as a new customer who is not admitted yet.
    """
    names = [*allowed, NO_BASIS]
    amounts = np.column_stack([*allowed.values()])
    unknown = np.isnan(amounts)
    known = np.where(unknown, np.inf, amounts)
    least = known.min(axis=1)
    binding = np.where(unknown.all(axis=1), len(names) - 1, (known <= least[:, None] * _SAME).argmax(axis=1))
    base = np.where(unknown.all(axis=1), np.nan, least if rule.combine == "lowest" else _average(amounts))
    limit = _round_down(np.minimum(_scaled(base, factor), rule.maximum), rule.step, places)
    constraint = np.array(names, dtype=object)[binding]
    constraint[_scaled(base, factor) > rule.maximum * _SAME] = MAXIMUM
    constraint[factor == 0] = GRADE
    constraint[np.isnan(factor)] = NO_SCORE
    if barred is not None:
        limit[barred], constraint[barred] = 0.0, ADMISSION
    return limit, constraint


def _scaled(base: Amounts, factor: Amounts) -> Amounts:
    # A grade that is given nothing gets nothing, even where no constraint bounds it (0 × infinity).
    with np.errstate(invalid="ignore"):
        return np.where(factor == 0, 0.0, base * factor)


def _average(amounts: Amounts) -> Amounts:
    known = ~np.isnan(amounts)
    return np.asarray(np.where(known, amounts, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1))


def _round_down(amounts: Amounts, step: float | None, places: int) -> Amounts:
    bounded = amounts < EXACT / 10.0**places  # what is larger has no exact minor units, and no need of rounding
    minor = to_minor(np.where(bounded, amounts, 0.0), places)
    unit = _unit_of_size(minor, places) if step is None else max(int(to_minor(step, places)[0]), 1)
    return np.where(bounded, to_major(minor // unit * unit, places), amounts)


def _unit_of_size(minor: Minor, places: int) -> Minor:
    """Value of the second leading digit, one major unit at least."""
    digits = np.searchsorted(_POWERS, minor, side="right")
    return np.asarray(np.maximum(_POWERS[np.maximum(digits - 2, 0)], 10**places))
