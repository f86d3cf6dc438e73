"""Early warning in cells: do days to pay grow, are the orders of the month out of the ordinary?"""

from __future__ import annotations

import numpy as np

from xlcredit.excel.cells import Given, Table
from xlcredit.excel.functions.rows import Column, Rows, by_row
from xlcredit.excel.functions.series import lying, series
from xlcredit.rules import signals
from xlcredit.rules.signals import anomaly, trend


def payment_trend(days_to_pay: Given, policy: Given = None) -> Table:
    """What each series says, its growth from payment to payment in days, and how probable it is by chance."""
    return by_row(_trends, Rows({"days_to_pay": lying(days_to_pay)}, policy))


def order_anomaly(history: Given, value: Given, policy: Given = None) -> Table:
    """Robust z of each value against its history, and what it says; both "" without a value."""
    return by_row(_anomalies, Rows({"history": lying(history), "value": value}, policy))


def _trends(rows: Rows) -> tuple[Column, Column, Column]:
    limits = rows.policy.signals.limits
    found = signals.mann_kendall(series(rows, "days_to_pay"))
    said = signals.payment_trends(found, limits)
    few = said == trend.TOO_FEW
    words = _in_words(said, found.n, limits.least_payments, "payment_trends", rows)
    return words, np.where(few, np.nan, found.slope), np.where(few, np.nan, found.p)


def _anomalies(rows: Rows) -> tuple[Column, Column]:
    limits = rows.policy.signals.limits
    found = anomaly.order_anomalies(series(rows, "history"), rows.amounts("value"), limits)
    return found.z, _in_words(found.said, found.n, limits.least_orders, "order_anomalies", rows)


def _in_words(said: Column, counted: Column, least: int, group: str, rows: Rows) -> Column:
    told = zip(said.tolist(), counted.tolist(), strict=True)
    phrases = [key and rows.words(group, key).format(count=count, least=least) for key, count in told]
    return np.array(phrases, dtype=object)
