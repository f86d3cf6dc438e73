"""Bands: which outcome a value falls to, and on which side of a bound it lies."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlcredit.kernel.bands import BLOCK, Bands, Bound

AGES = Bands((Bound(1), Bound(30, "above"), Bound(60, "above")), ("not due", "1–30", "31–60", "over 60"))


@pytest.mark.parametrize(
    ("days", "outcome"),
    [
        (-math.inf, "not due"),
        (0, "not due"),
        (0.999, "not due"),
        (1, "1–30"),
        (30, "1–30"),
        (math.nextafter(30, 31), "31–60"),
        (60, "31–60"),
        (61, "over 60"),
        (math.inf, "over 60"),
        (math.nan, "undated"),
    ],
)
def test_from_takes_its_number_in_and_above_leaves_it_below(days, outcome):
    assert AGES.take(np.array([days]), missing="undated").tolist() == [outcome]


def test_one_number_can_be_a_band_of_its_own():
    bands = Bands((Bound(0, "from"), Bound(0, "above")), ("below", "zero", "above"))
    assert bands.take(np.array([-1e-300, -0.0, 0.0, 1e-300])).tolist() == ["below", "zero", "zero", "above"]


def test_bands_without_a_bound_hold_everything_but_the_missing():
    assert Bands((), ("all",)).index(np.array([-1.0, 5.0, math.nan])).tolist() == [0, 0, -1]


def test_no_value_gives_no_position():
    assert AGES.index(np.array([])).tolist() == []


@st.composite
def bands_and_values(draw, least=0, most=12):
    edges = draw(st.lists(st.integers(-500, 500), min_size=least, max_size=most, unique=True).map(sorted))
    bounds = tuple(Bound(edge / 4, draw(st.sampled_from(["from", "above"]))) for edge in edges)
    near = st.sampled_from([bound.value for bound in bounds] or [0.0])
    values = draw(st.lists(st.one_of(near, st.floats(), st.integers(-500, 500).map(lambda n: n / 4)), max_size=40))
    return Bands(bounds, tuple(range(len(bounds) + 1))), values


def _look_up(bands, value):
    if math.isnan(value):
        return -1
    return sum(value >= b.value if b.side == "from" else value > b.value for b in bands.bounds)


@given(bands_and_values())
def test_positions_are_those_of_a_plain_look_up(case):
    bands, values = case
    assert bands.index(np.array(values)).tolist() == [_look_up(bands, value) for value in values]


@given(bands_and_values(least=120, most=140))
def test_many_bounds_are_looked_up_alike(case):
    bands, values = case
    assert bands.index(np.array(values)).tolist() == [_look_up(bands, value) for value in values]


@pytest.mark.parametrize("count", [126, 127, 128, 129])
def test_the_last_position_is_right_on_both_sides_of_what_a_byte_holds(count):
    bands = Bands(tuple(Bound(n) for n in range(count)), tuple(range(count + 1)))
    assert bands.index(np.array([-1.0, count - 1.0, 1e9, math.nan])).tolist() == [0, count, count, -1]


def test_a_column_longer_than_a_block_is_the_same_as_its_parts():
    days = np.arange(2 * BLOCK + 3, dtype=float) % 100
    days[BLOCK] = math.nan
    whole = AGES.index(days)
    assert whole.tolist() == [_look_up(AGES, day) for day in days.tolist()]
    assert AGES.index(days[::2]).tolist() == whole[::2].tolist()


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_a_bound_is_finite(value):
    with pytest.raises(ValueError, match=f"a bound must be a finite number, not {value}"):
        Bound(value)


def test_a_bound_has_one_of_two_sides():
    with pytest.raises(ValueError, match="a bound is 'from' or 'above' its value, not 'below'"):
        Bound(1, "below")


def test_bounds_rise():
    with pytest.raises(ValueError, match="bounds must rise: ≥ 30 does not come after > 30"):
        Bands((Bound(30, "above"), Bound(30)), ("a", "b", "c"))


def test_there_is_one_outcome_more_than_bounds():
    with pytest.raises(ValueError, match="1 bounds need 2 outcomes, not 1"):
        Bands((Bound(1),), ("a",))
