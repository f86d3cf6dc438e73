"""Day counts: the same two dates, counted in every way there is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import DATES
from xlcredit.kernel.daycount import DAY_COUNTS, counted_days, years

COUNTS = st.sampled_from(DAY_COUNTS)


def day(text):
    return np.array([text], dtype="datetime64[D]")


YEARS = [
    # from, to, count, days, part of a year
    ("2024-01-31", "2024-03-31", "act/365", 60, 60 / 365),  # formula case "daycount"
    ("2024-01-31", "2024-03-31", "act/360", 60, 60 / 360),
    ("2024-01-31", "2024-03-31", "30e/360", 60, 60 / 360),
    ("2024-01-31", "2024-03-31", "act/act", 60, 60 / 366),
    ("2023-12-31", "2024-12-30", "act/act", 365, 365 / 366),  # edge case 29
    ("2023-12-31", "2024-12-30", "act/365", 365, 1),
    ("2023-12-21", "2024-01-10", "act/act", 20, 10 / 365 + 10 / 366),
    ("2025-02-28", "2025-03-01", "30e/360", 3, 3 / 360),
    ("2025-01-30", "2025-01-31", "30e/360", 0, 0),
    ("1899-12-31", "1900-12-31", "act/act", 365, 1),  # no leap year
    ("1999-12-31", "2000-12-31", "act/act", 366, 1),
]


@pytest.mark.parametrize(("start", "end", "count", "days", "part"), YEARS)
def test_two_dates_are_so_far_apart(start, end, count, days, part):
    assert counted_days(day(start), day(end), count).tolist() == [days]
    assert years(day(start), day(end), count) == pytest.approx([part], rel=1e-15)


@given(DATES, DATES, DATES, COUNTS)
def test_days_of_two_spells_are_the_days_of_both(one, two, three, count):
    first, second, third = day(one), day(two), day(three)
    split = counted_days(first, second, count) + counted_days(second, third, count)
    assert split.tolist() == counted_days(first, third, count).tolist()


@given(COUNTS)
def test_a_missing_date_is_no_day(count):
    assert np.isnan(years(day("NaT"), day("2025-01-01"), count)).all()
    assert np.isnan(counted_days(day("2025-01-01"), day("NaT"), count)).all()
