"""Which limit to change: limits in force that differ from what the review suggests."""

from __future__ import annotations

import numpy as np

from xlcredit.control.listing import Field, Listing
from xlcredit.control.review import Review
from xlcredit.kernel.money import rounded
from xlcredit.ledger.tables import Money, Text


def limit_changes(review: Review) -> Listing:
    """One line per customer whose limit in force is not the suggested one; those who owe more than allowed first."""
    found, places = review.customers, review.case.valuation.places
    present, suggested = found.answers["credit_limit"] * found.to_base, found.limit
    bounded = np.isfinite(suggested)
    change = np.where(bounded, rounded(np.where(bounded, suggested, 0.0) - present, places), np.inf)
    excess = np.maximum(rounded(found.exposure - suggested, places), 0)
    lines = Listing(
        "limit_changes",
        (
            Field("customer", "text", found.customer),
            Field("name", "text", found.names_beside),
            Field("limit_in_force", "amount", present, in_base=True),
            Field("limit", "amount", np.where(bounded, suggested, np.nan), in_base=True),
            Field("change", "amount", np.where(np.isfinite(change), change, np.nan), in_base=True),
            Field("decision", "text", _decision(change), "decisions"),
            Field("constraint", "text", found.constraint, "constraints"),
            Field("score", "decimal", found.score),
            Field("grade", "text", found.grade),
            Field("exposure", "amount", found.exposure, in_base=True),
            Field("excess", "amount", np.where(excess > 0, excess, np.nan), in_base=True),
        ),
    ).take(~np.isnan(present) & ~np.isnan(suggested) & (change != 0))
    by_size = -np.where(np.isnan(lines["change"]), np.inf, np.abs(lines["change"]))
    return lines.by(-np.nan_to_num(lines["excess"]), by_size, lines["customer"].astype(str)).filled()


def _decision(change: Money) -> Text:
    return np.select([np.isnan(change), change > 0], ["", "raise"], "lower").astype(object)
