"""The tests: customers in, whom each test sees out, with the figures it saw. A missing figure sees nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xlcredit.rules.signals.anomaly import HIGH, LOW, Anomalies
from xlcredit.rules.signals.rule import INDICATOR, Indicator, Limits
from xlcredit.rules.signals.trend import GROWING, Trends, payment_trends

Column = NDArray[np.float64]
Counts = NDArray[np.intp]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Seen:
    """Whom a test sees, and the figures by name that it saw of each customer."""

    kind: str
    raised: Flags
    figures: Mapping[str, NDArray[Any]] = field(default_factory=dict)
    subject: str = ""
    """Of an indicator, the name of its column."""


def slower_payers(trends: Trends, limits: Limits) -> Seen:
    """W1: days to pay grow, significantly and fast enough to matter."""
    figures = {"payments": trends.n, "slope": trends.slope, "p": trends.p}
    return Seen("payment_trend", payment_trends(trends, limits) == GROWING, figures)


def late_payers(average_days_late: Column, limits: Limits) -> Seen:
    """W1: the customer pays later beyond its terms than is tolerated."""
    return Seen("late_payment", average_days_late > limits.days_beyond_terms, {"average_days_late": average_days_late})


def many_payers(payers: Counts, limits: Limits) -> Seen:
    """W2: payments come from many accounts or by many methods, which may be a fraud as well."""
    return Seen("payer_accounts", payers >= limits.payer_accounts, {"payers": payers})


def changed_owners(changes: Counts, limits: Limits) -> Seen:
    """W3: management or shareholders change often."""
    return Seen("ownership_change", changes >= limits.ownership_changes, {"events": changes})


def fallen_index(kind: str, falls: Column, limits: Limits) -> Seen:
    """W4: the index of the customer's industry or country ("industry_index", "country_index") fell."""
    return Seen(kind, falls >= limits.index_fall, {"fall": falls})


def rising_events(recent: Counts, increase: Counts, limits: Limits) -> Seen:
    """W5: more litigation and bad news than in the period before."""
    return Seen("legal_events", increase >= limits.legal_increase, {"events": recent, "increase": increase})


def unusual_orders(found: Anomalies) -> Seen:
    """W6: the orders of the month are far above or below those before."""
    return Seen("order_anomaly", (found.said == HIGH) | (found.said == LOW), {"z": found.z})


def flagged(kind: str, *flags: Flags, figures: Mapping[str, NDArray[Any]] | None = None) -> Seen:
    """W7, W10: what another rule found arrives as flags, of which one is enough: statements, insolvency, distress."""
    return Seen(kind, np.logical_or.reduce(flags), figures or {})


def checklist_due(history_days: Column, days_since_check: Column, limits: Limits) -> Seen:
    """W8: known for more than half a year and not looked through for a quarter, or never (NaN)."""
    due = np.isnan(days_since_check) | (days_since_check >= limits.checklist_days)
    return Seen("checklist_due", (history_days > limits.history_days) & due, {"days_since_check": days_since_check})


def old_receivables(oldest_days_past_due: Column, limits: Limits) -> Seen:
    """W11: something is past due for more than half a year."""
    found = oldest_days_past_due > limits.old_days
    return Seen("old_receivables", found, {"days_past_due": oldest_days_past_due})


def concentrated(shares: Column, limits: Limits) -> Seen:
    """W12: so large a share of all receivables depends on the customer, or on the group it belongs to."""
    return Seen("concentration", shares >= limits.share, {"share": shares})


def indicator(name: str, values: Column, previous: Column, rule: Indicator) -> Seen:
    """A18: a column of the user's own is beyond its threshold, or worse than before by so much."""
    worse = 1.0 if rule.better == "lower" else -1.0
    change = np.round(values - previous, 12)  # 0.75 − 0.65 is a change of 0.10, whatever binary makes of it
    beyond = worse * values > worse * rule.threshold  # a comparison with NaN is false
    changed = worse * change >= rule.change
    return Seen(INDICATOR, beyond | changed, {"value": values, "change": change}, name)
