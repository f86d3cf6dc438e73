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
    assert lists["blacklist"]["listed_name"].tolist() == ["Gulf Meridien Trading FZE"]
