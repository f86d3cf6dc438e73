"""Order: is it released, or held because it would take the customer too far?

A credit, or an order of nothing, is never held. A limit of NaN is unlimited, 0 allows nothing, and what reaches the
limit exactly passes. Sources: what ERP systems check when an order is released (ERPNext, Tryton, Dynamics 365:
limit used, expired limit, days overdue beyond a tolerance).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.money import to_minor

Amounts = NDArray[np.float64]

RELEASE = "release"
EXPIRED, UNKNOWN, EXCEEDED, OVERDUE = "limit_expired", "exposure_unknown", "limit_exceeded", "past_due"


def check(
    exposures: Amounts,
    limits: Amounts,
    orders: Amounts,
    days_past_due: Amounts,
    expired: NDArray[np.bool_],
    tolerance_days: int,
    places: int = 2,
) -> NDArray[np.object_]:
    """RELEASE, or the first reason to hold each order, "" where there is no order.

    Args:
        exposures: what each customer owes already, NaN where it is not known.
        limits: limit in force, NaN for none.
        orders: value of the order to be released, NaN for none.
        days_past_due: days of the customer's oldest open item, NaN where nothing is open.
        expired: whether the limit has run out.
        tolerance_days: days past due that hold nothing yet.
        places: decimals of the currency.
    """
    limited = ~np.isnan(limits)
    over = to_minor(exposures, places) + to_minor(orders, places) > to_minor(limits, places)
    holds = {
        EXPIRED: limited & expired,
        UNKNOWN: limited & np.isnan(exposures),
        EXCEEDED: limited & over,
        OVERDUE: days_past_due > tolerance_days,
    }
    said = np.select([*holds.values()], [*holds], default=RELEASE).astype(object)
    said[orders <= 0] = RELEASE
    said[np.isnan(orders)] = ""
    return said
