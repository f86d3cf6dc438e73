"""Sheets beside the ledger: recognised by name or headings, read as they stand, and never taken for the ledger."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from xlcredit.control import review
from xlcredit.excel.desk import open_ledger
from xlcredit.excel.workbook import MemoryWorkbook
from xlcredit.layouts import Layout, recognise
from xlcredit.ledger.grid import Grid
from xlcredit.ledger.records import NEEDED, RECORD_ROLES
from xlcredit.policy import load

LEDGER = Grid("Open items", [["Customer", "Invoice", "Due Date", "Amount"], ["C1", "A1", date(2026, 1, 31), 100.0]])
PAYMENTS = Grid(
    "Payments",
    [
        ["Customer", "Payment Date", "Invoice No", "Amount", "Currency", "Payer Account", "Payment Method"],
        ["C1", date(2026, 2, 10), "A1", 60.0, "EUR", "DE01", "transfer"],
        ["C1", date(2026, 3, 10), "A1", 40.0, "EUR", "GB02", "transfer"],
        ["Total", None, "", 100.0, "", "", ""],
    ],
)


def desk(*grids):
    return open_ledger(MemoryWorkbook((LEDGER, *grids)))


def test_payments_are_read_beside_the_ledger():
    found = desk(PAYMENTS).ledger.recorded("payments")
    assert found.text("name").tolist() == ["C1", "C1"]
    assert found.day("date").astype(str).tolist() == ["2026-02-10", "2026-03-10"]
    assert found.figure("amount").tolist() == [60.0, 40.0]
    assert found.text("account").tolist() == ["DE01", "GB02"]
    assert found.row.tolist() == [2, 3]
    assert np.isnat(found.day("credited")).all()


def test_a_sheet_named_payments_is_never_the_ledger_though_it_has_more_columns():
    assert recognise([PAYMENTS, LEDGER]).ledger.sheet == "Open items"
    assert recognise([PAYMENTS]).ledger.sheet == "Payments"


def test_headings_tell_statements_in_a_sheet_of_any_name():
    grid = Grid(
        "2024",
        [
            ["Customer", "Year", "Total Assets", "Total Liabilities", "Equity", "EBIT", "Retained Earnings"],
            ["C1", 2024, 1000.0, 600.0, 400.0, 80.0, "#REF!"],
        ],
    )
    sheets = recognise([LEDGER, grid])
    assert [(found.kind, found.sheet) for found in sheets.records] == [("statements", "2024")]
    assert sheets.customers is None
    records = desk(grid).ledger.recorded("statements")
    assert records.figure("total_assets").tolist() == [1000.0]
    assert records.broken["retained_earnings"].tolist() == [True]


def test_a_customers_sheet_with_an_insured_limit_stays_one():
    grid = Grid(
        "Customers",
        [["Customer", "Customer Name", "Credit Limit", "Insured Limit", "Cover"], ["C1", "Acme", 500.0, 400.0, 0.9]],
    )
    sheets = recognise([LEDGER, grid])
    assert sheets.customers.sheet == "Customers"
    assert sheets.records == ()


def test_chinese_sheets_are_known_by_name():
    grids = [
        Grid("订单", [["客户编码", "订单号", "订单日期", "订单金额"], ["C1", "S1", date(2026, 2, 1), 50.0]]),
        Grid("事件", [["客户编码", "日期", "类型"], ["C1", date(2026, 2, 1), "诉讼"]]),
        Grid("黑名单", [["企业名称", "统一社会信用代码"], ["甲公司", "91310000X"]]),
        Grid("信用保险", [["客户编码", "保险限额", "赔付比例"], ["C1", 400.0, "90%"]]),
    ]
    ledger = desk(*grids).ledger
    assert sorted(ledger.records) == ["blacklist", "events", "insurance", "orders"]
    assert ledger.recorded("insurance").figure("cover").tolist() == [0.9]
    assert ledger.recorded("blacklist").text("registration").tolist() == ["91310000X"]


def test_a_chinese_order_book_has_its_contracts_and_a_claim_file_its_documents():
    headings = [
        "客户编码",
        "订单编号",
        "订单日期",
        "订单金额",
        "合同金额",
        "付款方式",
        "开证行评级",
        "司法管辖区",
        "仲裁机构",
        "适用法律",
    ]
    order = ["C1", "S1", date(2026, 2, 1), 50.0, 500.0, "信用证", "AA", "CN", "CIETAC", "CN"]
    filed = Grid("理赔资料", [["客户编码", "单证", "日期"], ["C1", "报案", date(2026, 2, 3)], ["C1", "发票", ""]])
    ledger = desk(Grid("销售订单", [headings, order]), filed).ledger
    orders, files = ledger.recorded("orders"), ledger.recorded("claim_file")
    assert orders.figure("contract").tolist() == [500.0]
    roles = ("method", "bank_rating", "jurisdiction", "forum", "governing_law")
    assert [orders.text(role)[0] for role in roles] == ["信用证", "AA", "CN", "CIETAC", "CN"]
    assert files.text("document").tolist() == ["报案", "发票"]
    assert files.day("date").astype(str).tolist() == ["2026-02-03", "NaT"]


FIRST = date(2026, 2, 1)
KEPT_BY_COLLECTORS = [
    ("dunning", "Dunning", ["Customer", "Invoice", "Dunning Date", "Dunning Level"], ["C1", "A1", FIRST, 2]),
    ("dunning", "催收记录", ["客户编码", "单据编号", "催收日期", "催收阶段"], ["C1", "A1", FIRST, 2]),
    ("contacts", "Contact Log", ["Customer", "Contact Date", "Result"], ["C1", FIRST, "will pay"]),
    ("contacts", "联系记录", ["客户编码", "联系日期", "沟通内容"], ["C1", FIRST, "同意付款"]),
    ("plans", "Payment Plans", ["Customer", "Instalment Date", "Instalment Amount"], ["C1", FIRST, 50.0]),
    ("plans", "付款计划", ["客户编码", "分期日期", "分期金额"], ["C1", FIRST, 50.0]),
    ("disputes", "Disputes", ["Customer", "Invoice", "Dispute Reason", "Opened On"], ["C1", "A1", "price", FIRST]),
    ("disputes", "争议", ["客户编码", "单据编号", "争议原因", "提出日期"], ["C1", "A1", "价格", FIRST]),
    ("handovers", "Legal and Agency", ["Customer", "Kind", "Handed Over On"], ["C1", "agency", FIRST]),
    ("handovers", "法务与委外", ["客户编码", "类型", "移交日期"], ["C1", "委外催收", FIRST]),
]


@pytest.mark.parametrize(("kind", "name", "headings", "row"), KEPT_BY_COLLECTORS)
def test_what_collectors_keep_is_known_by_name_in_both_languages(kind, name, headings, row):
    ledger = desk(Grid(name, [headings, row])).ledger
    assert [*ledger.records] == [kind]
    assert ledger.recorded(kind).row.tolist() == [2]


def test_a_ledger_with_columns_of_disputes_and_reminders_stays_the_ledger():
    headings = ["Customer", "Invoice", "Due Date", "Amount", "Dispute Reason", "Disputed Amount", "Dispute Date"]
    grid = Grid("Items", [[*headings, "Dunning Level"], ["C1", "A1", date(2026, 1, 31), 9.0, "", None, None, 1]])
    sheets = recognise([grid])
    assert (sheets.ledger.sheet, sheets.records) == ("Items", ())


def test_a_hidden_sheet_is_left_alone():
    hidden = Grid("Payments", PAYMENTS.cells, hidden=True)
    assert recognise([LEDGER, hidden]).records == ()


def test_a_named_sheet_without_the_columns_of_its_kind_is_none():
    assert recognise([LEDGER, Grid("Payments", [["Customer", "Remark"], ["C1", "late"]])]).records == ()


def test_customers_have_their_group_country_and_days():
    grid = Grid(
        "Customers",
        [
            ["Customer", "Group", "Country", "Last Review", "Core Customer", "Credit Limit"],
            ["C1", "Acme Group", "DE", date(2026, 1, 5), "x", 500.0],
        ],
    )
    customers = desk(grid).ledger.customers
    assert customers.texts["group"].tolist() == ["Acme Group"]
    assert customers.texts["country"].tolist() == ["DE"]
    assert customers.days["last_review"].astype(str).tolist() == ["2026-01-05"]
    assert customers.marks["core"].tolist() == [True]


def test_a_part_in_dispute_a_promise_and_the_last_reminder_are_read():
    ledger = Grid(
        "Items",
        [
            ["Customer", "Invoice", "Due Date", "Amount", "Disputed Amount", "Promised Date", "Last Reminder"],
            ["C1", "A1", date(2026, 1, 31), 100.0, 30.0, date(2026, 3, 1), date(2026, 2, 15)],
            ["C1", "A2", date(2026, 1, 31), 50.0, None, None, None],
        ],
    )
    items = open_ledger(MemoryWorkbook([ledger])).ledger.items
    assert items.disputed.tolist()[0] == 30.0
    assert np.isnan(items.disputed[1])
    assert items.promised_date.astype(str).tolist() == ["2026-03-01", "NaT"]
    assert items.last_dunned.astype(str).tolist() == ["2026-02-15", "NaT"]
    assert items.amount.tolist() == [100.0, 50.0]


@pytest.mark.parametrize("kind", sorted(RECORD_ROLES))
def test_every_kind_has_a_layout_with_the_columns_it_needs(kind):
    layout = next(layout for layout in Layout.all() if layout.kind == kind)
    assert set(NEEDED[kind]) <= set(layout.columns) == set(RECORD_ROLES[kind])
    assert layout.sheets


def test_the_workbooks_own_rates_count_and_a_row_that_is_none_is_told():
    ledger = Grid(
        "Items",
        [
            ["Customer", "Invoice", "Due Date", "Amount", "Currency"],
            ["C1", "A1", date(2026, 1, 31), 100.0, "EUR"],
            ["C1", "A2", date(2026, 1, 31), 100.0, "USD"],
        ],
    )
    rates = Grid("Rates", [["Currency", "Rate", "Date"], ["USD", 0.9, date(2026, 1, 1)], ["GBP", -1.0, None]])
    found = review(open_ledger(MemoryWorkbook([ledger, rates])).ledger, load(), date(2026, 2, 1))
    assert found.currency == "EUR"
    assert found.customers.exposure.tolist() == [190.0]
    assert [(finding.code, finding.where) for finding in found.findings] == [("bad-rate", "Rates!B3")]


def test_checks_and_ratings_are_known_by_name_in_both_languages_and_by_their_headings():
    checks = [["客户编码", "核查项目", "核查结果", "核查日期", "核查人", "凭证", "评价"],
              ["C1", "工商登记", "通过", date(2026, 2, 1), "张敏", "查询单", 4]]  # fmt: skip
    ratings = [["Customer", "Agency", "Rating", "Rating Date"], ["C1", "Allianz Trade", 3, date(2026, 2, 1)]]
    found = desk(Grid("准入", checks), Grid("Insurers", ratings)).ledger
    assert [found.recorded("checks").text(role)[0] for role in ("check", "result", "by", "evidence")] == [
        "工商登记", "通过", "张敏", "查询单",
    ]  # fmt: skip
    assert found.recorded("checks").figure("mark").tolist() == [4.0]
    assert found.recorded("ratings").text("rating").tolist() == ["3"]
    assert found.recorded("ratings").day("date").astype(str).tolist() == ["2026-02-01"]


def test_a_customers_sheet_says_what_the_register_does():
    grid = Grid("Customers", [
        ["Customer", "Customer Name", "Registration No", "Register Status", "Founded", "Registered Capital"],
        ["C1", "Acme", "HRB 1", "active", date(2019, 5, 1), 50000.0],
    ])  # fmt: skip
    customers = desk(grid).ledger.customers
    assert customers.texts["register_status"].tolist() == ["active"]
    assert customers.days["founded"].astype(str).tolist() == ["2019-05-01"]
    assert customers.figures["registered_capital"].tolist() == [50000.0]
