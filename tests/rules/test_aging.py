"""Aging: which bucket an item falls into, and buckets that foot to the total."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import items
from xlcredit import policy
from xlcredit.kernel.bands import Bands, Bound
from xlcredit.kernel.dates import days_past_due
from xlcredit.rules import aging

BUCKETS = policy.load().buckets

AGES = [
    # days past due, bucket
    (-400, "not_due"),  # edge case 5: a future due date is never 0–30
    (-1, "not_due"),
    (0, "not_due"),  # edge case 1: due today
    (1, "1-30"),  # edge case 2: due yesterday
    (30, "1-30"),  # edge case 3: the lower bucket includes 30, 60, 90, 120
    (31, "31-60"),
    (60, "31-60"),
    (61, "61-90"),
    (90, "61-90"),
    (91, "91-120"),
    (120, "91-120"),
    (121, "121-180"),
    (180, "121-180"),
    (181, ">180"),
    (10_000, ">180"),  # edge case 7: the last bucket is open-ended
    (float("nan"), "undated"),  # edge case 6: no date to age from
]


@pytest.mark.parametrize(("days", "key"), AGES)
def test_an_item_falls_into_the_bucket_of_its_days_past_due(days, key):
    assert aging.bucket(np.array([days], dtype=float), BUCKETS).tolist() == [key]


def test_a_ledger_is_aged_by_customer():
    #        customer  open      due
    ledger = [
        (0, 100_00, "2026-10-31"),  # due today
        (0, 250_50, "2026-10-30"),  # 1 day
        (0, -50_00, "2026-08-01"),  # a credit of 91 days stays negative in its bucket (edge case 13)
        (1, -1_000_00, "2026-12-01"),  # a net credit keeps its row (edge case 17)
        (2, 1, "2025-01-01"),  # a cent is shown (edge case 18)
        (2, 99_99, "NaT"),
    ]
    owners, minor, due = zip(*ledger, strict=True)
    days = days_past_due(np.array(due, dtype="datetime64[D]"), np.datetime64("2026-10-31"))
    table = aging.age(np.array(minor), np.array(owners), 4, days, BUCKETS)
    # not_due, 1-30, 31-60, 61-90, 91-120, 121-180, >180, undated
    assert table.tolist() == [
        [100_00, 250_50, 0, 0, -50_00, 0, 0, 0],
        [-1_000_00, 0, 0, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 1, 99_99],
        [0, 0, 0, 0, 0, 0, 0, 0],
    ]


@given(items())
def test_buckets_foot_to_the_ledger_to_the_last_cent(ledger):
    table = aging.age(ledger.minor, ledger.owners, ledger.customers, ledger.days, BUCKETS)
    for customer in range(ledger.customers):
        assert int(table[customer].sum()) == sum(ledger.minor[ledger.owners == customer].tolist())


@given(items(), st.randoms())
def test_the_order_of_the_items_changes_nothing(ledger, random):
    rows = list(range(len(ledger.minor)))
    random.shuffle(rows)
    turned = ledger.taken(rows)
    table = aging.age(ledger.minor, ledger.owners, ledger.customers, ledger.days, BUCKETS)
    assert aging.age(turned.minor, turned.owners, turned.customers, turned.days, BUCKETS).tolist() == table.tolist()


@given(items())
def test_each_item_lies_in_the_bucket_it_is_told_to_be_in(ledger):
    keys = aging.bucket(ledger.days, BUCKETS)
    table = aging.age(ledger.minor, ledger.owners, ledger.customers, ledger.days, BUCKETS)
    for column, key in enumerate(BUCKETS.keys):
        assert int(table[:, column].sum()) == sum(ledger.minor[keys == key].tolist())


def test_a_ledger_without_items_has_empty_buckets():
    none = np.array([], dtype=np.int64)
    assert aging.age(none, none, 1, np.array([]), BUCKETS).tolist() == [[0] * 8]


@pytest.mark.parametrize("keys", [("a", "a"), ("a", "undated")])
def test_bucket_keys_differ(keys):
    with pytest.raises(
        ValueError, match=f"bucket keys must differ from each other and from 'undated': {', '.join(keys)}"
    ):
        aging.Buckets(Bands((Bound(1),), keys))
