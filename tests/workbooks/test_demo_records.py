"""The sheets beside the demo ledger: each is recognised, and shows what a credit controller looks for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from workbooks import AS_OF, build_demo, build_rates
from xlcredit.excel.desk import open_ledger
from xlcredit.excel.files import FileWorkbook
from xlcredit.ledger.ledger import Ledger

KINDS = {"payments", "orders", "events", "statements", "insurance", "rates", "blacklist", "indices"}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_demo(tmp_path_factory.mktemp("demo") / "demo.xlsx")


@pytest.fixture(scope="module")
def ledger(demo: Path) -> Ledger:
    return open_ledger(FileWorkbook(demo)).ledger


def rows(demo: Path, sheet: str) -> list[list]:
    return CalamineWorkbook.from_path(str(demo)).get_sheet_by_name(sheet).to_python()[1:]


def test_every_kind_of_records_is_recognised_without_a_finding(ledger: Ledger):
    assert KINDS == set(ledger.records)
    assert () == ledger.findings
    assert {"payments": 1127, "orders": 646, "events": 13, "statements": 90, "insurance": 15, "rates": 50,
            "blacklist": 4, "indices": 169} == {kind: len(records) for kind, records in ledger.records.items()}  # fmt: skip


@pytest.mark.parametrize("kind", sorted(KINDS - {"rates", "blacklist", "indices"}))
def test_records_name_customers_of_the_ledger(ledger: Ledger, kind: str):
    assert set() == set(ledger.recorded(kind).text("customer")) - set(ledger.customers.customer)


def test_nothing_was_received_or_ordered_after_the_export(demo: Path):
    assert [] == [row for row in rows(demo, "Payments") if row[3] > row[4] or row[4] > AS_OF]
    assert [] == [row for row in rows(demo, "Orders") if row[3] > AS_OF]


def test_what_was_received_is_what_the_ledger_says_was_paid(demo: Path):
    items = CalamineWorkbook.from_path(str(demo)).get_sheet_by_name("Open items").to_python()[5:-1]
    paid = sum(round(row[9] * 100) for row in items if row[3] == "Invoice" and row[12])
    on_account = -sum(round(row[8] * 100) for row in items if row[3] == "Payment")
    assert paid + on_account == sum(round(row[5] * 100) for row in rows(demo, "Payments"))


def test_the_rates_are_those_of_the_file(demo: Path, tmp_path: Path):
    lines = build_rates(tmp_path / "rates.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert lines == [f"{currency},{day},{rate:.4f}" for currency, rate, day in rows(demo, "Rates")]


def test_the_insolvent_customer_filed_and_its_cover_stopped_on_one_day(demo: Path):
    filed = [row[0] for row in rows(demo, "Events") if row[2:4] == ["Lone Mesa Drilling Supply LLC", "Insolvency"]]
    stopped = [row[7] for row in rows(demo, "Insurance") if row[1] == "Lone Mesa Drilling Supply LLC"]
    assert [date(2026, 8, 17)] == filed == stopped
    assert {0.9} == {row[3] for row in rows(demo, "Insurance")}


def test_a_payer_changed_its_account_and_others_did_not(demo: Path):
    accounts: dict[str, set[str]] = {}
    for row in rows(demo, "Payments"):
        accounts.setdefault(row[1], set()).add(row[7])
    assert {"Gulf Meridian Trading FZE", "Harrow & Blythe Tooling"} == {
        name for name, used in accounts.items() if len(used) > 1
    }


def test_assets_are_liabilities_and_equity_in_every_statement(demo: Path):
    statements = rows(demo, "Statements")
    assert [] == [row for row in statements if row[7] != row[12] + row[13] or row[8] < row[9] + row[10]]
    assert {2} == {sum(other[0] == row[0] for other in statements) for row in statements}


def test_a_limit_has_run_out_one_is_raised_for_a_while_and_one_was(demo: Path):
    limits = {row[0]: row[15:18] for row in rows(demo, "Customers")}
    assert ["0000100302", "0000200104"] == [number for number, row in limits.items() if row[0] and row[0] < AS_OF]
    assert ["0000100222"] == [number for number, row in limits.items() if row[1] and row[2] >= AS_OF]
    assert ["0000100392"] == [number for number, row in limits.items() if row[1] and row[2] < AS_OF]
