"""The contract through the add-in's VBA: the real wrapper, interpreted, around the real Python function."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.support.contract import check, parametrized, with_dates
from tests.support.vba import Excel, block
from xlcredit.excel import functions

FIRST_DAY = date(1899, 12, 30)


def python(name, arguments):
    """The function itself; dates go back to Excel as their serial numbers."""
    result = getattr(functions, name.lower())(*arguments)
    return [[serial(cell) for cell in row] for row in result]


def serial(cell):
    """A cell as it travels: Value2 and pywin32 know a date as a number."""
    if isinstance(cell, datetime):
        cell = cell.date()
    return float((cell - FIRST_DAY).days) if isinstance(cell, date) else cell


@pytest.fixture(scope="module")
def excel():
    return Excel(python)


@parametrized()
def test_a_wrapper_gives_what_the_contract_says(excel, case):
    arguments = [block([[serial(cell) for cell in row] for row in argument], 1) for argument in case.arguments]
    result = [["" if cell is None else cell for cell in row] for row in excel.call(case.function, *arguments)]
    check(case, with_dates(case, result), reasons=False)
