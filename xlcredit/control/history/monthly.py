"""Monthly: how fast it went in each month from delivery to invoice and from payment to credit, and what was lost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.case import Case
from xlcredit.control.events import WRITE_OFF, event_kind
from xlcredit.control.history.agreed import offers, take_up
from xlcredit.kernel.dates import Days
from xlcredit.kernel.money import sums, to_major, to_minor
from xlcredit.ledger.tables import Money
from xlcredit.rules import metrics
from xlcredit.rules.history import looked_back

_YEAR = 12


@dataclass(frozen=True, slots=True)
class Pace:
    """Mean hours of the cases of each month, and the share by which they are fewer than in the year before it."""

    hours: Money
    shorter: Money


def hours_to_invoice(case: Case, ends: Days) -> tuple[Pace, Money]:
    """Hours from delivery to invoice in each month, and the share within the policy's; without times whole days.

    Of the Orders sheet's deliveries that were invoiced by the day, in the month of the invoice.
    """
    orders = case.ledger.recorded("orders")
    hours = metrics.hours_between(*orders.moments("delivered", "invoiced"))
    month = months_of(orders.day("invoiced"), ends, case.as_of)
    inside = month >= 0
    within = metrics.within_share(hours[inside], case.policy.metrics.invoicing_hours, month[inside], len(ends))
    return _pace(hours, month, len(ends)), within


def hours_to_credit(case: Case, ends: Days) -> Pace:
    """Hours from a customer's payment to its credit by the bank, in the month of the credit."""
    payments = case.ledger.recorded("payments")
    hours = metrics.hours_between(*payments.moments("date", "credited"))
    return _pace(hours, months_of(payments.day("credited"), ends, case.as_of), len(ends))


def taken_discounts(case: Case, ends: Days) -> Money:
    """Take-up rate of the discounts for paying early whose last day was in each month."""
    found = offers(case)
    return take_up(case, found, months_of(found.ends, ends, case.as_of), len(ends))


def written_off(case: Case, ends: Days) -> Money:
    """Amount written off in each month by the Events sheet; NaN without such an event, and for one without amount."""
    events, valuation = case.ledger.recorded("events"), case.valuation
    month = months_of(events.day("date"), ends, case.as_of)
    lost = np.array([event_kind(text) == WRITE_OFF for text in events.text("type").tolist()], dtype=np.bool_)
    if not lost.any():
        return np.full(len(ends), np.nan)
    factors = [valuation.factors.get(code, np.nan) if code else 1.0 for code in events.text("currency").tolist()]
    amounts, rows = events.figure("amount") * np.array(factors), lost & (month >= 0)
    total = to_major(sums(to_minor(amounts[rows], valuation.places), month[rows], len(ends)), valuation.places)
    unknown = np.bincount(month[rows & np.isnan(amounts)], minlength=len(ends)) > 0
    return np.where(unknown, np.nan, total)


def months_of(days: Days, ends: Days, as_of: np.datetime64) -> NDArray[np.intp]:
    """Which of these consecutive months each day up to the as-of date is in, -1 for none."""
    months, first = days.astype("datetime64[M]"), ends[0].astype("datetime64[M]")
    inside = (months >= first) & (days <= min(ends[-1], as_of))
    return np.where(inside, np.where(inside, months - first, 0).astype(np.int64), -1)


def _pace(hours: Money, month: NDArray[np.intp], n_months: int) -> Pace:
    known = (month >= 0) & ~np.isnan(hours)
    total = np.bincount(month[known], hours[known], n_months).astype(np.float64)
    cases = np.bincount(month[known], minlength=n_months).astype(np.float64)
    total_before, cases_before = (np.nansum(looked_back(each, _YEAR + 1)[:, 1:], axis=1) for each in (total, cases))
    with np.errstate(invalid="ignore"):
        now, before = total / cases, total_before / cases_before
    return Pace(now, metrics.shorter_by(before, now))
