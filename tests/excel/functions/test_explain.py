"""CREDIT_EXPLAIN: what is wrong and what to do, in the language the error is said in."""

from __future__ import annotations

import pytest

from xlcredit.excel import configuration, functions
from xlcredit.locales import LANGUAGES, Words

DAY = "2026-06-30"
CALLS = {
    "no-number": lambda: functions.credit_grade([["good"]]),
    "too-large": lambda: functions.credit_headroom([[1e15]], [[0]]),
    "sum-too-large": lambda: functions.credit_headroom([[9e12]], [[-9e12]]),
    "no-score": lambda: functions.credit_grade([[101]]),
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
    "not-above-zero": lambda: functions.simple_interest([[100]], [[30]], [[0.1]], [[0]]),
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
    assert error.split(" ")[0] == ("#N/A" if code == "too-short" else "#VALUE!")
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
