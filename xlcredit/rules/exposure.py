"""Exposure: what would be lost if a customer paid nothing more.

*Headroom* is the limit less the exposure, *utilization* the exposure as a share of the limit.
A limit of infinity is unlimited, 0 allows nothing, NaN is not known.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.money import Minor

Amounts = NDArray[np.float64]


def exposure(open_items: Minor, open_orders: Minor) -> Minor:
    """Open items plus orders not yet invoiced, in minor units of one currency; a net credit stays negative."""
    return open_items + open_orders


def headroom(limit: Amounts, exposures: Amounts) -> Amounts:
    """Limit less exposure; negative where the limit is exceeded."""
    return limit - exposures


def utilization(limit: Amounts, exposures: Amounts) -> Amounts:
    """Exposure as a fraction of the limit: 0 without exposure, infinite where nothing is allowed."""
    owed = np.maximum(exposures, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = owed / limit
    return np.where((owed == 0) & ~np.isnan(limit), 0.0, share)
