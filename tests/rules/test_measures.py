"""Measures: how a customer pays."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import delays
from xlcredit.rules import measures
from xlcredit.rules.measures import Delays


def paid(*rows):
    """Delays from rows of customer, amount in cents, days late and, if it matters, days since due."""
    filled = [(*row, 0) if len(row) == 3 else row for row in rows]
    owners, minor, late, since = zip(*filled, strict=True)
    return Delays(np.array(owners), np.array(minor), np.array(late, dtype=float), np.array(since, dtype=float))


def test_days_late_are_weighted_with_the_amount():
    # formula_cases.json "wadl": early counts negative. The variant that counts it as 0 gives 6.8333; it is not the
    # default, since a customer that pays half early and half late would then look as if it never paid on time.
    payments = paid((0, 10_000_00, 5), (0, 20_000_00, -3), (0, 30_000_00, 12))
    assert measures.average_days_late(payments, 1).round(4).tolist() == [5.8333]


def test_each_customers_payments_are_its_own():
    #            customer, amount, days late, days since due
    ledger = paid((0, 100, 0, 300), (0, 100, 10, 20), (1, 300, -5, 40), (1, 100, 90, 10))
    n = 3  # the third customer has nothing to measure
    rows = {
        "average_days_late": measures.average_days_late(ledger, n),
        "on_time_share": measures.on_time_share(ledger, n),
        "longest_delay": measures.longest_delay(ledger, n),
        "trend_days_late": measures.trend_days_late(ledger, n, recent_days=30),
    }
    assert {name: column[:2].tolist() for name, column in rows.items()} == {
        "average_days_late": [5.0, 18.75],
        "on_time_share": [0.5, 0.75],
        "longest_delay": [10.0, 90.0],
        "trend_days_late": [10.0, 95.0],
    }
    assert [np.isnan(column[2]) for column in rows.values()] == [True] * 4


def test_who_was_always_early_has_no_longest_delay():
    assert measures.longest_delay(paid((0, 100, -9)), 1).tolist() == [0.0]


def test_there_is_no_trend_without_both_a_recent_and_an_earlier_delay():
    assert np.isnan(measures.trend_days_late(paid((0, 1, 5, 10), (1, 1, 5, 400)), 2, 182)).all()
    assert measures.trend_days_late(paid((0, 1, 9, 182), (0, 1, 2, 183)), 1, 182).tolist() == [7.0]


@pytest.mark.parametrize(
    ("overdue", "debits", "share"),
    [(25_00, 100_00, 0.25), (0, 100_00, 0.0), (0, 0, 0.0), (100_00, 100_00, 1.0)],
)
def test_the_overdue_share_is_that_of_open_debits(overdue, debits, share):
    assert measures.overdue_share(np.array([overdue]), np.array([debits])).tolist() == [share]


def test_amounts_too_large_to_be_weighted_are_refused():
    with pytest.raises(OverflowError, match="amounts times days late are too large to be added in 64 bits"):
        measures.average_days_late(paid((0, 2**49, 20_000)), 1)


@given(delays(), st.randoms())
def test_the_order_of_the_payments_changes_nothing(ledger, random):
    rows = list(range(len(ledger.minor)))
    random.shuffle(rows)
    turned = Delays(ledger.owners[rows], ledger.minor[rows], ledger.days_late[rows], ledger.days_since_due[rows])
    for measure in (measures.average_days_late, measures.on_time_share, measures.longest_delay):
        np.testing.assert_array_equal(measure(turned, 3), measure(ledger, 3))
    np.testing.assert_array_equal(measures.trend_days_late(turned, 3, 182), measures.trend_days_late(ledger, 3, 182))


@given(delays())
def test_a_customer_alone_is_measured_as_among_others(ledger):
    for customer in range(3):
        own = ledger.where(ledger.owners == customer)
        alone = Delays(np.zeros(len(own.minor), dtype=np.intp), own.minor, own.days_late, own.days_since_due)
        for measure in (measures.average_days_late, measures.on_time_share, measures.longest_delay):
            np.testing.assert_array_equal(measure(alone, 1)[0], measure(ledger, 3)[customer])


@given(delays(customers=1, least=1), st.integers(1, 60))
def test_paying_everything_sooner_never_looks_worse(ledger, days):
    sooner = Delays(ledger.owners, ledger.minor, ledger.days_late - days, ledger.days_since_due)
    assert measures.average_days_late(sooner, 1) <= measures.average_days_late(ledger, 1)
    assert measures.on_time_share(sooner, 1) >= measures.on_time_share(ledger, 1)
    assert measures.longest_delay(sooner, 1) <= measures.longest_delay(ledger, 1)


@given(delays(customers=1, least=1))
def test_measures_stay_within_what_they_can_be(ledger):
    average = measures.average_days_late(ledger, 1)[0]
    assert min(ledger.days_late) - 1e-9 <= average <= max(ledger.days_late) + 1e-9
    assert 0 <= measures.on_time_share(ledger, 1)[0] <= 1
    assert measures.longest_delay(ledger, 1)[0] >= 0
