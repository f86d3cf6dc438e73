"""Premiums: what the credit insurance of each customer, and of all of them, costs a year."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from xlcredit.control.insurance.insured import Grants, grants
from xlcredit.control.once import once
from xlcredit.control.review import Review
from xlcredit.kernel.dates import days_between
from xlcredit.kernel.money import Minor, to_major, to_minor
from xlcredit.ledger.tables import Money
from xlcredit.rules.insurance import cover as covers
from xlcredit.rules.insurance import premium
from xlcredit.rules.insurance.indemnity import IndemnityRule


@dataclass(frozen=True, slots=True)
class Premiums:
    """Of each party, in the review's currency; NaN where the base is not known."""

    base: Money
    rate: Money
    premium: Money
    total: float
    """Of all, no less than the contract's minimum."""


@once
def premiums(review: Review) -> Premiums:
    """Premium of each party's year by the base and the rates of the policy."""
    rule, places = review.policy.insurance.premium, review.case.valuation.places
    granted = grants(review.case)
    sold = to_major(_insured_turnover(review, granted), places)
    named = (granted.new.limit > 0) | (review.policy.insurance.scope == "whole_turnover")
    exposure = np.where(named, np.maximum(review.customers.exposure, 0), 0.0)
    base = premium.base(sold, exposure, np.nan_to_num(granted.new.counting), rule)
    rate = premium.rates(review.customers.grade, rule)
    due = premium.premium(base, rate, places=places)
    total = max(int(to_minor(due, places).sum()), int(to_minor(rule.minimum, places)[0]))
    return Premiums(base, rate, due, float(to_major(total, places)))


def indemnity_rule(review: Review, premium: float) -> IndemnityRule:
    """What the contract deducts and pays; a multiple of a premium that is not known is no maximum."""
    rule = review.policy.insurance.indemnity
    return rule if premium else replace(rule, maximum_premiums=np.inf)


def _insured_turnover(review: Review, granted: Grants) -> Minor:
    """What was invoiced to each party in the policy's window, as far as the contract takes it in (I3, I4).

    A buyer is named by a limit on the day of the sale; cover that extends to a sale stands for its declaration.
    """
    case, rule = review.case, review.policy.insurance
    ago = days_between(case.items.document_date, case.as_of)
    inside = covers.in_scope(granted.items.limit > 0, granted.items.extends, rule.scope, rule.basis)
    counts = inside & (ago >= 0) & (ago < review.policy.window_days)
    return case.of_party(np.where(counts, case.valuation.in_base(np.maximum(case.found.amount_minor, 0)), 0))
