"""Scenarios: a ledger and a date go in, what a controller would say of it comes out."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from tests.support.tables import ledger, lines
from xlcredit.control import Quote, Rates, review
from xlcredit.control.review import Review, answer_in_figures
from xlcredit.kernel.errors import LedgerError
from xlcredit.kernel.money import decimals, in_text
from xlcredit.policy import load

AS_OF = date(2026, 10, 31)


def items_of(found: Review) -> list[list[str]]:
    """Document, open, days past due, bucket, stage, action of each item, as text."""
    shown = found.items
    places = [decimals(code) for code in shown.currency]
    return [
        [
            document,
            in_text(int(minor), place),
            "" if np.isnan(days) else f"{days:.0f}",
            bucket,
            str(stage),
            action,
        ]
        for document, minor, place, days, bucket, stage, action in zip(
            found.ledger.items.document,
            shown.open_minor,
            places,
            shown.days_past_due,
            shown.bucket,
            shown.stage,
            shown.action,
            strict=True,
        )
    ]


def buckets_of(found: Review, currency: str) -> dict[str, str]:
    """Buckets with something in them."""
    total = found.totals[currency]
    return {key: in_text(minor, decimals(currency)) for key, minor in total.buckets.items() if minor}


def customer(found: Review, name: str) -> dict[str, object]:
    """A customer's line."""
    at = found.customers.customer.tolist().index(name)
    fields = ("exposure", "overdue", "average_days_late", "card", "score", "grade", "limit", "constraint", "headroom")
    return {field: getattr(found.customers, field)[at] for field in fields}


def test_every_open_item_has_its_bucket_and_stage() -> None:
    found = review(
        ledger(
            """
            document | customer | document_date | due_date   | amount
            INV-1    | C1       | 2026-10-01    | 2026-10-31 | 100.00
            INV-2    | C1       | 2026-09-30    | 2026-10-30 | 200.00
            INV-3    | C1       | 2026-09-01    | 2026-10-01 | 300.00
            INV-4    | C1       | 2026-08-31    | 2026-09-30 | 400.00
            INV-5    | C1       | 2026-07-01    | 2026-08-31 | 500.00
            INV-6    | C1       | 2026-07-01    | 2026-09-01 | 600.00
            INV-7    | C1       | 2026-01-01    | 2026-02-01 | 700.00
            INV-8    | C1       | 2026-10-10    | 2026-11-07 | 800.00
            INV-9    | C1       | 2026-10-10    | 2026-11-08 | 900.00
            """
        ),
        load(),
        AS_OF,
    )
    assert items_of(found) == lines(
        """
        INV-1 | 100.00 | 0   | not_due | 1 | remind
        INV-2 | 200.00 | 1   | 1-30    | 1 | remind
        INV-3 | 300.00 | 30  | 1-30    | 2 | call
        INV-4 | 400.00 | 31  | 31-60   | 2 | call
        INV-5 | 500.00 | 61  | 61-90   | 3 | legal_collection
        INV-6 | 600.00 | 60  | 31-60   | 2 | call
        INV-7 | 700.00 | 272 | >180    | 3 | legal_collection
        INV-8 | 800.00 | -7  | not_due | 1 | remind
        INV-9 | 900.00 | -8  | not_due | 0 |
        """
    )
    assert found.totals["CNY"].open == 450_000
    assert found.totals["CNY"].overdue == 270_000


PAID_LATER = """
    document | customer | document_date | due_date   | amount | settled | settled_date
    INV-1    | C1       | 2026-05-01    | 2026-05-31 | 100.00 | 100.00  | 2026-07-15
    INV-2    | C1       | 2026-06-20    | 2026-07-20 | 50.00  | 20.00   | 2026-08-01
    INV-3    | C1       | 2026-08-05    | 2026-09-04 | 70.00  |         |
"""


@pytest.mark.parametrize(
    ("day", "open_then"),
    [
        (date(2026, 4, 30), ["0.00", "0.00", "0.00"]),
        (date(2026, 7, 1), ["100.00", "50.00", "0.00"]),
        (date(2026, 7, 14), ["100.00", "50.00", "0.00"]),
        (date(2026, 7, 15), ["0.00", "50.00", "0.00"]),
        (date(2026, 8, 1), ["0.00", "30.00", "0.00"]),
        (date(2026, 10, 31), ["0.00", "30.00", "70.00"]),
    ],
)
def test_a_past_date_gives_the_figures_of_that_day(day: date, open_then: list[str]) -> None:
    found = review(ledger(PAID_LATER), load(), day)
    assert [row[1] for row in items_of(found)] == open_then


def test_a_credit_note_older_than_any_invoice_stays_negative_in_its_bucket() -> None:
    found = review(
        ledger(
            """
            document | customer | document_date | due_date   | amount
            CN-1     | C1       | 2026-01-01    | 2026-01-01 | -40.00
            INV-1    | C1       | 2026-10-01    | 2026-10-30 | 100.00
            """
        ),
        load(),
        AS_OF,
    )
    assert buckets_of(found, "CNY") == {"1-30": "100.00", ">180": "-40.00"}
    assert items_of(found)[0] == ["CN-1", "-40.00", "303", ">180", "0", ""]


def test_a_customer_in_net_credit_keeps_its_row_and_gets_no_reminder() -> None:
    found = review(
        ledger(
            """
            document | customer | document_date | due_date   | amount
            PAY-1    | C1       | 2026-10-01    |            | -1000.00
            INV-1    | C1       | 2026-06-01    | 2026-07-01 | 600.00
            """
        ),
        load(),
        AS_OF,
    )
    assert customer(found, "C1")["exposure"] == -400.0
    assert [row[4] for row in items_of(found)] == ["0", "0"]


def test_a_blocked_item_keeps_the_stage_it_had() -> None:
    found = review(
        ledger(
            """
            document | customer | document_date | due_date   | amount | blocked | last_stage
            INV-1    | C1       | 2026-06-01    | 2026-07-01 | 600.00 | yes     | 1
            INV-2    | C1       | 2026-06-01    | 2026-07-01 | 600.00 | yes     |
            INV-3    | C1       | 2026-06-01    | 2026-07-01 | 600.00 |         | 1
            """
        ),
        load(),
        AS_OF,
    )
    assert [row[4] for row in items_of(found)] == ["1", "0", "3"]


def test_without_a_due_date_the_terms_count_and_without_terms_the_document_date() -> None:
    found = review(
        ledger(
            """
            document | customer | document_date | due_date   | amount | terms
            INV-1    | C1       | 2026-09-01    | 2026-10-01 | 10.00  |
            INV-2    | C1       | 2026-09-01    |            | 10.00  | net 45
            INV-3    | C2       | 2026-09-01    |            | 10.00  |
            INV-4    | C3       | 2026-09-01    |            | 10.00  |
            """,
            """
            customer | terms
            C2       | 月结30天
            C3       | as usual
            """,
        ),
        load(),
        AS_OF,
    )
    assert found.items.due_date.astype(str).tolist() == ["2026-10-01", "2026-10-16", "2026-10-30", "2026-09-01"]
    assert [finding.code for finding in found.findings] == [
        "due-date-from-terms", "due-date-from-terms", "no-due-date", "customer-not-in-sheet",
    ]  # fmt: skip


def test_an_item_without_any_date_is_undated_and_still_foots() -> None:
    found = review(ledger("document | customer | amount\nX-1 | C1 | 12.34"), load(), AS_OF)
    assert buckets_of(found, "CNY") == {"undated": "12.34"}
    assert found.totals["CNY"].open == 1234


def test_currencies_are_added_only_at_a_rate_of_the_date() -> None:
    items = ledger(
        """
        document | customer | document_date | due_date   | amount   | currency
        INV-1    | C1       | 2026-09-01    | 2026-11-30 | 1000.00  | CNY
        INV-2    | C1       | 2026-09-01    | 2026-11-30 | 100.00   | USD
        INV-3    | C2       | 2026-09-01    | 2026-11-30 | 50000    | JPY
        INV-4    | C3       | 2026-09-01    | 2026-11-30 | 1.00     | CNY
        """
    )
    rates = Rates.of(
        [
            Quote("USD", 7.0, date(2026, 9, 30)),
            Quote("USD", 7.1234, date(2026, 10, 30)),
            Quote("USD", 9, date(2026, 11, 1)),
        ]
    )
    found = review(items, load(), AS_OF, rates)
    assert {code: in_text(total.open, decimals(code)) for code, total in found.totals.items()} == {
        "CNY": "1001.00",
        "JPY": "50000",
        "USD": "100.00",
    }
    assert found.currency == "CNY"
    assert customer(found, "C1")["exposure"] == 1712.34
    assert np.isnan(customer(found, "C2")["exposure"])
    assert [(finding.code, finding.where) for finding in found.findings] == [("no-rate", "JPY")]


def test_figures_of_a_customer_are_in_the_customers_own_currency() -> None:
    items = ledger(
        """
        document | customer | document_date | due_date   | amount   | currency
        INV-1    | C1       | 2026-09-01    | 2026-11-30 | 90000.00 | CNY
        INV-2    | C2       | 2026-09-01    | 2026-11-30 | 90000.00 | CNY
        """,
        """
        customer | currency | net_worth | years_of_relationship | debt_ratio | net_margin | adverse_events
        C1       | USD      | 100000    | 6                     | 0.3        | 0.1        | 0
        C2       | GBP      | 100000    | 6                     | 0.3        | 0.1        | 0
        """,
    )
    found = review(items, load(), AS_OF, Rates.of([Quote("USD", 7.0)]))
    assert {"C1": "net_worth", "C2": "need"} == {name: customer(found, name)["constraint"] for name in ("C1", "C2")}
    assert 70_000 == customer(found, "C1")["limit"]  # 10 % of 100,000 USD
    assert [("no-rate", "GBP")] == [(finding.code, finding.where) for finding in found.findings]


def test_lines_are_rounded_one_by_one_so_that_translated_buckets_foot() -> None:
    rows = "\n".join(f"INV-{n} | C1 | 2026-09-01 | 2026-09-30 | 100.03 | USD" for n in range(3))
    found = review(
        ledger(
            f"document | customer | document_date | due_date | amount | currency\n{rows}\nX | C1 | 2026-09-01 | 2026-09-30 | 0 | CNY"
        ),
        load(sets=["currency=CNY"]),
        AS_OF,
        Rates.of([Quote("USD", 1.2217)]),
    )
    assert customer(found, "C1")["exposure"] == 366.63  # 3 × 122.21, not 366.6198… rounded once


BEHAVIOUR = """
    document | customer | document_date | due_date   | amount    | settled   | settled_date
    INV-1    | C1       | 2026-01-01    | 2026-03-01 | 10000.00  | 10000.00  | 2026-03-06
    INV-2    | C1       | 2026-02-01    | 2026-04-01 | 20000.00  | 20000.00  | 2026-03-29
    INV-3    | C1       | 2026-03-01    | 2026-05-01 | 30000.00  | 30000.00  | 2026-05-13
    INV-4    | C1       | 2025-06-01    | 2025-07-01 | 99000.00  | 99000.00  | 2025-09-30
"""


def test_average_days_late_weighs_the_payments_of_the_last_twelve_months() -> None:
    """Worked number ``wadl``: (10 000 × 5 − 20 000 × 3 + 30 000 × 12) ÷ 60 000 = 5.8333; INV-4 was paid too long ago."""
    found = review(ledger(BEHAVIOUR), load(), AS_OF)
    assert round(float(customer(found, "C1")["average_days_late"]), 4) == 5.8333  # type: ignore[arg-type]


def test_an_unpaid_item_counts_with_its_days_so_far() -> None:
    stopped_paying = BEHAVIOUR + "    INV-5    | C1       | 2026-07-01    | 2026-08-01 | 60000.00  |           |\n"
    late = customer(review(ledger(stopped_paying), load(), AS_OF), "C1")["average_days_late"]
    assert late == pytest.approx((5 * 1 - 3 * 2 + 12 * 3 + 91 * 6) / 12)


@pytest.mark.parametrize("paid", [40.0, 100.0])
def test_paying_what_is_overdue_never_worsens_anything(paid: float) -> None:
    unpaid = ledger(BEHAVIOUR + "    INV-5 | C1 | 2026-07-01 | 2026-08-01 | 100.00 | |\n")
    settled = ledger(BEHAVIOUR + f"    INV-5 | C1 | 2026-07-01 | 2026-08-01 | 100.00 | {paid} | 2026-10-31\n")
    before, after = (customer(review(items, load(), AS_OF), "C1") for items in (unpaid, settled))
    assert after["score"] >= before["score"]  # type: ignore[operator]
    assert after["overdue"] < before["overdue"]  # type: ignore[operator]


def test_the_card_is_the_first_that_the_data_answer_well_enough() -> None:
    found = review(
        ledger(
            BEHAVIOUR,
            """
            customer | years_of_relationship | debt_ratio | net_margin | adverse_events | return_on_assets | current_ratio | quick_ratio | retained_earnings_to_assets | net_worth
            C1       |                       |            |            |                |                  |               |             |                             |
            C2       | 6                     | 0.5        | 0.04       | 0              |                  |               |             |                             |
            C3       |                       | 0.25       | 0.09       |                | 0.12             | 2.1           | 1.3         | 0.30                        | 500000
            C4       |                       |            |            |                |                  |               |             |                             |
            """,
        ),
        load(),
        AS_OF,
    )
    assert {name: customer(found, name)["card"] for name in ("C1", "C2", "C3", "C4")} == {
        "C1": "behaviour", "C2": "trade", "C3": "financial", "C4": "",
    }  # fmt: skip
    assert customer(found, "C3")["score"] == 100.0
    assert customer(found, "C3")["limit"] == 50_000.0
    assert customer(found, "C3")["constraint"] == "net_worth"
    assert np.isnan(customer(found, "C4")["score"])  # type: ignore[arg-type]
    assert customer(found, "C4")["constraint"] == "no_score"


@pytest.mark.parametrize(
    ("characteristic", "answer", "said"),
    [
        ("average_days_late", 7.601, "7.6"),
        ("average_days_late", -0.04, "0"),
        ("longest_delay", 112.0, "112"),
        ("years_of_relationship", 3.5, "3.5"),
        ("adverse_events", 2.0, "2"),
        ("overdue_share", 0.7741, "77.4%"),
        ("current_ratio", 1.2, "1.20"),
    ],
)
def test_an_answer_is_rounded_as_it_is_read(characteristic: str, answer: float, said: str) -> None:
    assert answer_in_figures(characteristic, answer) == said


def test_amounts_beyond_exact_addition_are_refused() -> None:
    with pytest.raises(LedgerError, match="too large to be added to the last cent"):
        review(ledger("document | customer | amount\nX-1 | C1 | 1e16"), load(), AS_OF)
