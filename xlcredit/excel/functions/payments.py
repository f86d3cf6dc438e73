"""How customers paid: one cell over all rows."""

from __future__ import annotations

import numpy as np

from xlcredit.excel.cells import Given, Table
from xlcredit.excel.functions.rows import Rows, over_all
from xlcredit.kernel.dates import days_between
from xlcredit.kernel.money import Minor, to_minor
from xlcredit.rules import measures
from xlcredit.rules import paydex as index


def avg_days_late(due: Given, paid: Given, amount: Given = None) -> Table:
    """Average days late weighted by amount; rows without both dates, and credits, are left out."""
    return over_all(_average, Rows({"due": due, "paid": paid, "amount": amount}))


def paydex(days_beyond_terms: Given, amount: Given = None) -> Table:
    """Payment index weighted by amount; rows without days, and credits, are left out."""
    return over_all(_index, Rows({"days_beyond_terms": days_beyond_terms, "amount": amount}))


def _average(rows: Rows) -> float:
    late, minor = days_between(rows.days("due"), rows.days("paid")), _weights(rows)
    counted = ~np.isnan(late) & (minor > 0)
    days = late[counted]
    owners = np.zeros(len(days), dtype=np.intp)
    return float(measures.average_days_late(measures.Delays(owners, minor[counted], days, days), 1)[0])


def _index(rows: Rows) -> float:
    days = rows.numbers("days_beyond_terms")
    return index.weighted(days, _weights(rows))


def _weights(rows: Rows) -> Minor:
    """Minor units of each row; without amounts every row weighs the same."""
    amounts = rows.amounts("amount")
    return to_minor(amounts, rows.places) if rows.given("amount") else np.ones(rows.n, dtype=np.int64)
