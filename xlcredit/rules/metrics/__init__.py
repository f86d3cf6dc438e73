"""Metrics: key figures of receivables, for each group of a ledger: the company as a whole, or every customer.

*DSO* is a number of days, *turnover* a number of times a year; they are never one for the other. What cannot be
reckoned (no sales, nothing collectable) is NaN, never 0.
"""

from __future__ import annotations

from xlcredit.rules.metrics.days import (
    CountBack,
    best_dso,
    count_back,
    days_delinquent,
    dso,
    invoiced_dso,
    true_dso,
    turnover,
    turnover_days,
)
from xlcredit.rules.metrics.quality import bad_debt_ratio, cei, default_rates, in_a_year, old_share
from xlcredit.rules.metrics.rule import MetricsRule
from xlcredit.rules.metrics.speed import hours_between, shorter_by, within_share

__all__ = [
    "CountBack",
    "MetricsRule",
    "bad_debt_ratio",
    "best_dso",
    "cei",
    "count_back",
    "days_delinquent",
    "default_rates",
    "dso",
    "hours_between",
    "in_a_year",
    "invoiced_dso",
    "old_share",
    "shorter_by",
    "true_dso",
    "turnover",
    "turnover_days",
    "within_share",
]
