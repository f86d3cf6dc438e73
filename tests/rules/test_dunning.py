"""Dunning: the stage of an item, what is done at it, and what a block freezes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import CENTS, DAYS, DAYS_OR_NONE
from xlcredit import policy
from xlcredit.kernel.bands import Bound
from xlcredit.rules import dunning

PROCEDURES = policy.load().procedures
NEVER = float("nan")


def stage(procedure, days, open_minor=100_00, blocked=False, last=NEVER, minimum=0):
    columns = np.array([days], dtype=float), np.array([open_minor]), np.array([blocked]), np.array([last], dtype=float)
    return int(dunning.stage(*columns, procedure, minimum)[0])


STAGES = [
    # procedure, days past due, stage, action
    ("prompt", -8, 0, ""),
    ("prompt", -7, 1, "remind"),  # 到期前7天
    ("prompt", 0, 1, "remind"),
    ("prompt", 14, 1, "remind"),
    ("prompt", 15, 2, "call"),  # 逾期15天: from day 15
    ("prompt", 60, 2, "call"),
    ("prompt", 61, 3, "legal_collection"),  # 超60天: more than 60
    ("prompt", 5_000, 3, "legal_collection"),
    ("stepped", 29, 0, ""),
    ("stepped", 30, 1, "negotiate"),
    ("stepped", 59, 1, "negotiate"),
    ("stepped", 60, 2, "lawyer_letter"),
    ("stepped", 89, 2, "lawyer_letter"),
    ("stepped", 90, 3, "lawsuit"),
    ("three-stage", 0, 0, ""),
    ("three-stage", 1, 1, "negotiate"),  # 30天内: until day 30
    ("three-stage", 30, 1, "negotiate"),
    ("three-stage", 31, 2, "agency"),
    ("three-stage", 60, 2, "agency"),
    ("three-stage", 61, 2, "agency"),  # nothing is said of 61–90: the last stage reached stays
    ("three-stage", 90, 2, "agency"),
    ("three-stage", 91, 3, "lawsuit"),  # 90天后: after day 90
]


@pytest.mark.parametrize(("name", "days", "expected", "action"), STAGES)
def test_an_item_climbs_the_levels_with_its_days_past_due(name, days, expected, action):
    reached = stage(PROCEDURES[name], days)
    assert reached == expected
    assert dunning.action(np.array([reached]), PROCEDURES[name]).tolist() == [action]


QUIET = [
    # what, days, open, minimum
    ("a credit", 90, -100_00, 0),
    ("a settled item", 90, 0, 0),
    ("an item without a date", NEVER, 100_00, 0),
    ("an item below the minimum amount", 90, 49_99, 50_00),
]


@pytest.mark.parametrize(("what", "days", "open_minor", "minimum"), QUIET)
def test_is_not_dunned(what, days, open_minor, minimum):
    assert stage(PROCEDURES["stepped"], days, open_minor, minimum=minimum) == 0, what


def test_the_minimum_amount_itself_is_dunned():
    assert stage(PROCEDURES["stepped"], 90, 50_00, minimum=50_00) == 3


def test_several_stages_passed_since_the_last_run_give_only_the_latest():
    # Edge case 33, policy "jump": the letters in between are not sent late.
    assert stage(PROCEDURES["stepped"], 95, last=0) == 3


def test_an_old_item_is_included_though_it_was_never_dunned():
    # Edge case 35: the clock is the due date.
    assert stage(PROCEDURES["three-stage"], 2_000) == 3


def test_a_second_run_on_the_same_day_gives_the_same_stage():
    assert stage(PROCEDURES["stepped"], 60, last=stage(PROCEDURES["stepped"], 60)) == 2


BLOCKED = [
    # days, stage it had, stage it keeps
    (95, 1, 1),
    (95, 0, 0),
    (95, NEVER, 0),
    (95, 3, 3),
    (35, 3, 1),  # a stage beyond its age (a due date put off) is no stage of this procedure
    (5, 2, 0),
]


@pytest.mark.parametrize(("days", "last", "kept"), BLOCKED)
def test_a_blocked_item_keeps_the_stage_it_had(days, last, kept):
    assert stage(PROCEDURES["stepped"], days, blocked=True, last=last) == kept


def test_within_the_days_of_grace_an_item_counts_as_not_overdue():
    graceful = dunning.Procedure("graceful", PROCEDURES["three-stage"].levels, grace_days=3)
    assert [stage(graceful, days) for days in (0, 1, 3, 4, 31)] == [0, 0, 0, 1, 2]
    reminding = dunning.Procedure("reminding", (dunning.Level(Bound(-7), "remind"), dunning.Level(Bound(1), "call")), 3)
    assert [stage(reminding, days) for days in (-8, -7, 0, 3, 4)] == [0, 1, 1, 1, 2]


ROWS = st.lists(
    st.tuples(DAYS_OR_NONE, CENTS, st.booleans(), st.one_of(st.just(NEVER), st.integers(0, 5).map(float))), max_size=20
)


def _columns(rows):
    days, minor, blocked, last = zip(*rows, strict=True) if rows else ((), (), (), ())
    return (
        np.array(days, dtype=float),
        np.array(minor, dtype=np.int64),
        np.array(blocked, dtype=bool),
        np.array(last, dtype=float),
    )


@given(ROWS, st.sampled_from(sorted(PROCEDURES)))
def test_alone_an_item_has_the_stage_it_has_among_others(rows, name):
    together = dunning.stage(*_columns(rows), PROCEDURES[name]).tolist()
    assert together == [stage(PROCEDURES[name], *row) for row in rows]


@given(ROWS, st.sampled_from(sorted(PROCEDURES)))
def test_a_blocked_item_never_escalates(rows, name):
    days, minor, _, last = _columns(rows)
    blocked = dunning.stage(days, minor, np.ones(len(days), dtype=bool), last, PROCEDURES[name])
    free = dunning.stage(days, minor, np.zeros(len(days), dtype=bool), last, PROCEDURES[name])
    assert (blocked <= free).all()
    assert (blocked <= np.nan_to_num(last)).all()


@given(DAYS, st.integers(0, 60), st.integers(0, 10), st.sampled_from(sorted(PROCEDURES)))
def test_growing_older_never_lowers_the_stage(days, later, grace, name):
    graceful = dunning.Procedure(name, PROCEDURES[name].levels, grace_days=grace)
    assert stage(graceful, days) <= stage(graceful, days + later)


@given(DAYS, st.integers(1, 10**6), st.sampled_from(sorted(PROCEDURES)))
def test_paying_in_full_ends_dunning(days, open_minor, name):
    assert stage(PROCEDURES[name], days, open_minor) >= stage(PROCEDURES[name], days, 0) == 0


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"levels": ()}, "the dunning procedure own has no level"),
        ({"grace_days": -1}, "grace days and minimum amount cannot be negative"),
        ({"minimum_amount": -0.01}, "grace days and minimum amount cannot be negative"),
        (
            {"levels": (dunning.Level(Bound(9), "call"), dunning.Level(Bound(9), "call"))},
            "bounds must rise: ≥ 9 does not come after ≥ 9",
        ),
    ],
)
def test_a_procedure_that_cannot_be_followed_is_refused(fields, message):
    with pytest.raises(ValueError, match=message):
        dunning.Procedure(**{"name": "own", "levels": (dunning.Level(Bound(1), "call"),), **fields})


def test_the_next_stage_begins_on_a_whole_day_and_after_the_days_of_grace():
    levels = (
        dunning.Level(Bound(-7.0), "remind"),
        dunning.Level(Bound(3.0), "call"),
        dunning.Level(Bound(60.0, "above"), "sue"),
    )
    begins = dunning.next_stage_from(np.array([0, 1, 2, 3]), dunning.Procedure("p", levels, grace_days=5))
    np.testing.assert_array_equal(begins, [-7, 6, 61, np.nan])
