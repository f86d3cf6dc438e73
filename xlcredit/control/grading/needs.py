"""Need: the credit a customer's business with us takes, as the ledger shows it."""

from __future__ import annotations

import numpy as np

from xlcredit.control.case import Case
from xlcredit.kernel.dates import days_between
from xlcredit.kernel.money import Minor, to_major
from xlcredit.ledger.tables import Money
from xlcredit.rules import limit

LEAST_DAYS_OF_SALES = 30.0
"""Sales of fewer days than this say little of a year's: they are not stretched further."""

MONTH = 30


def derived_needs(case: Case, days_late: Money) -> Money:
    """Credit each party needs, in the review's currency; NaN where the ledger tells nothing.

    It is the greater of what its sales take on average and the most it owed within terms at the end of a month; the
    average alone would be exceeded half of the time. A ledger without payments does not tell what was sold: there the
    balance is the need that is known.
    """
    places = case.valuation.places
    if not (case.items.settled > 0).any():
        owed = case.valuation.in_base(np.maximum(case.found.open_minor, 0))
        return _known(to_major(case.of_party(owed), places))
    return _known(np.fmax(_average_need(case, days_late), to_major(_peak_within_terms(case), places)))


def _known(needs: Money) -> Money:
    return np.where(needs > 0, needs, np.nan)


def sales_in_window(case: Case) -> Minor:
    """What each item sold within the window, in minor units of the review's currency; 0 for all others."""
    ago = days_between(case.items.document_date, case.as_of)
    amounts = case.valuation.in_base(np.maximum(case.found.amount_minor, 0))
    return np.where((ago >= 0) & (ago < case.policy.window_days), amounts, 0)


def _average_need(case: Case, days_late: Money) -> Money:
    window, sold = case.policy.window_days, sales_in_window(case)
    ago = days_between(case.items.document_date, case.as_of)
    term = np.maximum(np.nan_to_num(days_between(case.items.document_date, case.found.due_date)), 0).astype(np.int64)
    sales = case.of_party(sold)
    average_term = case.of_party(sold * term) / np.maximum(sales, 1)
    days = float(np.clip(np.max(ago[sold > 0], initial=0) + 1, LEAST_DAYS_OF_SALES, window))
    return limit.need(to_major(sales, case.valuation.places), average_term, days_late, days, case.policy.tax)


def _peak_within_terms(case: Case) -> Minor:
    """The most each party owed, and not late, on any of the days a month apart in the window."""
    amounts = case.valuation.in_base(np.maximum(case.found.amount_minor, 0))
    peak = np.zeros(len(case.parties), dtype=np.int64)
    parts = case.found.settlements
    settled = parts.last_day(~np.isnat(parts.day), len(case.items))
    for back in range(0, case.policy.window_days, MONTH):
        day = case.as_of - back
        owed = (case.items.document_date <= day) & (case.found.due_date >= day) & ~(settled <= day)
        peak = np.maximum(peak, case.of_party(np.where(owed, amounts, 0)))
    return peak
