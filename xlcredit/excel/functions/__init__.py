"""The worksheet functions in plain Python: rows of cells in, rows of cells out.

Each function of ``udfs.functions`` has its sister here, in lower case and with the same arguments.
"""

from __future__ import annotations

from xlcredit.excel.functions.credit import credit_grade, credit_points, credit_reasons, credit_score
from xlcredit.excel.functions.explain import credit_explain, credit_policy
from xlcredit.excel.functions.interest import late_interest, simple_interest
from xlcredit.excel.functions.limits import credit_check, credit_headroom, credit_limit, credit_limit_reason
from xlcredit.excel.functions.payments import avg_days_late, paydex
from xlcredit.excel.functions.receivables import (
    aging_bucket,
    days_past_due,
    dunning_action,
    dunning_stage,
    next_dunning_date,
)
from xlcredit.excel.functions.table import aging_table

__all__ = [
    "aging_bucket",
    "aging_table",
    "avg_days_late",
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
    "days_past_due",
    "dunning_action",
    "dunning_stage",
    "late_interest",
    "next_dunning_date",
    "paydex",
    "simple_interest",
]
