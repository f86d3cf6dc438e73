"""Roll rates: the share of each aging bucket that is a bucket older a month later, and the loss rate it leads to."""

from __future__ import annotations

import numpy as np

from xlcredit.control.case import Case
from xlcredit.control.history.postings import postings
from xlcredit.control.listing import Field, Listing, texts
from xlcredit.control.review import Review
from xlcredit.kernel.bands import Bands
from xlcredit.kernel.money import to_major
from xlcredit.ledger.tables import Money, Text
from xlcredit.rules import history
from xlcredit.rules.provision import history as rolled

DAYS_OF_A_MONTH = 31


def roll_rates(review: Review) -> Listing:
    """One line per bucket that has an older one, whose balance is taken for lost; the youngest first.

    None of a ledger without dated payments: what is still open of the past says nothing of what was paid.
    """
    case = review.case
    keys = case.policy.buckets.bands.outcomes
    balances = _balances(case)
    rolls = rolled.roll_rates(balances, case.valuation.places)
    paid = bool((case.found.settlements.day <= case.as_of).any())
    return Listing(
        "roll_rates",
        (
            Field("bucket", "text", texts(keys[:-1]), "buckets"),
            Field("next_bucket", "text", texts(keys[1:]), "buckets"),
            Field("roll_rate", "percent", rolls),
            Field("loss_rate", "percent", rolled.loss_rates(rolls)),
            Field("policy_rate", "percent", _policy_rates(case, keys[:-1])),
            Field("note", "text", _notes(rolls, case.policy.buckets.bands), "roll_notes"),
        ),
    ).take(np.full(len(rolls), paid))


def _policy_rates(case: Case, buckets: tuple[str, ...]) -> Money:
    """Loss rate the policy has for each bucket; a matrix with buckets of its own has none for those of the aging."""
    return np.array([case.policy.provision.rates.get(bucket, np.nan) for bucket in buckets], dtype=np.float64)


def _notes(rolls: Money, bands: Bands) -> Text:
    """Why there is no rate, and which rates are too high since the bucket that is reached is wider than a month."""
    wide = np.diff(np.append(bands.edges, np.inf)) > DAYS_OF_A_MONTH
    said = np.select([np.isnan(rolls), wide], ["nothing_to_roll", "wide_bucket"], "")
    return texts(said.tolist())


def _balances(case: Case) -> Money:
    """What was open in the review's currency at each month end (rows) by bucket, the undated apart."""
    ends = history.month_ends(case.as_of, case.policy.metrics.months)
    kept = history.history(postings(case), ends, case.policy.buckets.bands, 1)
    return np.asarray(to_major(kept.buckets[:, 0, :-1], case.valuation.places))
