"""Interest for late payment: what a debt earns from the day after its due date, and the fixed sum beside it.

A *regime* says at which rate (its own, or a *reference rate* times a factor plus points), on which day the reference
is *fixed*, how days are counted and which *fixed sum* a debt of its size is charged. Interest is simple, runs on the
balance that is left, and is rounded once, at the end of each line. What is owed of it stays owed when the principal
is paid.
"""

from __future__ import annotations

from xlcredit.rules.interest.accrual import NO_PAYMENTS, Accrued, Debts, Payments, accrue, fixed_sums, simple
from xlcredit.rules.interest.regimes import DISPUTES, FIXINGS, PERIODS, InterestRule, Rates, Regime
from xlcredit.rules.interest.statement import Lines, statement

__all__ = [
    "DISPUTES",
    "FIXINGS",
    "NO_PAYMENTS",
    "PERIODS",
    "Accrued",
    "Debts",
    "InterestRule",
    "Lines",
    "Payments",
    "Rates",
    "Regime",
    "accrue",
    "fixed_sums",
    "simple",
    "statement",
]
