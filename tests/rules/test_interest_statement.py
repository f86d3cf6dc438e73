"""Statement: the lines behind what a debt has earned, and that they foot to it whatever is paid."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.test_interest import REGIMES, STANDARD, batches, contract, days
from xlcredit.rules import interest
from xlcredit.rules.interest import Debts, Payments


def made(debts, payments, regime):
    amounts, due, until = zip(*debts, strict=True)
    whose, when, paid = zip(*payments, strict=True) if payments else ((), (), ())
    owed = Debts(np.array(amounts) / 100, days(*due), days(*until))
    given_back = Payments(np.array(whose, dtype=np.intp), days(*when), np.array(paid) / 100)
    accrued = interest.accrue(owed, given_back, regime)
    return interest.statement(owed, given_back, regime, accrued), accrued


def lines(found):
    columns = (found.debt, found.first, found.last, found.balance, np.round(found.rate, 6), found.interest)
    return [tuple(str(cell) for cell in row) for row in zip(*columns, strict=True)]


def test_a_part_payment_and_a_semester_each_begin_a_line():
    # 10.15 % and, from 1 July 2025, 2.15 % + 8 points; 1,000.00 until 20 June, 400.00 from then on.
    debt = [(100_000, "2025-05-31", "2025-07-10")]
    found, accrued = made(debt, [(0, "2025-06-20", 60_000)], STANDARD["eu"])
    assert lines(found) == [
        ("0", "2025-06-01", "2025-06-20", "100000", "0.1115", "611"),
        ("0", "2025-06-21", "2025-06-30", "40000", "0.1115", "122"),
        ("0", "2025-07-01", "2025-07-10", "40000", "0.1015", "111"),
    ]
    assert accrued.interest.tolist() == [8.44]


def test_a_fixed_rate_is_that_of_the_first_day_late_to_the_end():
    found, _ = made([(100_000, "2025-06-20", "2025-07-10")], [], STANDARD["uk"])
    assert lines(found) == [("0", "2025-06-21", "2025-07-10", "100000", "0.1275", "699")]


def test_rounding_is_handed_on_to_the_last_line():
    # A third of a unit a day: 0.33, 0.34 and 0.33 make up the 1.00 of the whole.
    payments = [(0, "2026-01-02", 1), (0, "2026-01-03", 1)]
    found, accrued = made([(3_333_33, "2026-01-01", "2026-01-04")], payments, contract(0.0365))
    assert found.interest.tolist() == [33, 34, 33]
    assert accrued.interest.tolist() == [1.0]


@pytest.mark.parametrize("paid_on", ["2026-01-31", "2026-02-10", "2026-03-31"])
def test_there_is_no_line_without_a_balance(paid_on):
    found, _ = made([(100_00, "2026-01-31", "2026-03-31")], [(0, paid_on, 100_00)], contract(0.10))
    assert found.last.tolist() == [np.datetime64(paid_on).item()] * (paid_on > "2026-01-31")


def test_without_a_reference_rate_there_is_no_line():
    found, accrued = made([(100_00, "2001-01-31", "2001-03-31")], [], STANDARD["eu"])
    assert len(found.debt) == 0
    assert accrued.unknown.tolist() == [True]


@given(batches(), st.sampled_from(REGIMES))
def test_the_lines_of_a_debt_foot_to_its_interest(batch, regime):
    found, accrued = made(*batch, regime)
    sums = np.bincount(found.debt, found.interest, len(accrued.interest))
    told = ~np.isnan(accrued.interest)
    np.testing.assert_array_equal(sums[told], np.rint(accrued.interest[told] * 100))
    assert not np.isin(found.debt, np.flatnonzero(~told)).any()


@given(batches(), st.sampled_from(REGIMES))
def test_the_lines_of_a_debt_follow_one_another_without_a_gap_in_what_is_owed(batch, regime):
    found, _ = made(*batch, regime)
    assert (found.first <= found.last).all()
    assert (found.balance > 0).all()
    same = found.debt[1:] == found.debt[:-1]
    assert (found.first[1:] > found.last[:-1])[same].all()
