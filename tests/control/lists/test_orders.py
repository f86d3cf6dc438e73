"""Orders to hold: decision and every reason, and the exposure that the open orders make."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from tests.support.tables import ledger, lines, shown
from xlcredit.control import Quote, Rates, review
from xlcredit.control.lists import lists_of
from xlcredit.control.lists.orders import orders
from xlcredit.control.orders.inforce import further_business
from xlcredit.control.review import Review
from xlcredit.ledger.ledger import Ledger
from xlcredit.locales import Words
from xlcredit.policy import load

AS_OF = date(2026, 10, 31)

ITEMS = """
    document | customer | document_date | due_date   | amount
    INV-1    | C1       | 2026-10-01    | 2026-11-30 | 600.00
    INV-2    | C2       | 2026-08-01    | 2026-09-01 | 100.00
    INV-3    | C3       | 2026-10-01    | 2026-11-30 | 100.00
"""
CUSTOMERS = """
    customer | since      | credit_limit | limit_valid_to | status  | order_block
    C1       | 2020-01-01 | 1000         |                |         |
    C2       | 2020-01-01 | 1000         | 2026-09-30     | on_hold |
    C3       | 2020-01-01 | 5000         |                |         | yes
"""
ORDERS = """
    document | customer | date       | amount | prepaid | delivered  | invoiced   | status
    SO-1     | C1       | 2026-10-20 | 300    |         |            |            |
    SO-2     | c1       | 2026-10-21 | 150.01 | 50      |            |            | open
    SO-3     | C1       | 2026-10-21 | 9000   |         |            |            | cancelled
    SO-4     | C1       | 2026-10-02 | 400    |         |            | 2026-10-25 |
    SO-5     | C2       | 2026-10-22 | 200    |         |            |            |
    SO-6     | C3       | 2026-10-22 | 50     |         |            |            |
    SO-7     | C1       | 2026-11-01 | 700    |         |            |            |
    SO-8     | C9       | 2026-10-30 | 80     |         |            |            |
    SO-9     | C3       | 2026-10-22 | 60     |         | 2026-10-23 |            | delivered
"""


def exposure(found: Review) -> dict[str, float]:
    return dict(zip(found.customers.customer.tolist(), found.customers.exposure.tolist(), strict=True))


@pytest.fixture
def book() -> Ledger:
    return ledger(ITEMS, CUSTOMERS, orders=ORDERS)


def test_every_open_order_is_decided_and_those_to_hold_come_first(book: Ledger) -> None:
    found = orders(review(book, load(), AS_OF))
    assert shown(found, "order", "customer", "order_value", "decision", "hold_reasons", "limit_in_force", "exposure") == lines(
        """
        SO-1 | C1 | 300  | hold    | limit_exceeded                   | 1000 | 1000.01
        SO-5 | C2 | 200  | hold    | on_hold, limit_expired, past_due | 1000 | 300
        SO-2 | C1 | 150.01 | hold    | limit_exceeded                   | 1000 | 1000.01
        SO-8 | C9 | 80   | hold    | customer_unknown                 |    |
        SO-6 | C3 | 50   | hold    | blocked                          | 5000 | 150
        """
    )  # fmt: skip


def test_a_past_date_knows_the_orders_of_that_day(book: Ledger) -> None:
    found = orders(review(book, load(), date(2026, 10, 22)))
    assert found["order"].tolist() == ["SO-4", "SO-1", "SO-5", "SO-2", "SO-9", "SO-6"]


def test_open_orders_count_where_the_customers_sheet_states_none(book: Ledger) -> None:
    assert exposure(review(book, load(), AS_OF)) == {"C1": 1000.01, "C2": 300.0, "C3": 150.0}
    stated = ledger(ITEMS, "customer | open_orders\nC1 | 20\nC2 | 0\nC3 |", orders=ORDERS)
    assert exposure(review(stated, load(), AS_OF)) == {"C1": 620.0, "C2": 100.0, "C3": 150.0}


def test_unbilled_work_counts_and_guarantees_take_away() -> None:
    book = ledger(ITEMS, "customer | unbilled | guarantees\nC1 | 40.10 | 500\nC2 | | 900\nC3 | 5 |")
    assert exposure(review(book, load(), AS_OF)) == {"C1": 140.1, "C2": 0.0, "C3": 105.0}
    mute = load(sets=("exposure.unbilled=no", "exposure.guarantees=no"))
    assert exposure(review(book, mute, AS_OF)) == {"C1": 600.0, "C2": 100.0, "C3": 100.0}


def test_an_order_in_another_currency_counts_at_its_rate_and_without_one_nothing_is_known() -> None:
    book = ledger(
        ITEMS,
        "customer | credit_limit\nC1 | 1000",
        orders="document | customer | date | amount | currency\nSO-1 | C1 | 2026-10-20 | 100 | USD",
    )
    rated = review(book, load(), AS_OF, Rates.of([Quote("USD", 7.0)]))
    assert exposure(rated)["C1"] == 1300.0
    unrated = review(book, load(), AS_OF)
    assert np.isnan(exposure(unrated)["C1"])
    assert "no-rate" in [finding.code for finding in unrated.findings]
    assert shown(orders(unrated), "order", "order_date") == [["SO-1", "2026-10-20"]]


def test_a_group_leaves_what_its_other_members_do_not_owe() -> None:
    book = ledger(
        ITEMS,
        "customer | group | group_limit\nC1 | G | 700\nC2 | G |\nC3 | |",
        orders="document | customer | date | amount\nSO-1 | C2 | 2026-10-20 | 0.01\nSO-2 | C3 | 2026-10-20 | 9",
    )
    assert shown(orders(review(book, load(), AS_OF)), "order", "bound_by", "hold_reasons", "limit_in_force") == lines(
        """
        SO-1 | group_limit | limit_exceeded, past_due | 100
        SO-2 | none        |                          |
        """
    )


def test_a_temporary_limit_stands_in_until_its_day() -> None:
    book = ledger(
        ITEMS,
        "customer | credit_limit | temporary_limit | temporary_until\nC1 | 100 | 900 | 2026-10-31",
        orders="document | customer | date | amount\nSO-1 | C1 | 2026-10-20 | 300",
    )
    assert shown(orders(review(book, load(), AS_OF)), "bound_by", "decision") == [["temporary_limit", "release"]]
    assert shown(orders(review(book, load(), date(2026, 11, 1))), "bound_by", "decision") == [["credit_limit", "hold"]]


@pytest.mark.parametrize(
    ("policy", "decision"),
    [((), "release"), (("order.dunning_block=hold",), "hold")],
)
def test_a_dunning_block_alone_holds_nothing_unless_the_policy_says_so(policy, decision) -> None:
    book = ledger(ITEMS, "customer | blocked\nC3 | yes", orders="document | customer | date | amount\nSO-1 | C3 | | 50")
    assert shown(orders(review(book, load(sets=policy), AS_OF)), "decision") == [[decision]]


def test_whose_limits_are_wider_or_bounded_by_the_insurance() -> None:
    """L8: a core customer may exceed its limit by a tenth; a new one has what is insured, nothing without it."""
    book = ledger(
        ITEMS.rpartition("INV-2")[0],
        """
        customer | since      | credit_limit | core | insured_limit
        C1       | 2020-01-01 | 1000         | yes  |
        C2       | 2026-09-01 | 1000         |      | 60
        C3       | 2026-09-01 | 1000         |      |
        """,
        orders="""
        document | customer | date       | amount
        SO-1     | C1       | 2026-10-20 | 500
        SO-2     | C2       | 2026-10-20 | 60.01
        SO-3     | C3       | 2026-10-20 | 1
        """,
    )
    assert shown(orders(review(book, load(), AS_OF)), "order", "decision", "bound_by", "limit_in_force") == lines(
        """
        SO-2 | hold    | insured_limit | 60
        SO-3 | hold    | insured_limit | 0
        SO-1 | release | credit_limit  | 1100
        """
    )


def test_a_letter_of_credit_of_a_good_bank_takes_a_fifth_of_the_credit() -> None:
    """T11: L/C with the rating of the issuing bank, D/P, D/A."""
    book = ledger(
        ITEMS,
        "customer | credit_limit\nC1 | 1400\nC2 | 1400\nC3 | 600",
        orders="""
        document | customer | date       | amount | method          | bank_rating
        SO-1     | C1       | 2026-10-20 | 4000   | L/C at sight    | AA-
        SO-2     | C2       | 2026-10-20 | 2000   | 信用证          | B+
        SO-3     | C3       | 2026-10-20 | 1000   | D/P             |
        """,
    )
    found = review(book, load(sets=["order.tolerance_days=90"]), AS_OF)
    keys = ("order", "payment_method", "credit_taken", "exposure", "hold_reasons")
    assert shown(orders(found), *keys) == lines(
        """
        SO-2 | letter_of_credit          |   | 2100 | limit_exceeded
        SO-1 | letter_of_credit          | 800 | 1400 |
        SO-3 | documents_against_payment | 500 | 600  |
        """
    )


def test_what_a_contract_lacks_stands_beside_the_order_and_a_short_prepayment_holds_it() -> None:
    """T1: 30 % of the contract are to be prepaid; T4: jurisdiction and law; T6: a lawyer reads large contracts."""
    book = ledger(
        ITEMS,
        orders="""
        document | customer | date       | amount | prepaid | contract | jurisdiction | governing_law
        SO-1     | C1       | 2026-10-20 | 300    | 300     | 1000     | CN           | CN
        SO-2     | C1       | 2026-10-20 | 200    | 100     | 1000     |              | CN
        SO-3     | C1       | 2026-10-20 | 100    |         |          |              |
        SO-4     | C1       | 2026-10-20 | 50     | 900     | 3000     | CN           |
        """,
    )
    found = review(book, load(sets=["terms.legal_review=3000"]), AS_OF)
    assert shown(orders(found), "order", "prepayment_gap", "hold_reasons", "contract_flags") == lines(
        """
        SO-2 | 200 | prepayment_short | jurisdiction_missing
        SO-1 |   |                  |
        SO-3 |   |                  |
        SO-4 |   |                  | law_missing, legal_review
        """
    )


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", ["Orders to hold", "Hold"]), ("zh", ["暂停放行的订单", "暂停放行"])],
)
def test_the_list_is_said_in_words(book: Ledger, lang: str, said: list[str]) -> None:
    found, words = lists_of(review(book, load(), AS_OF))["orders"], Words.of(lang)
    decision = next(field for field in found.fields if field.key == "decision")
    assert [words("lists", found.key), decision.said(words)[0]] == said


def test_without_an_orders_sheet_there_is_no_list() -> None:
    assert "orders" not in lists_of(review(ledger(ITEMS, CUSTOMERS), load(), AS_OF))


@pytest.mark.parametrize(
    ("cover", "limit", "constraint"),
    [
        ("400   | 2026-12-31 |           ", 440.0, "insured_limit"),
        ("400   | 2026-12-31 | 2026-10-15", 0.0, "insured_limit"),
        ("400   | 2026-09-30 |           ", 600.0, "need"),
    ],
    ids=["in force", "shipments stopped", "expired"],
)
def test_the_insurance_sheet_bounds_limits_for_new_business(cover, limit, constraint):
    sheet = f"customer | insured_limit | valid_to | stopped\nC1 | {cover}"
    customers = "customer | since | average_days_late | overdue_share | debt_ratio | net_margin | adverse_events\n"
    customers += "C1 | 2010-01-01 | 0 | 0 | 0.2 | 0.1 | 0"
    known = ledger(ITEMS.rpartition("INV-2")[0], customers, insurance=sheet)
    found = review(known, load(sets=["currency=CNY"]), AS_OF).customers
    assert (limit, constraint) == (found.limit[0], found.constraint[0])


def test_further_business_is_held_for_every_reason(book: Ledger) -> None:
    found = review(book, load(), AS_OF)
    assert further_business(found).reasons == [
        ("limit_exceeded",),
        ("on_hold", "limit_expired", "past_due"),
        ("blocked",),
    ]


def test_business_is_held_from_where_the_limit_is_used_up_to_the_cent() -> None:
    customers = "customer | credit_limit | open_orders\nC1 | 600 | 0\nC2 | 100.01 | 0\nC3 | 99.99 | 0"
    items = ITEMS.replace("2026-09-01", "2026-11-01")
    assert further_business(review(ledger(items, customers), load(), AS_OF)).reasons == [
        ("limit_exceeded",), (), ("limit_exceeded",)
    ]  # fmt: skip


def test_a_limit_in_a_currency_without_a_rate_is_not_known_rather_than_none() -> None:
    customers = "customer | credit_limit | currency\nC1 | 1000 | CHF"
    found = review(ledger(ITEMS, customers), load(), AS_OF)
    assert further_business(found).reasons[0] == ("exposure_unknown",)
