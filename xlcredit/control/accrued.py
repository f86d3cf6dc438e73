"""Accrued: interest for late payment on items, and what it comes to for each party."""

from __future__ import annotations

import numpy as np

from xlcredit.control.case import Case
from xlcredit.kernel.money import Minor, to_major, to_minor
from xlcredit.ledger.tables import Flags, Money, Text
from xlcredit.rules import country
from xlcredit.rules import interest as rules


def own_regimes(case: Case) -> Text:
    """Regime of each party: its country's, else the policy's."""
    codes = case.parties.text(case.ledger.customers.texts.get("country"))
    return country.regimes(codes, case.policy.countries, case.policy.interest.regime)


def accrued(case: Case, chosen: Flags, regimes: Text) -> tuple[Money, Money]:
    """Interest as of the day and fixed sums on the chosen items, each under its own regime; 0 on the others."""
    interest, fixed = np.zeros(len(case.items)), np.zeros(len(case.items))
    for regime in set(regimes[chosen].tolist()):
        under = chosen & (regimes == regime)
        interest[under], fixed[under] = _under(case, under, regime)
    return interest, fixed


def _under(case: Case, chosen: Flags, regime: str) -> tuple[Money, Money]:
    places = case.valuation.currencies.places[case.valuation.currencies.of_item[chosen]]
    due = case.found.due_date[chosen]
    debts = rules.Debts(case.found.open[chosen], due, np.full(len(due), case.as_of), places)
    found = rules.accrue(debts, rules.NO_PAYMENTS, case.policy.interest.regimes[regime])
    return found.interest, found.fixed_sum


def of_party(case: Case, amounts: Money, chosen: Flags) -> Money:
    """Sum of each customer in the review's currency; NaN where a rate of one of its items is not known."""
    currencies = case.valuation.currencies
    unknown = chosen & (np.isnan(amounts) | np.isnan(case.valuation.rates[currencies.of_item]))
    minor: Minor = to_minor(np.where(chosen & ~unknown, amounts, 0.0), currencies.places[currencies.of_item])
    total = to_major(case.of_party(case.valuation.in_base(minor)), case.valuation.places)
    return np.where(case.of_party(unknown.astype(np.int64)) > 0, np.nan, total)
