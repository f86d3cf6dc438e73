"""Customers: one line each, with exposure, score, grade, suggested limit and what is left of it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xlcredit.control import credit
from xlcredit.control.behaviour import behaviour
from xlcredit.control.needs import derived_needs
from xlcredit.control.parties import Parties
from xlcredit.control.receivables import Receivables
from xlcredit.control.review import CustomerLines
from xlcredit.control.valuation import Valuation
from xlcredit.kernel.money import Minor, sums, to_major, to_minor
from xlcredit.ledger.ledger import Ledger
from xlcredit.ledger.tables import Money
from xlcredit.policy import Policy
from xlcredit.rules import exposure, grade


def customer_lines(
    ledger: Ledger, parties: Parties, found: Receivables, valuation: Valuation, policy: Policy, as_of: np.datetime64
) -> CustomerLines:
    """The lines of all parties."""
    measured = behaviour(ledger.items, parties, found, valuation, policy, as_of)
    answers = credit.answers(ledger.customers, parties, measured, as_of)
    scoring = credit.score(answers, ledger.customers, parties, policy)
    to_base = _to_base(ledger, parties, valuation)
    needs = derived_needs(ledger.items, parties, found, valuation, measured["average_days_late"], policy, as_of)
    limits, constraint = credit.suggest_limits(answers, needs, scoring.score, to_base, policy, valuation.places)
    overdue_items = np.where(found.is_overdue, found.open_minor, 0)
    orders = to_minor(answers["open_orders"] * to_base, valuation.places)
    open_minor, open_in_base = _of_party(found.open_minor, parties, valuation)
    overdue_minor, overdue_in_base = _of_party(overdue_items, parties, valuation)
    exposures = _priced(open_minor, exposure.exposure(open_in_base, orders), valuation)
    return CustomerLines(
        customer=parties.customer,
        name=parties.name,
        sheet_line=parties.sheet_line,
        open_minor=open_minor,
        overdue_minor=overdue_minor,
        exposure=exposures,
        overdue=_priced(overdue_minor, overdue_in_base, valuation),
        average_days_late=measured["average_days_late"],
        card=scoring.card,
        score=scoring.score,
        completeness=scoring.completeness,
        grade=grade.grade(scoring.score, policy.grades),
        limit=limits,
        constraint=constraint,
        headroom=exposure.headroom(limits, exposures),
        utilization=exposure.utilization(limits, exposures),
        reasons=scoring.reasons,
    )


def _of_party(minor: Minor, parties: Parties, valuation: Valuation) -> tuple[NDArray[np.int64], Minor]:
    """Sum of each party by currency, and over all currencies in the review's."""
    width = len(valuation.currencies.codes)
    account = parties.owner * width + valuation.currencies.of_item
    by_currency = sums(minor, account, len(parties) * width).reshape(-1, width)
    return by_currency, sums(valuation.in_base(minor), parties.owner, len(parties))


def _priced(by_currency: NDArray[np.int64], minor: Minor, valuation: Valuation) -> Money:
    """Minor units as money; NaN where an open amount has no rate, for part of a sum is no sum."""
    unpriced = (by_currency != 0) & np.isnan(valuation.rates)
    return np.where(unpriced.any(axis=1), np.nan, to_major(minor, valuation.places))


def _to_base(ledger: Ledger, parties: Parties, valuation: Valuation) -> Money:
    """Factor from the currency of each party's figures to the review's; a party that names none is in it."""
    rate = dict(zip(valuation.currencies.codes, valuation.rates.tolist(), strict=True))
    by_line = np.array([rate.get(code, np.nan) if code else 1.0 for code in ledger.customers.currency])
    return np.where(parties.sheet_line >= 0, parties.figure(by_line), 1.0)
