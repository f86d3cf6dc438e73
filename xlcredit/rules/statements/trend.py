"""What changed from one statement to the next: rising debt, falling profit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.dates import days_between
from xlcredit.rules.statements.figures import Statements, Text, difference, quotient, ratios
from xlcredit.rules.statements.rule import StatementRule

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Trend:
    """What the last statement of each customer says, and what changed since the one before it."""

    customer: Text
    last: NDArray[np.intp]
    """Row of the last statement."""
    before: NDArray[np.intp]
    """Row of the statement it is compared with, −1 where none is comparable."""
    debt_ratio: NDArray[np.float64]
    debt_ratio_change: NDArray[np.float64]
    net_income_change: NDArray[np.float64]
    """As a share of the size it had before; NaN where it was 0."""
    high_debt: Flags
    rising_debt: Flags
    falling_profit: Flags
    negative_equity: Flags


def trend(statements: Statements, as_of: np.datetime64, rule: StatementRule) -> Trend:
    """Last statement of each customer as of a day, and its comparison with the one a period earlier.

    Statements of another currency, or too near or too far back, are not compared.
    """
    last, before = _latest_two(statements, as_of, rule)
    debt = ratios(statements)["debt_ratio"]
    income = statements.net_income
    debt_before = np.where(before >= 0, debt[before], np.nan)
    income_before = np.where(before >= 0, income[before], np.nan)
    rise = np.round(debt[last] - debt_before, 9)
    fall = difference(income_before, income[last])
    return Trend(
        customer=statements.customer[last],
        last=last,
        before=before,
        debt_ratio=debt[last],
        debt_ratio_change=rise,
        net_income_change=quotient(-fall, np.abs(income_before)),
        high_debt=debt[last] > rule.debt_ratio_above,
        rising_debt=(rise > 0) & (rise >= rule.debt_ratio_rise),
        falling_profit=(fall > 0) & (fall >= np.round(rule.profit_fall * np.abs(income_before), 4)),
        negative_equity=statements.equity[last] < 0,
    )


def _latest_two(
    statements: Statements, as_of: np.datetime64, rule: StatementRule
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Rows of each customer's last statement and of the one comparable with it; of two of one day the lower counts."""
    there = np.flatnonzero(statements.period_end <= as_of)  # a comparison with NaT is false
    names, owners = np.unique(statements.customer[there].astype(str), return_inverse=True)
    order = there[np.lexsort((there, statements.period_end[there], owners))]
    starts, ends = (np.searchsorted(np.sort(owners), np.arange(len(names)), side) for side in ("left", "right"))
    last = order[ends - 1]
    before = np.full(len(last), -1, dtype=np.intp)
    for place, (row, start, end) in enumerate(zip(last, starts, ends, strict=True)):
        earlier = order[start:end]
        apart = days_between(statements.period_end[earlier], np.repeat(statements.period_end[row], len(earlier)))
        least, most = rule.period_days
        fit = (apart >= least) & (apart <= most) & (statements.currency[earlier] == statements.currency[row])
        before[place] = earlier[fit][-1] if fit.any() else -1
    return last, before
