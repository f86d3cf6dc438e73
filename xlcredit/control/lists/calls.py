"""Whom to call: customers with items in dunning, the furthest stage and the largest amount first."""

from __future__ import annotations

import numpy as np

from xlcredit.control.listing import Field, Listing, texts
from xlcredit.control.review import Review
from xlcredit.kernel.money import Minor, to_major
from xlcredit.ledger.tables import Money


def calls(review: Review) -> Listing:
    """One line per customer that has reached a dunning stage: what to do, about how much, how late."""
    case, items, found = review.case, review.items, review.customers
    n = len(found.customer)
    stage = np.zeros(n, dtype=np.int64)
    np.maximum.at(stage, items.owner, items.stage)
    due = items.stage > 0
    amount = case.of_party(case.valuation.in_base(np.where(due, items.open_minor, 0)))
    actions, channels = (texts(steps) for steps in (case.policy.dunning.actions, case.policy.dunning.channels))
    lines = Listing(
        "calls",
        (
            Field("customer", "text", found.customer),
            Field("name", "text", found.names_beside),
            Field("stage", "integer", stage.astype(np.float64)),
            Field("action", "text", actions[stage], "actions"),
            Field("channel", "text", channels[stage], "channels"),
            Field("items", "integer", case.of_party(due.astype(np.int64)).astype(np.float64)),
            Field("to_collect", "amount", _in_base(amount, review), in_base=True),
            Field("oldest_days", "integer", case.oldest(due)),
            Field("grade", "text", found.grade),
            Field("promised_date", "date", _promised(review, due)),
        ),
    ).take(stage > 0)
    return lines.by(-lines["stage"], -lines["to_collect"], lines["customer"].astype(str)).filled()


def _in_base(minor: Minor, review: Review) -> Money:
    return to_major(minor, review.case.valuation.places)


def _promised(
    review: Review, due: np.ndarray[tuple[int], np.dtype[np.bool_]]
) -> np.ndarray[tuple[int], np.dtype[np.datetime64]]:
    """The last day on which each customer promised to pay one of these items."""
    days = review.case.items.promised_date
    told = due & ~np.isnat(days)
    latest = np.full(len(review.customers.customer), np.datetime64("NaT", "D"))
    for owner, day in zip(review.items.owner[told].tolist(), days[told], strict=True):
        latest[owner] = day if np.isnat(latest[owner]) else max(latest[owner], day)
    return latest
