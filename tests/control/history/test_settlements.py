"""Payments beside the ledger date what it calls settled and does not date; its open amounts stay."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.tables import ledger
from xlcredit.control import review
from xlcredit.control.capabilities import lacking
from xlcredit.control.lists import lists_of
from xlcredit.policy import load

POLICY = load()
ITEMS = """
    document | customer | document_date | due_date   | amount | settled | settled_date
    INV-1    | C1       | 2026-01-10    | 2026-02-09 | 100.00 | 100.00  |
    INV-2    | C1       | 2026-02-10    | 2026-03-12 | 200.00 | 50.00   |
    INV-3    | C2       | 2026-02-10    | 2026-03-12 | 300.00 | 300.00  | 2026-03-01
"""
PAYMENTS = """
    customer | document | date       | amount
    C1       | inv-1    | 2026-02-09 | 60.00
    C1       | INV-1    | 2026-03-01 | 40.00
    C1       | INV-2    | 2026-03-22 | 50.00
    C2       | INV-3    | 2026-04-30 | 300.00
"""


def reviewed(day, items=ITEMS, payments=PAYMENTS):
    return review(ledger(items, payments=payments) if payments else ledger(items), POLICY, day)


def parts(found):
    told = found.case.found.settlements
    return sorted(
        (found.ledger.items.document[item], str(day), minor)
        for item, day, minor in zip(told.item.tolist(), told.day, told.minor.tolist(), strict=True)
    )


def test_the_ledger_s_own_dates_go_first_and_payments_date_the_rest():
    assert parts(reviewed(date(2026, 3, 31))) == [
        ("INV-1", "2026-02-09", 6000),
        ("INV-1", "2026-03-01", 4000),
        ("INV-2", "2026-03-22", 5000),
        ("INV-3", "2026-03-01", 30000),
    ]


def test_delays_are_those_of_the_parts():
    # C1 by 31 March: 60 on the day, 40 twenty days late, 50 ten days late, 150 overdue for 19 days: 4,150 ÷ 300.
    found = reviewed(date(2026, 3, 31)).customers
    assert found.average_days_late[0] == pytest.approx((40 * 20 + 50 * 10 + 150 * 19) / 300)
    assert found.measured["on_time_share"][0] == pytest.approx(60 / 300)


@pytest.mark.parametrize(
    ("day", "owed"), [((2026, 2, 8), 100), ((2026, 2, 9), 40), ((2026, 3, 1), 200), ((2026, 3, 22), 150)]
)
def test_a_past_date_shows_what_was_open_on_it(day, owed):
    found = reviewed(date(*day))
    assert found.customers.exposure[0] == owed
    assert sum(found.items.open_minor[:2]) == owed * 100


def test_open_amounts_of_the_day_of_export_are_the_ledger_s_whatever_the_payments_say():
    more = PAYMENTS + "C1 | INV-2 | 2026-03-25 | 500.00"
    assert reviewed(date(2026, 5, 31), payments=more).items.open.tolist() == [0, 150, 0]
    assert parts(reviewed(date(2026, 5, 31), payments=more)) == parts(reviewed(date(2026, 5, 31)))
    told = [finding.facts for finding in reviewed(date(2026, 5, 31), payments=more).findings]
    assert {"document": "C1 INV-2", "count": "1", "paid": "550.00", "settled": "50.00"} in told


def test_payments_that_come_to_what_is_settled_are_nothing_to_tell():
    assert [finding.code for finding in reviewed(date(2026, 5, 31)).findings] == []


def test_what_no_payment_dates_was_settled_at_an_unknown_day_before():
    one = "\n".join(PAYMENTS.splitlines()[:3])
    assert ("INV-1", "NaT", 4000) in parts(reviewed(date(2026, 3, 31), payments=one))
    assert reviewed(date(2026, 2, 8), payments=one).items.open[0] == 60


def test_a_payment_called_back_is_owed_again_until_the_next():
    bounced = """
        customer | document | date       | amount
        C1       | INV-1    | 2026-02-01 | 100.00
        C1       | INV-1    | 2026-02-05 | -100.00
        C1       | INV-1    | 2026-03-01 | 100.00
    """
    owed = [reviewed(date(2026, *day), payments=bounced).items.open[0] for day in ((2, 1), (2, 5), (3, 1))]
    assert owed == [0, 100, 0]


def test_parts_of_a_document_are_paid_in_the_order_they_fall_due():
    items = """
        document | customer | document_date | due_date   | amount | settled
        INV-1    | C1       | 2026-01-10    | 2026-03-09 | 100.00 | 100.00
        INV-1    | C1       | 2026-01-10    | 2026-02-09 | 100.00 | 100.00
    """
    payments = "customer | document | date | amount\nC1 | INV-1 | 2026-02-09 | 130.00\nC1 | INV-1 | 2026-03-09 | 70.00"
    assert reviewed(date(2026, 2, 9), items, payments).items.open.tolist() == [70, 0]


def test_a_payment_of_another_customer_or_currency_or_document_is_told():
    strange = """
        customer | document | date       | amount | currency
        C2       | INV-1    | 2026-02-09 | 60.00  |
        C1       | INV-1    | 2026-02-09 | 60.00  | USD
        C1       | INV-9    | 2026-02-09 | 60.00  |
        C1       |          | 2026-02-09 | 60.00  |
        C1       | INV-1    | 2026-02-09 | 60.00  | CNY
    """
    found = reviewed(date(2026, 3, 31), payments=strange)
    told = [finding.facts for finding in found.findings if finding.code == "payments-unmatched"]
    assert told == [{"count": 4, "of": 5, "document": "C2 INV-1"}]
    assert ("INV-1", "2026-02-09", 6000) in parts(found)


def test_key_figures_and_rolls_are_those_of_a_ledger_with_the_same_dates():
    dated = ITEMS.replace("100.00 | 100.00  |\n", "100.00 | 100.00  | 2026-03-01\n").replace(
        "50.00   |\n", "50.00   | 2026-03-22\n"
    )
    whole = "customer | document | date | amount\nC1 | INV-1 | 2026-03-01 | 100\nC1 | INV-2 | 2026-03-22 | 50"
    day = date(2026, 3, 31)
    by_payments, by_ledger = (lists_of(reviewed(day, *each)) for each in ((ITEMS, whole), (dated, "")))
    for key in ("key_figures", "roll_rates"):
        same = zip(by_payments[key].fields, by_ledger[key].fields, strict=True)
        assert all(one.cells.tolist() == other.cells.tolist() or np.array_equal(one.cells, other.cells, equal_nan=True)
                   for one, other in same)  # fmt: skip


def test_who_takes_longer_and_longer_is_seen_from_the_payments():
    months = [np.datetime64("2025-05") + at for at in range(11)]
    items = ["document | customer | document_date | due_date | amount | settled"]
    items += [f"I{at} | C1 | {month}-01 | {month}-28 | 100 | 100" for at, month in enumerate(months)]
    paid = ["customer | document | date | amount"]
    paid += [f"C1 | I{at} | {np.datetime64(f'{month}-01') + 10 + 4 * at} | 100" for at, month in enumerate(months)]
    made = lists_of(reviewed(date(2026, 4, 30), "\n".join(items), "\n".join(paid)))
    assert "payment_trend" in made["signals"]["signal"].tolist()
    assert "signals" not in lists_of(reviewed(date(2026, 4, 30), "\n".join(items), ""))


def test_a_ledger_that_payments_date_has_payment_dates():
    assert "settled_date" in lacking(ledger(ITEMS.replace("2026-03-01", "")))["behaviour"]
    assert lacking(ledger(ITEMS.replace("2026-03-01", ""), payments=PAYMENTS))["behaviour"] == ()


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(-9000, 20000)), min_size=1, max_size=6))
def test_parts_always_foot_to_what_the_ledger_calls_settled(paid):
    start = np.datetime64("2026-01-10")
    rows = [f"C1 | INV-1 | {start + day} | {cents / 100:.2f}" for day, cents in paid]
    found = reviewed(date(2026, 3, 31), payments="\n".join(["customer | document | date | amount", *rows]))
    told = found.case.found.settlements
    assert told.of_item(np.ones(len(told.item), bool), 3).tolist() == [10000, 5000, 30000]
    owed = [reviewed(day, payments="\n".join(["customer | document | date | amount", *rows])).items.open[0]
            for day in (date(2026, 1, 20), date(2026, 2, 20))]  # fmt: skip
    assert all(0 <= each <= 100 for each in owed)
