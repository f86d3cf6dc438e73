"""Payment plans: scheduled, tracked, planned anew, and no help to aging."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlcredit.kernel.bands import Bands, Bound
from xlcredit.kernel.dates import days_past_due
from xlcredit.rules import aging
from xlcredit.rules.aging import Buckets
from xlcredit.rules.plan import (
    EVERY,
    Interval,
    PlanRule,
    Restructured,
    holds,
    next_due,
    paid_by,
    replan,
    schedule,
    track,
)

MONTH = EVERY["month"]


def day(text):
    return np.datetime64(text, "D")


def days(*texts):
    return np.array(texts, dtype="datetime64[D]")


SCHEDULES = [
    # minor units, instalments, first, every → due dates, minor units
    (
        100_000, 3, "2026-11-15", "month",  # euro cents: the last takes the remainder
        ["2026-11-15", "2026-12-15", "2027-01-15"], [33_333, 33_333, 33_334],
    ),
    (
        100_000, 3, "2027-01-31", "month",  # the month's end, counted from the first date, not from the one before
        ["2027-01-31", "2027-02-28", "2027-03-31"], [33_333, 33_333, 33_334],
    ),
    (400, 2, "2028-01-31", "month", ["2028-01-31", "2028-02-29"], [200, 200]),
    (1_001, 2, "2026-11-30", "quarter", ["2026-11-30", "2027-02-28"], [500, 501]),  # yen
    (10_005, 2, "2026-08-31", "half_year", ["2026-08-31", "2027-02-28"], [5_002, 5_003]),  # fils
    (20, 2, "2028-02-29", "year", ["2028-02-29", "2029-02-28"], [10, 10]),
    (30, 3, "2026-12-25", "week", ["2026-12-25", "2027-01-01", "2027-01-08"], [10, 10, 10]),
    (30, 2, "2026-12-25", "fortnight", ["2026-12-25", "2027-01-08"], [15, 15]),
    (7, 1, "2026-12-25", "month", ["2026-12-25"], [7]),
]  # fmt: skip


@pytest.mark.parametrize(("minor", "count", "first", "every", "due", "amounts"), SCHEDULES)
def test_an_amount_is_scheduled(minor, count, first, every, due, amounts):
    """T2, T8: instalments with an exact remainder, on dates that keep the month's end."""
    plan = schedule(minor, count, day(first), EVERY[every])
    assert plan.due.astype(str).tolist() == due
    assert plan.minor.tolist() == amounts
    assert plan.left.tolist()[-1] == 0
    assert plan.remainder == amounts[-1] - amounts[0]


@given(st.integers(1, 10**12), st.integers(1, 120), st.dates(), st.sampled_from([*EVERY.values()]))
def test_instalments_add_up_and_their_dates_rise(minor, count, first, every):
    count = min(count, minor)
    plan = schedule(minor, count, np.datetime64(first, "D"), every)
    assert plan.minor.sum() == minor
    assert plan.minor[:-1].tolist() == [minor // count] * (count - 1)
    assert (np.diff(plan.due).astype(int) > 0).all()
    if every.unit == "months":
        late_in_month = np.datetime64(first, "D") - np.datetime64(first, "M").astype("datetime64[D]")
        assert ((plan.due - plan.due.astype("datetime64[M]").astype("datetime64[D]")) <= late_in_month).all()


@pytest.mark.parametrize(("minor", "count"), [(100, 0), (2, 3), (0, 1), (-5, 1)])
def test_what_cannot_be_split_is_refused(minor, count):
    with pytest.raises(ValueError, match=f"{minor} minor units cannot be paid in {count} instalments"):
        schedule(minor, count, day("2026-11-15"), MONTH)


def test_rules_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="at least a day apart, not 0 days"):
        Interval(0, "days")
    with pytest.raises(ValueError, match="one broken instalment is the least"):
        PlanRule(most_broken=0)
    with pytest.raises(ValueError, match="there is no interval 'decade', there are week, fortnight, month"):
        PlanRule(anew_every="decade")


PLAN = schedule(300, 3, day("2026-01-31"), MONTH)  # 100 each on January 31, February 28, March 31

TRACKED = [
    # as of, paid on, paid, grace → state of each instalment
    ("2026-01-31", [], [], 0, ["pending", "pending", "pending"]),  # due today is not broken
    ("2026-02-01", [], [], 0, ["broken", "pending", "pending"]),
    ("2026-02-01", [], [], 5, ["pending", "pending", "pending"]),
    ("2026-02-28", ["2026-01-31"], [100], 0, ["kept", "pending", "pending"]),
    ("2026-02-28", ["2026-02-03"], [100], 0, ["late", "pending", "pending"]),
    ("2026-02-28", ["2026-02-03"], [100], 5, ["kept", "pending", "pending"]),
    ("2026-03-01", ["2026-01-31", "2026-02-20"], [60, 60], 0, ["late", "broken", "pending"]),
    ("2026-02-10", ["2026-01-20"], [300], 0, ["kept", "kept", "kept"]),  # all paid ahead
    ("2026-02-10", ["2026-02-20"], [300], 0, ["broken", "pending", "pending"]),  # not yet paid on that day
    ("2026-02-10", ["2026-01-20", "2026-02-05"], [100, -100], 0, ["kept", "pending", "pending"]),
    ("2026-04-15", ["2026-03-31", "2026-01-31"], [200, 100], 0, ["kept", "late", "kept"]),
    ("2026-02-10", ["NaT"], [300], 0, ["broken", "pending", "pending"]),
]


@pytest.mark.parametrize(("as_of", "paid_on", "paid", "grace", "states"), TRACKED)
def test_instalments_are_kept_or_broken(as_of, paid_on, paid, grace, states):
    """T8: kept, late, broken and pending as of a day."""
    payments = days(*paid_on), np.array(paid, dtype=np.int64)
    assert track(PLAN, *payments, day(as_of), PlanRule(grace)).tolist() == states


@pytest.mark.parametrize(("most", "in_force"), [(1, False), (2, True)])
def test_a_plan_ends_with_as_many_broken_instalments_as_the_policy_says(most, in_force):
    """T8: 逾期后如何调整."""
    rule = PlanRule(most_broken=most)
    states = track(PLAN, days(), np.array([], dtype=np.int64), day("2026-02-10"), rule)
    assert holds(states, rule) is in_force


PAYMENTS = st.lists(st.tuples(st.integers(0, 120), st.integers(1, 200)), max_size=6)


@given(PAYMENTS, st.integers(0, 120), st.integers(1, 200))
def test_paying_more_never_breaks_an_instalment(payments, on, more):
    def broken(rows):
        paid_on = day("2026-01-01") + np.array([row[0] for row in rows], dtype=np.int64)
        states = track(PLAN, paid_on, np.array([row[1] for row in rows], dtype=np.int64), day("2026-04-10"), PlanRule())
        return states == "broken"

    assert (broken([*payments, (on, more)]) <= broken(payments)).all()


def test_what_was_paid_by_a_day_counts_the_day_itself():
    paid = paid_by(
        days("2026-02-05", "2026-01-20", "NaT"), np.array([5, 3, 100]), days("2026-01-19", "2026-01-20", "2026-02-05")
    )
    assert paid.tolist() == [0, 3, 8]


@pytest.mark.parametrize(
    ("states", "due"),
    [
        (["kept", "pending", "pending"], "2026-11-30"),
        (["kept", "broken", "pending"], "2026-11-30"),
        (["late", "kept", "pending"], "2026-12-31"),
        (["kept", "late", "kept"], "2026-12-31"),
    ],
)
def test_the_next_instalment_is_the_first_that_is_not_paid(states, due):
    plan = schedule(90_000, 3, day("2026-10-31"), MONTH)
    assert next_due(plan, np.array(states, dtype=object)) == day(due)


def test_what_is_left_is_planned_anew():
    """T8: re-plan."""
    rule = PlanRule(anew_after_days=3, anew_every="month")
    states = np.array(["kept", "broken", "pending"], dtype=object)
    anew = replan(PLAN, states, 149, day("2026-03-28"), rule)
    assert anew.minor.tolist() == [75, 76]
    assert anew.due.astype(str).tolist() == ["2026-03-31", "2026-04-30"]
    assert replan(PLAN, states, 299, day("2026-03-28"), rule).minor.tolist() == [1]
    with pytest.raises(ValueError, match="0 minor units cannot be paid in 0 instalments"):
        replan(PLAN, states, 300, day("2026-03-28"), rule)


@given(st.integers(0, 299), st.integers(1, 3), st.integers(0, 60), st.sampled_from([*EVERY]))
def test_a_plan_anew_foots_to_what_is_left_and_begins_no_earlier_than_the_day(paid, unpaid, after, every):
    states = np.array(["kept"] * (3 - unpaid) + ["broken"] * unpaid, dtype=object)
    anew = replan(PLAN, states, paid, day("2026-03-28"), PlanRule(anew_after_days=after, anew_every=every))
    assert int(anew.minor.sum()) == 300 - paid
    assert anew.due[0] == day("2026-03-28") + after
    assert (np.diff(anew.due).astype(int) > 0).all()


def test_a_plan_keeps_the_original_due_dates_for_aging_and_provisions():
    """T8, T2: a plan is new credit; what is put off is as old as before."""
    as_of = day("2026-06-30")
    items = Restructured(original=days("2026-01-31", "2026-01-31"), planned=days("2026-07-31", "NaT"))
    assert items.in_plan.tolist() == [True, False]
    assert days_past_due(items.for_aging, as_of).tolist() == [150, 150]
    assert days_past_due(items.for_dunning, as_of).tolist() == [-31, 150]
    buckets = Buckets(Bands((Bound(1), Bound(90, "above")), ("not_due", "1-90", ">90")), "due_date")
    late = days_past_due(items.for_aging, as_of)
    assert aging.age(np.array([100, 50]), np.array([0, 0]), 1, late, buckets).tolist() == [[0, 0, 150, 0]]
