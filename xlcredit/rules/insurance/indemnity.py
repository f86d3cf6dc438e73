"""Indemnity: what the insurer pays of a loss, in the contract's order of operations.

In this order: the *threshold* (a loss up to it is not payable), the insured limit, the *excess* before or after cover,
the *minimum retention*, the *first loss* of each loss or of the year (aggregate), the policy maximum of the year.
Sources: Coface's glossary takes the excess after cover, others before; CIFF on the deductions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.money import EXACT, Minor, to_major, to_minor
from xlcredit.rules.insurance.cover import share_of

Amounts = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class IndemnityRule:
    """What the contract deducts from a loss, in money of its currency, and the most it pays in a year."""

    excess: float = 0.0
    excess_first: bool = False
    """The excess is deducted before the insured share is taken."""
    first_loss: float = 0.0
    first_loss_kind: Literal["each_and_every", "aggregate"] = "each_and_every"
    threshold: float = 0.0
    minimum_retention: float = 0.0
    maximum: float = np.inf
    maximum_premiums: float = np.inf
    """Policy maximum as a multiple of the year's premium."""

    def __post_init__(self) -> None:
        deducted = (self.excess, self.first_loss, self.threshold, self.minimum_retention)
        if min(*deducted, self.maximum, self.maximum_premiums) < 0:
            raise ValueError("what an insurance contract deducts or pays cannot be negative")

    def greatest(self, premium: float) -> float:
        """Policy maximum: the amount, or the multiple of the premium, whichever is less."""
        multiple = np.inf if np.isinf(self.maximum_premiums) else self.maximum_premiums * premium
        return float(min(self.maximum, multiple))


def indemnity(
    loss: Amounts,
    limit: Amounts,
    cover: Amounts | float,
    excess: Amounts | float = 0.0,
    excess_first: Flags | bool = False,
    places: int = 2,
) -> Amounts:
    """What is paid of each loss after limit, cover and excess, never below 0; NaN where one of them is not known."""
    unknown = np.isnan(loss) | np.isnan(limit) | np.isnan(cover)
    paid = _covered(_insured_loss(loss, limit, places), cover, to_minor(excess, places), excess_first)
    return np.where(unknown, np.nan, to_major(paid, places))


def settle(
    loss: Amounts, limit: Amounts, cover: Amounts | float, rule: IndemnityRule, premium: float = 0.0, places: int = 2
) -> Amounts:
    """Indemnity of each of a year's losses, in the order they are settled, by all the contract deducts.

    Args:
        loss: losses that cover extends to.
        limit: insured limit of each loss's buyer.
        cover: insured share.
        rule: what the contract deducts, and the most it pays.
        premium: premium of the year, which the policy maximum may be a multiple of.
        places: decimals of the currency.
    """
    unknown = np.isnan(loss) | np.isnan(limit) | np.isnan(cover)
    insured_loss = _insured_loss(loss, limit, places)
    excess, threshold, retention, first = (
        int(to_minor(amount, places)[0])
        for amount in (rule.excess, rule.threshold, rule.minimum_retention, rule.first_loss)
    )
    paid = _covered(insured_loss, cover, excess, rule.excess_first)
    paid = np.clip(paid, 0, np.maximum(insured_loss - retention, 0))
    paid[unknown | (to_minor(loss, places) <= threshold)] = 0
    paid = _beyond_total(paid, first) if rule.first_loss_kind == "aggregate" else np.maximum(paid - first, 0)
    return np.where(unknown, np.nan, to_major(_up_to_total(paid, rule.greatest(premium), places), places))


def _insured_loss(loss: Amounts, limit: Amounts, places: int) -> Minor:
    return np.clip(to_minor(loss, places), 0, np.maximum(to_minor(limit, places), 0))


def _covered(insured_loss: Minor, cover: Amounts | float, excess: Minor | int, excess_first: Flags | bool) -> Minor:
    before = share_of(np.maximum(insured_loss - excess, 0), cover)
    after = np.maximum(share_of(insured_loss, cover) - excess, 0)
    return np.where(excess_first, before, after)


def _beyond_total(paid: Minor, total: int) -> Minor:
    """What is left of each payment once the first of them have used up the total."""
    beyond = np.maximum(np.cumsum(paid) - total, 0)
    return np.diff(beyond, prepend=0)


def _up_to_total(paid: Minor, total: float, places: int) -> Minor:
    """Payments until they reach the total together, nothing after."""
    if total >= EXACT / 10.0**places:
        return paid
    within = np.minimum(np.cumsum(paid), int(to_minor(total, places)[0]))
    return np.diff(within, prepend=0)
