"""Series behind the signals: months of each customer, and an index then and now."""

from __future__ import annotations

import numpy as np

from xlcredit.rules.history import month_ends
from xlcredit.rules.signals import series

ENDS = month_ends(np.datetime64("2026-03-31"), 3)
OWNERS = np.array([0, 0, 0, 1, 1])
DATES = np.array(["2026-01-05", "2026-01-31", "2026-03-01", "2026-02-28", "2026-04-01"], "datetime64[D]")


def test_months_without_a_value_have_no_mean():
    means = series.monthly_means(OWNERS, DATES, np.array([10.0, 20, 30, 5, 99]), ENDS, 2)
    np.testing.assert_array_equal(means, [[15, np.nan, 30], [np.nan, 5, np.nan]])


def test_months_without_an_order_are_0_once_there_was_one():
    sums = series.monthly_sums(OWNERS, DATES, np.array([10, 20, 30, 5, 99]), ENDS, 2)
    np.testing.assert_array_equal(sums, [[30, 0, 30], [np.nan, 5, 0]])


def test_an_index_is_taken_at_both_ends_of_the_span():
    ago = np.array([400.0, 300, 100, -1])
    first, last = series.first_and_last(np.zeros(4, np.intp), ago, np.array([1.0, 2, 3, 4]), 365, 2)
    np.testing.assert_array_equal([first, last], [[2, np.nan], [3, np.nan]])
