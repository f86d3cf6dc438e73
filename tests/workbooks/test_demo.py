"""The demo ledger: always the same, believable, and with everything in it that a save could lose."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from tests.support import office, schema
from workbooks import AS_OF, build_demo, build_rates

HEADER = [
    "Customer No", "Customer Name", "Document Number", "Document Type", "Document Date", "Terms of Payment", "Due Date",
    "Currency", "Amount", "Paid Amount", "Outstanding Amount", "Amount in local currency", "Payment Date", "Disputed",
]  # fmt: skip


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_demo(tmp_path_factory.mktemp("demo") / "demo.xlsx")


@pytest.fixture(scope="module")
def rows(demo: Path) -> list[list]:
    return CalamineWorkbook.from_path(str(demo)).get_sheet_by_name("Open items").to_python(skip_empty_area=False)


def test_two_builds_are_equal_to_the_last_byte(demo: Path, tmp_path: Path):
    assert demo.read_bytes() == build_demo(tmp_path / "again.xlsx").read_bytes()


def test_the_header_stands_below_three_title_rows_and_a_blank_one(rows: list[list]):
    assert "Haicheng Precision Tools Co., Ltd. 海成精密工具有限公司" == rows[0][0]
    assert [""] * len(HEADER) == rows[3]
    assert HEADER == rows[4]


def test_the_ledger_holds_two_years_of_sixty_customers_up_to_the_as_of_date(rows: list[list]):
    items = rows[5:-1]
    assert 60 == len({row[0] for row in items})
    assert {"Invoice": 1256, "Credit note": 49, "Payment": 7} == Counter(row[3] for row in items)
    assert date(2024, 11, 1) <= min(row[4] for row in items)
    assert date(2026, 10, 31) == AS_OF >= max(row[4] for row in items)
    assert {"CNY", "EUR", "USD"} == {row[7] for row in items}


def test_open_is_amount_less_paid_and_the_grand_total_is_their_sum_in_base_currency(rows: list[list]):
    items, total = rows[5:-1], rows[-1]
    assert [] == [row for row in items if round(row[8] * 100) - round(row[9] * 100) != round(row[10] * 100)]
    assert "Grand total" == total[0]
    assert round(total[11] * 100) == sum(round(row[11] * 100) for row in items)


def test_part_payments_credit_notes_disputes_and_money_on_account_are_there(rows: list[list]):
    items = rows[5:-1]
    assert 17 == sum(0 < row[9] < row[8] for row in items)
    assert 19 == sum(row[13] == "Yes" for row in items)
    assert 7 == sum(row[3] == "Payment" and row[10] < 0 for row in items)


def test_nothing_was_paid_or_posted_after_the_export(rows: list[list]):
    assert [] == [row for row in rows[5:-1] if row[12] and row[12] > AS_OF]


def test_the_insolvent_customer_stopped_paying_half_a_year_ago(rows: list[list]):
    lone_mesa = [row for row in rows[5:-1] if row[1] == "Lone Mesa Drilling Supply LLC"]
    assert date(2026, 5, 4) >= max(row[12] for row in lone_mesa if row[12])
    assert 5 < sum(row[10] > 0 and (AS_OF - row[6]).days > 60 for row in lone_mesa)


def test_the_worsening_customers_pay_later_in_the_second_year_than_in_the_first(rows: list[list]):
    def days_late(row: list) -> int:
        return (row[12] - row[6]).days

    ostsee = [
        row for row in rows[5:-1] if row[1] == "Ostsee Maschinenhandel GmbH" and row[9] > 0 and row[3] == "Invoice"
    ]
    first = [days_late(row) for row in ostsee if row[4] < date(2025, 11, 1)]
    second = [days_late(row) for row in ostsee if row[4] >= date(2025, 11, 1)]
    assert sum(first) / len(first) + 15 < sum(second) / len(second)


def test_the_customers_sheet_has_a_line_for_each_customer_and_some_blanks(demo: Path, rows: list[list]):
    lines = CalamineWorkbook.from_path(str(demo)).get_sheet_by_name("Customers").to_python()
    assert {row[0] for row in rows[5:-1]} == {line[0] for line in lines[1:]}
    assert 2 < sum(line[5] == "" for line in lines) < 12
    assert 6 < sum(line[8] == "" for line in lines) < 24


def test_what_an_edit_could_lose_is_there(demo: Path):
    with ZipFile(demo) as package:
        names = set(package.namelist())
    wanted = {
        "xl/charts/chart1.xml",
        "xl/comments1.xml",
        "xl/comments2.xml",
        "xl/tables/table1.xml",
        "xl/drawings/drawing1.xml",
    }
    assert set() == wanted - names


def test_the_package_has_no_fault(demo: Path):
    assert [] == schema.errors(demo)


def test_the_formulas_give_their_cached_values_when_libreoffice_recalculates(demo: Path, tmp_path: Path):
    cached = CalamineWorkbook.from_path(str(demo)).get_sheet_by_name("Overview").to_python(skip_empty_area=False)[3:6]
    lines = list(csv.reader(office.sheets_as_text(demo, tmp_path)["Overview"].splitlines()))[3:6]
    assert [row[:3] for row in cached] == [[line[0], float(line[1]), float(line[2])] for line in lines]


def test_the_rates_cover_every_month_end_and_currency(tmp_path: Path):
    lines = build_rates(tmp_path / "rates.csv").read_text(encoding="utf-8").splitlines()
    assert "currency,date,rate" == lines[0]
    assert "USD,2026-10-31,6.9615" == lines[-1]
    months = Counter(datetime.fromisoformat(line.split(",")[1]).strftime("%Y-%m") for line in lines[1:])
    assert {3} == set(months.values())
    assert 25 == len(months)
