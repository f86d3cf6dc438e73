"""Defaulted: since when and until when each customer was in default, by its items and by its insolvency."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.case import Case
from xlcredit.control.events import event_kind
from xlcredit.control.recorded import owners
from xlcredit.kernel.dates import Days
from xlcredit.ledger.tables import Flags


@dataclass(frozen=True, slots=True)
class Spells:
    """Times in default: whose, from which day on, and the day that ended it, NaT while it lasts."""

    owner: NDArray[np.intp]
    begin: Days
    end: Days

    def lasting(self, day: np.datetime64, n: int) -> Flags:
        """Who was in default on a day."""
        return self._of(np.asarray((self.begin <= day) & ~(self.end <= day)), n)

    def begun(self, after: np.datetime64, until: np.datetime64, n: int) -> Flags:
        """Who defaulted after a day and up to another."""
        return self._of(np.asarray((self.begin > after) & (self.begin <= until)), n)

    def _of(self, rows: Flags, n: int) -> Flags:
        return np.bincount(self.owner[rows], minlength=n) > 0


def in_default(case: Case) -> Spells:
    """Spells known by the as-of date: more days past due than the policy's, until paid; insolvency, for good."""
    items, begin, end = _overdue(case)
    insolvent, since = _insolvent(case)
    for_good = np.full(len(since), np.datetime64("NaT", "D"))
    return Spells(
        np.concatenate([case.parties.owner[items], insolvent]),
        np.concatenate([begin, since]),
        np.concatenate([end, for_good]),
    )


def _overdue(case: Case) -> tuple[NDArray[np.intp], Days, Days]:
    parts, n = case.found.settlements, len(case.items)
    begin = case.found.due_date + case.policy.metrics.default_days + 1
    by_then = np.isnat(parts.day) | (parts.day <= begin[parts.item])
    owed = case.found.amount_minor - parts.of_item(by_then, n) > 0
    rows = np.flatnonzero(owed & (case.found.amount_minor > 0) & (begin <= case.as_of))
    paid = np.where(case.found.is_open, np.datetime64("NaT", "D"), parts.last_day(parts.day <= case.as_of, n))
    return rows, begin[rows], paid[rows]


def _insolvent(case: Case) -> tuple[NDArray[np.intp], Days]:
    events = case.ledger.recorded("events")
    of, days = owners(case.parties, events), events.day("date")
    kinds = np.array([event_kind(text) for text in events.text("type").tolist()], dtype=object)
    rows = np.flatnonzero((of >= 0) & (kinds == "insolvency") & (days <= case.as_of))
    return of[rows], days[rows]
