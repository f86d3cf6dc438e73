"""Dates: days past due, month ends, and when terms fall due."""

from __future__ import annotations

import calendar
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import DATES
from xlcredit.kernel.dates import Terms, add_months, days_past_due, month_end


def days(*texts):
    return np.array(texts, dtype="datetime64[D]")


def test_due_today_is_zero_days_past_due_and_tomorrow_is_minus_one():
    past_due = days_past_due(
        days("2026-10-31", "2026-10-30", "2026-11-01", "2026-09-30", "NaT"), np.datetime64("2026-10-31")
    )
    assert past_due.tolist()[:4] == [0, 1, -1, 31]
    assert np.isnan(past_due[4])


@pytest.mark.parametrize(
    ("terms", "document", "due"),
    [
        (Terms(days=45), "2032-01-15", "2032-02-29"),  # edge case 25
        (Terms(days=45), "2032-01-16", "2032-03-01"),
        (Terms(months=1, month_end="before"), "2016-01-22", "2016-02-29"),  # edge case 26
        (Terms(months=1, month_end="before"), "2017-01-22", "2017-02-28"),
        (Terms(months=1, month_end="before"), "2020-06-11", "2020-07-31"),
        (Terms(months=1, month_end="before"), "2021-02-28", "2021-03-31"),
        (Terms(months=1, month_end="after"), "2021-02-28", "2021-03-31"),
        (Terms(days=45, month_end="before"), "2021-09-15", "2021-11-14"),  # edge case 27: EOM + 45
        (Terms(days=45, month_end="after"), "2021-09-15", "2021-10-31"),  # 45 then EOM
        (Terms(), "2026-10-31", "2026-10-31"),
        (Terms(months=1), "2026-01-31", "2026-02-28"),
        (Terms(months=12), "2024-02-29", "2025-02-28"),
        (Terms(days=30), "NaT", "NaT"),
        (Terms(day=10), "2026-12-31", "2027-01-10"),
        (Terms(day=30), "2028-01-31", "2028-02-29"),
        (Terms(days=45, day=10), "2021-09-15", "2021-11-10"),  # 45 days, their month's end, the 10th
        (Terms(day=10), "NaT", "NaT"),
    ],
)
def test_terms_fall_due(terms, document, due):
    assert terms.due(days(document)).astype(str).tolist() == [due]


def _plain_add(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


@given(st.lists(DATES, max_size=20), st.integers(0, 60))
def test_months_are_added_as_the_calendar_does(dates, months):
    assert add_months(np.array(dates, dtype="datetime64[D]"), months).tolist() == [_plain_add(d, months) for d in dates]


@given(st.lists(DATES, max_size=20))
def test_the_month_ends_on_its_last_day(dates):
    ends = [date(d.year, d.month, calendar.monthrange(d.year, d.month)[1]) for d in dates]
    assert month_end(np.array(dates, dtype="datetime64[D]")).tolist() == ends


@given(DATES, st.integers(0, 400), st.integers(0, 24), st.sampled_from(["", "before", "after"]), st.integers(0, 31))
def test_nothing_falls_due_before_its_document(document, net, months, end, day):
    documents = np.array([document], dtype="datetime64[D]")
    assert Terms(days=net, months=months, month_end=end, day=day).due(documents) >= documents


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"days": -1}, "terms count forward: -1 days, 0 months, discount 0"),
        ({"months": -1}, "terms count forward: 0 days, -1 months, discount 0"),
        ({"discount_days": -1}, "terms count forward: 0 days, 0 months, discount -1"),
        ({"discount": 1.0}, "a discount is a fraction below 1, not 1.0"),
        ({"day": 32}, "a month has no day 32"),
    ],
)
def test_terms_that_run_backward_are_refused(fields, message):
    with pytest.raises(ValueError, match=message):
        Terms(**fields)
