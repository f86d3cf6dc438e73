"""Altman's Z'', the score of firms that are unlisted or do not manufacture, and its zones.

It says nothing of banks and insurers.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.money import Amounts
from xlcredit.rules.statements.figures import MISSING, Statements, Text, quotient
from xlcredit.rules.statements.rule import StatementRule

EM_CONSTANT = 3.25
"""What the emerging-market score adds to Z'' (adviser.best)."""


def z2(
    working_capital: Amounts,
    retained_earnings: Amounts,
    ebit: Amounts,
    equity: Amounts,
    total_assets: Amounts,
    total_liabilities: Amounts,
) -> NDArray[np.float64]:
    """Altman's Z'' of each row; NaN where it is undefined or a figure is missing.

    6.56 · working capital + 3.26 · retained earnings + 6.72 · EBIT, each by total assets, + 1.05 · book equity by
    total liabilities (adviser.best).
    """
    return weighted(
        quotient(working_capital, total_assets),
        quotient(retained_earnings, total_assets),
        quotient(ebit, total_assets),
        quotient(equity, total_liabilities),
    )


def weighted(
    working_capital: NDArray[np.float64],
    retained_earnings: NDArray[np.float64],
    ebit: NDArray[np.float64],
    equity: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Altman's Z'' of ratios already there: three by total assets, the equity by total liabilities."""
    return 6.56 * working_capital + 3.26 * retained_earnings + 6.72 * ebit + 1.05 * equity


def z2_of(statements: Statements) -> NDArray[np.float64]:
    """Altman's Z'' of each statement."""
    return z2(
        statements.working_capital,
        statements.retained_earnings,
        statements.ebit,
        statements.equity,
        statements.total_assets,
        statements.total_liabilities,
    )


def z2_undefined(statements: Statements) -> Text:
    """Why each statement has no Z'': MISSING figures, or the divisor that is not above zero; "" if it has."""
    divisors = ("total_assets", "total_liabilities")
    conditions = [getattr(statements, divisor) <= 0 for divisor in divisors]
    return np.select([*conditions, np.isnan(z2_of(statements))], [*divisors, MISSING], "").astype(object)


def em_score(z2: NDArray[np.float64]) -> NDArray[np.float64]:
    """Altman's emerging-market score of each Z''."""
    return z2 + EM_CONSTANT


def zone(z2: NDArray[np.float64], rule: StatementRule) -> Text:
    """Zone of each Z'': SAFE, GREY or DISTRESS, "" where there is none."""
    # A sum of four products that is 2.6 on paper may be 2.6000000000000005 in binary.
    found: NDArray[Any] = rule.zones.take(np.round(z2, 9), "")
    return found.astype(object)
