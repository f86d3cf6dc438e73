"""Disputes: what customers do not accept, since when, and who has to settle it; the oldest first."""

from __future__ import annotations

import numpy as np

from xlcredit.control.collection.disputes import Dispute
from xlcredit.control.listing import Field, Listing, texts
from xlcredit.control.recorded import owners
from xlcredit.control.review import Review
from xlcredit.kernel.dates import days_between
from xlcredit.kernel.money import to_major
from xlcredit.ledger.tables import Money


def disputes(review: Review) -> Listing:
    """One line per dispute that is going on: those of the Disputes sheet, and items the ledger says to be disputed."""
    case, found, told = review.case, review.customers, review.case.ledger.recorded("disputes")
    each = case.found.dunned.disputed.disputes
    rows = np.array([dispute.record for dispute in each], dtype=np.intp)
    # What only the ledger says has no row: -1 is what stands behind the last one.
    party, opened = np.append(owners(case.parties, told), -1)[rows], np.append(told.day("opened"), _NO_DAY)[rows]
    first = np.array([dispute.items[0] if len(dispute.items) else -1 for dispute in each], dtype=np.intp)
    party = np.where(first >= 0, case.parties.owner[first], party)
    document = np.where(rows >= 0, np.append(told.text("document"), "")[rows], case.items.document[first])
    lines = Listing(
        "disputes",
        (
            Field("customer", "text", found.customer[party]),
            Field("name", "text", found.names_beside[party]),
            Field("document", "text", texts(document.tolist())),
            Field("dispute_reason", "text", np.append(told.text("reason"), "")[rows]),
            Field("disputed", "amount", np.array([_amount(dispute, review) for dispute in each]), in_base=True),
            Field("bucket", "text", np.where(first >= 0, review.items.bucket[first], "").astype(object), "buckets"),
            Field("opened", "date", opened),
            Field("age_days", "integer", days_between(opened, np.full(len(each), case.as_of))),
            Field("owner", "text", np.append(told.text("owner"), "")[rows]),
        ),
    ).take(party >= 0)
    return lines.by(lines["opened"], -np.nan_to_num(lines["disputed"]), lines["customer"].astype(str)).filled()


_NO_DAY = np.datetime64("NaT", "D")


def _amount(dispute: Dispute, review: Review) -> float:
    """What is in dispute in the review's currency; NaN where the ledger has no such document."""
    if not len(dispute.items):
        return np.nan
    minor = np.zeros(len(review.case.items), dtype=np.int64)
    minor[dispute.items] = dispute.minor
    amounts: Money = to_major(np.array([review.case.valuation.in_base(minor).sum()]), review.case.valuation.places)
    return float(amounts[0])
