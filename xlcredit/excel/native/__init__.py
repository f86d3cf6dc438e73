"""Formulas that need no Python: the worksheet functions as names that any Excel 365 calculates.

The Policy sheet holds every figure they look up, so that a point can be followed to its cell and changed there.
"""

from __future__ import annotations

from collections.abc import Mapping

from xlcredit.excel.additions import Name
from xlcredit.excel.native import lambdas
from xlcredit.excel.native.helpers import HELPERS
from xlcredit.excel.native.ranges import Ranges
from xlcredit.excel.native.spelling import filed
from xlcredit.locales import Words
from xlcredit.policy import Policy

__all__ = ["functions", "names"]


def functions(policy: Policy, words: Words) -> Mapping[str, str]:
    """Name of each function → its LAMBDA as a user reads it."""
    ranges = Ranges(policy, words)
    card = lambdas.card_of(ranges)
    return {
        "CREDIT_SCORE": lambdas.credit_score(ranges, card),
        "CREDIT_GRADE": lambdas.credit_grade(ranges),
        "CREDIT_POINTS": lambdas.credit_points(ranges, card),
        "CREDIT_LIMIT": lambdas.credit_limit(ranges),
        "CREDIT_LIMIT_REASON": lambdas.credit_limit_reason(ranges),
        "CREDIT_HEADROOM": lambdas.credit_headroom(ranges),
        "CREDIT_CHECK": lambdas.credit_check(ranges),
        "DAYS_PAST_DUE": lambdas.days_past_due(),
        "AGING_BUCKET": lambdas.aging_bucket(ranges),
        "DUNNING_STAGE": lambdas.dunning_stage(ranges),
        "DUNNING_ACTION": lambdas.dunning_action(ranges),
    }


def names(policy: Policy, words: Words) -> tuple[Name, ...]:
    """The defined names that go with the Policy sheet of a policy."""
    return tuple(Name(name, filed(formula)) for name, formula in {**HELPERS, **functions(policy, words)}.items())
