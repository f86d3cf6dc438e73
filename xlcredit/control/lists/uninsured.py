"""Uninsured exposure: what of each customer's exposure the credit insurer does not carry, the largest first."""

from __future__ import annotations

import numpy as np

from xlcredit.control.insured import Grants, grants
from xlcredit.control.listing import Field, Listing
from xlcredit.control.review import Review
from xlcredit.kernel.money import to_major
from xlcredit.ledger.tables import Money
from xlcredit.rules.insurance import cover as covers


def uninsured(review: Review) -> Listing:
    """One line per customer with an exposure; none where nothing is said of insurance."""
    found, places, granted = review.customers, review.case.valuation.places, grants(review.case)
    limit = np.nan_to_num(granted.limit)
    part = covers.insured(_insurable(review, granted), limit, granted.cover, places)
    left = covers.remainder(found.exposure, part, places)
    has_limit = limit > 0
    lines = Listing(
        "uninsured",
        (
            Field("customer", "text", found.customer),
            Field("name", "text", found.names_beside),
            Field("exposure", "amount", found.exposure, in_base=True),
            Field("insured_limit", "amount", np.where(has_limit, limit, np.nan), in_base=True),
            Field("cover", "percent", np.where(has_limit, granted.cover, np.nan)),
            Field("insured_part", "amount", part, in_base=True),
            Field("uninsured_part", "amount", left, in_base=True),
            Field("cover_status", "text", covers.status(found.exposure, limit), "cover"),
        ),
    ).take((found.exposure > 0) & granted.asked)
    return lines.by(-lines["uninsured_part"], lines["customer"].astype(str)).filled()


def _insurable(review: Review, granted: Grants) -> Money:
    """Exposure that cover extends to: once shipments had to stop, the items sold until then and no order."""
    case, exposure = review.case, review.customers.exposure
    minor = case.valuation.in_base(case.found.open_minor)
    inside, _ = covers.covered_exposure(minor, case.parties.owner, len(case.parties), granted.extends(case))
    stopped = granted.stopped <= case.as_of
    return np.where(stopped, np.minimum(exposure, to_major(inside, case.valuation.places)), exposure)
