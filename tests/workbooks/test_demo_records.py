"""The demo with records beside the ledger: every question of credit control is answered on it."""

from __future__ import annotations

from datetime import date

import pytest

from workbooks import AS_OF, build_demo
from xlcredit.control import review
from xlcredit.control.lists import KEYS, lists_of
from xlcredit.excel.desk import open_ledger
from xlcredit.excel.files import FileWorkbook
from xlcredit.ledger.records import RECORD_ROLES
from xlcredit.policy import load

ORDER = ("customer", "hold_reasons", "payment_method", "credit_taken", "contract_flags")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    return open_ledger(FileWorkbook(build_demo(tmp_path_factory.mktemp("demo") / "demo.xlsx", records=True))).ledger


@pytest.fixture(scope="module")
def lists(ledger):
    return lists_of(review(ledger, load(), AS_OF))


def test_every_kind_of_records_is_there_and_read_without_a_finding(ledger):
    assert {kind for kind in RECORD_ROLES if len(ledger.recorded(kind))} == set(RECORD_ROLES)
    assert ledger.findings == ()


def test_the_ledger_itself_is_that_of_the_plain_demo(ledger, tmp_path):
    plain = open_ledger(FileWorkbook(build_demo(tmp_path / "plain.xlsx"))).ledger
    assert plain.items.document.tolist() == ledger.items.document.tolist()
    assert (plain.items.amount == ledger.items.amount).all()


def test_every_list_has_a_line_and_every_question_its_data(lists):
    assert [*lists] == [*KEYS]
    assert set(lists["capabilities"]["answered"]) == {"yes"}


def test_the_insolvent_customer_comes_first_where_something_is_to_be_done(lists):
    assert {lists[key]["customer"][0] for key in ("calls", "limit_changes", "provisions")} == {"0000100255"}
    assert "0000100255" in lists["claims"]["customer"].tolist()
    assert "insolvency" in {
        kind
        for customer, kind in zip(lists["signals"]["customer"], lists["signals"]["signal"], strict=True)
        if customer == "0000100255"
    }


def test_a_past_date_knows_nothing_of_the_insolvency(ledger):
    before = lists_of(review(ledger, load(), date(2026, 8, 16)))
    assert "insolvency" not in before["signals"]["signal"].tolist()


def test_one_order_is_held_and_another_released(lists):
    assert {"hold", "release"} <= {str(decision) for decision in lists["orders"]["decision"].tolist()}


def test_the_near_name_on_the_blacklist_is_found(lists):
    assert lists["blacklist"]["listed_name"].tolist() == [
        "Brightwater Machine Imports Ltd",
        "Gulf Meridien Trading FZE",
    ]


def test_who_is_no_customer_yet_waits_and_a_good_bank_s_letter_of_credit_takes_less(lists):
    told = {line[0]: line for line in zip(*(lists["orders"][key].tolist() for key in ORDER), strict=True)}
    assert told["0000400018"][1] == ("blacklisted", "customer_unknown")
    assert told["0000400023"][1:4] == (("customer_unknown", "prepayment_short"), "letter_of_credit", 38755.2)
    assert "prepayment_short" in told["0000100335"][1]
    assert told["0000100241"][4] == ("forum_missing",)


def test_a_claim_of_cover_that_has_run_out_is_listed_and_a_file_says_what_it_holds(lists):
    made = lists["claims"]
    by_customer = dict(zip(made["customer"].tolist(), range(len(made)), strict=True))
    assert "0000100156" in by_customer
    assert "invoice" not in made["missing_documents"][by_customer["0000100255"]]
    assert made["claim_action"][by_customer["0000100137"]] == "wait"
