"""Month ends: what was open then, by bucket, and what was sold in the month."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import DEBITS
from xlcredit.kernel.bands import Bands, Bound
from xlcredit.kernel.dates import days_past_due
from xlcredit.ledger.ledger import items_from, open_amount
from xlcredit.rules import aging, history

BANDS = Bands((Bound(1), Bound(30, "above")), ("not_due", "1-30", ">30"))

LEDGER = [
    # owner, document, due, minor, settled, settled on, a sale
    (0, "2026-01-10", "2026-02-09", 100_00, 100_00, "2026-03-05", True),
    (0, "2026-02-20", "2026-03-22", 50_00, 20_00, "2026-02-28", True),
    (0, "2026-03-31", "2026-04-30", 70_00, 0, "NaT", True),
    (1, "2026-02-01", "2026-03-03", 30_01, 0, "NaT", True),
    (1, "2026-03-10", "NaT", -10_00, 0, "NaT", False),
    (1, "2025-06-30", "2025-07-30", 5_00, 5_00, "NaT", True),
]


def postings(rows):
    owners, document, due, minor, settled, settled_on, sold = zip(*rows, strict=True)
    return history.Postings(
        np.array(owners),
        np.array(document, "datetime64[D]"),
        np.array(due, "datetime64[D]"),
        np.array(minor),
        np.array(settled),
        np.array(settled_on, "datetime64[D]"),
        np.array(sold),
    )


def test_month_ends_are_those_on_or_before_the_day():
    def ends(day):
        return [str(end) for end in history.month_ends(np.datetime64(day), 3)]

    assert ends("2026-03-31") == ["2026-01-31", "2026-02-28", "2026-03-31"]
    assert ends("2026-03-30") == ["2025-12-31", "2026-01-31", "2026-02-28"]


class TestAsOfEachMonthEnd:
    """M8: what DSO, count-back, CEI, delinquency and roll rates read."""

    found = history.history(postings(LEDGER), history.month_ends(np.datetime64("2026-04-15"), 3), BANDS, 2)

    def test_open_by_bucket(self):
        assert self.found.buckets.tolist() == [
            # not due, 1–30, over 30, undated
            [[100_00, 0, 0, 0], [0, 0, 0, 0]],
            [[30_00, 100_00, 0, 0], [30_01, 0, 0, 0]],
            [[70_00, 30_00, 0, 0], [0, 30_01, 0, -10_00]],
        ]

    def test_open_current_and_sold(self):
        assert self.found.open.tolist() == [[100_00, 0], [130_00, 30_01], [100_00, 20_01]]
        assert self.found.current.tolist() == [[100_00, 0], [30_00, 30_01], [70_00, -10_00]]
        assert self.found.sales.tolist() == [[100_00, 0], [50_00, 30_01], [70_00, 0]]
        assert self.found.days.tolist() == [31.0, 28.0, 31.0]


DAYS = st.one_of(st.none(), st.integers(0, 500).map(lambda n: date(2025, 6, 1) + timedelta(days=n)))
ROWS = st.lists(st.tuples(st.integers(0, 2), DAYS, DAYS, DEBITS, DEBITS, DAYS, st.booleans()), min_size=1, max_size=20)


@given(ROWS, st.dates(date(2025, 8, 1), date(2026, 12, 31)))
def test_a_month_end_is_the_aging_as_of_that_day(rows, as_of):
    items, ends = postings(rows), history.month_ends(np.datetime64(as_of), 6)
    found = history.history(items, ends, BANDS, 3)
    ledger = items_from(
        {
            "amount": items.minor / 100,
            "settled": items.settled / 100,
            "document_date": items.document_date,
            "settled_date": items.settled_date,
        }
    )
    for row, end in enumerate(ends):
        minor = np.rint(open_amount(ledger, end) * 100).astype(np.int64)
        days = days_past_due(items.due_date, end)
        assert found.buckets[row].tolist() == aging.age(minor, items.owners, 3, days, aging.Buckets(BANDS)).tolist()
        assert found.open[row].sum() == minor.sum()


@given(ROWS)
def test_every_sale_of_the_months_is_in_one_of_them(rows):
    items, ends = postings(rows), history.month_ends(np.datetime64("2026-12-31"), 24)
    dated = items.sold & ~np.isnat(items.document_date)
    assert history.history(items, ends, BANDS, 3).sales.sum() == items.minor[dated].sum()


@pytest.mark.parametrize("n", [1, 12])
def test_sales_before_the_first_month_are_in_none(n):
    ends = history.month_ends(np.datetime64("2027-12-31"), n)
    assert history.history(postings(LEDGER), ends, BANDS, 2).sales.sum() == 0
