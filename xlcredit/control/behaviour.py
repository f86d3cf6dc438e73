"""Behaviour: each customer's delays and what the measures make of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.parties import Parties
from xlcredit.control.receivables import Receivables
from xlcredit.control.valuation import Valuation
from xlcredit.kernel.dates import days_between
from xlcredit.kernel.money import sums
from xlcredit.ledger.tables import Money, OpenItems
from xlcredit.policy import Policy
from xlcredit.rules import measures
from xlcredit.rules.measures import Delays


def behaviour(
    items: OpenItems, parties: Parties, found: Receivables, valuation: Valuation, policy: Policy, as_of: np.datetime64
) -> dict[str, Money]:
    """Measure → one value per customer, amounts weighed in the review's currency."""
    n = len(parties)
    settled = _settled_in_window(items, found, policy, as_of)
    debit = valuation.weights(np.maximum(found.open_minor, 0))
    delays = _delays(items, parties, found, settled, valuation)
    in_ledger = sums(np.ones(len(items), dtype=np.int64), parties.owner, n) > 0
    overdue = sums(np.where(found.is_overdue, debit, 0), parties.owner, n)
    complete = sums((settled & ~found.is_open).astype(np.int64), parties.owner, n)
    return {
        "average_days_late": measures.average_days_late(delays, n),
        "on_time_share": measures.on_time_share(delays, n),
        "longest_delay": measures.longest_delay(delays, n),
        "trend_days_late": measures.trend_days_late(delays, n, policy.recent_days),
        "overdue_share": np.where(
            in_ledger, measures.overdue_share(overdue, sums(debit, parties.owner, n)), np.nan
        ),
        "invoices_settled": np.where(in_ledger, complete, np.nan),
    }


def _settled_in_window(
    items: OpenItems, found: Receivables, policy: Policy, as_of: np.datetime64
) -> NDArray[np.bool_]:
    ago = days_between(items.settled_date, as_of)
    there = ~(items.document_date > as_of)
    return (ago >= 0) & (ago < policy.window_days) & (items.settled > 0) & (found.amount_minor > 0) & there


def _delays(
    items: OpenItems, parties: Parties, found: Receivables, settled: NDArray[np.bool_], valuation: Valuation
) -> Delays:
    paid_late = days_between(found.due_date, items.settled_date)
    paid = settled & ~np.isnan(paid_late)
    owed = found.is_overdue & (found.open_minor > 0)
    paid_weight = valuation.weights(found.amount_minor - found.open_minor)
    owed_weight = valuation.weights(found.open_minor)
    return Delays(
        owners=np.concatenate([parties.owner[paid], parties.owner[owed]]),
        minor=np.concatenate([paid_weight[paid], owed_weight[owed]]),
        days_late=np.concatenate([paid_late[paid], found.days_past_due[owed]]),
        days_since_due=np.concatenate([found.days_past_due[paid], found.days_past_due[owed]]),
    )
