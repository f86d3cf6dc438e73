"""Cells between Calc and the worksheet functions."""

from __future__ import annotations

import math
import struct
from datetime import date

import pytest

from udfs.calc.reasons import Reasons
from udfs.calc.values import cells_of, rows_of


def unlogged(code: str, reason: str) -> None:
    raise AssertionError(f"{code} {reason} is no error to log")


def low_half(number: float) -> int:
    return struct.unpack("<Q", struct.pack("<d", number))[0] & 0xFFFF_FFFF


@pytest.mark.parametrize(
    ("name", "given", "rows"),
    [
        ("answers", ((1.0, "x", ""), (2.0, "", 3.0)), [[1.0, "x", ""], [2.0, "", 3.0]]),
        ("policy", None, None),
        ("policy", "stepped", [["stepped"]]),
        ("as_of", 46203.0, [[46203.0]]),
        ("due", 0.0, [[""]]),
        ("limit", 0.0, [[0.0]]),
    ],
)
def test_arguments_become_rows(name: str, given: object, rows: object):
    assert rows == rows_of(name, given)


def test_results_become_cells():
    rows = [[86.0, "A", ""], [date(2026, 6, 30), True, 3]]
    assert ((86.0, "A", ""), (46203.0, 1.0, 3.0)) == cells_of(rows, unlogged)


@pytest.mark.parametrize(
    ("text", "code"), [("#N/A", 32767), ("#VALUE!", 519), ("#DIV/0!", 532), ("#REF!", 524), ("#NUM!", 503)]
)
def test_an_error_is_a_nan_with_calcs_code(text: str, code: int):
    ((cell,),) = cells_of([[text]], unlogged)
    assert math.isnan(cell)
    assert low_half(cell) == code


def test_the_reason_of_an_error_is_logged():
    said = []
    ((cell,),) = cells_of([['#VALUE! due: "soon" is no date']], lambda *told: said.append(told))
    assert low_half(cell) == 519
    assert said == [("#VALUE!", 'due: "soon" is no date')]


def test_text_that_only_begins_like_an_error_stays_text():
    assert (("#1 customer",),) == cells_of([["#1 customer"]], unlogged)


def test_reasons_are_told_latest_first_for_the_function_in_the_formula():
    reasons = Reasons()
    reasons.note("DAYS_PAST_DUE", "#VALUE!", 'due: "soon" is no date')
    reasons.note("DAYS_PAST_DUE", "#VALUE!", "as_of is blank")
    reasons.note("DAYS_PAST_DUE", "#VALUE!", 'due: "soon" is no date')
    formula = "=org.xlcredit.functions.days_past_due(B2;$B$1)"
    assert ['#VALUE! due: "soon" is no date', "#VALUE! as_of is blank"] == reasons.texts(formula, "#VALUE!")
    assert ["#N/A"] == reasons.texts(formula, "#N/A")
    assert ["#VALUE!"] == reasons.texts("=VLOOKUP(B2;C1:D9;2)", "#VALUE!")
