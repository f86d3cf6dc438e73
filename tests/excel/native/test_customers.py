"""Customers with formulas: an answer is read in the customers sheet where its cell says it, else it keeps its value."""

from __future__ import annotations

from datetime import date

import pytest
import xlsxwriter

from tests.excel.native.test_enriched import agree, block_of, calculated, cells, live, with_policy
from tests.hosts.test_classic import recalculated
from tests.support.engines import by_ironcalc
from xlcredit import policy
from xlcredit.control import review
from xlcredit.excel.desk import open_ledger
from xlcredit.excel.enrich import CUSTOMERS, enrichment
from xlcredit.excel.files import FileWorkbook
from xlcredit.excel.recalculated.tables import Liveness
from xlcredit.locales import Words

DAY = date(2026, 6, 30)
ITEMS = [
    ["Customer No", "Document Number", "Document Date", "Due Date", "Amount", "Payment Date"],
    ["C1", "D1", date(2026, 1, 1), date(2026, 2, 1), 12000, None],
    ["C2", "D2", date(2026, 1, 1), date(2026, 2, 1), 34000, date(2026, 2, 20)],
    ["C3", "D3", date(2026, 6, 1), date(2026, 8, 1), 56000, None],
    ["C4", "D4", date(2026, 6, 1), date(2026, 8, 1), 7000, None],
]
CUSTOMERS_SHEET = [
    ["Customer No", "Customer since", "Debt Ratio %", "Net Margin", "Adverse Events", "Net Worth", "Credit Need", "Insured Limit"],
    ["C1", date(2019, 5, 1), 35, 0.08, 0, 900000, None, 50000],
    ["C2", date(2025, 5, 1), 71.5, -0.01, 2, 450000, 60000, 28350],
    ["C3", None, 90, 0.02, "unknown", None, 20000, 5000],
    ["C4", date(2024, 1, 2), None, None, None, -1000, 20000, None],
]  # fmt: skip


@pytest.fixture
def workbook(tmp_path):
    return written(tmp_path, Items=ITEMS, Customers=CUSTOMERS_SHEET)


def written(folder, **sheets):
    path = folder / "ledger.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return FileWorkbook(path, folder / "out.xlsx")


def enriched(workbook, sets=(), kind="native"):
    desk = open_ledger(workbook)
    found = review(desk.ledger, policy.load(sets=list(sets)), DAY)
    return enrichment(found, desk, Words.of("en"), kind, workbook.grids())


def shown(added):
    """Heading → in which rows there is a formula; "-" for none."""
    return {
        column.header: "-" if not column.formula else "all" if column.live is None else column.live.tolist()
        for column in block_of(added, CUSTOMERS).columns
    }


def test_what_the_sheet_says_is_read_there_and_what_the_ledger_shows_is_a_sum(workbook):
    said = shown(enriched(workbook))
    assert {header: said[header] for header in said if header.startswith(("Answer", "Allowed"))} == {
        "Answer: Years of relationship": [True, True, True, True],
        "Answer: Average days late": [True, True, True, True],
        "Answer: Overdue share of the balance": [True, True, True, True],
        "Answer: Debt ratio": [True, True, True, True],
        "Answer: Net margin": [True, True, True, True],
        "Answer: Adverse events in 12 months": [True, True, False, True],
        "Allowed: Need (CNY)": [False, True, True, True],
        "Allowed: Net worth (CNY)": [True, True, True, True],
        "Allowed: Insured limit (CNY)": [True, True, True, True],
    }


def test_a_customer_with_a_broken_answer_keeps_its_values(workbook):
    added = enriched(workbook)
    assert shown(added)["Credit score"] == [True, True, False, True]
    assert added.live[1] == Liveness(CUSTOMERS, 4, 3, {"answer": 1})


def test_an_answer_from_a_statement_is_a_value_that_the_formulas_read(tmp_path):
    statements = [
        ["Customer No", "Period End", "Total Assets", "Total Liabilities"],
        ["C4", date(2025, 12, 31), 1000, 600],
    ]
    added = enriched(written(tmp_path, Items=ITEMS, Customers=CUSTOMERS_SHEET, Statements=statements))
    said = shown(added)
    assert said["Answer: Debt ratio"] == [True, True, True, False]
    assert said["Credit score"] == [True, True, False, True]
    answers = next(column for column in block_of(added, CUSTOMERS).columns if column.header == "Answer: Debt ratio")
    assert answers.values[3] == 0.6


def test_the_limit_of_one_who_is_not_admitted_stays_a_value(tmp_path):
    checks = [["Customer No", "Check", "Result", "Check Date"], ["C2", "Registration", "failed", date(2026, 6, 1)]]
    book = written(tmp_path, Items=ITEMS, Customers=CUSTOMERS_SHEET, Checks=checks)
    added = enriched(book, ["order.new_months=24"])
    said = shown(added)
    assert said["Suggested limit (CNY)"] == said["Binding constraint"] == [True, False, True, True]
    assert said["Credit score"] == [True, True, False, True]
    assert added.live[1] == Liveness(CUSTOMERS, 4, 2, {"answer": 1, "admission": 1})


def test_a_score_that_a_risk_class_caps_stays_a_value_and_all_else_follows_it(tmp_path):
    classes = [["Risk Class"], ["Very high"], [None], [None], ["low"]]
    customers = [[*row, *more] for row, more in zip(CUSTOMERS_SHEET, classes, strict=True)]
    added = enriched(written(tmp_path, Items=ITEMS, Customers=customers))
    said = shown(added)
    assert said["Credit score"] == [False, True, False, True]
    assert said["Suggested limit (CNY)"] == [True] * 4
    assert added.live[1] == Liveness(CUSTOMERS, 4, 2, {"answer": 1, "cap": 1})


@pytest.mark.parametrize(
    "sets",
    [
        (),
        ("limit.combine=average", "insurance.cover=0.5"),
        ("limit.maximum=3000", "limit.step=500"),
        ("limit.caps.net_worth=0.001",),
        ("limit.caps.net_worth=0.07", "insurance.cover=0.9"),
        ("grades.E.limit_factor=0.1", "grades.D.from=45"),
        ("scorecards.trade.characteristics.net_margin.missing=reweight",),
    ],
    ids=str,
)
@pytest.mark.parametrize(
    ("kind", "engine"),
    [("native", lambda *place: calculated(by_ironcalc, *place)), ("classic", recalculated)],
    ids=["native", "classic"],
)
def test_the_customers_follow_the_policy_sheet(kind, engine, sets, workbook):
    added = enriched(workbook, kind=kind)
    workbook.add(added.columns, with_policy(added, sets, DAY), names=added.names)
    wanted = block_of(enriched(workbook, sets, kind), CUSTOMERS)
    said = engine(workbook.target, block_of(added, CUSTOMERS), CUSTOMERS)
    for at in live(block_of(added, CUSTOMERS)):
        agree(said[at], cells(wanted.columns[at]))
