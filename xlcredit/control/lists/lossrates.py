"""Loss rates: what became of past sales, bucket by bucket, beside the policy's rate: what the matrix is set by."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.case import Case
from xlcredit.control.insurance.provided import segments
from xlcredit.control.listing import Field, Listing, stacked, texts
from xlcredit.control.review import Review
from xlcredit.kernel.dates import days_between
from xlcredit.kernel.money import Minor, sums, to_major
from xlcredit.ledger.tables import Flags
from xlcredit.rules.provision import history


def loss_rates(review: Review) -> Listing:
    """One line per segment and bucket, the youngest first; a rate is blank where no sale of known fate got so far.

    None of a ledger without dated payments. Whatever settled an invoice counts as paid, a write-off that is posted
    as one too; the policy's factor for what is ahead is in neither rate.
    """
    case, rule = review.case, review.policy.provision
    if not (case.found.settlements.day <= case.as_of).any():
        return stacked("loss_rates", [])
    known, segment = _fate_is_known(case), segments(case)[case.parties.owner]
    there = [name for name in ("", *rule.segments) if (segment == name).any()]
    return stacked("loss_rates", [_lines(name, known & (segment == name), case) for name in there]).filled()


def _lines(name: str, counted: Flags, case: Case) -> Listing:
    """The buckets of one segment."""
    rule, places = case.policy.provision, case.valuation.places
    sold = int(case.valuation.in_base(case.found.amount_minor)[counted].sum())
    paid = _paid(case, counted)
    rates = history.loss_rates_of_sales(float(to_major(sold, places)), to_major(paid, places), places)[:-1]
    reached = sold - np.concatenate([[0], np.cumsum(paid)[:-1]])
    told = np.array([rule.segments.get(name, {}).get(bucket, rule.rates[bucket]) for bucket in rule.bands.outcomes])
    n = len(told)
    return Listing(
        "loss_rates",
        (
            Field("segment", "text", texts([name] * n)),
            Field("bucket", "text", texts(rule.bands.outcomes), "buckets"),
            Field("sales_reached", "amount", to_major(reached, places), in_base=True),
            Field("paid_within", "amount", to_major(paid, places), in_base=True),
            Field("loss_rate", "percent", rates),
            Field("policy_rate", "percent", told),
            Field("note", "text", texts(np.where(np.isnan(rates), "history_short", "").tolist()), "loss_notes"),
        ),
    )


def _fate_is_known(case: Case) -> Flags:
    """Invoices that have been in the oldest bucket since at most the window, all their payments dated."""
    days, bands, parts = case.found.days_past_due, case.policy.provision.bands, case.found.settlements
    since = bands.edges[-1] if len(bands.edges) else 0.0
    undated = np.bincount(parts.item[np.isnat(parts.day)], minlength=len(case.items)) > 0
    ripe = (days >= since) & (days < since + case.policy.window_days)
    return np.asarray(ripe & ~undated & (case.found.amount_minor > 0))


def _paid(case: Case, counted: Flags) -> Minor:
    """What was paid of these items by the day, in each bucket they were in when it was."""
    parts, bands = case.found.settlements, case.policy.provision.bands
    rows = np.flatnonzero(counted[parts.item] & (parts.day <= case.as_of))
    of = parts.item[rows]
    bucket: NDArray[np.intp] = bands.index(days_between(case.found.due_date[of], parts.day[rows])).astype(np.intp)
    return sums(case.valuation.parts_in_base(parts.minor, parts.item)[rows], bucket, len(bands.outcomes))
