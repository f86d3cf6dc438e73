"""Customers' figures as sums over the ledger: they follow its cells and the day, to the last cent and the last bit."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.excel.native.test_enriched import agree_where_live, block_of, calculated, cells, with_policy
from tests.hosts.test_classic import recalculated
from tests.support.engines import by_cellrune, by_ironcalc
from workbooks import build_demo
from xlcredit import policy
from xlcredit.control import review
from xlcredit.excel.desk import open_ledger
from xlcredit.excel.enrich import CREDIT_REVIEW, CUSTOMERS, LEDGER, enrichment
from xlcredit.excel.files import FileWorkbook
from xlcredit.excel.workbook import grid_named
from xlcredit.locales import Words

DAY, EARLIER = date(2026, 6, 30), date(2026, 2, 20)
ITEMS = ["Customer No", "Document Number", "Document Date", "Due Date", "Amount", "Payment Date", "Currency"]
LEDGER_ROWS = [
    ["C1", "D1", date(2026, 1, 1), date(2026, 2, 1), 1200.10, None, "EUR"],
    ["C1", "D2", date(2026, 1, 5), date(2026, 2, 5), 300.30, date(2026, 3, 1), "EUR"],
    ["C1", "D3", date(2026, 6, 1), date(2026, 8, 1), 99.99, None, "EUR"],
    ["C1", "D4", date(2026, 1, 1), date(2026, 1, 1), -50, None, "EUR"],
    ["C2", "D5", date(2025, 1, 1), date(2025, 2, 1), 500, date(2025, 2, 11), "EUR"],
    ["C2", "D6", date(2026, 2, 1), date(2026, 3, 1), 700, date(2026, 2, 25), "EUR"],
    ["C3", "D7", date(2026, 6, 1), date(2026, 7, 1), 80, None, "EUR"],
]
PEOPLE = ["Customer No", "Customer since", "Credit Limit", "Limit Valid To", "Status", "Open Orders", "Guarantees", "Debt Ratio"]  # fmt: skip
ALL = [
    ["C1", date(2019, 1, 1), 1500, None, None, 200, 100, 0.3],
    ["C2", date(2019, 1, 1), 10000, date(2026, 5, 31), None, None, None, 0.4],
    ["C3", date(2026, 2, 1), 10000, None, None, None, None, 0.5],
    ["C4", date(2019, 1, 1), None, None, "On hold", None, None, 0.5],
]
SUMMED = (
    "Exposure (EUR)", "Overdue (EUR)", "Average days late", "Credit check", "Credit score", "Limit in force (EUR)",
    "Answer: Average days late", "Answer: Overdue share of the balance", "Items late beyond the tolerance",
)  # fmt: skip
BEHAVIOUR = ("scoring.scorecard=behaviour",)
MEASURED = (
    "Answer: Average days late", "Answer: Amount paid on time", "Answer: Overdue share of the balance",
    "Answer: Change in average days late (days)", "Answer: Invoices settled",
)  # fmt: skip


def workbook(path, rows, people=ALL, items=ITEMS, headings=PEOPLE):
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        tables = (
            {"Open items": [items, *rows], "Customers": [headings, *people]}
            if people
            else {"Open items": [items, *rows]}
        )
        for name, table in tables.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(table):
                sheet.write_row(number, 0, row)
    return FileWorkbook(path, path.with_name("out.xlsx"))


def enriched(book, day=DAY, kind="native", sets=()):
    desk = open_ledger(book)
    return enrichment(review(desk.ledger, policy.load(sets=list(sets)), day), desk, Words.of("en"), kind, book.grids())


def by_header(block):
    return {column.header: (at, column) for at, column in enumerate(block.columns)}


def live_rows(block, header):
    column = by_header(block)[header][1]
    return "-" if not column.formula else True if column.live is None else column.live.tolist()


def follow(book, day, mark, headers, engine, changed=None, kind="native", sets=()):
    """What the formulas of one day say when the as-of date, or the ledger, is another, is what Python says then."""
    added = enriched(book, DAY, kind, sets)
    target = changed or book
    FileWorkbook(target.path, book.target).add(added.columns, with_policy(added, sets, day), names=added.names)
    wanted, block = by_header(block_of(enriched(target, day, kind, sets), mark)), block_of(added, mark)
    said = engine(book.target, block, mark)
    for header in headers:
        at, column = by_header(block)[header]
        assert column.formula
        agree_where_live(said[at], cells(wanted[header][1]), column)


def iron(*place):
    return calculated(by_ironcalc, *place)


ENGINES = [
    pytest.param("native", iron, id="native, ironcalc"),
    pytest.param("native", lambda *place: calculated(by_cellrune, *place), id="native, cellrune"),
    pytest.param("classic", recalculated, id="classic, LibreOffice"),
]


@pytest.mark.parametrize(("kind", "engine"), ENGINES)
@pytest.mark.parametrize("day", [EARLIER, date(2027, 3, 1)])
def test_another_day_carries_through_to_exposure_score_and_check(day, kind, engine, tmp_path):
    follow(workbook(tmp_path / "ledger.xlsx", LEDGER_ROWS), day, CUSTOMERS, SUMMED, engine, kind=kind)


@pytest.mark.parametrize(("kind", "engine"), ENGINES)
def test_another_amount_in_the_ledger_carries_through(kind, engine, tmp_path):
    book = workbook(tmp_path / "ledger.xlsx", LEDGER_ROWS)
    rows = [[*LEDGER_ROWS[0][:4], 4321.09, *LEDGER_ROWS[0][5:]], *LEDGER_ROWS[1:]]
    changed = workbook(tmp_path / "changed.xlsx", rows)
    follow(book, DAY, CUSTOMERS, SUMMED, engine, changed, kind)


def test_the_check_says_every_reason(tmp_path):
    block = block_of(enriched(workbook(tmp_path / "ledger.xlsx", LEDGER_ROWS)), CUSTOMERS)
    assert cells(by_header(block)["Credit check"][1]) == [
        "HOLD: items are past due beyond the tolerance",
        "HOLD: the limit has expired",
        "HOLD: exposure and order exceed the limit",  # new and not insured: nothing is allowed
        "HOLD: the customer is on credit hold",
    ]
    assert live_rows(block, "Credit check") == [True] * 4


def test_a_temporary_limit_keeps_the_check_a_value(tmp_path):
    headings = [*PEOPLE, "Temporary Limit", "Temporary Until"]
    people = [[*row, None, None] for row in ALL]
    people[1][-2:] = [20000, date(2026, 12, 31)]
    added = enriched(workbook(tmp_path / "ledger.xlsx", LEDGER_ROWS, people, headings=headings))
    assert live_rows(block_of(added, CUSTOMERS), "Credit check") == [True, False, True, True]
    assert added.live[1].values == {"limit_in_force": 1}


@pytest.mark.parametrize(("kind", "engine"), [("native", iron), ("classic", recalculated)])
def test_orders_and_insurers_in_other_sheets_are_values_beside_live_sums(kind, engine, tmp_path):
    book = FileWorkbook(build_demo(tmp_path / "demo.xlsx", records=True), tmp_path / "out.xlsx")
    added = enriched(book, date(2026, 10, 31), kind)
    book.add(added.columns, added.sheets, names=added.names)
    block = block_of(added, CUSTOMERS)
    said = engine(book.target, block, CUSTOMERS)
    for header in ("Exposure (CNY)", "Headroom (CNY)", "Credit check"):
        at, column = by_header(block)[header]
        agree_where_live(said[at], cells(column), column)
        assert column.live is None or column.live.mean() > 0.9


def test_exposure_counts_orders_and_is_secured_by_guarantees(tmp_path):
    block = block_of(enriched(workbook(tmp_path / "ledger.xlsx", LEDGER_ROWS)), CUSTOMERS)
    assert cells(by_header(block)["Exposure (EUR)"][1]) == [1350.09, 0, 80, 0]  # 1200.10 + 99.99 - 50 + 200 - 100
    assert live_rows(block, "Exposure (EUR)") == [True] * 4


def test_the_card_of_behaviour_follows_the_day_without_a_customers_sheet(tmp_path):
    book = workbook(tmp_path / "ledger.xlsx", LEDGER_ROWS, people=())
    follow(book, date(2026, 3, 20), CREDIT_REVIEW, [*MEASURED, "Answer: Longest delay (days)"], iron, sets=BEHAVIOUR)
    follow(book, date(2026, 3, 20), CREDIT_REVIEW, MEASURED, recalculated, kind="classic", sets=BEHAVIOUR)


def test_numbers_that_sumifs_takes_for_one_keep_their_values(tmp_path):
    rows = [["007", *row[1:]] if row[0] == "C1" else ["7", *row[1:]] if row[0] == "C2" else row for row in LEDGER_ROWS]
    people = [["007", *ALL[0][1:]], ["7", *ALL[1][1:]], *ALL[2:]]
    block = block_of(enriched(workbook(tmp_path / "ledger.xlsx", rows, people)), CUSTOMERS)
    assert live_rows(block, "Exposure (EUR)") == [False, False, True, True]


def test_a_currency_without_a_rate_keeps_exposure_a_value_and_shares_live(tmp_path):
    rows = [*LEDGER_ROWS, ["C3", "D8", date(2026, 1, 1), date(2026, 2, 1), 10, None, "USD"]]
    block = block_of(enriched(workbook(tmp_path / "ledger.xlsx", rows)), CUSTOMERS)
    assert live_rows(block, "Exposure (EUR)") == [True, True, False, True]
    assert live_rows(block, "Answer: Overdue share of the balance") == [True] * 4


def test_a_due_date_that_is_in_no_cell_keeps_its_customer_a_value(tmp_path):
    items = [*ITEMS, "Terms of Payment"]
    rows = [[*row, "Net 30 days"] for row in LEDGER_ROWS]
    rows[0][3] = None
    block = block_of(enriched(workbook(tmp_path / "ledger.xlsx", rows, items=items)), CUSTOMERS)
    assert live_rows(block, "Overdue (EUR)") == [False, True, True, True]
    assert enriched(workbook(tmp_path / "ledger.xlsx", rows, items=items)).live[1].values == {"sums": 1}


def test_a_second_run_puts_its_columns_where_the_first_had_them_and_values_where_formulas_were(tmp_path):
    book = workbook(tmp_path / "ledger.xlsx", LEDGER_ROWS)
    added = enriched(book)
    book.add(added.columns, added.sheets, names=added.names)
    again = FileWorkbook(book.target, tmp_path / "again.xlsx")
    plain = enriched(again, kind=None)
    again.add(plain.columns, plain.sheets, remove=(*plain.remove, "policy", "names"))
    after = FileWorkbook(again.target)
    assert not after.formulas("Open items")
    assert not after.formulas("Customers")
    assert len(next(iter(grid_named(after.grids(), "Customers").rows()))) == len(PEOPLE) + 13


AMOUNTS = st.integers(1, 10**7).map(lambda cents: cents / 100)
ROWS = st.lists(
    st.tuples(st.sampled_from(["C1", "C2", "C3"]), st.integers(0, 500), st.integers(0, 90), AMOUNTS,
              st.sampled_from([None, -20, 0, 1, 45, 200]), st.booleans()),
    min_size=3, max_size=12,
)  # fmt: skip


def _item(number, row):
    customer, ago, term, amount, late, is_credit = row
    document = DAY - timedelta(days=ago)
    due = document + timedelta(days=term)
    paid = None if late is None or is_credit else max(document, due + timedelta(days=late))
    return [customer, f"D{number}", document, due, -amount if is_credit else amount, paid, "EUR"]


@settings(max_examples=6)
@given(ROWS, st.integers(-120, 60))
@example([("C1", 100, 0, 0.3, None, False), ("C1", 1, 90, 2.7, None, False), ("C2", 1, 0, 1.0, 0, False)], 0)
def test_any_ledger_of_any_day_sums_to_what_python_says(rows, days):
    with TemporaryDirectory() as folder:
        book = workbook(Path(folder) / "ledger.xlsx", [_item(number, row) for number, row in enumerate(rows)])
        day = DAY + timedelta(days=days)
        headers = [header for header in SUMMED if header in by_header(block_of(enriched(book), CUSTOMERS))]
        follow(book, day, CUSTOMERS, [header for header in headers if header != "Credit score"], iron)
        for at, column in enumerate(block_of(enriched(book), LEDGER).columns):
            assert column.formula, at
