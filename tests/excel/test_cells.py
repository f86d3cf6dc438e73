"""What a cell means, by itself."""

from __future__ import annotations

import gc
from datetime import UTC, date, datetime

import numpy as np
import pytest

from xlcredit.excel.cells import Fault, as_table, days, flags, is_omitted, numbers, plain, rows_of


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (3, 3.0), (2.5, 2.5), ("1,234.5", 1234.5), (" 12 ", 12.0), ("12%", 0.12), ("１２．５％", 0.125), ("1.234,50", 1234.5),
        ("1,234", 1234.0), ("1.234", 1.234), ("(50)", -50.0), ("−7", -7.0), ("-", 0.0), ("¥ 1,000.00", 1000.0),
    ],
)  # fmt: skip
def test_a_number_however_it_is_written(cell, number):
    values, broken = numbers([cell, "5"])
    assert values.tolist() == [pytest.approx(number), 5.0]
    assert broken == {}


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("abc", Fault("no-number", "abc")),
        (True, Fault("no-number", "TRUE")),
        (datetime(2026, 6, 30, tzinfo=UTC), Fault("no-number", "2026-06-30")),
        ("#DIV/0!", Fault("", "#DIV/0!")),
        ("#VALUE! due: what", Fault("", "#VALUE! due: what")),
        (1e15, Fault("too-large", "1000000000000000.0")),
        ("#12", Fault("no-number", "#12")),
    ],
)
def test_what_is_no_number_is_a_fault_of_its_cell(cell, fault):
    values, broken = numbers([1, cell])
    assert values[0] == 1.0
    assert np.isnan(values[1])
    assert broken == {1: fault}


@pytest.mark.parametrize("cell", [None, "", "  ", "　"])
def test_blank_is_missing(cell):
    values, broken = numbers([cell])
    assert np.isnan(values).all()
    assert broken == {}


@pytest.mark.parametrize(
    "cell",
    [
        date(2026, 6, 30),
        datetime(2026, 6, 30, 23, 59, tzinfo=UTC),
        46203,
        46203.99,
        "2026-06-30",
        "30/06/2026",
        "2026年6月30日",
        "20260630",
    ],
)
def test_a_date_however_it_is_written(cell):
    column, broken = days([cell, None])
    assert column.astype(object).tolist() == [date(2026, 6, 30), None]
    assert broken == {}


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("03/04/2026", "open-order"),
        ("soon", "no-date"),
        (True, "no-date"),
        (date(9999, 12, 31), "no-date"),
        ("#N/A", ""),
    ],
)
def test_what_is_no_date_is_a_fault_of_its_cell(cell, code):
    column, broken = days([cell, "30/06/2026"])
    assert np.isnat(column).tolist() == [True, False]
    assert {at: fault.code for at, fault in broken.items()} == {0: code}


def test_yes_and_no():
    said, broken = flags([True, "x", "dispute", False, "no", "", None, "否", "#REF!"])
    assert said.tolist()[:8] == [True, True, True, False, False, False, False, False]
    assert broken == {8: Fault("", "#REF!")}


def test_results_are_plain():
    assert plain(np.array([1.5, np.nan, np.inf])) == [1.5, "", ""]
    assert plain(np.array(["2026-06-30", "NaT"], dtype="datetime64[D]")) == [date(2026, 6, 30), ""]
    assert type(plain(np.array([3]))[0]) is int


def test_an_argument_left_out_or_blank_is_omitted():
    assert [is_omitted(given) for given in (None, [[None]], "", [[""]], 0, [[0]], [[None], [None]])] == [
        True, True, True, True, False, False, False,
    ]  # fmt: skip
    assert rows_of(5) == [[5]]


def test_columns_become_rows_and_garbage_is_collected_again():
    assert as_table([np.array([1.5, np.nan]), np.array(["a", ""], dtype=object)]) == [[1.5, "a"], ["", ""]]
    assert gc.isenabled()


def test_columns_of_unequal_length_are_no_table_and_garbage_is_collected_again():
    with pytest.raises(ValueError, match="shorter"):
        as_table([np.array([1.0, 2.0]), np.array([1.0])])
    assert gc.isenabled()


def test_who_collects_no_garbage_goes_on_so():
    gc.disable()
    try:
        as_table([np.array([1.0])])
        assert not gc.isenabled()
    finally:
        gc.enable()
