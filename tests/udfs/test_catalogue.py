"""The catalogue: what the functions' declarations say, in both languages."""

from __future__ import annotations

import pytest

from udfs.catalogue import LANGUAGES, functions

DESCRIPTION_LIMIT = 255
"""Characters Excel keeps of a description of a function or an argument."""


def test_a_signature_reads_as_a_user_types_it():
    by_name = {each.name: each.signature for each in functions()}
    assert by_name["CREDIT_SCORE"] == "CREDIT_SCORE(answers, [policy], [headers])"
    assert by_name["DAYS_PAST_DUE"] == "DAYS_PAST_DUE(due, as_of)"
    assert by_name["CREDIT_POLICY"] == "CREDIT_POLICY([policy])"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_function_and_argument_has_help_that_excel_keeps_whole(lang):
    for function in functions(lang):
        assert 0 < len(function.purpose) <= DESCRIPTION_LIMIT, function.name
        for argument in function.arguments:
            assert 0 < len(argument.help) <= DESCRIPTION_LIMIT, f"{function.name} {argument.name}"


def test_both_languages_describe_the_same_functions_each_in_its_own_words():
    english, chinese = functions("en"), functions("zh")
    assert [each.signature for each in english] == [each.signature for each in chinese]
    assert not {each.purpose for each in english} & {each.purpose for each in chinese}
    assert not {each.help for one in english for each in one.arguments} & {
        each.help for one in chinese for each in one.arguments
    }


def test_an_argument_is_explained_alike_wherever_it_stands():
    helps: dict[str, set[str]] = {}
    for function in functions():
        for argument in function.arguments:
            helps.setdefault(argument.name, set()).add(argument.help)
    assert {name: texts for name, texts in helps.items() if len(texts) > 1} == {}


def test_actions_and_dates_take_what_the_stage_takes_and_reasons_what_the_limit_takes():
    takes = {each.name: each.arguments for each in functions()}
    assert takes["DUNNING_ACTION"] == takes["NEXT_DUNNING_DATE"] == takes["DUNNING_STAGE"]
    assert takes["CREDIT_LIMIT_REASON"] == takes["CREDIT_LIMIT"]
