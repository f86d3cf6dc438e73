"""Whom to call: about what, with which letter, what it costs, what was promised, and when to call again."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from tests.support.tables import ledger
from xlcredit.control import review
from xlcredit.control.listing import Listing
from xlcredit.control.lists import lists_of
from xlcredit.control.lists.calls import PROMISES
from xlcredit.locales import LANGUAGES, Words
from xlcredit.policy import load

AS_OF = date(2026, 10, 31)
ITEMS = """
    document | customer | document_date | due_date   | amount | currency
    A1       | C1       | 2026-07-31    | 2026-08-31 | 600.00 | EUR
    A2       | C1       | 2026-09-11    | 2026-10-11 | 200.00 | EUR
    B1       | C2       | 2026-09-11    | 2026-10-11 | 500.00 | EUR
    D1       | C3       | 2026-11-01    | 2026-12-31 | 300.00 | EUR
"""
CUSTOMERS = """
    customer | country | language
    C1       | DE      |
    C2       | CN      | en
    C3       | US      |
"""
FULL = """
dunning.procedure = "full"
currency = "EUR"
[dunning.procedures.full]
levels = [
  { from = 1, action = "remind", channel = "email" },
  { from = 15, action = "call", channel = "phone" },
  { above = 60, action = "agency", channel = "agency" },
]
level_fees = { "2" = 5, "3" = 40 }
level_interest = { "3" = "contract" }
level_letters = { "1" = "payment_reminder", "3" = "final_demand" }
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    path = tmp_path_factory.mktemp("policy") / "house.toml"
    path.write_text(FULL, encoding="utf-8")
    return path


def called(house, as_of: date = AS_OF, sets=(), **beside: str) -> Listing:
    return lists_of(review(ledger(ITEMS, CUSTOMERS, **beside), load(house, sets=sets), as_of))["calls"]


def cells(made: Listing, key: str) -> list[object]:
    shown = made[key]
    if shown.dtype.kind == "M":
        return ["" if np.isnat(day) else str(day) for day in shown]
    return ["" if isinstance(cell, float) and np.isnan(cell) else cell for cell in shown.tolist()]


def keys(made: Listing) -> set[str]:
    return {field.key for field in made.fields}


def test_each_notice_has_its_letter_in_the_language_of_the_customer_or_its_country(house):
    """D7, D9, D12."""
    made = called(house)
    assert cells(made, "customer") == ["C1", "C2"]
    assert cells(made, "action") == ["agency", "call"]
    assert cells(made, "channel") == ["agency", "phone"]
    assert cells(made, "letter") == ["final_demand", "demand"]
    assert cells(made, "language") == ["de", "en"]


def test_it_costs_a_fee_for_each_notice_and_claims_the_interest_of_its_level(house):
    made = called(house)
    assert cells(made, "fee") == [45.0, 5.0]
    of_level, of_germany = round(600.00 * 0.10 * 61 / 365, 2), round(200.00 * 0.1015 * 20 / 365, 2)
    assert cells(made, "interest") == [round(of_level + of_germany, 2), 500.00 * 0.0005 * 20], (
        "a demand claims that of the country"
    )


def test_a_level_may_claim_the_interest_of_the_customers_country():
    """The builtin letters from the demand on do: 0.05 % a day in China, the statutory rate in Germany."""
    items = """
        document | customer | document_date | due_date   | amount | currency
        A1       | C1       | 2026-07-31    | 2026-08-31 | 600.00 | EUR
        A2       | C1       | 2026-09-11    | 2026-10-11 | 200.00 | EUR
        B1       | C2       | 2026-07-31    | 2026-08-31 | 500.00 | EUR
    """
    found = lists_of(review(ledger(items, CUSTOMERS), load(sets=["currency=EUR"]), AS_OF))
    claimed = dict(zip(found["calls"]["customer"], cells(found["calls"], "interest"), strict=True))
    assert claimed["C2"] == round(500.00 * 0.0005 * 61, 2)
    alone = lists_of(review(ledger("\n".join(items.splitlines()[:4]), CUSTOMERS), load(sets=["currency=EUR"]), AS_OF))
    assert claimed["C1"] == alone["interest"]["interest"].item()


def test_items_that_are_dunned_together_cost_the_highest_fee_once(house):
    assert cells(called(house, sets=["dunning.procedures.full.per=customer"]), "fee") == [40.0, 5.0]


def test_a_notice_that_was_sent_costs_no_second_fee(house):
    sent = """
        customer | document | date       | stage
        C1       | A1       | 2026-10-31 | 3
        C1       | A2       | 2026-10-31 | 2
    """
    assert cells(called(house, dunning=sent), "fee") == ["", 5.0]


def test_what_is_in_dispute_is_not_collected(house):
    told = """
        customer | document | reason | amount | opened
        C1       | A1       | price  | 150.00 | 2026-10-01
        C2       | B1       | price  |        | 2026-10-01
    """
    made = called(house, disputes=told)
    assert (cells(made, "customer"), cells(made, "to_collect")) == (["C1"], [650.0])


def test_of_a_plan_that_is_kept_the_next_instalment_is_collected(house):
    told = """
        customer | document | agreed     | due        | amount | paid_on
        C1       | A1       | 2026-09-15 | 2026-09-30 | 200.00 | 2026-09-30
        C1       | A1       | 2026-09-15 | 2026-10-30 | 250.00 |
        C1       | A1       | 2026-09-15 | 2026-11-30 | 150.00 |
    """
    made = called(house, sets=["plan.grace_days=3"], plans=told)
    assert cells(made, "to_collect") == [500.0, 450.0], "the instalment of C1 and its other item"


LOG = """
    customer | document | date       | note     | reason        | ability   | promised   | next_contact
    C1       | A1       | 2026-10-05 | will pay | cash_shortage | good      | 2026-10-20 |
    C2       | B1       | 2026-10-25 | will pay |               |           | 2026-11-05 |
    C3       |          | 2026-10-12 | planning | Overlooked    | very good |            | 2026-10-30
"""


def test_a_promise_waits_or_is_broken_and_says_when_to_call_again(house):
    made = called(house, contacts=LOG)
    assert cells(made, "customer") == ["C1", "C2", "C3"]
    assert cells(made, "promised_date") == ["2026-10-20", "2026-11-05", ""]
    assert cells(made, "promise") == ["broken", "waiting", ""]
    assert cells(made, "last_contact") == ["2026-10-05", "2026-10-25", "2026-10-12"]
    assert cells(made, "next_contact") == ["2026-10-31", "2026-11-06", "2026-10-30"]


def test_reason_and_ability_to_pay_stand_beside_the_case_and_tell_the_next_step(house):
    """D8, D15."""
    made = called(house, contacts=LOG)
    assert cells(made, "reason") == ["cash_shortage", "", "oversight"]
    assert cells(made, "ability") == ["good", "", "very good"]
    assert cells(made, "next_step") == ["adjust_terms", "assess", ""]


def test_before_it_was_said_nothing_was_said(house):
    made = called(house, date(2026, 10, 4), contacts=LOG)
    assert cells(made, "customer") == ["C1"]
    assert not keys(made) & {"promise", "reason", "last_contact", "next_contact"}


@pytest.mark.parametrize(
    ("sets", "beside", "days"),
    [
        ([], {}, ["2026-12-11", "2026-12-11"]),
        (["dunning.procedures.full.days_between=60"], {}, ["2026-12-30", "2026-12-30"]),
        (["dunning.procedures.full.promise_days=2"], {"contacts": LOG}, ["2026-12-11", "2026-11-08", ""]),
        ([], {"disputes": "customer | document | opened\nC2 | B1 | 2026-10-01"}, ["2026-12-11"]),
    ],
)
def test_the_next_notice_comes_with_the_next_level_the_days_between_or_after_a_promise(house, sets, beside, days):
    assert cells(called(house, sets=sets, **beside), "next_dunning") == days


def test_its_words_are_there_in_both_languages(house):
    made = called(house, contacts=LOG)
    for lang in LANGUAGES:
        assert {field.key for field in made.fields} <= Words.of(lang).table["columns"].keys()
        assert set(PROMISES) == Words.of(lang).table["promises"].keys()
