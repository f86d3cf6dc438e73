"""Need: the credit a customer's business with us takes, as the ledger shows it."""

from __future__ import annotations

import numpy as np

from xlcredit.control.parties import Parties
from xlcredit.control.receivables import Receivables
from xlcredit.control.valuation import Valuation
from xlcredit.kernel.dates import days_between
from xlcredit.kernel.money import Minor, sums, to_major
from xlcredit.ledger.tables import Money, OpenItems
from xlcredit.policy import Policy
from xlcredit.rules import limit

LEAST_DAYS_OF_SALES = 30.0
"""Sales of fewer days than this say little of a year's: they are not stretched further."""

MONTH = 30


def derived_needs(
    items: OpenItems,
    parties: Parties,
    found: Receivables,
    valuation: Valuation,
    days_late: Money,
    policy: Policy,
    as_of: np.datetime64,
) -> Money:
    """Credit each party needs, in the review's currency; NaN where the ledger tells nothing.

    It is the greater of what its sales take on average and the most it owed within terms at the end of a month; the
    average alone would be exceeded half of the time. A ledger without payments does not tell what was sold: there the
    balance is the need that is known.
    """
    if not (items.settled > 0).any():
        most = _of_party(np.maximum(found.open_minor, 0), parties, valuation)
        return _known(to_major(most, valuation.places))
    average = _average_need(items, parties, found, valuation, days_late, policy, as_of)
    peak = to_major(_peak_within_terms(items, parties, found, valuation, policy, as_of), valuation.places)
    return _known(np.fmax(average, peak))


def _known(needs: Money) -> Money:
    return np.where(needs > 0, needs, np.nan)


def _of_party(minor: Minor, parties: Parties, valuation: Valuation) -> Minor:
    return sums(valuation.in_base(minor), parties.owner, len(parties))


def _average_need(
    items: OpenItems,
    parties: Parties,
    found: Receivables,
    valuation: Valuation,
    days_late: Money,
    policy: Policy,
    as_of: np.datetime64,
) -> Money:
    ago = days_between(items.document_date, as_of)
    sold = np.where((ago >= 0) & (ago < policy.window_days), np.maximum(valuation.in_base(found.amount_minor), 0), 0)
    term = np.maximum(np.nan_to_num(days_between(items.document_date, found.due_date)), 0).astype(np.int64)
    sales = sums(sold, parties.owner, len(parties))
    average_term = sums(sold * term, parties.owner, len(parties)) / np.maximum(sales, 1)
    days = float(np.clip(np.max(ago[sold > 0], initial=0) + 1, LEAST_DAYS_OF_SALES, policy.window_days))
    return limit.need(to_major(sales, valuation.places), average_term, days_late, days, policy.tax)


def _peak_within_terms(
    items: OpenItems, parties: Parties, found: Receivables, valuation: Valuation, policy: Policy, as_of: np.datetime64
) -> Minor:
    """The most each party owed, and not late, on any of the days a month apart in the window."""
    amounts = valuation.in_base(np.maximum(found.amount_minor, 0))
    peak = np.zeros(len(parties), dtype=np.int64)
    for back in range(0, policy.window_days, MONTH):
        day = as_of - back
        owed = (items.document_date <= day) & (found.due_date >= day) & ~(items.settled_date <= day)
        peak = np.maximum(peak, sums(np.where(owed, amounts, 0), parties.owner, len(parties)))
    return peak
