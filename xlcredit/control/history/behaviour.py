"""Behaviour: each customer's delays and what the measures make of them."""

from __future__ import annotations

import numpy as np

from xlcredit.control.case import Case
from xlcredit.kernel.dates import days_between
from xlcredit.ledger.tables import Flags, Money
from xlcredit.rules import measures
from xlcredit.rules.measures import Delays


def behaviour(case: Case) -> dict[str, Money]:
    """Measure → one value per party, amounts weighed in the review's currency; NaN for who is not in the ledger."""
    n, found = len(case.parties), case.found
    settled = settled_in_window(case)
    delays = _delays(case, settled)
    parts = found.settlements.of_item(settled, len(case.items))
    debit = case.valuation.weights(np.maximum(found.open_minor, 0))
    in_ledger = case.of_party(np.ones(len(case.items), dtype=np.int64)) > 0
    overdue = case.of_party(np.where(found.is_overdue, debit, 0))
    complete = case.of_party(((parts > 0) & ~found.is_open).astype(np.int64))
    return {
        "average_days_late": measures.average_days_late(delays, n),
        "on_time_share": measures.on_time_share(delays, n),
        "longest_delay": measures.longest_delay(delays, n),
        "trend_days_late": measures.trend_days_late(delays, n, case.policy.recent_days),
        "overdue_share": np.where(in_ledger, measures.overdue_share(overdue, case.of_party(debit)), np.nan),
        "invoices_settled": np.where(in_ledger, complete, np.nan),
    }


def settled_in_window(case: Case) -> Flags:
    """Which parts count: of invoices that were there, settled in the window that ends on the day."""
    parts = case.found.settlements
    ago = days_between(parts.day, case.as_of)
    there = ~(case.items.document_date > case.as_of)
    paid = (parts.minor > 0) & (case.found.amount_minor > 0)[parts.item]
    return (ago >= 0) & (ago < case.policy.window_days) & paid & there[parts.item]


def _delays(case: Case, settled: Flags) -> Delays:
    found, owner, parts = case.found, case.parties.owner, case.found.settlements
    late = days_between(found.due_date[parts.item], parts.day)
    paid = settled & ~np.isnan(late)
    of = parts.item[paid]
    owed = found.is_overdue & (found.open_minor > 0)
    return Delays(
        owners=np.concatenate([owner[of], owner[owed]]),
        minor=np.concatenate(
            [case.valuation.weights(parts.minor[paid], of), case.valuation.weights(found.open_minor)[owed]]
        ),
        days_late=np.concatenate([late[paid], found.days_past_due[owed]]),
        days_since_due=np.concatenate([found.days_past_due[of], found.days_past_due[owed]]),
    )
