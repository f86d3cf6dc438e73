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
from xlcredit.excel.recalculated import Liveness
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
    path = tmp_path / "ledger.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in (("Items", ITEMS), ("Customers", CUSTOMERS_SHEET)):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return FileWorkbook(path, tmp_path / "out.xlsx")


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


def test_what_the_sheet_says_is_read_there_and_what_the_ledger_shows_is_a_value(workbook):
    said = shown(enriched(workbook))
    assert {header: said[header] for header in said if header.startswith(("Answer", "Allowed"))} == {
        "Answer: Years of relationship": [True, True, True, True],
        "Answer: Average days late": "-",
        "Answer: Overdue share of the balance": "-",
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
