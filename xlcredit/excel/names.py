"""The names of the worksheet functions, as cells write them, and the mark of the defined names that stand for them."""

from __future__ import annotations

FUNCTIONS = (
    "CREDIT_SCORE", "CREDIT_GRADE", "CREDIT_POINTS", "CREDIT_REASONS", "CREDIT_LIMIT", "CREDIT_LIMIT_REASON",
    "CREDIT_HEADROOM", "CREDIT_EXPOSURE", "CREDIT_CHECK", "DAYS_PAST_DUE", "AGING_BUCKET", "AGING_TABLE",
    "DUNNING_STAGE", "DUNNING_ACTION", "NEXT_DUNNING_DATE", "AVG_DAYS_LATE", "PAYDEX", "CREDIT_TERMS", "DUE_DATE",
    "DISCOUNT_COST", "PREPAYMENT_GAP", "PAYMENT_PLAN", "SIMPLE_INTEREST", "LATE_INTEREST", "ADMISSION", "MAP_RATING",
    "BLACKLIST_MATCH", "ALTMAN_Z2", "ALTMAN_ZONE", "INSURED_AMOUNT", "PREMIUM", "INDEMNITY", "NOTIFY_BY",
    "EXPECTED_LOSS", "ROLL_RATES", "PAYMENT_TREND", "ORDER_ANOMALY", "CONCENTRATION", "HHI", "DSO", "DSO_COUNTBACK",
    "BEST_DSO", "DAYS_DELINQUENT", "CEI", "CREDIT_POLICY", "CREDIT_EXPLAIN",
)  # fmt: skip
"""Every worksheet function, in the order of its declaration."""

OVER_ALL = frozenset(
    {
        "AGING_TABLE",
        "AVG_DAYS_LATE",
        "PAYDEX",
        "CREDIT_POLICY",
        "CREDIT_EXPLAIN",
        "PAYMENT_PLAN",
        "ROLL_RATES",
        "DSO_COUNTBACK",
        "HHI",
        "CONCENTRATION",
        "PAYMENT_TREND",
        "ORDER_ANOMALY",
    }
)
"""Those that make one result of all rows, or of none, or take a column for one series: no column of them is one formula
spilled."""

NAMES = "names"
"""Among the marks of what is to go: every defined name of ours."""
