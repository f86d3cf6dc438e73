"""Signals: what calls for a look at a customer before its next review, how urgent it is, and what has to be done.

Each test reads columns and *sees* some customers; the policy gives what was seen its level and the level its response.
"""

from __future__ import annotations

from xlcredit.rules.signals.anomaly import Anomalies, order_anomalies
from xlcredit.rules.signals.events import counted_since, distinct_payers, index_falls, rise
from xlcredit.rules.signals.record import Signal, signals
from xlcredit.rules.signals.rule import KINDS, LEVELS, OFF, Indicator, Limits, Response, SignalRule
from xlcredit.rules.signals.seen import (
    Seen,
    changed_owners,
    checklist_due,
    concentrated,
    fallen_index,
    flagged,
    indicator,
    late_payers,
    many_payers,
    old_receivables,
    rising_events,
    slower_payers,
    unusual_orders,
)
from xlcredit.rules.signals.trend import Trends, mann_kendall, payment_trends

__all__ = [
    "KINDS",
    "LEVELS",
    "OFF",
    "Anomalies",
    "Indicator",
    "Limits",
    "Response",
    "Seen",
    "Signal",
    "SignalRule",
    "Trends",
    "changed_owners",
    "checklist_due",
    "concentrated",
    "counted_since",
    "distinct_payers",
    "fallen_index",
    "flagged",
    "index_falls",
    "indicator",
    "late_payers",
    "mann_kendall",
    "many_payers",
    "old_receivables",
    "order_anomalies",
    "payment_trends",
    "rise",
    "rising_events",
    "signals",
    "slower_payers",
    "unusual_orders",
]
