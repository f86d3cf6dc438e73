"""Uninsured exposure: what of each customer's exposure the credit insurer does not carry, the largest first."""

from __future__ import annotations

import numpy as np

from xlcredit.control.insurance.insured import grants, insured_exposure
from xlcredit.control.listing import Field, Listing
from xlcredit.control.review import Review
from xlcredit.kernel.money import to_major
from xlcredit.rules.insurance import cover as covers


def uninsured(review: Review) -> Listing:
    """One line per customer with an exposure; none where nothing is said of insurance."""
    found, places, granted = review.customers, review.case.valuation.places, grants(review.case)
    carried = insured_exposure(review)
    part = to_major(carried.insured, places)
    has_limit = granted.new.limit > 0
    lines = Listing(
        "uninsured",
        (
            Field("customer", "text", found.customer),
            Field("name", "text", found.names_beside),
            Field("exposure", "amount", found.exposure, in_base=True),
            Field("insured_limit", "amount", np.where(has_limit, granted.new.limit, np.nan), in_base=True),
            Field("cover", "percent", np.where(has_limit, granted.new.share, np.nan)),
            Field("insured_part", "amount", part, in_base=True),
            Field("uninsured_part", "amount", covers.remainder(found.exposure, part, places), in_base=True),
            Field("coverage", "percent", covers.coverage(found.exposure, part)),
            Field("cover_status", "text", covers.status(found.exposure, to_major(carried.carried, places)), "cover"),
        ),
    ).take((found.exposure > 0) & granted.asked)
    return lines.by(-lines["uninsured_part"], lines["customer"].astype(str)).filled()
