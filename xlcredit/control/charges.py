"""Charges for paying late: interest and fixed sum of each item, under the regime that holds for it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xlcredit.control.case import Case
from xlcredit.ledger.tables import Flags, Money, Text
from xlcredit.rules import country, interest


@dataclass(frozen=True, slots=True)
class Charges:
    """One line per item of the ledger; nothing is charged for an item without a regime."""

    interest: Money
    """In the item's currency, NaN where no rate is known."""
    fixed_sum: Money
    """In the regime's currency, where it names one, else in the item's."""
    rate: Money
    """The rate of the last day, per the regime's period."""
    is_last_known: Flags
    """The reference rate is fixed on a day after the last one there is; that one was used."""


def usual_regimes(case: Case) -> Text:
    """Regime of each party: its country's, else the policy's."""
    codes = case.parties.text(case.ledger.customers.texts.get("country"))
    return country.regimes(codes, case.policy.countries, case.policy.interest.regime)


def late_charges(case: Case, amounts: Money, regimes: Text) -> Charges:
    """Charges as of the day on what is owed of each item (major units), by its regime; "" for none.

    What was paid late before the day is not in it: the ledger does not say whether its interest was claimed.
    """
    n = len(case.items)
    found = Charges(np.zeros(n), np.zeros(n), np.full(n, np.nan), np.zeros(n, dtype=np.bool_))
    for regime in set(regimes.tolist()) - {""}:
        chosen = regimes == regime
        debts = interest.Debts(
            amounts[chosen],
            case.found.due_date[chosen],
            np.full(int(chosen.sum()), case.as_of),
            case.valuation.currencies.places[case.valuation.currencies.of_item[chosen]],
        )
        accrued = interest.accrue(debts, interest.NO_PAYMENTS, case.policy.interest.regimes[regime])
        for column in ("interest", "fixed_sum", "rate", "is_last_known"):
            getattr(found, column)[chosen] = getattr(accrued, column)
    return found
