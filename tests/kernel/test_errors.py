"""Errors: place, message and remedy, in the user's language."""

from __future__ import annotations

import string

import pytest

from xlcredit.kernel import errors
from xlcredit.kernel.errors import LayoutError, LedgerError, PolicyError, WorkbookError, XlcreditError
from xlcredit.locales import LANGUAGES, Words


def test_an_error_says_place_message_and_remedy():
    error = WorkbookError("encrypted", "ledger.xlsx", file="ledger.xlsx")
    assert str(error) == (
        "ledger.xlsx is encrypted, so nothing can be read from it. "
        "Open it in Excel, remove the password under File ▸ Info ▸ Protect Workbook, save, and run again."
    )
    assert error.in_words(Words.of("zh")).startswith("ledger.xlsx 已加密，无法读取任何内容。")


def test_an_error_without_a_place_begins_with_its_message():
    assert str(WorkbookError("empty-file", file="a.xlsx")) == "a.xlsx is empty: 0 bytes. Export or download it again."


def test_a_policy_error_lists_the_faults_it_holds():
    faults = tuple(
        PolicyError("policy-missing-key", f"limit.{key}", key=key, source="a.toml") for key in ("step", "tax")
    )
    error = PolicyError("policy-faults", "a.toml", faults=faults, count=2)
    assert str(error).splitlines() == [
        "a.toml: The policy has faults: 2. Correct each and run again.",
        "  limit.step (a.toml): step is missing. Add it.",
        "  limit.tax (a.toml): tax is missing. Add it.",
    ]


def test_a_policy_error_alone_is_its_own_fault():
    error = PolicyError("policy-empty-text", "name")
    assert error.faults == (error,)
    assert str(error) == "name: The text is empty. Fill it in."


@pytest.mark.parametrize(
    ("kind", "kinds"),
    [
        (PolicyError, [XlcreditError]),
        (LedgerError, [XlcreditError]),
        (LayoutError, [LedgerError, XlcreditError]),
        (WorkbookError, [XlcreditError]),
    ],
)
def test_the_errors_form_the_tree_drawn_in_the_docstring(kind, kinds):
    assert [base for base in kind.__mro__[1:] if issubclass(base, XlcreditError)] == kinds
    assert kind.__name__ in errors.__doc__


def test_every_problem_has_the_same_facts_in_every_language():
    tables = [Words.of(lang).table["problems"] for lang in LANGUAGES]
    assert tables[0].keys() == tables[1].keys()
    for code in tables[0]:
        facts = [
            {name for part in words[code].values() for _, name, *_ in string.Formatter().parse(part) if name}
            for words in tables
        ]
        assert facts[0] == facts[1], code


def test_every_group_has_the_same_words_in_every_language():
    tables = [Words.of(lang).table for lang in LANGUAGES]
    assert {group: sorted(words) for group, words in tables[0].items()} == {
        group: sorted(words) for group, words in tables[1].items()
    }
