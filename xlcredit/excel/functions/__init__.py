"""The worksheet functions in plain Python: rows of cells in, rows of cells out.

Each function of ``udfs.functions`` has its sister here, in lower case and with the same arguments.
"""

from __future__ import annotations

from xlcredit.excel.functions.credit import credit_grade, credit_points, credit_reasons, credit_score
from xlcredit.excel.functions.explain import credit_explain, credit_policy
from xlcredit.excel.functions.limits import credit_check, credit_headroom, credit_limit, credit_limit_reason
from xlcredit.excel.functions.metrics import best_dso, cei, concentration, days_delinquent, dso, dso_countback, hhi
from xlcredit.excel.functions.payments import avg_days_late, paydex
from xlcredit.excel.functions.receivables import (
    aging_bucket,
    days_past_due,
    dunning_action,
    dunning_stage,
    next_dunning_date,
)
from xlcredit.excel.functions.signals import order_anomaly, payment_trend
from xlcredit.excel.functions.table import aging_table

__all__ = [
    "aging_bucket",
    "aging_table",
    "avg_days_late",
    "best_dso",
    "cei",
    "concentration",
    "credit_check",
    "credit_explain",
    "credit_grade",
    "credit_headroom",
    "credit_limit",
    "credit_limit_reason",
    "credit_points",
    "credit_policy",
    "credit_reasons",
    "credit_score",
    "days_delinquent",
    "days_past_due",
    "dso",
    "dso_countback",
    "dunning_action",
    "dunning_stage",
    "hhi",
    "next_dunning_date",
    "order_anomaly",
    "paydex",
    "payment_trend",
]
