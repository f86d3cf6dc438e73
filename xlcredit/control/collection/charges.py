"""Charges for paying late: interest and fixed sum of each item, under the regime that holds for it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xlcredit.control.case import Case
from xlcredit.control.collection.interest import charged_sums, claims_under
from xlcredit.kernel.money import Minor
from xlcredit.ledger.tables import Flags, Money, Text


@dataclass(frozen=True, slots=True)
class Charges:
    """One line per item of the ledger; nothing is charged for an item without a regime."""

    interest: Money
    """In the item's currency, NaN where no rate is known."""
    fixed_sum: Money
    """In the regime's currency, where it names one, else in the item's; NaN where it takes a rate there is not."""
    rate: Money
    """The rate of the last day, per the regime's period."""
    is_last_known: Flags
    """The reference rate is fixed on a day after the last one there is; that one was used."""


def charged(case: Case, regimes: Text, owed: Minor) -> Charges:
    """Charges as of the day on items of each of which so much is owed, by its regime; "" for none."""
    n = len(case.items)
    found = Charges(np.zeros(n), np.zeros(n), np.full(n, np.nan), np.zeros(n, dtype=np.bool_))
    for claim in claims_under(case, regimes, owed):
        for column in ("interest", "rate", "is_last_known"):
            getattr(found, column)[claim.items] = getattr(claim.accrued, column)
        found.fixed_sum[claim.items] = charged_sums(case, claim)
    return found
