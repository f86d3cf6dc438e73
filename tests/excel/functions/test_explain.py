"""CREDIT_EXPLAIN: what is wrong and what to do, in the language the error is said in."""

from __future__ import annotations

import pytest

from xlcredit.excel import configuration, functions
from xlcredit.excel.functions.rows import NOT_AVAILABLE
from xlcredit.locales import LANGUAGES, Words

DAY = "2026-06-30"


def first(table):
    """The first cell of a table's first row."""
    return [table[0][:1]]


def second(table):
    """The error below the headings, beside the number of the plan."""
    return [table[1][1:2]]


CALLS = {
    "no-number": lambda: functions.credit_grade([["good"]]),
    "too-large": lambda: functions.credit_headroom([[1e15]], [[0]]),
    "sum-too-large": lambda: functions.credit_headroom([[9e12]], [[-9e12]]),
    "no-score": lambda: functions.credit_grade([[101]]),
    "no-decision": lambda: functions.indemnity([[100]], [[100]], 0.9, 5, "after"),
    "no-share": lambda: functions.insured_amount([[100]], [[100]], [[90]]),
    "negative": lambda: functions.premium([[100]], [[0.01]], [[-1]]),
    "unknown-grade": lambda: functions.expected_loss([[100]], [[0]], [["F"]]),
    "roll-too-few": lambda: functions.roll_rates([[100, 50]]),
    "nothing-to-roll": lambda: functions.roll_rates([[0, 0], [100, 50]]),
    "no-date": lambda: functions.days_past_due([["明天"]], [[DAY]]),
    "open-order": lambda: functions.days_past_due([["03/04/2026"]], [[DAY]]),
    "blank": lambda: functions.days_past_due([[DAY]], None),
    "too-short": lambda: functions.credit_headroom([[3], [2], [1]], [[0], [0]])[2:],
    "too-wide": lambda: functions.credit_grade([[80, 70]]),
    "answers-width": lambda: functions.credit_score([[1, 2]]),
    "headers-width": lambda: functions.credit_score([[1, 2]], None, [["debt_ratio"]]),
    "unknown-header": lambda: functions.credit_score([[1]], None, [["dept ratio"]]),
    "repeated-header": lambda: functions.credit_score([[1, 2]], None, [["debt_ratio", "资产负债率"]]),
    "unknown-language": lambda: functions.aging_bucket([[DAY]], [[DAY]], None, "fr"),
    "unknown-terms": lambda: functions.due_date([[DAY]], [["as agreed"]]),
    "no-discount": lambda: first(functions.discount_cost([[2]], [[10]], [[30]])),
    "not-above-zero": lambda: first(functions.discount_cost([[0.02]], [[10]], [[30]], [[0]])),
    "discount-after-due": lambda: first(functions.discount_cost([[0.02]], [[30]], [[30]])),
    "no-count": lambda: second(functions.payment_plan([[100]], [[0]], [[DAY]])),
    "too-little-to-split": lambda: second(functions.payment_plan([[0.01]], [[2]], [[DAY]])),
    "unknown-interval": lambda: second(functions.payment_plan([[100]], [[2]], [[DAY]], [["now and then"]])),
    "unknown-agency": lambda: functions.map_rating([["allianz"]], [[3]]),
    "unknown-rating": lambda: functions.map_rating([["allianz_trade"]], [[11]]),
    "checks-width": lambda: functions.admission([[DAY]]),
    "blacklist-width": lambda: functions.blacklist_match("Alpha", "", [["Alpha", "1", "2"]]),
    "no-sales": lambda: functions.dso(100, 0, 30),
    "history-ends": lambda: functions.dso_countback(150, [[100]], [[30]]),
    "nothing-collectable": lambda: functions.cei(0, 100, 100, 100),
    "unknown-regime": lambda: [functions.late_interest([[100]], [[DAY]], [[DAY]], [["france"]])[0][:1]],
    "no-reference-rate": lambda: [functions.late_interest([[100]], [["2001-06-30"]], [[DAY]], [["eu"]])[0][:1]],
    "policy": lambda: functions.credit_policy("stepd"),
}
"""A call that ends in each fault."""
FAULTS = {
    ("no-number", "en"): 'score: "good" is no number. Write a number there, or clear the cell if it is not known.',
    ("no-number", "zh"): "score：“good”不是数字。请在该单元格填写数字；若未知，请清空。",
    (
        "no-date",
        "en",
    ): 'due: "明天" is no date between 1980 and 2100. Write a date there, or clear the cell if none is known.',
    ("too-short", "zh"): "exposure 只有 2 行，需要 3 行。请使各列行数一致，或给出适用于所有行的单个单元格。",
    ("blank", "en"): "as_of is blank. Fill it in: the result depends on it.",
}


def speaking(lang, home):
    (home / "config.toml").write_text(f'lang = "{lang}"\n', encoding="utf-8")
    configuration.reload()


def test_every_fault_has_a_call_in_every_language():
    assert [{*Words.of(lang).table["faults"]} for lang in LANGUAGES] == [{*CALLS}] * len(LANGUAGES)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", CALLS)
def test_a_fault_is_explained_with_what_to_do(code, lang, home):
    speaking(lang, home)
    [[error]] = CALLS[code]()
    remedy = Words.of(lang).fault(code, "remedy", {})
    reason = error.partition(" ")[2].rstrip(".。")
    stop = {"en": ". ", "zh": "。"}[lang]
    kind = "#N/A" if code in NOT_AVAILABLE else "#DIV/0!" if code == "nothing-to-roll" else "#VALUE!"
    assert error.split(" ")[0] == kind
    assert functions.credit_explain([[error]]) == [[f"{reason}{stop}{remedy}"]]


@pytest.mark.parametrize(("code", "lang"), FAULTS)
def test_an_explanation_reads_as_a_sentence(code, lang, home):
    speaking(lang, home)
    assert functions.credit_explain(CALLS[code]()) == [[FAULTS[code, lang]]]


def test_an_error_said_in_another_language_is_explained_in_that_one(home):
    speaking("zh", home)
    english = '#VALUE! due: "明天" is no date between 1980 and 2100'
    assert functions.credit_explain([[english]]) == [[FAULTS["no-date", "en"]]]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_bare_error_is_explained_by_its_code(lang, home):
    speaking(lang, home)
    meanings = Words.of(lang).table["error_cells"]
    codes = [code for code in meanings if code.startswith("#")]
    assert functions.credit_explain([codes, [*codes[:-1], "#BUSY!"]]) == [
        [meanings[code] for code in codes],
        [*(meanings[code] for code in codes[:-1]), meanings["other"]],
    ]


def test_what_is_no_error_needs_no_explanation():
    assert functions.credit_explain([["RELEASE", 80, None], ["#12", "", True]]) == [["", "", ""], ["", "", ""]]


def test_an_error_of_somebody_else_keeps_its_reason():
    assert functions.credit_explain([["#VALUE! the server says no"]]) == [["the server says no."]]
