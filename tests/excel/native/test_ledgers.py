"""Ledgers as exports write them, with formulas: what cells say is live, whatever their shape, and the rest is told."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import xlsxwriter

from tests.excel.native.test_enriched import agree_where_live, block_of, calculated, cells, live, with_policy
from tests.hosts import test_classic as classic
from tests.support.engines import by_cellrune, by_ironcalc
from tests.support.office import convert_all
from xlcredit import policy
from xlcredit.control import review
from xlcredit.excel.desk import open_ledger
from xlcredit.excel.enrich import LEDGER, enrichment
from xlcredit.excel.files import FileWorkbook
from xlcredit.excel.recalculated.tables import Liveness
from xlcredit.locales import Words

DAY, EARLIER = date(2026, 6, 30), date(2026, 2, 3)
PLAIN = ("Customer No", "Document Number", "Document Date", "Due Date", "Amount", "Payment Date")
ITEMS = (
    ("C1", "D1", date(2026, 1, 1), date(2026, 2, 1), 1234.5, None),
    ("C1", "D2", date(2026, 1, 20), date(2026, 2, 19), 99.99, date(2026, 3, 5)),
    ("C2", "D3", date(2026, 2, 28), date(2026, 4, 3), 0.01, None),
    ("C3", "D4", date(2026, 5, 13), date(2026, 7, 12), 1000000, None),
    ("C3", "D5", date(2025, 12, 13), date(2026, 1, 12), 500, date(2026, 2, 3)),
)
"""Two customers who owe, one item not due, two that were settled."""


def written(day=lambda day: day, amount=lambda amount: amount):
    """The items with days and amounts as an export writes them."""
    return [
        [*row[:2], *(day(cell) for cell in row[2:4]), amount(row[4]), row[5] and day(row[5])]
        for row in map(list, ITEMS)
    ]


def midnight(day):
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 (a cell's day has no zone)


SHAPES = {
    "days": (PLAIN, written()),
    "days at midnight": (PLAIN, written(midnight)),
    "days with a time": (PLAIN, written(lambda day: midnight(day) + timedelta(hours=13, minutes=5))),
    "serial numbers": (PLAIN, written(lambda day: (day - date(1899, 12, 30)).days)),
    "numbers such as 20260101": (PLAIN, written(lambda day: int(f"{day:%Y%m%d}"))),
    "texts, year first": (PLAIN, written(lambda day: f"{day:%Y-%m-%d} 00:00:00")),
    "texts, month first": (PLAIN, written(lambda day: f"{day.month}/{day.day}/{day.year}")),
    "texts, day first": (PLAIN, written(lambda day: f"{day:%d.%m.%Y}")),
    "amounts as texts": (PLAIN, written(amount=lambda amount: f"{amount:,.2f}")),
    "amounts as German texts": (PLAIN, written(amount=lambda amount: f"{amount:.2f}".replace(".", ","))),
    "no document column": (PLAIN[:1] + PLAIN[2:], [[*row[:1], *row[2:]] for row in written()]),
    "no due date": (PLAIN[:3] + PLAIN[4:], [[*row[:3], *row[4:]] for row in written()]),
    "paid": ((*PLAIN[:5], "Paid Amount"), [[*row[:5], row[5] and row[4]] for row in ITEMS]),
    "paid and open": (
        (*PLAIN[:5], "Paid Amount", "Open Amount"),
        [[*row[:5], row[5] and row[4], None if row[5] else row[4]] for row in ITEMS],
    ),
    "a status": ((*PLAIN[:5], "Status"), [[*row[:5], "Paid" if row[5] else "Open"] for row in ITEMS]),
    "a credit": (PLAIN, [*written(), ["C1", "D6", date(2026, 1, 2), date(2026, 1, 2), -2000, date(2026, 2, 1)]]),
    "customers by name": (
        ("Customer Name", *PLAIN[1:]),
        [*written(), ["C1", "D6", date(2026, 1, 2), None, -9999, None]],
    ),
}


def ledger(path, headings, rows, *, header_row=0, table=False):
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("Items")
        sheet.write(0, 0, "Open items of the company" if header_row else None)
        for number, row in enumerate([headings, *rows], header_row):
            sheet.write_row(number, 0, row)
        if table:
            columns = [{"header": heading} for heading in headings]
            sheet.add_table(header_row, 0, header_row + len(rows), len(headings) - 1, {"columns": columns})
    return FileWorkbook(path, path.with_name("out.xlsx"))


def enriched(workbook, as_of, kind="native", sets=()):
    found = review(open_ledger(workbook).ledger, policy.load(sets=list(sets)), as_of)
    return enrichment(found, open_ledger(workbook), Words.of("en"), kind, workbook.grids())


def check(workbook, kind, engine):
    """What is live says on the day, and on an earlier one, what Python says."""
    added = enriched(workbook, DAY, kind)
    for day in (DAY, EARLIER):
        put(workbook, added, day)
        agree_on(workbook, added, day, kind, engine(workbook.target, block_of(added, LEDGER), LEDGER))
    return added


def put(workbook, added, day):
    """Writes the additions, the Policy sheet with the day."""
    workbook.add(added.columns, with_policy(added, (), day), remove=added.remove, names=added.names)


def agree_on(workbook, added, day, kind, said):
    """What is live says what Python says of that day."""
    block, wanted = block_of(added, LEDGER), block_of(enriched(workbook, day, kind), LEDGER)
    for at in live(block):
        agree_where_live(said[at], cells(wanted.columns[at]), block.columns[at])


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("engine", [pytest.param(by_cellrune, marks=pytest.mark.slow), by_ironcalc])
def test_every_row_is_live_in_whatever_shape_its_cells_say_it(engine, name, tmp_path):
    headings, rows = SHAPES[name]
    workbook = ledger(tmp_path / "ledger.xlsx", headings, rows)
    added = check(workbook, "native", lambda *place: calculated(engine, *place))
    assert added.live[0] == Liveness(LEDGER, len(rows), len(rows), {})


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """Shape and day → workbook, what was added to it, and what LibreOffice makes of the whole, all in one start."""
    folder, made = tmp_path_factory.mktemp("shapes"), {}
    for number, (name, (headings, rows)) in enumerate(SHAPES.items()):
        source = ledger(folder / f"{number}.xlsx", headings, rows).path
        for day in (DAY, EARLIER):
            workbook = FileWorkbook(source, folder / f"{number}-{day}.xlsx")
            made[name, day] = workbook, enriched(workbook, DAY, "classic")
            put(*made[name, day], day)
    again = convert_all([workbook.target for workbook, _ in made.values()], "xlsx", folder / "again")
    return {what: (workbook, added, again[workbook.target]) for what, (workbook, added) in made.items()}


@pytest.mark.parametrize("name", SHAPES)
def test_classic_formulas_say_it_in_libreoffice(name, shown):
    for day in (DAY, EARLIER):
        workbook, added, again = shown[name, day]
        said = classic.columns_of(again, workbook.target, block_of(added, LEDGER), LEDGER)
        agree_on(workbook, added, day, "classic", said)
        assert added.live[0] == Liveness(LEDGER, len(SHAPES[name][1]), len(SHAPES[name][1]), {})


@pytest.mark.parametrize("table", [False, True])
def test_headings_in_row_3_and_an_excel_table_change_nothing(table, tmp_path):
    workbook = ledger(tmp_path / "ledger.xlsx", PLAIN, written(), header_row=2, table=table)
    added = check(workbook, "native", lambda *place: calculated(by_ironcalc, *place))
    assert added.live[0] == Liveness(LEDGER, 5, 5, {})


def test_rows_that_keep_their_value_are_counted_by_the_reason(tmp_path):
    headings = ("Customer No", "Document Number", "Document Date", "Due Date", "Terms of Payment", "Amount", "Disputed")
    workbook = ledger(
        tmp_path / "ledger.xlsx",
        headings,
        [
            ["C1", "D1", date(2026, 1, 1), date(2026, 2, 1), "", 100, ""],
            ["C2", "D2", date(2026, 1, 1), None, "Net 30 days", 100, ""],
            ["C3", "D3", date(2026, 1, 1), date(2026, 2, 1), "", "100.00-", ""],
            ["C4", "D4", date(2026, 1, 1), date(2026, 2, 1), "", 100, "not disputed"],
            ["C3", "D5", date(2026, 1, 1), date(2026, 2, 1), "", 100, ""],
        ],
    )
    added = enriched(workbook, DAY)
    assert added.live[0] == Liveness(LEDGER, 5, 1, {"due_date": 1, "amount": 1, "block": 1, "credits": 1})
    assert added.live[0].in_words(Words.of("en")) == (
        "Live formulas, ledger: 1 of 5 rows; values stay where the due date is in no cell (1), the open amount is in no"
        " cell (1), the block or last stage is not in the row (1), credits cannot be netted by formula (1)"
    )


def test_what_is_stated_of_dunning_keeps_the_value_of_its_row_alone(tmp_path):
    headings = (*PLAIN, "Disputed Amount", "Promised Date", "Last Reminder", "Instalment Date")
    first, due = date(2026, 1, 1), date(2026, 2, 1)
    workbook = ledger(
        tmp_path / "ledger.xlsx",
        headings,
        [
            ["C1", "D1", first, due, 100, None, None, None, None, None],
            ["C2", "D2", first, due, 100, None, 30, None, None, None],
            ["C3", "D3", first, due, 100, None, None, date(2026, 12, 1), None, None],
            ["C4", "D4", first, due, 100, None, None, None, date(2026, 2, 10), None],
            ["C5", "D5", first, due, 100, None, None, None, None, date(2026, 12, 1)],
        ],
    )
    added = enriched(workbook, DAY)
    assert [*block_of(added, LEDGER).columns[2].values] == [3, 3, 0, 3, 0]
    assert added.live[0] == Liveness(LEDGER, 5, 1, {"dunning": 4})


def test_items_that_are_dunned_together_keep_their_values(tmp_path):
    workbook = ledger(tmp_path / "ledger.xlsx", PLAIN, ITEMS)
    added = enriched(workbook, DAY, sets=["dunning.procedures.prompt.per=customer"])
    assert added.live[0] == Liveness(LEDGER, 5, 0, {"dunning": 5})


@pytest.mark.parametrize(
    ("kind", "engine"),
    [("native", lambda *place: calculated(by_ironcalc, *place)), ("classic", classic.recalculated)],
    ids=["native", "classic"],
)
def test_words_of_a_no_block_nothing_and_less_than_half_a_cent_is_no_debt(kind, engine, tmp_path):
    said = ["", "Nein", "open", "否", "未争议", "x", "争议", "N/A"]
    rows = [[f"C{n}", f"D{n}", date(2025, 6, 1), date(2025, 7, 1), 100, word] for n, word in enumerate(said)]
    rows.append(["C9", "D9", date(2025, 6, 1), date(2025, 7, 1), 0.0038, ""])
    workbook = ledger(tmp_path / "ledger.xlsx", (*PLAIN[:5], "Disputed"), rows)
    added = check(workbook, kind, engine)
    assert cells(block_of(added, LEDGER).columns[2]) == [3, 3, 3, 3, 3, 0, 0, 3, ""]
    assert added.live[0] == Liveness(LEDGER, 9, 7, {"amount": 1, "block": 1})


def test_a_day_in_an_error_cell_is_no_blank_one(tmp_path):
    path = tmp_path / "ledger.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("Items")
        sheet.write_row(0, 0, PLAIN)
        for number, row in enumerate(ITEMS, 1):
            sheet.write_row(number, 0, row)
        sheet.write_formula(1, 3, "=NA()", None, "#N/A")
    assert enriched(FileWorkbook(path), DAY).live[0] == Liveness(LEDGER, 5, 4, {"due_date": 1})


def test_what_another_sheet_dates_is_in_no_cell_of_the_row(tmp_path):
    path = tmp_path / "ledger.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        items, payments = book.add_worksheet("Open items"), book.add_worksheet("Payments")
        items.write_row(0, 0, (*PLAIN[:5], "Paid Amount"))
        items.write_row(1, 0, ("C1", "D1", date(2026, 1, 1), date(2026, 2, 1), 100, 40))
        items.write_row(2, 0, ("C1", "D2", date(2026, 1, 1), date(2026, 2, 1), 100, 40))
        payments.write_row(0, 0, ("Customer No", "Document Number", "Payment Date", "Amount", "Payer Account"))
        payments.write_row(1, 0, ("C1", "D1", date(2026, 2, 10), 40, "DE00"))
    workbook = FileWorkbook(path)
    assert enriched(workbook, DAY).live[0] == Liveness(LEDGER, 2, 1, {"amount": 1})
    found = review(open_ledger(workbook).ledger, policy.load(), EARLIER)
    assert found.items.open.tolist() == [100, 60]
