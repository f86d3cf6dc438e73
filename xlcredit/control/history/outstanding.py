"""Outstanding: how long ago the invoices open at each month end were sold, in days of the sales of their months."""

from __future__ import annotations

import numpy as np

from xlcredit.control.case import Case
from xlcredit.control.history.postings import postings
from xlcredit.kernel.dates import Days, days_between
from xlcredit.kernel.money import sums, to_major
from xlcredit.ledger.tables import Flags, Money
from xlcredit.rules import metrics
from xlcredit.rules.history import open_at


def true_dso(case: Case, ends: Days) -> Money:
    """True DSO at each month end; an open invoice without a date leaves it undefined.

    Of invoices alone, as the sales are: credits and payments on account are not taken off.
    """
    n, places, sold = len(case.items), case.valuation.places, case.found.amount_minor > 0
    booked, of = postings(case), np.concatenate([np.arange(n), case.found.settlements.item])
    sales, found = _sales_of_month(case, sold), np.empty(len(ends))
    for at, end in enumerate(ends):
        minor = sums(open_at(booked, end), of, n)
        left = np.flatnonzero(sold & (minor != 0))
        since, company = days_between(case.items.document_date[left], end), np.zeros(len(left), dtype=np.intp)
        found[at] = metrics.true_dso(since, to_major(minor[left], places), sales[left], company, 1)[0]
    return found


def _sales_of_month(case: Case, sold: Flags) -> Money:
    """What was sold in the month of each item, in the review's currency; NaN for an item without a date."""
    dated = np.flatnonzero(sold & ~np.isnat(case.items.document_date))
    months, of = np.unique(case.items.document_date[dated].astype("datetime64[M]"), return_inverse=True)
    minor = case.valuation.in_base(case.found.amount_minor)
    sales = np.full(len(case.items), np.nan)
    sales[dated] = to_major(sums(minor[dated], of, len(months)), case.valuation.places)[of]
    return sales
