"""Whose review is due, and for how long it has been."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.tables import ledger, shown
from xlcredit.control import review
from xlcredit.control.listing import Listing
from xlcredit.control.lists import lists_of
from xlcredit.locales import Words
from xlcredit.policy import load

AS_OF = date(2026, 10, 31)
ITEMS = """
    document | customer | document_date | due_date   | amount | currency
    INV-1    | C1       | 2026-04-01    | 2026-05-31 | 100.00 | EUR
    INV-2    | C2       | 2026-04-01    | 2026-05-31 | 200.00 | EUR
    INV-3    | C3       | 2026-04-01    | 2026-05-31 | 300.00 | EUR
    INV-4    | C4       | 2026-04-01    | 2026-05-31 | 400.00 | EUR
    INV-5    | C5       | 2026-04-01    | 2026-05-31 | 500.00 | EUR
"""
CUSTOMERS = """
    customer | name        | last_review
    C1       | One Ltd     | 2026-08-30
    C2       | Two GmbH    | 2026-05-15
    C3       | Three SARL  | 2026-09-01
    C4       | Four AB     |
    C5       | Five Inc    | 2026-07-31
"""


def due(day: date, *sets: str) -> Listing:
    found = review(ledger(ITEMS, CUSTOMERS), load(sets=["currency=EUR", *sets]), day)
    return lists_of(found).get("reviews", Listing("reviews", ()))


COLUMNS = ("customer", "last_review", "next_review", "days_overdue")


def test_the_longest_overdue_come_first_and_no_more_than_a_month_ahead_is_shown():
    assert shown(due(AS_OF), *COLUMNS) == [
        ["C2", "2026-05-15", "2026-08-15", "77"],
        ["C5", "2026-07-31", "2026-10-31", ""],
        ["C1", "2026-08-30", "2026-11-30", ""],
    ]


def test_a_review_after_the_day_was_not_there_yet():
    assert shown(due(date(2026, 8, 31)), *COLUMNS) == [
        ["C2", "2026-05-15", "2026-08-15", "16"],
    ]


@pytest.mark.parametrize(("months", "who"), [(1, ["C2", "C5", "C1", "C3"]), (2, ["C2", "C5", "C1", "C3"]), (12, [])])
def test_the_policy_says_how_many_months_are_between_reviews(months: int, who: list[str]):
    made = review(ledger(ITEMS, CUSTOMERS), load(sets=["currency=EUR", f"review.every_months={months}"]), AS_OF)
    found = lists_of(made).get("reviews")
    assert who == ([] if found is None else found["customer"].tolist())


def test_its_name_and_headings_are_said_in_both_languages():
    english, chinese = (
        [Words.of(lang)("lists", "reviews"), *(Words.of(lang)("columns", field.key) for field in due(AS_OF).fields[4:])]
        for lang in ("en", "zh")
    )
    assert ["Reviews due", "Last review", "Next review", "Days overdue", "Exposure"] == english[:5]
    assert ["待复审客户", "上次复审", "下次复审", "超期天数"] == chinese[:4]
