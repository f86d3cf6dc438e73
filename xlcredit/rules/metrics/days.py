"""How many days of sales are outstanding: DSO simple, counted back, best possible, true; delinquency; turnover.

Receivables hold tax where invoices do and sales often do not; a figure that compares them is only as good as the
caller's choice to state both alike (``limit.tax`` says how far they are apart).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.dates import Days, days_between
from xlcredit.kernel.money import Minor, to_minor

Amounts = NDArray[np.float64]
Column = NDArray[np.float64]


def _per_sales(amounts: Amounts, sales: Amounts, days: Column) -> Column:
    """Amounts in days of sales; NaN without sales, or where credits made them negative."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where((sales > 0) & (days > 0), amounts / sales * days, np.nan)


def dso(receivables: Amounts, sales: Amounts, days: Column) -> Column:
    """Days sales outstanding: receivables ÷ credit sales of the period × its days.

    Receivables in credit give negative days: they are not clamped. Source: the common definition (trymesha.com).
    """
    return _per_sales(receivables, sales, days)


def best_dso(current: Amounts, sales: Amounts, days: Column) -> Column:
    """Best possible DSO: what it would be with nothing past due, current receivables ÷ sales × days."""
    return _per_sales(current, sales, days)


def days_delinquent(receivables: Amounts, current: Amounts, sales: Amounts, days: Column) -> Column:
    """Average days delinquent (ADD): DSO less best possible DSO."""
    return dso(receivables, sales, days) - best_dso(current, sales, days)


@dataclass(frozen=True, slots=True)
class CountBack:
    """DSO counted back: days, and the minor units that the sales given do not explain.

    Where something is unexplained the days are the least there can be; nothing is extrapolated.
    """

    days: Column
    unexplained: Minor


def count_back(receivables: Amounts, sales: Amounts, days: Column, places: int = 2) -> CountBack:
    """Days back in which sales amount to the receivables: whole months newest first, the last one pro rata.

    Receivables in credit count negative days. A month without a figure ends the history there; a month in which
    credits exceeded sales counts whole. Source: benjipays.com, trymesha.com (212 000 → 73.7 days).

    Args:
        receivables: of each group, NaN where unknown.
        sales: of each group (rows) by month (columns, newest first), NaN beyond its history.
        days: of each of these months, of the same shape.
        places: decimals of the currency.
    """
    known = np.logical_and.accumulate(~np.isnan(sales) & ~np.isnan(days), axis=1)
    months = to_minor(np.where(known, sales, 0.0).ravel(), places).reshape(sales.shape)
    owed = np.abs(to_minor(receivables, places))
    sold = np.cumsum(months, axis=1)
    reached = (sold >= owed[:, None]) & known
    explained = reached.any(axis=1)
    last = np.where(explained, reached.argmax(axis=1), known.sum(axis=1))
    before = np.arange(sales.shape[1]) < last[:, None]
    whole = np.where(before, np.nan_to_num(days), 0.0).sum(axis=1)
    left = owed - np.where(before, months, 0).sum(axis=1)
    counted = whole + np.where(explained, _part_of_month(left, last, months, days), 0.0)
    counted = np.where(owed == 0, 0.0, counted)
    return CountBack(
        np.where(np.isnan(receivables), np.nan, np.copysign(counted, receivables)),
        np.where(explained | (owed == 0), 0, left),
    )


def _part_of_month(left: Minor, last: NDArray[np.intp], months: Minor, days: Column) -> Column:
    at = np.minimum(last, months.shape[1] - 1)[:, None]
    sold, length = np.take_along_axis(months, at, 1)[:, 0], np.take_along_axis(days, at, 1)[:, 0]
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(sold > 0, left / sold * length, 0.0)


def true_dso(
    days_open: Column, amounts: Amounts, month_sales: Amounts, owners: NDArray[np.intp], n_owners: int
) -> Column:
    """True DSO: Σ days since invoice × open amount ÷ sales of the invoice's month; 0 where nothing is open.

    NaN for a group with an item whose days or month's sales are not known. Source: Oracle Advanced Collections.
    """
    share = _per_sales(amounts, month_sales, np.ones_like(amounts))
    return np.bincount(owners, weights=days_open * share, minlength=n_owners).astype(np.float64)


def invoiced_dso(open_amounts: Amounts, invoiced: Amounts, first_invoice: Days, as_of: np.datetime64) -> Column:
    """Odoo's DSO of a customer: open ÷ all that was ever invoiced, tax included, × days since the first invoice."""
    return _per_sales(open_amounts, invoiced, days_between(first_invoice, as_of))


def turnover(sales: Amounts, opening: Amounts, closing: Amounts) -> Column:
    """Receivables turnover, times in the period: sales ÷ average of opening and closing receivables; NaN below 0."""
    average = (opening + closing) / 2
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(average > 0, sales / average, np.nan)


def turnover_days(times: Column, period_days: Column | float) -> Column:
    """Days of the period ÷ turnover in it; NaN without turnover. On average balances, so it is not the DSO."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(times > 0, period_days / times, np.nan)
