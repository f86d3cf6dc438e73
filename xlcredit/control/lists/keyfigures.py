"""Key figures: how the receivables stood at each month end, and how fast they were collected."""

from __future__ import annotations

import numpy as np

from xlcredit.control.case import Case
from xlcredit.control.history import monthly
from xlcredit.control.history.outstanding import true_dso
from xlcredit.control.history.postings import postings
from xlcredit.control.listing import Field, Listing
from xlcredit.control.review import Review
from xlcredit.kernel.bands import Bands, Bound
from xlcredit.kernel.money import rounded, to_major
from xlcredit.ledger.tables import Money
from xlcredit.rules import metrics
from xlcredit.rules.history import History, history, looked_back, month_ends

_YEAR = 12
_OLD = Bands((Bound(90, "above"),), ("to_90", "over_90"))
_OLD_AT = 1


def key_figures(review: Review) -> Listing:
    """One line per month end, the newest first; what is not defined in a month is blank."""
    case, months = review.case, review.policy.metrics.months
    before = max(months, _YEAR)  # the oldest line looks back as far as the newest
    past = _history(case, months + before)
    lines = Listing("key_figures", _fields(case, past))
    wanted = np.arange(before + months)[: before - 1 : -1]
    begun = (past.open.ravel() != 0) | (past.sales.ravel() != 0)
    return lines.take(wanted[begun[wanted]]).filled()


def _history(case: Case, months: int) -> History:
    """The company as one, in the review's currency at the rates of the as-of date."""
    return history(postings(case), month_ends(case.as_of, months), _OLD, 1)


def _sales(case: Case, past: History) -> Money:
    """Sales of each month, NaN before the first; a ledger of open items alone does not tell what was sold."""
    sold = to_major(past.sales.ravel(), case.valuation.places)
    begun = np.logical_or.accumulate(sold != 0)
    return np.where(begun & (case.items.settled > 0).any(), sold, np.nan)


def _fields(case: Case, past: History) -> tuple[Field, ...]:
    places, span = case.valuation.places, case.policy.metrics.dso_months
    owed, current, old = (
        to_major(minor.ravel(), places) for minor in (past.open, past.current, past.buckets[:, :, _OLD_AT])
    )
    overdue = to_major((past.open - past.current).ravel(), places)
    sales = _sales(case, past)
    sold, days = rounded(looked_back(sales, span).sum(axis=1), places), looked_back(past.days, span).sum(axis=1)
    back, year = looked_back(owed, _YEAR + 1), looked_back(past.days, _YEAR)
    counted = metrics.count_back(owed, looked_back(sales, _YEAR), year, places)
    times = metrics.turnover(looked_back(sales, _YEAR).sum(axis=1), back[:, _YEAR], owed)
    return (
        Field("month_end", "date", past.ends),
        Field("open", "amount", owed, in_base=True),
        Field("overdue", "amount", overdue, in_base=True),
        Field("sales", "amount", sales, in_base=True),
        Field("dso_sales", "amount", sold, in_base=True),
        Field("dso_days", "integer", np.where(np.isnan(sold), np.nan, days)),
        Field("dso", "decimal", metrics.dso(owed, sold, days)),
        Field("count_back", "decimal", np.where(counted.unexplained == 0, counted.days, np.nan)),
        Field("true_dso", "decimal", _true_dso(case, past, sales)),
        Field("best_dso", "decimal", metrics.best_dso(current, sold, days)),
        Field("days_delinquent", "decimal", metrics.days_delinquent(owed, current, sold, days)),
        Field("cei", "decimal", metrics.cei(back[:, 1], sales, owed, current)),
        Field("turnover", "decimal", times),
        Field("turnover_days", "decimal", metrics.turnover_days(times, year.sum(axis=1))),
        Field("old_share", "percent", metrics.old_share(old, owed)),
        *_pace(case, past),
        Field("bad_debt_ratio", "percent", _bad_debts(case, past, sales)),
    )


def _true_dso(case: Case, past: History, sales: Money) -> Money:
    """Of the months that are shown, as far as sales are known in them."""
    found, shown = np.full(len(sales), np.nan), slice(-case.policy.metrics.months, None)
    found[shown] = true_dso(case, past.ends[shown])
    return np.where(np.isnan(sales), np.nan, found)


def _pace(case: Case, past: History) -> tuple[Field, ...]:
    to_invoice, in_time = monthly.hours_to_invoice(case, past.ends)
    to_credit = monthly.hours_to_credit(case, past.ends)
    return (
        Field("hours_to_invoice", "decimal", to_invoice.hours),
        Field("invoicing_shorter", "percent", to_invoice.shorter),
        Field("invoiced_in_time", "percent", in_time),
        Field("hours_to_credit", "decimal", to_credit.hours),
        Field("crediting_shorter", "percent", to_credit.shorter),
        Field("take_up", "percent", monthly.taken_discounts(case, past.ends)),
    )


def _bad_debts(case: Case, past: History, sales: Money) -> Money:
    """Bad debts of the last twelve months to the credit sales of the same: each line is a before to those above."""
    lost = looked_back(monthly.written_off(case, past.ends), _YEAR).sum(axis=1)
    return metrics.bad_debt_ratio(lost, looked_back(sales, _YEAR).sum(axis=1))
