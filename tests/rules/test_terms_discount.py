"""Discounts for paying early, and receivables sold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import DEBITS
from xlcredit.rules.terms import Financing, a_year, cost, discounting, take_up

NAN = np.nan

WORKED = [
    # id of the worked example, discount, its days, net days, year, compounded, cost a year
    ("disc-2-10-30", 0.02, 10, 30, 360, False, 0.367347),
    ("disc-2-10-30", 0.02, 10, 30, 365, False, 0.372449),
    ("disc-2-10-30", 0.02, 10, 30, 365, True, 0.445853),
    ("disc-2-10-30", 0.02, 10, 30, 360, True, 0.438569),
    ("disc-2-20-45", 0.02, 20, 45, 365, True, 0.3431),
    ("disc-2-10-50", 0.02, 10, 50, 365, True, 0.2024),
]


def column(*figures):
    return np.array(figures, dtype=float)


@pytest.mark.parametrize(("case", "rate", "early", "net", "year", "compound", "yearly"), WORKED)
def test_the_cost_of_not_taking_a_discount(case, rate, early, net, year, compound, yearly):
    """M6: formulas.md 4e."""
    assert case.startswith("disc-")
    [found] = cost(column(rate), column(early), column(net), float(year), compound)
    assert found == pytest.approx(yearly, abs=5e-5 if yearly in (0.3431, 0.2024) else 5e-7)


@pytest.mark.parametrize(
    ("rate", "early", "net"),
    [(0.02, 30, 30), (0.02, 31, 30), (1, 10, 30), (-0.01, 10, 30), (0.02, -1, 30), (NAN, 10, 30), (0.02, NAN, 30)],
)
def test_what_is_no_discount_has_no_cost(rate, early, net):
    assert np.isnan(cost(column(rate), column(early), column(net))).all()


@given(st.floats(0.001, 0.5), st.integers(0, 60), st.integers(1, 120), st.integers(1, 60))
def test_the_longer_the_net_days_the_cheaper_it_is_to_wait(rate, early, days, longer):
    soon, late = cost(column(rate, rate), column(early, early), column(early + days, early + days + longer))
    assert late < soon


def test_the_take_up_rate_is_what_was_paid_early_of_what_was_eligible():
    """M6: 2/10 net 30, "65 % pay early" as an amount, not a count."""
    rows = [
        # minor units, discount, days to pay: eligible and early
        (650_00, 0.02, 10),  # on the last day
        (250_00, 0.02, 11),
        (100_00, 0.02, NAN),  # not paid
        (900_00, 0.00, 5),  # no discount was offered
        (-50_00, 0.02, 5),  # a credit note
    ]
    amounts, discounts, days = (np.array(column) for column in zip(*rows, strict=True))
    found = take_up(amounts.astype(np.int64), discounts, days, column(10, 10, 10, 10, 10), np.zeros(5, np.intp), 1)
    assert found.tolist() == [0.65]


def test_without_anything_eligible_there_is_no_take_up_rate():
    found = take_up(np.array([100_00, 50_00]), column(0, 0.02), column(5, 5), column(10, 10), np.array([0, 1]), 2)
    assert np.isnan(found[0])
    assert found[1] == 1


def test_a_receivable_discounted_for_cash_now():
    """M7: 100,000 due in 90 days, 80 % advanced at 6 %: 1,200 of interest; 1,333.33 for all of it in 20 days."""
    found = discounting(column(100_000, NAN), column(90, 30), Financing(0.06, 0.8))
    assert (found.cash[0], found.cost[0], found.retained[0]) == (78_800.0, 1_200.0, 20_000.0)
    assert np.isnan([found.cash[1], found.cost[1], found.retained[1]]).all()
    whole = discounting(column(100_000), column(20), Financing(0.06))
    assert (whole.cash[0], whole.cost[0], whole.retained[0]) == (99_666.67, 333.33, 0.0)


def test_what_early_cash_costs_a_year_compares_a_bank_with_2_10_net_30():
    """M7: for the same 20 days the bank takes 6.02 % a year, the customer 36.7 % (formulas.md 4e)."""
    bank = a_year(column(333.33), column(99_666.67), column(20), 360)
    assert np.round(bank, 4).tolist() == [0.0602]
    of_discount = cost(column(0.02), column(10), column(30), 360)
    np.testing.assert_allclose(a_year(column(2_000), column(98_000), column(20), 360), of_discount)
    assert np.isnan(a_year(column(1, 1), column(0, 99), column(20, 0), 360)).all()


@given(DEBITS, st.integers(0, 365), st.floats(0, 1), st.floats(0, 0.5))
def test_cash_cost_and_what_is_retained_make_up_the_receivable(minor, days, advance, rate):
    found = discounting(column(minor / 100), column(days), Financing(rate, advance))
    parts = [round(each[0] * 100) for each in (found.cash, found.cost, found.retained)]
    assert sum(parts) == minor


def test_yen_are_discounted_in_whole_yen():
    found = discounting(column(100_001), column(90), Financing(0.06, 0.8), places=0)
    assert (found.cash.tolist(), found.cost.tolist(), found.retained.tolist()) == ([78801.0], [1200.0], [20000.0])


@pytest.mark.parametrize("figures", [(-0.01, 0.8, 360), (0.06, 1.01, 360), (0.06, 0.8, 0)])
def test_a_financing_that_cannot_be_is_refused(figures):
    with pytest.raises(ValueError, match="the advance is a fraction, and neither rate nor year is below nothing"):
        Financing(*figures)
