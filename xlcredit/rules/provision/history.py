"""History: loss rates from what became of past balances, by roll rates or by how past sales were paid."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.money import Minor, to_minor

Figures = NDArray[np.float64]


def roll_rates(balances: Figures, places: int = 2) -> Figures:
    """Share of each bucket's balance that stands in the next bucket a month later; one less than there are buckets.

    Pooled: all that arrived over all that could, so that a month counts by its balance. A pair of months with a balance
    missing is left out of its rate, and a bucket in credit holds nothing; NaN where nothing could roll. Buckets must be
    as wide as the months are long, or what stays in one is taken for what arrived.

    Args:
        balances: rows are months, the oldest first; columns are buckets, the youngest first; NaN where not known.
        places: decimals of the currency.
    """
    minor = np.maximum(to_minor(balances.ravel(), places), 0).reshape(balances.shape)
    known = ~np.isnan(balances[:-1, :-1]) & ~np.isnan(balances[1:, 1:])
    held = np.where(known, minor[:-1, :-1], 0).sum(axis=0)
    arrived = np.where(known, minor[1:, 1:], 0).sum(axis=0)
    return _shares(arrived, held)


def loss_rates(rolls: Figures) -> Figures:
    """Loss rate of each bucket: the product of its roll rate and all later ones, the last of them into loss; 1 at most.

    NaN for the buckets before a roll rate that is not known.
    """
    return np.asarray(np.minimum(np.cumprod(rolls[::-1])[::-1], 1.0))


def loss_rates_of_sales(sales: float, paid: Figures, places: int = 2) -> Figures:
    """Loss rate of each bucket: what was never paid over what was still unpaid when it reached the bucket.

    Args:
        sales: sales of a period whose fate is known.
        paid: what was paid of them in each bucket, the youngest first; one rate more comes out, of what was left.
        places: decimals of the currency.
    """
    reached = int(to_minor(sales, places)[0]) - np.concatenate([[0], np.cumsum(to_minor(paid, places))])
    return _shares(reached[-1:], reached)


def _shares(parts: Minor, wholes: Minor) -> Figures:
    """Parts over wholes, NaN where there is no whole to divide by."""
    shares: Figures = np.where(wholes > 0, parts / np.where(wholes > 0, wholes, 1), np.nan)
    return shares
