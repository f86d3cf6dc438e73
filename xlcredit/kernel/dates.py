"""Dates: days past due, months and their ends, and payment terms → due date.

Columns are datetime64[D], NaT where missing; days are float64, NaN where missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.datetime64]
Date = np.datetime64

EARLIEST, LATEST = date(1980, 1, 1), date(2100, 12, 31)
"""What lies before or after is a slip of the keyboard, or a way to write "never"."""


def days_between(start: Days | Date, end: Days | Date) -> NDArray[np.float64]:
    """Whole days from start to end; NaN where either is missing."""
    days = np.asarray(end - start)
    return np.where(np.isnat(days), np.nan, days.astype(np.float64))


def days_past_due(due: Days, as_of: Date) -> NDArray[np.float64]:
    """As-of date less due date: 0 for what is due today, negative before; due today is not overdue."""
    return days_between(due, as_of)


def month_end(dates: Days) -> Days:
    """Last day of each date's month."""
    return (dates.astype("datetime64[M]") + 1).astype("datetime64[D]") - 1


def add_months(dates: Days | Date, months: int | NDArray[np.int64]) -> Days:
    """Same day of a later month, or that month's last day where it has no such day."""
    first = dates.astype("datetime64[M]")
    day = (dates - first.astype("datetime64[D]")).astype(np.int64)
    target = first + months
    length = ((target + 1).astype("datetime64[D]") - target.astype("datetime64[D]")).astype(np.int64)
    reached: Days = target.astype("datetime64[D]") + np.minimum(day, length - 1)
    return reached


@dataclass(frozen=True, slots=True)
class Terms:
    """When an invoice falls due: net days, whole months, and where the month end comes in.

    ``month_end="before"`` takes the end of the invoice's month first and adds the days to it
    ("EOM + 45"); ``"after"`` adds the days first and goes to the end of the month reached ("45 EOM").
    ``day`` goes on from there to that day of the next month ("10th prox.", "30 jours fin de mois le 10").
    """

    days: int = 0
    months: int = 0
    month_end: Literal["", "before", "after"] = ""
    discount: float = 0.0
    discount_days: int = 0
    day: int = 0
    """Day of the month after the one reached, that month's last where it has no such day; 0 for none."""

    def __post_init__(self) -> None:
        if self.days < 0 or self.months < 0 or self.discount_days < 0:
            counts = f"{self.days} days, {self.months} months, discount {self.discount_days}"
            raise ValueError(f"terms count forward: {counts}")
        if not 0 <= self.discount < 1:
            raise ValueError(f"a discount is a fraction below 1, not {self.discount}")
        if not 0 <= self.day <= 31:
            raise ValueError(f"a month has no day {self.day}")

    def due(self, documents: Days) -> Days:
        """Due date of documents of these dates."""
        # Months before the month end: a month after the end of June is the end of July, not July 30.
        start = add_months(documents, self.months) if self.months else documents
        reached = (month_end(start) if self.month_end == "before" else start) + self.days
        if self.day:
            return np.minimum(month_end(reached) + self.day, month_end(add_months(reached, 1)))
        return month_end(reached) if self.month_end == "after" else reached
