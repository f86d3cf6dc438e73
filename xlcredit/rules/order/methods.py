"""Methods of payment: what share of an order stays at the customer's risk (S4: 信用证开证行资质；承兑交单)."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from xlcredit.rules.order.rule import OrderRule

Text = NDArray[np.object_]

LETTER_OF_CREDIT: Final = "letter_of_credit"


def risk_shares(methods: Text, bank_ratings: Text, rule: OrderRule) -> NDArray[np.float64]:
    """Share of each order that is at risk: that of its method, and all of it for a method without one.

    A letter of credit is worth what its bank is: of one whose rating is not among the good ones, or not known, all of
    the order is at risk.
    """
    shares = [
        1.0 if method == LETTER_OF_CREDIT and rating not in rule.good_banks else rule.risk_shares.get(method, 1.0)
        for method, rating in zip(methods.tolist(), bank_ratings.tolist(), strict=True)
    ]
    return np.array(shares, dtype=np.float64)
