"""Clock: by when a loss is notified, when waiting ends, and when the insurer pays.

The *notification* deadline counts from the invoice or from the due date; the *waiting period* of the cause of loss runs
from the due date or from the notification, and there is none for insolvency. Working days leave out weekends and
holidays, save the weekend days that a country works instead of a holiday.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.datetime64]

NO_DATES: Days = np.array([], dtype="datetime64[D]")
_NAT = np.datetime64("NaT", "D")


@dataclass(frozen=True, slots=True)
class ClockRule:
    """Days of the contract's deadlines, and from when they count."""

    notify_days: int
    notify_from: Literal["document_date", "due_date"] = "document_date"
    first_day_counts: bool = True
    """The day that notification counts from is itself day 1."""
    waiting_from: Literal["due_date", "notification"] = "due_date"
    waiting_days: Mapping[str, int] = field(default_factory=dict)
    """Cause of loss → days of its waiting period; what is no key is no insured cause."""
    payment_days: int = 30
    settlement_days: int = 14
    """Working days in which a claim is settled."""
    advance_days: int = 7
    """Working days in which an advance on it is paid."""

    def __post_init__(self) -> None:
        if self.notify_days < 1:
            raise ValueError(f"a loss is notified within a day at least, not {self.notify_days}")
        if min(self.payment_days, self.settlement_days, self.advance_days, *self.waiting_days.values()) < 0:
            raise ValueError("the days of a deadline cannot be negative")


def notify_by(documents: Days, due: Days, rule: ClockRule) -> Days:
    """Last day to notify each unpaid invoice; NaT where the date it counts from is not known."""
    start = documents if rule.notify_from == "document_date" else due
    reached: Days = start + (rule.notify_days - rule.first_day_counts)
    return reached


def waiting_ends(causes: NDArray[np.object_], due: Days, notified: Days, rule: ClockRule) -> Days:
    """Day on which each loss becomes a claim; NaT for what is no insured cause, or has no date to count from.

    A cause without a waiting period is a claim on the day it is notified, even before the due date.
    """
    waits = np.array([rule.waiting_days.get(cause, -1) for cause in causes.tolist()], dtype=np.int64)
    start = np.where((waits == 0) | (rule.waiting_from == "notification"), notified, due)
    return np.where(waits < 0, _NAT, start + np.maximum(waits, 0))


def pay_by(waiting_end: Days, rule: ClockRule) -> Days:
    """Day by which the insurer pays a loss whose waiting period ended on each day."""
    reached: Days = waiting_end + rule.payment_days
    return reached


def working_days_after(start: Days, count: int, off: Days = NO_DATES, worked: Days = NO_DATES) -> Days:
    """The last of so many working days after each day, which does not itself count; NaT stays NaT.

    Args:
        start: days from which to count.
        count: working days, 0 for the day itself.
        off: holidays.
        worked: weekend days that are worked all the same (调休).
    """
    known = start[~np.isnat(start)]
    if not len(known) or not count:
        return start
    # Two weekend days in seven, and as many holidays as there are at most.
    last = known.max() + 2 * count + len(off) + 7
    days = np.arange(known.min() + 1, last + 1)
    working = days[np.is_busday(days, holidays=off) | np.isin(days, worked)]
    reached = working[np.searchsorted(working, np.where(np.isnat(start), known[0], start), side="right") + count - 1]
    return np.where(np.isnat(start), _NAT, reached)


def settled_by(filed: Days, rule: ClockRule, off: Days = NO_DATES, worked: Days = NO_DATES) -> Days:
    """Day by which a claim filed on each day is settled, in the insurer's working days."""
    return working_days_after(filed, rule.settlement_days, off, worked)


def advanced_by(filed: Days, rule: ClockRule, off: Days = NO_DATES, worked: Days = NO_DATES) -> Days:
    """Day by which an advance on a claim filed on each day is paid, in the insurer's working days."""
    return working_days_after(filed, rule.advance_days, off, worked)
