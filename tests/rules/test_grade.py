"""Credit grade: the class of a score, and what share of the limit it is given."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlcredit import policy
from xlcredit.kernel.bands import Bands, Bound
from xlcredit.rules import grade

GRADES = policy.load().grades


@pytest.mark.parametrize(
    ("score", "name", "factor"),
    [
        (100, "A", 1.0),
        (80, "A", 1.0),
        (79.99, "B", 0.8),
        (65, "B", 0.8),
        (64.99, "C", 0.5),
        (50, "C", 0.5),
        (49.99, "D", 0.25),
        (35, "D", 0.25),
        (34.99, "E", 0.0),
        (0, "E", 0.0),
        (math.nan, "", math.nan),
    ],
)
def test_a_score_falls_into_its_grade(score, name, factor):
    assert grade.grade(np.array([score]), GRADES).tolist() == [name]
    np.testing.assert_array_equal(grade.limit_factor(np.array([score]), GRADES), [factor])


@given(st.floats(0, 100), st.floats(0, 100))
def test_a_higher_score_never_has_a_worse_grade_nor_a_smaller_share(one, other):
    low, high = sorted([one, other])
    names = grade.grade(np.array([low, high]), GRADES).tolist()
    assert GRADES.names.index(names[1]) <= GRADES.names.index(names[0])
    worse, better = grade.limit_factor(np.array([low, high]), GRADES)
    assert better >= worse


def test_every_grade_has_its_factor():
    with pytest.raises(ValueError, match="every grade needs its limit factor"):
        grade.Grades(Bands((Bound(50),), ("no", "ok")), {"ok": 1.0})


def test_a_worse_grade_is_given_no_more():
    with pytest.raises(ValueError, match=r"a worse grade cannot be given more of the limit: \[0.5, 1.0\]"):
        grade.Grades(Bands((Bound(50),), ("no", "ok")), {"ok": 0.5, "no": 1.0})
