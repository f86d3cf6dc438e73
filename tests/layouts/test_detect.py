"""Detection: the ledger is found among the sheets of a workbook, and a workbook without one is told what it lacks."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from xlcredit.kernel.errors import LayoutError, LedgerError, WorkbookError
from xlcredit.layouts import recognise
from xlcredit.ledger.grid import Grid
from xlcredit.ledger.headings import currency_of, normalised

DATA = Path(__file__).parents[3] / "shared" / "data"
DUE = date(2025, 10, 31)
HEAD = ["Customer No", "Document Number", "Due Date", "Amount"]
ROWS = [HEAD, ["001", "A1", DUE, 5.0]]
SUMMARY = [["Customer", "Current", "1-30", "31-60", "Total"], ["Acme", 1.0, 2.0, 3.0, 6.0]]


@pytest.mark.parametrize(
    ("one", "other"),
    [("customerID", "CUSTOMER_ID"), ("customerID", "Customer ID"), ("Customer_No_", "Customer No."), ("应收金额(元)", "应收金额"), ("Amount (USD)", "amount"),
     ("Amount in EUR", "Amount"), ("Ａｍｏｕｎｔ", "Amount"), ("    Amount    ", "Amount"), ("Numéro de pièce", "NUMERO DE PIECE"), ("Party's Name", "Partys Name")],
)  # fmt: skip
def test_a_heading_is_the_same_however_it_is_spelled(one, other):
    assert normalised(one) == normalised(other)


@pytest.mark.parametrize(
    ("heading", "code"),
    [("Amount (USD)", "USD"), ("Amount in EUR", "EUR"), ("Amount EUR", "EUR"), ("应收金额（元）", "CNY"), ("金额(美元)", "USD"), ("Open Advance (ILS)", "ILS"), ("Total ALL", ""), ("Amount", ""), ("EUR", ""), ("Amount ($)", "")],
)  # fmt: skip
def test_the_currency_in_a_heading_is_known(heading, code):
    assert currency_of(heading) == code


def test_a_heading_that_contains_an_alias_is_not_the_alias():
    assert (
        "amount"
        not in recognise(
            [
                Grid(
                    "S",
                    [
                        ["Customer", "Invoice", "Due Date", "Open Amount", "Amount of deliveries"],
                        ["A", "1", DUE, 5.0, 7.0],
                    ],
                )
            ]
        ).ledger.columns
    )


def test_the_place_names_sheet_rows_columns_and_why():
    sheets = recognise([Grid("Items", [["Title"], [], ["", *HEAD, "Remarks"], ["", "001", "A1", DUE, 5.0, "x"]])])
    found, customers = sheets.ledger, sheets.customers
    assert (found.sheet, found.header_row, found.first_row, found.first_column, found.last_column) == (
        "Items",
        2,
        3,
        1,
        5,
    )
    assert dict(found.columns) == {"customer": 1, "document": 2, "due_date": 3, "amount": 4}
    assert found.headings["due_date"] == "Due Date"
    assert (found.layout, found.kind, set(found.why), customers) == ("generic", "ledger", set(HEAD), None)


def test_headings_in_the_twentieth_row_are_found():
    assert recognise([Grid("Items", [["note"]] * 19 + ROWS)]).ledger.header_row == 19


def test_headings_in_two_rows_are_read_together():
    rows = [
        ["客户编码", "单据编号", "到期日", "应收", ""],
        ["", "", "", "金额", "余额"],
        ["007", "Y1", DUE, 100.0, 40.0],
    ]
    found = recognise([Grid("Items", rows, merged=((0, 3, 0, 4),))]).ledger
    assert (found.header_row, found.first_row) == (1, 2)
    assert dict(found.columns) == {"customer": 0, "document": 1, "due_date": 2, "amount": 3, "open": 4}


def test_the_cells_decide_what_a_heading_of_two_meanings_is():
    assert (
        "due_date"
        in recognise([Grid("S", [["Customer", "Invoice", "Amount", "Due"], ["A", "1", 5.0, DUE]])]).ledger.columns
    )
    assert (
        "open"
        in recognise([Grid("S", [["Customer", "Invoice", "Amount", "Due"], ["A", "1", 5.0, 2.5]])]).ledger.columns
    )


def test_items_win_over_a_summary_that_stands_before_them():
    found = recognise([Grid("Summary", SUMMARY), Grid("Items", ROWS)]).ledger
    assert found.sheet == "Items"


def test_a_visible_sheet_wins_over_a_hidden_one_and_the_others_are_named():
    more = [[*HEAD, "Currency", "Paid"], ["001", "A1", DUE, 5.0, "EUR", 0.0]]
    found = recognise([Grid("Old", more, hidden=True), Grid("Jan", ROWS), Grid("Feb", ROWS)]).ledger
    assert (found.sheet, found.others) == ("Jan", ("Feb",))
    assert recognise([Grid("Old", more, hidden=True)]).ledger.sheet == "Old"


def test_a_sheet_asked_for_is_taken_whatever_the_case_of_its_name():
    assert recognise([Grid("Jan", ROWS), Grid("Feb", ROWS)], sheet="feb").ledger.sheet == "Feb"


def test_a_sheet_that_is_not_there_is_refused_with_the_nearest_name():
    with pytest.raises(
        WorkbookError, match=r"There is no sheet 'Febr'; there are Feb, Jan\. Give one of these names\."
    ):
        recognise([Grid("Jan", ROWS), Grid("Feb", ROWS)], sheet="Febr")


def test_a_workbook_of_totals_by_customer_is_refused_as_one():
    with pytest.raises(LayoutError, match=r"Sheet Aging shows totals by customer .*Export the detail report"):
        recognise([Grid("Aging", SUMMARY)])


def test_headings_that_make_no_ledger_are_refused_with_what_they_lack():
    with pytest.raises(
        LayoutError,
        match=r"headings are in row 2 of sheet Items: Invoice, Due Date, Colour; of these, .* knows only: Invoice, Due Date",
    ):
        recognise([Grid("Items", [["Title"], ["Invoice", "Due Date", "Colour"], ["1", DUE, "red"]])])


def test_a_workbook_without_headings_and_one_without_cells_are_refused_apart():
    with pytest.raises(LayoutError, match=r"No row of headings was found in the first rows of: S\."):
        recognise([Grid("S", [[1.0, 2.0], [3.0, 4.0]])])
    with pytest.raises(LedgerError, match=r"There is nothing in the sheets of this workbook: S\."):
        recognise([Grid("S", [["", None]])])


def test_columns_an_earlier_run_added_are_not_recognised():
    rows = [[*HEAD, "Open amount"], ["001", "A1", DUE, 5.0, 5.0]]
    found = recognise([Grid("Items", rows, own=(4, 4))]).ledger
    assert ("open" in found.columns, found.last_column) == (False, 3)


REAL = {
    "barbarzilay_ar_aging_report.xlsx": (
        "Open Invoices",
        {"name": 1, "document": 0, "status": 2, "document_date": 3, "due_date": 4, "open": 7},
    ),
    "dgs_sample_aging_report.xlsx": (
        "Sheet1",
        {"customer": 5, "name": 4, "document": 1, "document_date": 3, "amount": 6},
    ),
    "dgs_new_report_input.xlsx": (
        "Sheet1",
        {"customer": 9, "name": 10, "document": 11, "document_type": 6, "document_date": 12, "amount": 5, "status": 4},
    ),
    "dgs_old_report_input.xlsx": (
        "Prompt Payment",
        {"customer": 11, "name": 12, "document": 13, "document_type": 8, "document_date": 14, "amount": 7, "status": 6},
    ),
}


@pytest.mark.parametrize("name", REAL)
def test_a_real_workbook_is_recognised(name):
    if not (DATA / name).exists():
        pytest.skip(f"{name} is not here: it is read from ../shared/data")
    book = CalamineWorkbook.from_path(DATA / name)
    found = recognise(
        [Grid(sheet, book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)) for sheet in book.sheet_names]
    ).ledger
    assert (found.sheet, dict(found.columns)) == REAL[name]


cells = st.one_of(st.none(), st.text(max_size=8), st.floats(), st.dates(), st.sampled_from(HEAD + SUMMARY[0]))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(cells, max_size=6), max_size=6))
def test_no_sheet_makes_detection_fail_otherwise_than_by_saying_so(rows):
    try:
        said = recognise([Grid("S", rows)]).ledger.sheet
    except LedgerError as error:
        said = error.in_words()
    assert said
