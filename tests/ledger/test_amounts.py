"""Amounts: whatever notation an export chose, the number is the same."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.reading import strip
from xlcredit.ledger.amounts import read_amounts

NOTATIONS = [
    ("1,234.56", 1234.56),
    ("1.234,56", 1234.56),
    ("1 234,56", 1234.56),
    ("1\u00a0234,56", 1234.56),
    ("1\u202f234,56", 1234.56),
    ("1'234.56", 1234.56),
    ("1’234.56", 1234.56),
    ("12,34,567.89", 1234567.89),
    ("1,234,567", 1234567.0),
    ("1.234.567", 1234567.0),
    ("(1,234.56)", -1234.56),
    ("$(1,234.56)", -1234.56),
    ("1,234.56-", -1234.56),
    ("1.234,56-", -1234.56),
    ("-1,234.56", -1234.56),
    ("−1,234.56", -1234.56),
    ("- 1,234.56", -1234.56),
    ("1,234.56 CR", -1234.56),
    ("1,234.56Cr", -1234.56),
    ("1,234.56 DR", 1234.56),
    ("+5.00", 5.0),
    ("¥1,234.56", 1234.56),
    ("￥1,234.56", 1234.56),
    ("-¥1,234.56", -1234.56),
    ("USD 1,234.56", 1234.56),
    ("1,234.56 EUR", 1234.56),
    ("€1.234,56", 1234.56),
    ("-€ 5,00", -5.0),
    ("１，２３４．５６", 1234.56),
    ("1.5E+3", 1500.0),
    ("1,5e3", 1500.0),
    ("1234", 1234.0),
    ("0.5", 0.5),
    (".5", 0.5),
    ("1234,567", 1234.567),
    ("1'234.-", 1234.0),
    ("25,--", 25.0),
    ("-", 0.0),
    ("－", 0.0),
    ("—", 0.0),
    ("$ -", 0.0),
    ("100.00 元", 100.0),
]


@pytest.mark.parametrize(("text", "number"), NOTATIONS)
def test_every_notation_gives_its_number(text, number):
    assert read_amounts(strip([text])).values.tolist() == [number]
    assert not read_amounts(strip([text])).faults


@pytest.mark.parametrize(
    "text",
    [
        "abc",
        "12 34",
        "1,2,3",
        "1.2.3,4,5",
        "31.12.2025",
        "--5",
        "-(5)",
        "5 6 EUR USD",
        "12:30",
        "35%",
        "#N/A",
        "1/2",
        "XYZ 5",
        "=1+1",
        "()",
        ",",
        ".",
        "-.",
        ".,'",
        ".e5",
    ],
)
def test_text_that_is_no_amount_is_a_fault_and_no_number(text):
    read = read_amounts(strip([text]))
    assert np.isnan(read.values).all()
    assert [(f.severity, f.code, f.where, f.facts["text"]) for f in read.faults.values()] == [
        ("error", "amount-unreadable", "'Open items'!B2", text)
    ]


@pytest.mark.parametrize("cell", [True, False, float("inf"), float("nan")])
def test_a_bool_or_an_infinite_number_is_no_amount(cell):
    assert [f.code for f in read_amounts(strip([cell, "1.00"])).faults.values()] == ["amount-unreadable"]


@pytest.mark.parametrize("cell", [9.1e13, "91,000,000,000,000.00", 10**400, 1e300])
def test_an_amount_whose_cents_a_float_cannot_hold_is_a_fault(cell):
    read = read_amounts(strip([cell, 1.0]))
    assert [f.code for f in read.faults.values()] in (["amount-too-large"], ["amount-unreadable"])
    assert np.isnan(read.values[0])


def test_blank_is_neither_zero_nor_a_fault():
    read = read_amounts(strip([None, "", "  ", 0.0]))
    assert [str(value) for value in read.values] == ["nan", "nan", "nan", "0.0"]
    assert read.faults == {}


def test_an_error_cell_and_an_uncalculated_formula_are_faults_of_different_codes():
    read = read_amounts(strip(["", "", 1.0], broken={0: "#N/A", 1: "(no value)"}))
    assert [f.code for f in read.faults.values()] == ["cell-error", "cell-uncached"]


def test_the_column_decides_what_one_cell_leaves_open():
    assert read_amounts(strip(["1,234", "5.50"])).values.tolist() == [1234.0, 5.5]
    assert read_amounts(strip(["1,234", "5,50"])).values.tolist() == [1.234, 5.5]
    assert read_amounts(strip(["1.234", "5,50"])).values.tolist() == [1234.0, 5.5]
    assert read_amounts(strip(["1.234", "1.234,50"])).values.tolist() == [1234.0, 1234.5]
    assert read_amounts(strip(["1,234", "5.50"])).findings == ()


@pytest.mark.parametrize("text", ["1,234", "1.234"])
def test_an_amount_that_nothing_settles_has_thousands_and_the_finding_says_so(text):
    read = read_amounts(strip([text, 5.0]))
    assert read.values.tolist() == [1234.0, 5.0]
    assert [(f.code, f.where, f.facts["example"], f.facts["read"]) for f in read.findings] == [
        ("ambiguous-amounts", "'Open items'!B", text, 1234.0)
    ]


def test_two_notations_in_one_column_are_each_read_as_far_as_they_go_and_said():
    read = read_amounts(strip(["1,234.56", "7.50", "1.234,56", "1,234"]))
    assert read.values.tolist() == [1234.56, 7.5, 1234.56, 1234.0]
    assert [(f.code, f.facts["mark"], f.facts["example"]) for f in read.findings] == [
        ("mixed-decimal-marks", ".", "1.234,56")
    ]


def test_the_currency_written_beside_an_amount_is_kept_and_a_shared_sign_names_none():
    read = read_amounts(strip(["USD 1.00", "2.00 €", "￥3.00", "$4.00", "HK$5.00", "6.00元"]))
    assert read.currencies == {0: "USD", 1: "EUR", 4: "HKD", 5: "CNY"}


def test_percents_are_fractions_only_where_a_ratio_is_read():
    assert read_amounts(strip(["35%", "0.2"]), percent=True).values.tolist() == [0.35, 0.2]
    assert [f.code for f in read_amounts(strip(["35%"])).faults.values()] == ["amount-unreadable"]


FORMATS = {
    "english": lambda cents: f"{cents / 100:,.2f}",
    "german": lambda cents: f"{cents / 100:,.2f}".translate(str.maketrans(",.", ".,")),
    "french": lambda cents: f"{cents / 100:,.2f}".replace(",", "\u202f").replace(".", ","),
    "swiss": lambda cents: f"{cents / 100:,.2f}".replace(",", "'"),
    "trailing minus": lambda cents: f"{abs(cents) / 100:,.2f}" + ("-" if cents < 0 else ""),
    "brackets": lambda cents: f"({-cents / 100:,.2f})" if cents < 0 else f"{cents / 100:,.2f}",
    "credit mark": lambda cents: f"{abs(cents) / 100:,.2f} " + ("CR" if cents < 0 else "DR"),
    "currency": lambda cents: f"EUR {cents / 100:,.2f}",
    "full width": lambda cents: f"{cents / 100:,.2f}".translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789.,-"}),
    "plain": lambda cents: f"{cents / 100:.2f}",
}


@pytest.mark.parametrize("name", FORMATS)
@given(st.lists(st.integers(-(10**13), 10**13), min_size=1, max_size=5))
def test_what_is_formatted_reads_back(name, cents):
    read = read_amounts(strip([FORMATS[name](value) for value in cents]))
    assert np.round(read.values * 100).astype(int).tolist() == cents
    assert not read.faults


@given(
    st.lists(
        st.one_of(
            st.text(max_size=20),
            st.text("0123456789.,-+()eE' %$€", max_size=12),
            st.floats(),
            st.integers(),
            st.booleans(),
            st.none(),
            st.dates(),
        )
    )
)
def test_no_cell_makes_reading_fail_and_none_gives_an_infinite_amount(cells):
    read = read_amounts(strip(cells))
    assert len(read.values) == len(cells)
    assert not np.isinf(read.values).any()
    assert np.isnan(read.values[list(read.faults)]).all()
