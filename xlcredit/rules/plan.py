"""Payment plans: a debt paid off in instalments, whether they are kept, and what is left to plan anew.

A plan is a *restructuring*: for dunning the next unpaid instalment counts, while aging and provisions go by the
original due dates, for a debt that is put off is as old as before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.dates import Date, Days, add_months
from xlcredit.kernel.money import Minor

Unit = Literal["days", "months"]

KEPT, LATE, BROKEN, PENDING = "kept", "late", "broken", "pending"
STATES: Final = (KEPT, LATE, BROKEN, PENDING)


@dataclass(frozen=True, slots=True)
class Interval:
    """The time from one instalment to the next."""

    count: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ValueError(f"instalments lie at least a day apart, not {self.count} {self.unit}")


EVERY: Final = {
    "week": Interval(7, "days"),
    "fortnight": Interval(14, "days"),
    "month": Interval(1, "months"),
    "quarter": Interval(3, "months"),
    "half_year": Interval(6, "months"),
    "year": Interval(12, "months"),
}
"""Intervals by name."""


@dataclass(frozen=True, slots=True)
class PlanRule:
    """When an instalment is broken, and how many of them end the plan."""

    grace_days: int = 0
    most_broken: int = 1
    """As many broken instalments end the plan."""
    anew_after_days: int = 14
    """Days after which a plan made anew begins."""
    anew_every: str = "month"
    """Interval between its instalments: a name of ``EVERY``."""

    def __post_init__(self) -> None:
        if self.grace_days < 0 or self.most_broken < 1 or self.anew_after_days < 0:
            raise ValueError(f"days count forward, and one broken instalment is the least: {self}")
        if self.anew_every not in EVERY:
            raise ValueError(f"there is no interval {self.anew_every!r}, there are {', '.join(EVERY)}")


@dataclass(frozen=True, slots=True)
class Plan:
    """Instalments in order: due date and amount in minor units."""

    due: Days
    minor: Minor

    @property
    def left(self) -> Minor:
        """What is still owed after each instalment."""
        return np.asarray(self.minor.sum() - np.cumsum(self.minor), dtype=np.int64)

    @property
    def remainder(self) -> int:
        """What the last instalment has more than the others, since the amount does not divide evenly."""
        return int(self.minor[-1] - self.minor[0])


def schedule(minor: int, instalments: int, first: Date, every: Interval) -> Plan:
    """An amount in equal instalments; the last takes the remainder, so that they add up exactly.

    Each date is counted from the first one: monthly from January 31 is February 28, then March 31 again.

    Raises:
        ValueError: there is no instalment, or less of the amount than one minor unit for each.
    """
    if instalments < 1 or minor < instalments:
        raise ValueError(f"{minor} minor units cannot be paid in {instalments} instalments")
    amounts = np.full(instalments, minor // instalments, dtype=np.int64)
    amounts[-1] += minor % instalments
    steps = np.arange(instalments, dtype=np.int64) * every.count
    return Plan(first + steps if every.unit == "days" else add_months(first, steps), amounts)


def paid_by(paid_on: Days, paid: Minor, days: Days) -> Minor:
    """What had been paid by the end of each of these days; payments without a date count nothing."""
    order = np.argsort(paid_on, kind="stable")[: int((~np.isnat(paid_on)).sum())]
    running = np.concatenate([[0], np.cumsum(paid[order])])
    return np.asarray(running[np.searchsorted(paid_on[order], days, side="right")], dtype=np.int64)


def track(plan: Plan, paid_on: Days, paid: Minor, as_of: Date, rule: PlanRule) -> NDArray[np.object_]:
    """State of each instalment as of a day: KEPT, LATE (paid after it was due), BROKEN or PENDING.

    Payments count for the oldest instalment first, whatever they were meant for; what is paid after the day has not
    happened yet.
    """
    owed = np.cumsum(plan.minor)
    last = plan.due + rule.grace_days
    in_time = paid_by(paid_on, paid, np.minimum(last, as_of)) >= owed
    now = paid_by(paid_on, paid, np.full(len(owed), as_of)) >= owed
    return np.select([in_time, now, last < as_of], [KEPT, LATE, BROKEN], default=PENDING).astype(object)


def holds(states: NDArray[np.object_], rule: PlanRule) -> bool:
    """Whether a plan is still in force: fewer instalments are broken than end it."""
    return int((states == BROKEN).sum()) < rule.most_broken


def next_due(plan: Plan, states: NDArray[np.object_]) -> Date:
    """Due date of the first instalment that is not paid, the last one's where all are."""
    unpaid = np.flatnonzero((states == BROKEN) | (states == PENDING))
    due: Date = plan.due[unpaid[0] if len(unpaid) else -1]
    return due


def replan(plan: Plan, states: NDArray[np.object_], paid: int, as_of: Date, rule: PlanRule) -> Plan:
    """What is still owed, spread anew over as many instalments as are not paid (T8).

    Args:
        plan: the plan as it was agreed.
        states: of its instalments, as ``track`` tells them.
        paid: minor units paid of it by the day.
        as_of: the day.
        rule: when the new plan begins, and how far apart its instalments are.

    Raises:
        ValueError: nothing is owed any more.
    """
    owed, unpaid = int(plan.minor.sum()) - paid, int(np.isin(states, (BROKEN, PENDING)).sum())
    return schedule(owed, min(unpaid, owed), as_of + rule.anew_after_days, EVERY[rule.anew_every])


@dataclass(frozen=True, slots=True)
class Restructured:
    """Due dates of items, some of them in a plan: by which day each purpose goes."""

    original: Days
    planned: Days
    """Due date of the next unpaid instalment of each item's plan; NaT for an item in none, or in one that is ended."""

    @property
    def in_plan(self) -> NDArray[np.bool_]:
        """Which items are in a plan that holds."""
        return ~np.isnat(self.planned)

    @property
    def for_aging(self) -> Days:
        """The original due dates: a plan makes no debt younger, in aging or provisions."""
        return self.original

    @property
    def for_dunning(self) -> Days:
        """The next instalment's where a plan holds, so that nobody is dunned who keeps to it."""
        return np.where(self.in_plan, self.planned, self.original)
