"""How well receivables are collected: collection effectiveness, bad-debt ratio, default rate by grade and period."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Amounts = NDArray[np.float64]
Column = NDArray[np.float64]


def _share(part: NDArray[np.generic], whole: NDArray[np.generic]) -> Column:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(np.greater(whole, 0), np.divide(part, whole), np.nan)


def cei(opening: Amounts, sales: Amounts, closing: Amounts, closing_current: Amounts, months: float = 1) -> Column:
    """Collection effectiveness index in percent: what was collected of what could be collected.

    (opening + sales ÷ months − closing) ÷ (opening + sales ÷ months − closing current) × 100; NaN where nothing could
    be collected. Source: Oracle Advanced Collections (community.oracle.com mosc 4521441).

    Args:
        opening: receivables at the beginning of the period.
        sales: credit sales of the period.
        closing: receivables at its end.
        closing_current: of these, what is not past due.
        months: months in the period; the index takes the average month's sales.
    """
    collectable = opening + sales / months
    return 100 * _share(collectable - closing, collectable - closing_current)


def bad_debt_ratio(bad_debts: Amounts, credit_sales: Amounts) -> Column:
    """Bad debts as a share of the credit sales of the same period; NaN without sales. Before and after are two rows."""
    return _share(bad_debts, credit_sales)


def old_share(old: Amounts, receivables: Amounts) -> Column:
    """Share of the receivables that is past due for long; NaN where nothing is owed."""
    return _share(old, receivables)


def default_rates(
    grades: NDArray[np.intp], periods: NDArray[np.intp], defaulted: NDArray[np.bool_], n_grades: int, n_periods: int
) -> Column:
    """Share of customers of each grade (rows) that defaulted in each period (columns); NaN without a customer.

    Args:
        grades: position of each customer's grade at the beginning of a period, -1 for one without a grade.
        periods: position of that period.
        defaulted: whether the customer defaulted within it.
        n_grades: number of grades, the safest first.
        n_periods: number of periods.
    """
    graded = grades >= 0
    cell, size = (grades * n_periods + periods)[graded], n_grades * n_periods
    customers = np.bincount(cell, minlength=size)
    return _share(np.bincount(cell[defaulted[graded]], minlength=size), customers).reshape(n_grades, n_periods)


def in_a_year(rates: Column, periods: int) -> Column:
    """Share that defaults within a year of so many periods, each of which a share of the rest defaults in.

    1 − (1 − rate)^periods: who has defaulted is not counted again.
    """
    return 1 - (1 - rates) ** periods
