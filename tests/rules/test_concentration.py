"""W12: how much depends on how few."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.strategies import CENTS, DEBITS
from xlcredit.rules import concentration


def minor(*amounts):
    return np.array(amounts, dtype=np.int64)


def test_hhi():
    """Worked number ``hhi``: shares of 40, 30, 20 and 10 %."""
    amounts = minor(4000, 3000, 2000, 1000)
    assert concentration.hhi(amounts) == pytest.approx(0.3)
    assert concentration.hhi(amounts) * 10_000 == pytest.approx(3000)
    assert concentration.effective_number(amounts) == pytest.approx(3.3333, abs=5e-5)


def test_the_largest_two_of_four():
    assert concentration.top_share(minor(10, 40, 20, 30), 2) == pytest.approx(0.7)


def test_a_credit_is_nobodys_dependence():
    assert concentration.shares(minor(75, -50, 25)).tolist() == [0.75, 0.0, 0.25]
    assert concentration.hhi(minor(75, -50, 25)) == concentration.hhi(minor(75, 25))


@pytest.mark.parametrize("amounts", [(), (0,), (-5, 0)])
def test_where_nothing_is_owed_there_is_no_concentration(amounts):
    held = minor(*amounts)
    figures = [concentration.hhi(held), concentration.top_share(held, 3), concentration.effective_number(held)]
    assert np.isnan([*figures, concentration.stress(held, held, 3).share]).all()


def test_related_customers_count_as_one():
    """W12: three customers of one owner are 60 % of all."""
    groups = concentration.of_groups(minor(20, 40, 20, 20), np.array([0, 1, 0, 0]), 2)
    assert groups.tolist() == [60, 40]
    assert concentration.top_share(groups, 1) == pytest.approx(0.6)


def test_three_customers_default_at_once():
    """W12: 三家下游客户同时拖欠: the largest three owe 900 of 1 000 and 560 of it is insured."""
    found = concentration.stress(minor(100, 400, 200, 300, -50), minor(0, 360, 0, 400, 0), 3)
    assert found.customers.tolist() == [1, 3, 2]
    assert found.lost.tolist() == [40, 0, 200]
    assert found.share == pytest.approx(0.24)


@given(st.lists(CENTS, max_size=12), st.integers(1, 12))
def test_more_customers_named_never_hold_less_and_all_hold_all(amounts, top):
    held = minor(*amounts)
    assume((held > 0).any())
    assert concentration.top_share(held, top) <= concentration.top_share(held, top + 1) + 1e-12
    assert concentration.top_share(held, len(held)) == pytest.approx(1)


@given(st.lists(DEBITS, min_size=1, max_size=12))
def test_the_index_lies_between_equal_customers_and_a_single_one(amounts):
    found = concentration.hhi(minor(*amounts))
    assert 1 / len(amounts) - 1e-12 <= found <= 1 + 1e-12
