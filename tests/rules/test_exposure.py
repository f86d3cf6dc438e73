"""Exposure, headroom and utilization (edge case 37: limit 0, no limit, equality, credits)."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import CENTS, DEBITS
from xlcredit.rules import exposure
from xlcredit.rules.exposure import ExposureRule

NAN = math.nan

CASES = [
    # limit, exposure, headroom, utilization
    (1_000, 400, 600, 0.4),
    (1_000, 1_000, 0, 1.0),  # equal to the limit passes: nothing is exceeded
    (1_000, 1_250, -250, 1.25),
    (1_000.1, 1_000, 0.1, 1_000 / 1_000.1),  # to the cent: in binary 0.10000000000002274 is left
    (1e13, 0.01, 9_999_999_999_999.99, 1e-15),
    (1e15, 100, 1e15 - 100, 1e-13),  # no cents are left to tell
    (1_000, -300, 1_300, 0.0),  # a net credit uses nothing
    (1_000, 0, 1_000, 0.0),
    (0, 0, 0, 0.0),
    (0, 100, -100, math.inf),  # 0 allows nothing
    (0, -100, 100, 0.0),
    (math.inf, 100, math.inf, 0.0),  # unlimited
    (NAN, 100, NAN, NAN),  # not known
    (NAN, 0, NAN, NAN),
]


@pytest.mark.parametrize(("limit", "owed", "headroom", "utilization"), CASES)
def test_what_is_left_of_a_limit_and_how_much_of_it_is_used(limit, owed, headroom, utilization):
    limits, exposures = np.array([limit], dtype=float), np.array([owed], dtype=float)
    np.testing.assert_array_equal(exposure.headroom(limits, exposures, 2), [headroom])
    np.testing.assert_array_equal(exposure.utilization(limits, exposures), [utilization])


@given(CENTS, CENTS)
def test_exposure_is_open_items_and_open_orders_to_the_cent(items, orders):
    assert exposure.exposure(np.array([items]), np.array([orders])).tolist() == [items + orders]


@given(st.integers(0, 10**11), CENTS, DEBITS)
def test_paying_never_raises_utilization(limit, owed, payment):
    limits = np.array([limit, limit]) / 100
    before, after = exposure.utilization(limits, np.array([owed, owed - payment]) / 100)
    assert after <= before


def minor(*cents):
    return np.array(cents, dtype=np.int64)


COMPONENTS = [
    # open, orders, unbilled, guarantees, switches off → exposure, in cents
    (100_000, 20_000, 5_000, 0, "", 125_000),
    (100_000, 20_000, 5_000, 40_000, "", 85_000),
    (100_000, 20_000, 5_000, 200_000, "", 0),  # a guarantee makes no credit of its own
    (-30_000, 10_000, 0, 50_000, "", -20_000),  # a net credit stays negative
    (100_000, 0, 0, -7, "", 100_000),
    (100_000, 20_000, 5_000, 40_000, "orders", 65_000),
    (100_000, 20_000, 5_000, 40_000, "unbilled", 80_000),
    (100_000, 20_000, 5_000, 40_000, "guarantees", 125_000),
]


@pytest.mark.parametrize(("items", "orders", "unbilled", "guarantees", "off", "owed"), COMPONENTS)
def test_exposure_of_its_components(items, orders, unbilled, guarantees, off, owed):
    """T12: work done and not invoiced counts, as far as the policy says; guarantees take away what is owed."""
    rule = ExposureRule(**dict.fromkeys(off.split(), False))
    components = (minor(items), minor(orders), minor(unbilled), minor(guarantees))
    assert exposure.exposure(*components, rule).tolist() == [owed]


def test_the_components_are_left_as_they_were():
    items = minor(100)
    exposure.exposure(items, minor(5), minor(5), minor(50))
    assert items.tolist() == [100]


@given(CENTS, CENTS, CENTS, DEBITS)
def test_a_guarantee_never_raises_an_exposure_and_never_turns_it_into_a_credit(items, orders, unbilled, guarantee):
    plain = exposure.exposure(minor(items), minor(orders), minor(unbilled))
    [secured] = exposure.exposure(minor(items), minor(orders), minor(unbilled), minor(guarantee))
    assert min(plain[0], 0) <= secured <= plain[0]


def test_rates_that_move_revalue_what_is_in_foreign_currency():
    """X2: 10 % either way; line by line, to the cent."""
    amounts, rates = np.array([1_000.0, 500.0, 10_000.0, 7.0]), np.array([0.9, 1.0, 0.006172, NAN])
    found = exposure.shocked(amounts, rates, np.array([True, False, True, True]), ExposureRule(fx_shock=0.1), 2)
    np.testing.assert_array_equal(found.lower, [810.0, 500.0, 55.55, NAN])
    np.testing.assert_array_equal(found.at_rate, [900.0, 500.0, 61.72, NAN])
    np.testing.assert_array_equal(found.higher, [990.0, 500.0, 67.89, NAN])


@given(CENTS, st.floats(0.001, 1000), st.floats(0, 1))
def test_without_a_shock_nothing_moves_and_with_one_the_rate_lies_between(cents, rate, shock):
    at = np.array([cents / 100]), np.array([rate]), np.array([True])
    still = exposure.shocked(*at, ExposureRule(), 2)
    assert still.lower == still.at_rate == still.higher
    moved = exposure.shocked(*at, ExposureRule(fx_shock=shock), 2)
    least, most = sorted([moved.lower[0], moved.higher[0]])
    assert least <= moved.at_rate[0] <= most


GROUP = [
    # customer, parent, exposure, limit → group exposure, excess, in cents
    ("Holding", "Holding", 10_000, 600.0, 70_000, 10_000),
    ("Works", "Holding", 50_000, 9_999.0, 70_000, 10_000),
    ("Depot", "Works", 10_000, 0.0, 70_000, 10_000),
    ("Alone", "Alone", 99_900, math.inf, 99_900, 0),
    ("Prompt", "Prompt", -500, 0.0, -500, 0),
]


def test_a_group_owes_together_against_the_limit_of_its_head():
    """W12, X3: parent and all below it, however deep."""
    names = [row[0] for row in GROUP]
    parents = np.array([names.index(row[1]) for row in GROUP])
    found = exposure.groups(parents, minor(*(row[2] for row in GROUP)), np.array([row[3] for row in GROUP]), 2)
    assert found.head.tolist() == [0, 0, 0, 3, 4]
    assert found.exposure.tolist() == [row[4] for row in GROUP]
    assert found.excess.tolist() == [row[5] for row in GROUP]


@given(st.integers(1, 40))
def test_a_chain_of_any_length_has_one_head(length):
    assert exposure.heads(np.maximum(np.arange(length) - 1, 0)).tolist() == [0] * length


@pytest.mark.parametrize("parents", [[1, 0], [1, 2, 0, 3], [1, 2, 3, 0]])
def test_customers_that_are_each_other_s_parents_are_refused(parents):
    with pytest.raises(ValueError, match=r"its own parent through others, at positions \[0, 1"):
        exposure.heads(np.array(parents))


def test_no_customers_have_no_groups():
    assert exposure.heads(np.array([], dtype=np.intp)).tolist() == []


def test_what_is_owed_from_a_country_is_held_against_its_cap():
    """X3: cap and excess by country; what is not named is not bounded."""
    countries = np.array(["AR", "DE", "AR", "", "TR"], dtype=object)
    rule = ExposureRule(country_caps={"AR": 1_000.0, "TR": 500.0})
    found = exposure.by_country(minor(90_000, 300_000, 30_001, 4_000, 50_000), countries, rule, 2)
    rows = [(each.country, each.exposure, each.cap, each.excess) for each in found]
    np.testing.assert_equal(
        rows,
        [
            ("DE", 3_000.0, NAN, 0.0),
            ("AR", 1_200.01, 1_000.0, 200.01),
            ("TR", 500.0, 500.0, 0.0),  # what reaches the cap passes
            ("", 40.0, NAN, 0.0),
        ],
    )


def test_a_shock_that_cannot_be_is_refused():
    with pytest.raises(ValueError, match=r"a shock is a fraction, not 1\.5"):
        ExposureRule(fx_shock=1.5)
