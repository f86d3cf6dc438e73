"""Reading a customers sheet: blank, broken and zero stay three things."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xlcredit.kernel.errors import LayoutError
from xlcredit.layouts import recognise
from xlcredit.ledger.grid import Grid
from xlcredit.ledger.read import read_customers

LEDGER = Grid("Ledger", [["Customer No", "Document Number", "Due Date", "Amount"], ["001", "A1", "2025-10-31", 5.0]])


def read(rows, **grid):
    sheet = Grid("Customers", rows, **grid)
    where = recognise([LEDGER, sheet]).customers
    assert where is not None
    return read_customers(sheet, where)


def figures(table, role):
    return [None if np.isnan(value) else value for value in table.figures[role].tolist()]


def test_a_customers_sheet_gives_each_customers_figures():
    table, findings = read([
        ["Customer master"],
        ["Customer No", "Customer Name", "Customer Since", "Payment Terms", "Currency", "Credit Limit", "Net Worth", "Years of Relationship", "Debt Ratio", "Adverse Events", "Dunning Block"],
        ["001", "Acme", "15.01.2019", "30 days net", "EUR", "50.000,00", 1e6, 6.0, 0.35, 0.0, ""],
        [1002.0, "Börner", "", "", "usd", None, "", 2.5, "40%", 1.0, "X"],
        ["Total", "", "", "", "", 50000.0, "", "", "", "", ""],
    ])  # fmt: skip
    assert (table.row.tolist(), table.customer.tolist(), table.name.tolist()) == (
        [3, 4],
        ["001", "1002"],
        ["Acme", "Börner"],
    )
    assert (str(table.since[0]), bool(np.isnat(table.since[1]))) == ("2019-01-15", True)
    assert (table.terms.tolist(), table.currency.tolist(), table.blocked.tolist()) == (
        ["30 days net", ""],
        ["EUR", "USD"],
        [False, True],
    )
    assert {role: figures(table, role) for role in table.figures} == {
        "credit_limit": [50000.0, None],
        "net_worth": [1000000.0, None],
        "years_of_relationship": [6.0, 2.5],
        "debt_ratio": [0.35, 0.4],
        "adverse_events": [0.0, 1.0],
    }
    assert not any(broken.any() for broken in table.broken.values())
    assert findings == ()


@pytest.mark.parametrize(
    ("headings", "dunning", "orders"),
    [
        (["Dunning Block", "Order Block"], [True, False], [False, True]),
        (["Mahnsperre", "Liefersperre"], [True, False], [False, True]),
        (["催款冻结", "信用冻结"], [True, False], [False, True]),
        (["Note", "Credit Hold"], [False, False], [False, True]),
    ],
)
def test_a_block_of_dunning_is_one_thing_and_a_block_of_orders_another(headings, dunning, orders):
    table, _ = read([["Customer No", "Credit Limit", *headings], ["1", 100.0, "x", ""], ["2", 100.0, "", "x"]])
    assert (table.blocked.tolist(), table.marks["order_block"].tolist()) == (dunning, orders)


def test_a_chinese_customers_sheet_takes_its_currency_from_the_heading():
    table, _ = read([["客户名称", "信用额度(元)", "合作年限", "资产负债率"], ["东方红", 100000.0, 3.0, 0.6]])
    assert (table.customer.tolist(), table.currency.tolist(), figures(table, "debt_ratio")) == (
        ["东方红"],
        ["CNY"],
        [0.6],
    )


def test_text_and_error_cells_are_broken_and_said_and_blanks_are_not():
    table, findings = read(
        [["Customer No", "Net Margin", "Debt Ratio"], ["1", "n/a", 0.5], ["2", "", 0.5], ["3", 0.0, ""]],
        broken={(3, 2): "#DIV/0!"},
    )
    assert (table.broken["net_margin"].tolist(), figures(table, "net_margin")) == (
        [True, False, False],
        [None, None, 0.0],
    )
    assert (table.broken["debt_ratio"].tolist(), figures(table, "debt_ratio")) == (
        [False, False, True],
        [0.5, 0.5, None],
    )
    assert [(f.severity, f.code, f.where) for f in findings] == [
        ("error", "cell-error", "Customers!C4"),
        ("error", "figure-unreadable", "Customers!B2"),
    ]


@pytest.mark.parametrize(
    ("heading", "cells", "ratios", "percent"),
    [
        ("Debt Ratio", [35.0, 60.0], [0.35, 0.6], True),
        ("Debt Ratio", [0.35, 1.8], [0.35, 1.8], False),
        ("Debt Ratio", ["35%", 0.6], [0.35, 0.6], False),
        ("Debt Ratio %", [35.0, 1.0], [0.35, 0.01], True),
        ("Net Margin %", [0.08, 0.1], [0.08, 0.1], False),
        ("Net Margin", [-12.0, 0.0], [-0.12, 0.0], True),
        ("资产负债率(%)", [35.0, 0.5], [0.35, 0.005], True),
    ],
)
def test_ratios_are_fractions_and_percents_are_told_by_the_column(heading, cells, ratios, percent):
    table, findings = read([["Customer No", heading], *([str(n), cell] for n, cell in enumerate(cells))])
    assert np.allclose(next(iter(table.figures.values())), ratios)
    assert [f.code for f in findings] == (["percent-read"] if percent else [])


def test_the_first_row_of_a_customer_counts_and_the_second_is_said():
    table, findings = read([["Customer No", "Credit Limit"], ["1", 5.0], ["2", 6.0], ["1", 7.0]])
    assert (table.customer.tolist(), figures(table, "credit_limit")) == (["1", "2"], [5.0, 6.0])
    assert [(f.code, f.where, f.facts["row"]) for f in findings] == [("duplicate-customer", "Customers!A4", 2)]


def test_a_list_of_documents_or_of_buckets_is_no_customers_sheet():
    other = Grid("Pivot", [["Customer", "Current", "1-30", "Total"], ["Acme", 1.0, 2.0, 3.0]])
    more = Grid("Payments", [["Customer", "Document Number", "Credit Limit"], ["Acme", "A1", 3.0]])
    assert recognise([LEDGER, other, more]).customers is None


def test_a_sheet_given_as_customers_that_is_none_is_refused():
    with pytest.raises(LayoutError, match=r"Sheet Ledger is no customers sheet"):
        recognise([Grid("Items", LEDGER.cells), LEDGER], customers="Ledger")


cells = st.one_of(
    st.none(),
    st.text(max_size=10),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.dates(),
    st.sampled_from(["Total", "35%", "1,5", "001"]),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(cells, max_size=6), max_size=6))
def test_no_cells_make_reading_fail(body):
    table, _ = read(
        [["Customer No", "Customer Name", "Customer Since", "Credit Limit", "Debt Ratio", "Blocked"], ["1"], *body]
    )
    assert len(set(table.customer.tolist())) == len(table)
    assert not any(np.isinf(values).any() for values in table.figures.values())


def test_a_customer_or_a_block_that_is_an_error_is_said_and_not_left_out_in_silence():
    rows = [
        ["Customer No", "Customer Name", "Credit Limit", "Order Block"],
        [None, None, 5.0, ""],
        ["002", "B", 5.0, None],
    ]
    table, findings = read(rows, broken={(1, 0): "#REF!", (2, 3): "#N/A"})
    assert (table.customer.tolist(), table.marks["order_block"].tolist()) == (["002"], [False])
    assert [(finding.code, finding.where) for finding in findings] == [
        ("cell-error", "Customers!A2"),
        ("cell-error", "Customers!D3"),
    ]
