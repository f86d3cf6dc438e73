"""Interest for paying late: on what is overdue and on what was paid late, line by line and by customer."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.tables import ledger, lines, shown
from xlcredit.control import Quote, Rates, review
from xlcredit.control.lists.interest import interest_statement, late_interest
from xlcredit.locales import Words
from xlcredit.policy import load
from xlcredit.record import record

POLICY = load(sets=["currency=EUR"])
GERMAN = "customer | country\nC1 | DE"
BRITISH = "customer | country\nC1 | GB"


def reviewed(items, day, customers=GERMAN, payments="", sets=("currency=EUR",), rates=()):
    beside = {"payments": payments} if payments else {}
    given_rates = Rates.of([Quote(*each) for each in rates]) if rates else None
    return review(ledger(items, customers, **beside), load(sets=list(sets)), day, given_rates)


LINES = ("document", "balance", "first_day", "last_day", "days", "interest_rate", "interest_owed", "fixed_sum")


def test_the_reference_rate_of_each_semester_bears_on_its_days():
    # EU: 8 points over 2.90 % … of 1 January 2025 it is 3.15 %, of 1 July 2025 2.15 %. 10,000 × 11.15 % × 30 ÷ 365 and
    # 10,000 × 10.15 % × 31 ÷ 365; together 177.85, and 40 EUR.
    items = """
        document | customer | document_date | due_date   | amount   | currency
        INV-1    | C1       | 2025-05-01    | 2025-05-31 | 10000.00 | EUR
    """
    found = reviewed(items, date(2025, 7, 31))
    assert shown(interest_statement(found), *LINES) == lines(
        """
        INV-1 | 10000 | 2025-06-01 | 2025-06-30 | 30 | 0.1115 | 91.64 | 40
        INV-1 | 10000 | 2025-07-01 | 2025-07-31 | 31 | 0.1015 | 86.21 |
        """
    )
    assert shown(late_interest(found), "customer", "overdue", "paid_late", "interest", "fixed_sum", "regime") == [
        ["C1", "10000", "0", "177.85", "40", "eu"]
    ]


PARTLY_PAID = """
    document | customer | document_date | due_date   | amount   | settled | currency
    INV-1    | C1       | 2025-01-05    | 2025-02-04 | 10000.00 | 6000.00 | EUR
"""
PARTS = """
    customer | document | date       | amount
    C1       | INV-1    | 2025-02-14 | 2500.00
    C1       | INV-1    | 2025-03-06 | 3500.00
"""


def test_part_payments_lower_the_balance_from_the_day_after():
    # 11.15 % a year: 10,000 for 10 days, 7,500 for 20, 4,000 for 30.
    found = reviewed(PARTLY_PAID, date(2025, 4, 5), payments=PARTS)
    assert shown(interest_statement(found), *LINES) == lines(
        """
        INV-1 | 10000 | 2025-02-05 | 2025-02-14 | 10 | 0.1115 | 30.55 | 40
        INV-1 | 7500  | 2025-02-15 | 2025-03-06 | 20 | 0.1115 | 45.82 |
        INV-1 | 4000  | 2025-03-07 | 2025-04-05 | 30 | 0.1115 | 36.66 |
        """
    )
    assert shown(late_interest(found), "overdue", "paid_late", "interest") == [["4000", "6000", "113.03"]]


def test_what_was_settled_on_an_unknown_day_earns_nothing():
    found = reviewed(PARTLY_PAID, date(2025, 4, 5))
    assert shown(interest_statement(found), "balance", "days", "interest_owed") == [["4000", "60", "73.32"]]


PAID = """
    document | customer | document_date | due_date   | amount  | settled | settled_date | currency
    INV-1    | C1       | 2025-01-05    | 2025-02-04 | 1000.00 | 1000.00 | 2025-03-06   | GBP
    INV-2    | C1       | 2025-01-05    | 2025-02-04 | 500.00  | 500.00  | 2025-02-04   | GBP
"""


def test_what_was_paid_late_is_claimed_up_to_its_payment():
    # UK: Bank Rate of 31 December 2024, 4.75 %, and 8 points for the whole debt; 1,000 GBP is charged 70.
    found = reviewed(PAID, date(2025, 9, 30), BRITISH, sets=["currency=GBP"])
    assert shown(interest_statement(found), *LINES) == lines(
        "INV-1 | 1000 | 2025-02-05 | 2025-03-06 | 30 | 0.1275 | 10.48 | 70"
    )
    assert shown(late_interest(found), "overdue", "paid_late", "interest", "fixed_sum") == [
        ["0", "1000", "10.48", "70"]
    ]


def test_the_interest_remains_when_the_principal_is_paid():
    """Edge case 32: 100 at 10 % for 15 days is 0.41, and stays owed."""
    items = """
        document | customer | due_date   | amount | settled | settled_date | currency
        INV-1    | C1       | 2026-03-01 | 100.00 | 100.00  | 2026-03-16   | EUR
    """
    found = reviewed(items, date(2026, 4, 30), "", sets=["currency=EUR", "interest.regime=contract"])
    assert shown(late_interest(found), "overdue", "paid_late", "interest") == [["0", "100", "0.41"]]


@pytest.mark.parametrize(("days", "claimed"), [("208", 1), ("207", 0), ("0", 0), ("off", 0)])
def test_the_policy_says_how_long_after_its_payment_an_item_is_claimed(days, claimed):
    sets = ["currency=GBP", f"interest.claim_paid_days={days}"]
    assert len(late_interest(reviewed(PAID, date(2025, 9, 30), BRITISH, sets=sets))) == claimed


def test_a_day_before_the_payment_does_not_know_it():
    found = reviewed(PAID, date(2025, 3, 5), BRITISH, sets=["currency=GBP"])
    assert shown(interest_statement(found), "last_day", "days") == [["2025-03-05", "29"]]


def test_the_chinese_rate_is_by_the_day_and_needs_no_reference():
    items = PAID.replace("GBP", "CNY")
    found = reviewed(items, date(2025, 9, 30), "customer | country\nC1 | CN", sets=["currency=CNY"])
    made = interest_statement(found)
    assert shown(made, "interest_rate", "per", "days", "interest_owed") == [["0.0005", "day", "30", "15"]]
    line = record(found, {"interest_items": made}, Words.of("zh"))["lists"]["interest_items"][0]
    assert (line["interest_rate"], line["interest_owed"], line["interest"]) == (0.0005, "15.00", "15.00")


def test_fixed_sums_are_in_their_own_currency_whatever_the_debt_s():
    # 1,000 USD are 920 EUR; 40 EUR are 40 EUR, and not 40 USD.
    items = """
        document | customer | document_date | due_date   | amount  | currency
        INV-1    | C1       | 2025-05-01    | 2025-05-31 | 1000.00 | USD
        INV-2    | C1       | 2025-05-01    | 2025-07-31 | 1.00    | EUR
    """
    found = reviewed(items, date(2025, 6, 30), rates=[("USD", 0.92)])
    assert shown(interest_statement(found), "interest_owed", "interest", "fixed_sum") == [["9.16", "8.43", "40"]]


def test_a_fixed_sum_without_a_rate_is_not_known_and_said():
    found = reviewed(PAID.replace("GBP", "USD"), date(2025, 9, 30), GERMAN, sets=["currency=USD"])
    assert np.isnan(late_interest(found)["fixed_sum"]).tolist() == [True]
    assert [finding.facts for finding in found.findings if finding.code == "fixed-sums-without-rate"] == [
        {"regime": "eu", "currency": "EUR", "count": 1}
    ]


def test_fixed_sums_in_the_currency_of_each_debt_name_those_without_a_rate():
    sums = 'interest.regimes.cn_sme.fixed_sums={ "0" = 40 }'
    found = reviewed(PAID, date(2025, 9, 30), "customer | country\nC1 | CN", sets=["currency=CNY", sums])
    assert [finding.facts for finding in found.findings if finding.code == "fixed-sums-without-rate"] == [
        {"regime": "cn_sme", "currency": "GBP", "count": 1}
    ]


def test_a_day_after_the_last_reference_rate_and_an_unknown_country_are_said():
    items = PAID + "INV-3 | C2 | 2026-01-05 | 2026-02-04 | 10 | 0 | | GBP"
    found = reviewed(items, date(2026, 2, 28), BRITISH + "\nC2 | Atlantis", sets=["currency=GBP"])
    assert [finding.facts for finding in found.findings if finding.code == "country-without-regime"] == [
        {"countries": ("Atlantis",), "count": 1, "regime": "cn_sme"}
    ]
    assert not [finding for finding in found.findings if finding.code == "last-reference-rate"]
    later = reviewed(PAID.replace("2025", "2026"), date(2026, 9, 30), BRITISH, sets=["currency=GBP"])
    told = [finding.facts for finding in later.findings if finding.code == "last-reference-rate"]
    assert [(each["table"], each["count"], str(each["since"])) for each in told] == [("boe_bank", 1, "2025-12-18")]


AMOUNTS = st.integers(1, 10**7)


@given(
    st.lists(st.tuples(AMOUNTS, st.integers(0, 500), st.integers(0, 100)), min_size=1, max_size=5),
    st.sampled_from(["DE", "GB", "CN", "US"]),
    st.sampled_from([0.123457, 1.0, 7.7]),
)
def test_lines_foot_to_the_customers_whatever_is_paid(items, country, rate):
    start = np.datetime64("2024-07-15")
    rows = [
        f"I{at} | C1 | {start} | {start + due} | {cents / 100:.2f} | {cents * share // 100 / 100:.2f} | USD"
        for at, (cents, due, share) in enumerate(items)
    ]
    payments = [f"C1 | I{at} | {start + due + 40} | {cents / 200:.2f}" for at, (cents, due, _) in enumerate(items)]
    table = "\n".join(["document | customer | document_date | due_date | amount | settled | currency", *rows])
    paid = "\n".join(["customer | document | date | amount", *payments])
    quotes = [("USD", rate), ("GBP", 1.2), ("EUR", 1.1)]
    found = reviewed(table, date(2025, 12, 31), f"customer | country\nC1 | {country}", paid, ["currency=CNY"], quotes)
    by_line, by_customer = interest_statement(found), late_interest(found)
    if len(by_customer):
        for key in ("interest", "fixed_sum"):
            cents = np.rint(np.nan_to_num(by_line[key]) * 100).sum()
            assert cents == np.rint(by_customer[key][0] * 100)
