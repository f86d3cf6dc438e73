"""Reviews due: customers to be looked at again, the longest overdue first, up to a month ahead."""

from __future__ import annotations

import numpy as np

from xlcredit.control.listing import Field, Listing
from xlcredit.control.review import Review
from xlcredit.kernel.dates import add_months, days_between
from xlcredit.rules import reviews as rules

MONTHS_AHEAD = 1


def reviews_due(review: Review) -> Listing:
    """One line per customer whose next review was to be before the day, or is within a month of it."""
    case, found = review.case, review.customers
    last = case.last_review
    due = rules.next_review(last, found.grade, case.parties.day(case.ledger.customers.since), case.policy.review)
    late = rules.overdue(due, case.as_of)
    soon = due <= add_months(np.array([case.as_of]), MONTHS_AHEAD)[0]  # a comparison with NaT is false
    lines = Listing(
        "reviews",
        (
            Field("customer", "text", found.customer),
            Field("name", "text", found.names_beside),
            Field("grade", "text", found.grade),
            Field("score", "decimal", found.score),
            Field("last_review", "date", last),
            Field("next_review", "date", due),
            Field("days_overdue", "integer", np.where(late, days_between(due, case.as_of), np.nan)),
            Field("exposure", "amount", found.exposure, in_base=True),
        ),
    ).take(soon & (~np.isnat(last) | (found.grade != "")))
    return lines.by(lines["next_review"], -np.nan_to_num(lines["exposure"]), lines["customer"].astype(str)).filled()
