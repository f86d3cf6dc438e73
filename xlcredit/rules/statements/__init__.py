"""Financial statements: ratios, Altman's Z'' and what changed from one year to the next.

A *statement* is one customer's figures at the end of one period. A ratio whose divisor is not above zero is
*undefined*: it has no value, and the divisor is named. Negative equity and a loss beyond the sales are figures like
any other: the equity ratio is then negative, the debt ratio above 1, the margin below −1.
"""

from __future__ import annotations

from xlcredit.rules.statements.altman import EM_CONSTANT, em_score, weighted, z2, z2_of, z2_undefined, zone
from xlcredit.rules.statements.figures import (
    AMOUNTS,
    MADE_OF,
    MISSING,
    RATIOS,
    Statements,
    customer_figures,
    quotient,
    ratios,
    undefined,
    year_ends,
)
from xlcredit.rules.statements.rule import DISTRESS, GREY, SAFE, StatementRule
from xlcredit.rules.statements.trend import Trend, trend

__all__ = [
    "AMOUNTS",
    "DISTRESS",
    "EM_CONSTANT",
    "GREY",
    "MADE_OF",
    "MISSING",
    "RATIOS",
    "SAFE",
    "StatementRule",
    "Statements",
    "Trend",
    "customer_figures",
    "em_score",
    "quotient",
    "ratios",
    "trend",
    "undefined",
    "weighted",
    "year_ends",
    "z2",
    "z2_of",
    "z2_undefined",
    "zone",
]
