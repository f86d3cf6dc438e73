"""A policy as the cells of a Policy sheet, and back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import SETTINGS
from xlcredit import policy
from xlcredit.kernel.errors import PolicyError
from xlcredit.locales import LANGUAGES, Words
from xlcredit.policy.sheet import to_rows
from xlcredit.policy.sheetreading import from_rows

EN = Words.of("en")
HEADINGS = ["key", "entry", "side", "bound", "value", "meaning"]


def rows_of(key, table):
    return [row[:5] for row in table if row[0] == key]


def test_the_rows_show_every_band_by_its_bound():
    table = to_rows(policy.load(), EN, date(2026, 10, 31))
    assert table[0] == ["Key", "Entry", "Side", "Bound", "Value", "Meaning"]
    assert table[1][:5] == ["as_of", "", "", "", date(2026, 10, 31)]
    assert rows_of("grades", table) == [
        ["grades", "A", "from", 80, 1],
        ["grades", "B", "from", 65, 0.8],
        ["grades", "C", "from", 50, 0.5],
        ["grades", "D", "from", 35, 0.25],
        ["grades", "E", "", "", 0],
    ]
    assert rows_of("aging.buckets", table)[:3] == [
        ["aging.buckets", "not_due", "", "", ""],
        ["aging.buckets", "1-30", "from", 1, ""],
        ["aging.buckets", "31-60", "above", 30, ""],
    ]
    assert rows_of("dunning.procedures.prompt.levels", table)[2] == [
        "dunning.procedures.prompt.levels", "legal_collection", "above", 60, "lawyer",
    ]  # fmt: skip
    assert rows_of("scorecards.trade.debt_ratio", table)[:2] == [
        ["scorecards.trade.debt_ratio", "", "", "", 15],
        ["scorecards.trade.debt_ratio", "", "above", 0.4, 12],
    ]
    assert rows_of("scorecards.trade.debt_ratio.missing", table) == [
        ["scorecards.trade.debt_ratio.missing", "", "", "", 7]
    ]
    assert [row[4] for row in rows_of("scoring.order", table)] == ["trade", "behaviour", "financial", "newcomer"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_row_has_a_meaning_in_words(lang):
    table = to_rows(policy.load(), Words.of(lang))
    unexplained = [row[0] for row in table[1:] if not row[5] or row[5] in (row[0], row[0].rpartition(".")[2])]
    assert unexplained == []


@given(st.lists(SETTINGS, max_size=6), st.sampled_from(LANGUAGES), st.booleans())
def test_what_a_sheet_holds_is_the_policy_itself(sets, lang, as_floats):
    wanted = policy.load(sets=sets)
    table = to_rows(wanted, Words.of(lang))
    if as_floats:  # Excel's cells know no whole numbers
        table = [[float(cell) if type(cell) is int else cell for cell in row] for row in table]
    assert policy.fingerprint(policy.load(sheet=from_rows(table, "Policy"))) == policy.fingerprint(wanted)


def test_a_figure_that_no_float_holds_stands_as_text():
    exact = "0.12345678901234567890123"
    table = to_rows(policy.load(sets=[f"limit.tax={exact}"]), EN)
    assert rows_of("limit.tax", table) == [["limit.tax", "", "", "", exact]]
    assert str(policy.load(sheet=from_rows(table, "Policy")).tree["limit"]["tax"]) == exact


def test_headings_may_stand_anywhere_in_any_order_and_language():
    table = [["Our policy"], [], ["取值", None, "键", "界限", "界限类型", "条目"], [70.0, None, "scoring.reasons"], []]
    table[3] = [2.0, None, "scoring.reasons", None, None, None]
    loaded = policy.load(sheet=from_rows(table, "Policy"))
    assert loaded.reasons == 2
    assert loaded.origin["scoring.reasons"] == "Policy!A4"


def test_what_is_left_blank_is_not_changed():
    table = [HEADINGS, ["limit.step", "", "", "", "", ""], ["currency", "", "", "", None, ""]]
    assert from_rows(table, "Policy")["currency"].value == ""
    assert policy.load(sheet=from_rows(table, "Policy")).limit.step is None


def test_numbers_typed_as_text_and_text_typed_as_numbers_count():
    table = [HEADINGS, ["version", "", "", "", 2.0, ""], ["limit.step", "", "", "", " 500 ", ""]]
    loaded = policy.load(sheet=from_rows(table, "Policy"))
    assert (loaded.version, loaded.limit.step) == ("2", 500)


@pytest.mark.parametrize(
    ("row", "code", "where"),
    [
        (["limit.stp", "", "", "", 5], "policy-unknown-key", "Policy!B12"),
        (["", "", "", "", 5], "policy-unknown-key", "Policy!B12"),
        (["limit", "", "", "", 5], "policy-unknown-key", "Policy!B12"),
        (["grades.B.from", "", "", "", 5], "policy-unknown-key", "Policy!B12"),
        (["limit.step.more", "", "", "", 5], "policy-unknown-key", "Policy!B12"),
        (["scorecards.trade.debt_ratio.bettr", "", "", "", "lower"], "policy-unknown-key", "Policy!B12"),
        (["limit.tax", "", "", "", 0.1], "policy-stands-twice", "Policy!B12"),
        (["grades", "A", "over", 80, 1], "policy-not-a-choice", "Policy!D12"),
    ],
)
def test_a_row_that_cannot_be_understood_is_told_with_its_cell(row, code, where):
    table = [HEADINGS, ["limit.tax", "", "", "", 0.1], row]
    with pytest.raises(PolicyError, match="policy has faults: 1") as caught:
        from_rows(table, "Policy", top=9, left=1)
    assert [(fault.code, fault.where) for fault in caught.value.faults] == [(code, where)]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["limit.tax", "", "", "", 7.0], "limit.tax (Policy!E2): 7.0 is out of range"),
        (["limit.tax", "", "", "", "#N/A"], 'limit.tax (Policy!E2): "#N/A" stands where a number belongs'),
        (["grades", "A", "from", "x", 1.0], 'grades.A.from (Policy!D2): "x" stands where a number belongs'),
    ],
)
def test_a_figure_that_is_wrong_is_told_with_its_cell(row, said):
    with pytest.raises(PolicyError, match="The policy has faults") as caught:
        policy.load(sheet=from_rows([HEADINGS, row], "Policy"))
    assert said in str(caught.value)


def test_a_table_without_its_headings_is_refused():
    with pytest.raises(PolicyError, match="no row with the headings key, entry, side, bound, value"):
        from_rows([["limit.step", "", "", "", 500]], "Policy")


def test_a_key_of_the_policys_making_means_what_its_table_does():
    said = {row[0]: row[-1] for row in to_rows(policy.load(), Words.of("en"))}
    assert said["dunning.reasons.dispute"] == said["dunning.reasons.oversight"]
    assert said["interest.regimes.eu.dispute"] != said["dunning.reasons.dispute"]
