"""Money: rounding as Excel does, sums to the last cent, text with the currency's decimals."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlcredit.kernel import money


@pytest.mark.parametrize(
    ("amount", "places", "minor"),
    [
        (1234.56, 2, 123456),
        (-1234.56, 2, -123456),
        (1.005, 2, 101),  # 1.00499999999999989… in binary; Excel's ROUND says 1.01
        (-1.005, 2, -101),
        (2.675, 2, 268),
        (0.005, 2, 1),
        (0.0049999, 2, 0),
        (0.004, 2, 0),
        (1234.5, 0, 1235),  # yen have no decimals
        (-0.5, 0, -1),
        (1.2345, 3, 1235),  # dinars have three
        (float("nan"), 2, 0),
        (11258999068426.23, 2, 1125899906842623),
    ],
)
def test_amounts_are_rounded_half_away_from_zero_to_the_minor_unit(amount, places, minor):
    assert money.to_minor(amount, places).tolist() == [minor]


@given(st.integers(-(10**13) + 1, 10**13 - 1), st.integers(0, 3))
def test_rounding_is_that_of_the_number_a_person_typed(ten_thousandths, places):
    typed = ten_thousandths / 10_000
    wanted = Decimal(repr(typed)).scaleb(places).quantize(Decimal(1), ROUND_HALF_UP)
    assert money.to_minor(typed, places).tolist() == [int(wanted)]


@given(st.integers(-(2**50) + 1, 2**50 - 1), st.sampled_from([0, 2, 3]))
def test_minor_units_survive_the_way_through_major_units(minor, places):
    assert money.to_minor(money.to_major(minor, places), places).tolist() == [minor]


def test_each_row_is_rounded_by_its_own_currency():
    places = money.decimals_of(["JPY", "EUR", "KWD", "XXX"])
    assert places.tolist() == [0, 2, 3, 2]
    assert money.to_minor([1234.5, 1.005, 1.0005, 0.1], places).tolist() == [1235, 101, 1001, 10]
    assert money.rounded(np.array([1.4, 1.005, np.nan]), np.array([0, 2, 2])).tolist()[:2] == [1.0, 1.01]
    assert np.isnan(money.rounded(np.array([np.nan]), 2)).all()


@pytest.mark.parametrize("amount", [2.0**50, -(2.0**50), np.inf])
def test_an_amount_too_large_to_be_exact_is_refused(amount):
    with pytest.raises(OverflowError, match=r"an amount of 2\^50 minor units or more cannot be added exactly"):
        money.to_minor(amount, 0)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(-(10**12), 10**12)), max_size=40))
def test_sums_are_those_of_whole_numbers(rows):
    groups = np.array([group for group, _ in rows], dtype=np.intp)
    minor = np.array([amount for _, amount in rows], dtype=np.int64)
    assert money.sums(minor, groups, 4).tolist() == [sum(a for g, a in rows if g == group) for group in range(4)]


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(2**53 + 1, 2**57)), min_size=1, max_size=30))
def test_sums_beyond_what_a_float_holds_are_exact_too(rows):
    groups = np.array([group for group, _ in rows], dtype=np.intp)
    minor = np.array([amount for _, amount in rows], dtype=np.int64)
    assert money.sums(minor, groups, 3).tolist() == [sum(a for g, a in rows if g == group) for group in range(3)]


def test_one_large_amount_among_many_small_ones_can_be_added():
    minor = np.array([2**60, *[1] * 1_000], dtype=np.int64)
    assert money.sums(minor, np.zeros(1_001, dtype=np.intp), 1).tolist() == [2**60 + 1_000]


def test_sums_that_64_bits_may_not_hold_are_refused():
    with pytest.raises(OverflowError, match="the amounts are too large to be added in 64 bits"):
        money.sums(np.full(3, 2**62, dtype=np.int64), np.zeros(3, dtype=np.intp), 1)


def test_what_floats_lose_cents_keep():
    minor = money.to_minor([0.1] * 3 + [-0.3], 2)
    assert sum([0.1] * 3 + [-0.3]) != 0
    assert money.sums(minor, np.zeros(4, dtype=np.intp), 1).tolist() == [0]


def test_ghosts_below_the_minor_unit_are_rounded_line_by_line():
    # Edge case 19: 0.004 twice is nothing of two lines, though it would be a cent of their sum.
    assert money.to_minor([0.004, 0.004], 2).tolist() == [0, 0]


def test_translated_lines_are_rounded_one_by_one():
    # Edge case 20: declared line by line, so that buckets foot to translated totals.
    lines = money.translate(np.array([10.01, 10.01, 10.01]), np.array([0.3333, 0.3333, 0.3333]), 2)
    assert lines.tolist() == [3.34, 3.34, 3.34]
    assert money.sums(money.to_minor(lines, 2), np.zeros(3, dtype=np.intp), 1).tolist() == [1002]


@pytest.mark.parametrize(
    ("minor", "places", "text"),
    [(-123456, 2, "-1234.56"), (5, 2, "0.05"), (-5, 2, "-0.05"), (0, 2, "0.00"), (7, 0, "7"), (-7, 3, "-0.007")],
)
def test_minor_units_are_written_with_the_currencys_decimals(minor, places, text):
    assert money.in_text(minor, places) == text


@given(st.integers(-(2**63), 2**63 - 1), st.integers(0, 4))
def test_written_minor_units_read_back(minor, places):
    assert int(Decimal(money.in_text(minor, places)).scaleb(places)) == minor
