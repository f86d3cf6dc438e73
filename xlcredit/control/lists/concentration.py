"""Concentration: how much depends on the largest customers, and what is lost if the first of them default at once."""

from __future__ import annotations

import numpy as np

from xlcredit.control.insurance.insured import insured_exposure
from xlcredit.control.listing import Field, Listing
from xlcredit.control.review import Review
from xlcredit.kernel.money import to_major
from xlcredit.rules import concentration as rules


def concentration(review: Review) -> Listing:
    """One line per customer of the largest so many; the loss stands with those that the stress lets default."""
    found, places, policy = review.customers, review.case.valuation.places, review.policy
    owed, paid = review.exposure_minor, insured_exposure(review).insured
    shares = rules.shares(owed)
    top = np.argsort(-owed, kind="stable")[: policy.metrics.top]
    top = top[owed[top] > 0]
    stress = rules.stress(owed, paid, policy.signals.limits.stress)
    lost = np.full(len(owed), np.nan)
    lost[stress.customers] = to_major(stress.lost, places)
    n = len(top)
    return Listing(
        "concentration",
        (
            Field("rank", "integer", np.arange(1.0, n + 1)),
            Field("customer", "text", found.customer[top]),
            Field("name", "text", found.names_beside[top]),
            Field("exposure", "amount", to_major(owed[top], places), in_base=True),
            Field("share", "percent", shares[top]),
            Field("cumulative", "percent", np.array([rules.top_share(owed, at) for at in range(1, n + 1)])),
            Field("insured", "amount", np.where(paid > 0, to_major(paid, places), np.nan)[top], in_base=True),
            Field("lost", "amount", lost[top], in_base=True),
            Field("hhi", "index", np.full(n, rules.hhi(owed))),
            Field("effective_number", "decimal", np.full(n, rules.effective_number(owed))),
        ),
    ).filled()
