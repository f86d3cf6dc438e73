"""Agreed: the discount for paying early that each invoice's terms offer, how much was taken, and how long terms run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.case import Case
from xlcredit.control.receivables import terms_texts
from xlcredit.kernel.dates import Days, days_between
from xlcredit.ledger.tables import Flags, Money, Text
from xlcredit.rules import terms


@dataclass(frozen=True, slots=True)
class Offers:
    """Discounts for paying early, invoice by invoice."""

    text: Text
    """The terms as they are written."""
    discount: Money
    """0 for none."""
    days: Money
    """Days from the document within which it holds."""
    ends: Days
    """The last of them, NaT without a document date."""
    paid_after: Money
    """Days from the document to the last payment of what was settled by the day, NaN for what is open."""
    is_over: Flags
    """Whether a discount was offered and its last day has come."""


def offers(case: Case) -> Offers:
    """What the terms of each item offer, and when it was paid."""
    texts, n = terms_texts(case.ledger, case.parties), len(case.items)
    parsed = {text: terms.parse(text) if text else None for text in set(texts.tolist())}
    stated = {text: (found.discount, found.discount_days) if found else (0.0, 0) for text, found in parsed.items()}
    discount, days = np.array([stated[text] for text in texts.tolist()], dtype=np.float64).reshape(n, 2).T
    ends = case.items.document_date + days.astype("timedelta64[D]")
    parts = case.found.settlements
    last = parts.last_day(parts.day <= case.as_of, n)
    paid = np.where(case.found.is_open, np.nan, days_between(case.items.document_date, last))
    is_over = (discount > 0) & (case.found.amount_minor > 0) & (ends <= case.as_of)
    return Offers(texts, discount, days, ends, paid, is_over)


def take_up(case: Case, found: Offers, groups: NDArray[np.intp], n_groups: int) -> Money:
    """Share of the amount that could be paid early, and was, of each group; -1 is in no group."""
    inside = np.flatnonzero(found.is_over & (groups >= 0))
    amounts = case.valuation.in_base(case.found.amount_minor)[inside]
    return terms.take_up(
        amounts, found.discount[inside], found.paid_after[inside], found.days[inside], groups[inside], n_groups
    )


def net_days(written: Text, as_of: np.datetime64) -> Money:
    """Days that terms run: those to a month's end depend on the day, so the mean over the month; NaN if unknown."""
    month = as_of.astype("datetime64[M]")
    dates = np.arange(month.astype("datetime64[D]"), (month + 1).astype("datetime64[D]"))
    known = {text: terms.parse(text) if text else None for text in set(written.tolist())}
    days = {text: np.rint(days_between(dates, found.due(dates)).mean()) for text, found in known.items() if found}
    return np.array([days.get(text, np.nan) for text in written.tolist()], dtype=np.float64)


def last_invoices(case: Case, wanted: Flags) -> NDArray[np.intp]:
    """Item of each party's last wanted invoice by the day, -1 for none."""
    rows = np.flatnonzero(wanted & (case.found.amount_minor > 0) & (case.items.document_date <= case.as_of))
    rows = rows[np.argsort(case.items.document_date[rows], kind="stable")]
    last = np.full(len(case.parties), -1, dtype=np.intp)
    last[case.parties.owner[rows]] = rows  # of several the last one assigned stays
    return last
