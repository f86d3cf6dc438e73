"""What a policy says of signals: the limits of the tests, the level of each kind, the response to each level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

OFF = "off"
LEVELS = ("info", "watch", "warn", "stop")
"""How urgent a signal is, rising."""

INDICATOR = "indicator"
KINDS = (
    "insolvency", "altman_distress", "payment_trend", "late_payment", "old_receivables", "claim_lapses",
    "payer_accounts", "ownership_change", "legal_events", "weak_statements", "order_anomaly", "industry_index",
    "country_index", "concentration", "checklist_due",
)  # fmt: skip
"""Every kind of signal but the indicators, which the policy makes up; in this order within a level."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Where each test begins to see something."""

    least_payments: int
    p: float
    slope: float
    days_beyond_terms: float
    payer_days: int
    payer_accounts: int
    ownership_days: int
    ownership_changes: int
    legal_days: int
    legal_increase: int
    index_fall: float
    least_orders: int
    order_z: float
    history_days: int
    checklist_days: int
    old_days: int
    lapse_days: int
    share: float
    hhi: float
    stress: int

    def __post_init__(self) -> None:
        if not 0 < self.p <= 1:
            raise ValueError(f"a probability lies between 0 and 1: {self.p}")
        if min(self.least_payments, self.least_orders) < 2:
            raise ValueError(f"a series needs 2 figures: {self.least_payments} payments, {self.least_orders} orders")


@dataclass(frozen=True, slots=True)
class Response:
    """What a level requires: which action, of whom, within how many days."""

    action: str
    owner: str
    due_days: int


@dataclass(frozen=True, slots=True)
class Indicator:
    """A column of the user's own: which way is better, from where on it signals, from which worsening on."""

    better: Literal["higher", "lower"]
    threshold: float
    """NaN: the value by itself signals nothing."""
    change: float
    """NaN: a change by itself signals nothing."""
    level: str

    def __post_init__(self) -> None:
        if self.better not in ("higher", "lower") or self.level not in (*LEVELS, OFF):
            raise ValueError(f"an indicator is better {self.better!r}, level {self.level!r}")
        if self.level != OFF and np.isnan(self.threshold) and np.isnan(self.change):
            raise ValueError("an indicator needs a threshold or a change")


@dataclass(frozen=True, slots=True)
class SignalRule:
    """Limits of the tests, kind → level, level → response, column → indicator."""

    limits: Limits
    levels: Mapping[str, str]
    responses: Mapping[str, Response]
    indicators: Mapping[str, Indicator]

    def __post_init__(self) -> None:
        if set(self.levels) != set(KINDS) or set(self.responses) != set(LEVELS):
            raise ValueError("every kind of signal needs a level, and every level a response")
        unknown = set(self.levels.values()) - {*LEVELS, OFF}
        if unknown:
            raise ValueError(f"there is no level {', '.join(sorted(unknown))}")

    def level(self, kind: str, subject: str) -> str:
        """Level of what a test of this kind sees; an indicator has its own."""
        return self.indicators[subject].level if kind == INDICATOR else self.levels[kind]
