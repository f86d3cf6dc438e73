"""Words put together: names, brackets and sentences as each language has them."""

from __future__ import annotations

import pytest

from xlcredit.kernel.errors import WorkbookError
from xlcredit.locales import LANGUAGES, Words, without_currency

EN, ZH = map(Words.of, LANGUAGES)


def test_names_stand_one_after_another_with_the_comma_of_the_language():
    assert EN.named(["A 1", "B 2"]) == "A 1, B 2"
    assert ZH.named(["A 1", "B 2"]) == "A 1、B 2"


@pytest.mark.parametrize(("words", "heading"), [(EN, "Exposure (CNY)"), (ZH, "风险敞口（CNY）")])
def test_a_heading_has_its_currency_in_brackets_of_the_language(words, heading):
    plain = words("columns", "exposure")
    assert words.bracketed(plain, "CNY") == heading
    assert without_currency(heading) == plain


@pytest.mark.parametrize("heading", ["Longest delay (days)", "CEI（%）", "Share", ""])
def test_what_else_stands_in_brackets_stays(heading):
    assert without_currency(heading) == heading


def test_a_message_and_its_remedy_follow_each_other_as_in_the_language():
    error = WorkbookError("file-not-found", "b.xlsx", file="a.xlsx")
    assert error.in_words(EN) == "b.xlsx: a.xlsx does not exist. Check the name and the folder."
    assert error.in_words(ZH) == "b.xlsx：找不到文件 a.xlsx。请检查文件名和所在文件夹。"


def test_several_names_and_names_in_several_languages_are_facts_too():
    facts = {"countries": ("AE", "HK"), "regime": "eu", "count": 2}
    assert "these countries: AE, HK." in EN.problem("country-without-regime", "message", facts)
    assert "以下国家：AE、HK；" in ZH.problem("country-without-regime", "message", facts)
    known = {"row": 1, "sheet": "S", "found": "F", "known": "K", "layout": {"en": "Payments", "zh": "付款记录"}}
    assert 'of these, "Payments" knows only: K.' in EN.problem("no-ledger", "message", known)
    assert "其中“付款记录”只认得：K。" in ZH.problem("no-ledger", "message", known)
