"""Customers: one line each, with exposure, score, grade, suggested limit and what is left of it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.case import Case
from xlcredit.control.grading import credit
from xlcredit.control.grading.needs import derived_needs
from xlcredit.control.grading.scored import scored
from xlcredit.control.orders.openorders import open_orders
from xlcredit.control.review import CustomerLines
from xlcredit.control.valuation import Valuation
from xlcredit.kernel.money import Minor, sums, to_major, to_minor
from xlcredit.ledger.tables import Flags, Money
from xlcredit.rules import exposure, grade


def customer_lines(case: Case) -> CustomerLines:
    """The lines of all parties."""
    parties, policy, valuation, to_base = case.parties, case.policy, case.valuation, case.to_base
    found = scored(case)
    measured, answers, scoring = found.measured, found.answers, found.scoring
    needs = derived_needs(case, measured["average_days_late"])
    allowed = credit.allowed(answers, needs, to_base, policy)
    limits, constraint = credit.suggest_limits(allowed, scoring.score, found.barred, policy, valuation.places)
    open_minor, open_in_base = _owed(case, case.found.open_minor)
    overdue_minor, overdue_in_base = _owed(case, np.where(case.found.is_overdue, case.found.open_minor, 0))
    exposures = _priced(open_minor, *_exposures(case, open_in_base, answers, to_base), valuation)
    return CustomerLines(
        customer=parties.customer,
        name=parties.name,
        sheet_line=parties.sheet_line,
        open_minor=open_minor,
        overdue_minor=overdue_minor,
        exposure=exposures,
        overdue=_priced(overdue_minor, overdue_in_base, np.zeros(len(parties), dtype=np.bool_), valuation),
        average_days_late=measured["average_days_late"],
        card=scoring.card,
        score=scoring.score,
        capped=scoring.capped,
        completeness=scoring.completeness,
        grade=grade.grade(scoring.score, policy.grades),
        limit=limits,
        constraint=constraint,
        headroom=exposure.headroom(limits, exposures, valuation.places),
        utilization=exposure.utilization(limits, exposures),
        reasons=scoring.reasons,
        answers=answers,
        measured=measured,
        allowed=allowed,
        to_base=to_base,
    )


def _exposures(case: Case, owed: Minor, answers: Mapping[str, Money], to_base: Money) -> tuple[Minor, Flags]:
    """Exposure of each party, and where an order it counts has no known value.

    What the customers sheet states as open orders goes before the Orders sheet.
    """
    places, rule, n = case.valuation.places, case.policy.exposure, len(case.parties)
    orders, unbilled, guarantees = (
        to_minor(answers[role] * to_base, places) for role in ("open_orders", "unbilled", "guarantees")
    )
    silent = np.isnan(answers["open_orders"])
    recorded = open_orders(case)
    counted = np.where(silent, recorded.of_party(n, places), orders)
    unknown = silent & recorded.unpriced(n) & np.bool_(rule.orders)
    return exposure.exposure(owed, counted, unbilled, guarantees, rule), unknown


def _owed(case: Case, minor: Minor) -> tuple[NDArray[np.int64], Minor]:
    """Sum of each party by currency, and over all currencies in the review's."""
    width = len(case.valuation.currencies.codes)
    account = case.parties.owner * width + case.valuation.currencies.of_item
    by_currency = sums(minor, account, len(case.parties) * width).reshape(-1, width)
    return by_currency, case.of_party(case.valuation.in_base(minor))


def _priced(by_currency: NDArray[np.int64], minor: Minor, unknown: Flags, valuation: Valuation) -> Money:
    """Minor units as money; NaN where an open amount has no rate, for part of a sum is no sum."""
    unpriced = (by_currency != 0) & np.isnan(valuation.rates)
    return np.where(unpriced.any(axis=1) | unknown, np.nan, to_major(minor, valuation.places))
