"""Who approves a limit, and whether an approval is good: C1, C2, L11."""

from __future__ import annotations

from math import inf, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlcredit.rules import approval
from xlcredit.rules.approval import ApprovalRule

RULE = ApprovalRule(
    ranks=("sales", "credit", "finance"),
    matrix={"A": ((0.0, "sales"), (1000.0, "finance")), "other": ((100.0, "credit"), (500.0, "finance"))},
    four_eyes_from=400.0,
    valid_months=12,
)
AS_OF = np.datetime64("2026-10-31")


def words(*values):
    return np.array(values, dtype=object)


def days(*texts):
    return np.array(texts, dtype="datetime64[D]")


@pytest.mark.parametrize(
    ("amount", "grade", "first", "second"),
    [
        (0, "A", "sales", ""),
        (399.99, "A", "sales", ""),
        (400, "A", "sales", "credit"),
        (999.99, "A", "sales", "credit"),
        (1000, "A", "finance", "finance"),
        (inf, "A", "finance", "finance"),
        (nan, "A", "", ""),
        (99.99, "E", "", ""),
        (100, "", "credit", ""),
        (450, "E", "credit", "finance"),
        (500, "E", "finance", "finance"),
    ],
)
def test_amount_and_grade_tell_who_approves_and_four_eyes_who_besides(amount, grade, first, second):
    found = approval.approvers(np.array([amount], dtype=float), words(grade), RULE)
    assert found.tolist() == [first]
    assert approval.second_approvers(np.array([amount], dtype=float), found, RULE).tolist() == [second]


@given(st.floats(0, 1e9), st.floats(0, 1e9), st.sampled_from(["A", "E", ""]))
def test_a_larger_limit_never_takes_less_authority(one, other, grade):
    amounts = np.array(sorted((one, other)))
    ranks = [("", *RULE.ranks).index(who) for who in approval.approvers(amounts, words(grade, grade), RULE)]
    assert ranks[0] <= ranks[1]


@pytest.mark.parametrize(
    ("by", "begins", "ends", "state"),
    [
        ("", "NaT", "NaT", ""),
        ("credit", "NaT", "NaT", "valid"),
        ("finance", "2026-01-01", "2026-10-31", "valid"),
        ("credit", "2026-01-01", "2026-10-30", "expired"),
        ("credit", "2025-10-31", "NaT", "valid"),
        ("credit", "2025-10-30", "NaT", "expired"),
        ("credit", "2026-11-01", "NaT", "not_yet"),
        ("sales", "2026-01-01", "NaT", "beyond_authority"),
        ("M. Keller", "2026-01-01", "NaT", "valid"),
        ("", "NaT", "2026-10-30", "expired"),
    ],
)
def test_an_approval_is_good_from_its_first_day_to_its_last_by_who_may_give_it(by, begins, ends, state):
    found = approval.state(words(by), words("credit"), days(begins), days(ends), AS_OF, RULE)
    assert found.tolist() == [state]


def test_a_matrix_whose_amounts_fall_or_that_names_a_stranger_is_refused():
    with pytest.raises(ValueError, match="amounts of an approval matrix rise"):
        ApprovalRule(("a",), {"A": ((5.0, "a"), (5.0, "a"))}, inf, 12)
    with pytest.raises(ValueError, match="approvers without a rank: board"):
        ApprovalRule(("a",), {"A": ((0.0, "board"),)}, inf, 12)
