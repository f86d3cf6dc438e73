"""The language of a customer's letters: its own, else its country's, else the usual one (D12)."""

from __future__ import annotations

from typing import Final

from xlcredit.control.case import Case
from xlcredit.control.parties import key
from xlcredit.locales import LANGUAGES, Words
from xlcredit.rules import country
from xlcredit.rules.letters import CUSTOMER

FALLBACK: Final = "en"
"""Of letters to customers whose language has no words here: what business abroad is done in."""


def languages(case: Case, usual: str) -> tuple[str, ...]:
    """Language of the letters to each party."""
    if case.policy.letters.language != CUSTOMER:
        return (case.policy.letters.language,) * len(case.parties)
    own, codes = (case.parties.text(case.ledger.customers.texts.get(role)) for role in ("language", "country"))
    return tuple(map(language, country.languages(own, codes, case.policy.countries, usual).tolist()))


def language(text: str) -> str:
    """The language a text names, by its code or its name in either language: "zh-CN", "Chinese", "中文"."""
    said = key(text).replace("_", "-").partition("-")[0]
    for lang in LANGUAGES:
        if any(said in Words.of(each)("language_words", lang).split(", ") for each in LANGUAGES):
            return lang
    return FALLBACK
