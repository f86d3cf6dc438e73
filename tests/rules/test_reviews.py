"""Reviews: when each customer is looked at again, and the direction of its score."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlcredit.locales import LANGUAGES, Words
from xlcredit.policy import load
from xlcredit.rules import reviews

RULE = load(sets=["review.by_grade.A=6", "review.by_grade.E=1", "review.minimum_history_months=6"]).review


def days(*cells):
    return np.array([cell or "NaT" for cell in cells], dtype="datetime64[D]")


def text(*cells):
    return np.array(cells, dtype=object)


def test_the_next_review_by_grade_and_history():
    """L5, C8: months per grade, and a minimum history."""
    last = days("2026-03-31", "2026-03-31", "2026-01-31", "2026-03-31", "", "")
    since = days("2020-01-01", "2020-01-01", "", "2026-02-15", "2026-02-15", "")
    due = reviews.next_review(last, text("A", "B", "E", "B", "C", ""), since, RULE)
    assert due.astype(str).tolist() == ["2026-09-30", "2026-06-30", "2026-02-28", "2026-08-15", "2026-08-15", "NaT"]


def test_by_default_everybody_is_reviewed_quarterly():
    due = reviews.next_review(days("2026-03-31", "2026-03-31"), text("A", "E"), days("2026-03-01", ""), load().review)
    assert due.astype(str).tolist() == ["2026-06-30", "2026-06-30"]


def test_a_review_is_overdue_the_day_after():
    """L5: a limit whose review is overdue has expired."""
    due = days("2026-06-29", "2026-06-30", "2026-07-01", "")
    assert reviews.overdue(due, np.datetime64("2026-06-30")).tolist() == [True, False, False, False]


def test_the_direction_of_a_score():
    """A17: the trend on the health card."""
    scores, before = np.array([70.0, 70, 70, 70, np.nan, 70]), np.array([65.0, 75, 66, 74.9, 70, np.nan])
    assert reviews.direction(scores, before, RULE).tolist() == ["better", "worse", "steady", "steady", "", ""]
    alert = replace(RULE, score_change=0.0)
    assert reviews.direction(np.array([70.0, 70, 69]), np.array([70.0, 69, 70]), alert).tolist() == [
        "steady",
        "better",
        "worse",
    ]


@given(st.floats(0, 100), st.floats(0, 100))
def test_a_score_that_rises_is_never_worse(low, high):
    low, high = sorted((low, high))
    assert reviews.direction(np.array([high]), np.array([low]), RULE)[0] != reviews.WORSE


def test_reviews_lie_at_least_a_month_apart():
    with pytest.raises(ValueError, match=r"^reviews are months apart: 3, \{'A': 0\}$"):
        replace(RULE, by_grade={"A": 0})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_direction_has_a_word(lang):
    assert Words.of(lang).table["directions"].keys() == {reviews.BETTER, reviews.WORSE, reviews.STEADY}
