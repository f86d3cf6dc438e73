"""Exposure, headroom and utilization (edge case 37: limit 0, no limit, equality, credits)."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import CENTS, DEBITS
from xlcredit.rules import exposure

NAN = math.nan

CASES = [
    # limit, exposure, headroom, utilization
    (1_000, 400, 600, 0.4),
    (1_000, 1_000, 0, 1.0),  # equal to the limit passes: nothing is exceeded
    (1_000, 1_250, -250, 1.25),
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
    np.testing.assert_array_equal(exposure.headroom(limits, exposures), [headroom])
    np.testing.assert_array_equal(exposure.utilization(limits, exposures), [utilization])


@given(CENTS, CENTS)
def test_exposure_is_open_items_and_open_orders_to_the_cent(items, orders):
    assert exposure.exposure(np.array([items]), np.array([orders])).tolist() == [items + orders]


@given(st.integers(0, 10**11), CENTS, DEBITS)
def test_paying_never_raises_utilization(limit, owed, payment):
    limits = np.array([limit, limit]) / 100
    before, after = exposure.utilization(limits, np.array([owed, owed - payment]) / 100)
    assert after <= before
