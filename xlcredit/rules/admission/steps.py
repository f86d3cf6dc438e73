"""The four steps of every customer's assessment: collected, analysed, scored, reviewed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.dates import Date, Days, add_months

Text = NDArray[np.object_]

STEPS = ("collected", "analysed", "scored", "reviewed")


@dataclass(frozen=True, slots=True)
class StepRule:
    """How long each step may take after the one before it, and how long a review holds."""

    days: Mapping[str, int]
    review_months: int

    def __post_init__(self) -> None:
        if {*self.days} != {*STEPS}:
            raise ValueError(f"each of the steps {', '.join(STEPS)} takes a number of days, not {', '.join(self.days)}")


@dataclass(frozen=True, slots=True)
class Progress:
    """Where each customer stands."""

    next_step: Text
    due: Days
    """NaT where nothing says when it began."""
    overdue: NDArray[np.bool_]


def progress(opened: Days, dates: Mapping[str, Days], as_of: Date, rule: StepRule) -> Progress:
    """The next step of each customer and the day it is due; a step counts once all before it are done.

    Where all four are done, the next is the review that follows. A date after the day is not there yet.

    Args:
        opened: day on which the assessment was asked for.
        dates: step → day on which it was done.
        as_of: the day to look from.
        rule: how long each step may take.
    """
    before, due = opened, np.full(len(opened), np.datetime64("NaT", "D"))
    step = np.full(len(opened), "", dtype=object)
    for name in STEPS:
        done = dates[name] <= as_of
        stays = (step == "") & ~done
        due[stays], step[stays] = (before + rule.days[name])[stays], name
        before = dates[name]
    again = step == ""
    due[again], step[again] = add_months(dates[STEPS[-1]], rule.review_months)[again], STEPS[-1]
    return Progress(step, due, due < as_of)
