"""The worksheet functions in plain Python: rows of cells in, rows of cells out.

Each function of ``udfs.functions`` has its sister here, in lower case and with the same arguments.
"""

from __future__ import annotations

from xlcredit.excel.functions.admission import admission, blacklist_match, map_rating
from xlcredit.excel.functions.credit import credit_grade, credit_points, credit_reasons, credit_score
from xlcredit.excel.functions.explain import credit_explain, credit_policy
from xlcredit.excel.functions.insurance import indemnity, insured_amount, notify_by, premium
from xlcredit.excel.functions.interest import late_interest, simple_interest
from xlcredit.excel.functions.limits import credit_headroom, credit_limit, credit_limit_reason
from xlcredit.excel.functions.metrics import best_dso, cei, concentration, days_delinquent, dso, dso_countback, hhi
from xlcredit.excel.functions.orders import credit_check, credit_exposure
from xlcredit.excel.functions.payments import avg_days_late, paydex
from xlcredit.excel.functions.plans import payment_plan
from xlcredit.excel.functions.provision import expected_loss, roll_rates
from xlcredit.excel.functions.receivables import (
    aging_bucket,
    days_past_due,
    dunning_action,
    dunning_stage,
    next_dunning_date,
)
from xlcredit.excel.functions.signals import order_anomaly, payment_trend
from xlcredit.excel.functions.statements import altman_z2, altman_zone
from xlcredit.excel.functions.table import aging_table
from xlcredit.excel.functions.terms import credit_terms, discount_cost, due_date, prepayment_gap

__all__ = [
    "admission",
    "aging_bucket",
    "aging_table",
    "altman_z2",
    "altman_zone",
    "avg_days_late",
    "best_dso",
    "blacklist_match",
    "cei",
    "concentration",
    "credit_check",
    "credit_explain",
    "credit_exposure",
    "credit_grade",
    "credit_headroom",
    "credit_limit",
    "credit_limit_reason",
    "credit_points",
    "credit_policy",
    "credit_reasons",
    "credit_score",
    "credit_terms",
    "days_delinquent",
    "days_past_due",
    "discount_cost",
    "dso",
    "dso_countback",
    "due_date",
    "dunning_action",
    "dunning_stage",
    "expected_loss",
    "hhi",
    "indemnity",
    "insured_amount",
    "late_interest",
    "map_rating",
    "next_dunning_date",
    "notify_by",
    "order_anomaly",
    "paydex",
    "payment_plan",
    "payment_trend",
    "premium",
    "prepayment_gap",
    "roll_rates",
    "simple_interest",
]
