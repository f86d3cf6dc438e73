"""Reviews: when each customer is looked at again, and whether it is healthier than the last time.

A health card holds a customer's score, its direction since the last review, the reasons, and the next review.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.dates import Date, Days, add_months

Text = NDArray[np.object_]
Scores = NDArray[np.float64]

BETTER, WORSE, STEADY = "better", "worse", "steady"


@dataclass(frozen=True, slots=True)
class ReviewRule:
    """Months between reviews, by grade where it says so, and the history a customer has before its first."""

    every_months: int
    by_grade: Mapping[str, int]
    minimum_history_months: int
    score_change: float
    """A score that moved by less is steady."""

    def __post_init__(self) -> None:
        if min(self.every_months, *self.by_grade.values(), 1) < 1:
            raise ValueError(f"reviews are months apart: {self.every_months}, {dict(self.by_grade)}")

    def months(self, grade: str) -> int:
        """Months between two reviews of a customer of this grade."""
        return self.by_grade.get(grade, self.every_months)


def next_review(last_review: Days, grades: Text, since: Days, rule: ReviewRule) -> Days:
    """Day of each customer's next review: so many months after the last, and not before its history is long enough.

    Without a review yet it is the day the history is long enough; without either date there is none.
    """
    due = np.full(len(grades), np.datetime64("NaT", "D"))
    for grade in set(grades.tolist()):
        rows = grades == grade
        due[rows] = add_months(last_review[rows], rule.months(grade))
    return np.fmax(due, add_months(since, rule.minimum_history_months))


def overdue(next_review: Days, as_of: Date) -> NDArray[np.bool_]:
    """Whether a review should have been before the day; the limit it granted has then expired."""
    return np.asarray(next_review < as_of)


def direction(scores: Scores, before: Scores, rule: ReviewRule) -> Text:
    """BETTER, WORSE or STEADY since the last review, "" where either score is missing."""
    change = np.round(scores - before, 9)
    moved = np.abs(change) >= max(rule.score_change, 1e-9)
    conditions = [np.isnan(change), moved & (change > 0), moved]
    return np.select(conditions, ["", BETTER, WORSE], STEADY).astype(object)
