"""Formulas as text: read as a user reads them, moved as a fill moves them, told apart from a user's."""

from __future__ import annotations

import pytest

from xlcredit.excel.additions import Formula, Name
from xlcredit.excel.formulas import bare, calls_ours, moved, reads_only_row, refers_to


@pytest.mark.parametrize(
    ("formula", "rows", "columns", "expected"),
    [
        ("A1+$B$2+C$3+$D4", 1, 1, "B2+$B$2+D$3+$D5"),
        ("SUM(A1:B2)", 2, 0, "SUM(A3:B4)"),
        ("SUM(A:B)+SUM(3:4)", 1, 1, "SUM(B:C)+SUM(4:5)"),
        ("'Open items'!A1&\"A1\"", 1, 0, "'Open items'!A2&\"A1\""),
        ("LOG10(A1)+Q1!A1+rate.A1", 1, 0, "LOG10(A2)+Q1!A2+rate.A1"),
        ("Items[[#This Row],[A1]]+A1", 1, 0, "Items[[#This Row],[A1]]+A2"),
        ("A1", -1, 0, "#REF!"),
        ("XFD1", 0, 1, "#REF!"),
    ],
)
def test_a_formula_moves_as_a_fill_moves_it(formula, rows, columns, expected):
    assert moved(formula, rows, columns) == expected


def test_prefixes_of_the_file_are_not_shown():
    written = '_xlfn.LET(_xlpm.x,_xlfn._xlws.FILTER(A:A,A:A>0),[1]!PAYDEX(_xlpm.x))&"_xlfn."'
    assert bare(written) == 'LET(x,FILTER(A:A,A:A>0),PAYDEX(x))&"_xlfn."'


@pytest.mark.parametrize(
    ("formula", "ours"),
    [("credit_score (A1:F1)", True), ('"PAYDEX("', False), ("MY_PAYDEX(A1)", False), ("IF(A1,PAYDEX(B1),0)", True)],
)
def test_a_call_of_ours_is_known(formula, ours):
    assert calls_ours(formula) is ours


@pytest.mark.parametrize(
    ("formula", "refers"),
    [("Policy!$B$2", True), ("'Policy'!B2", True), ("OldPolicy!B2", False), ("'My Policy'!B2", False)],
)
def test_a_reference_to_a_sheet_is_known(formula, refers):
    assert refers_to(formula, ["Policy"]) is refers


@pytest.mark.parametrize(("formula", "only"), [("E4-$F4", True), ("SUM(E3:E4)", False), ("1+1", False), ("A:A", False)])
def test_a_formula_that_reads_its_row_alone_is_known(formula, only):
    assert reads_only_row(formula, 4) is only


def test_placeholders_are_filled():
    formula = Formula("{own[1]}{row}*{sheet[policy]}!$B$2+{{1}}")
    assert formula.at(4, ["H", "I"], {"policy": "Credit policy"}) == "I5*'Credit policy'!$B$2+{1}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("=A1", "without its equals sign"), ("", "without its equals sign"), ("{column}", r"\{column\} is none of"),
    ],
)  # fmt: skip
def test_a_formula_that_cannot_be_is_refused(text, said):
    with pytest.raises(ValueError, match=said):
        Formula(text)


def test_a_sheet_that_is_nowhere_is_named():
    with pytest.raises(ValueError, match="our 'policy', which is neither there nor added"):
        Formula("{sheet[policy]}!A1").at(0, [], {})


def test_a_formula_longer_than_excel_takes_is_refused():
    with pytest.raises(ValueError, match="more than 8,192 characters"):
        Formula("A1+" * 3000 + "1").at(0, [], {})


@pytest.mark.parametrize("name", ["A1", "R1C1", "1st", "two words", "r"])
def test_a_name_excel_does_not_take_is_refused(name):
    with pytest.raises(ValueError, match="is no name that Excel accepts"):
        Name(name, "1")
