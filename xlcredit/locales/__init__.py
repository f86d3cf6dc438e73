"""Every word a user sees, in each language: one TOML file per language, same keys in all.

Words sit below every other layer, so that an error can say itself wherever it is raised.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

LANGUAGES = ("en", "zh")
_CURRENCY: Final = re.compile(r" ?[(（][A-Z]{3}[)）]$")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language."""

    lang: str
    table: Mapping[str, Any]

    @staticmethod
    @cache
    def of(lang: str) -> Words:
        """Words of a language, one of ``LANGUAGES``."""
        if lang not in LANGUAGES:
            raise ValueError(f"no words for language {lang!r}; there are {', '.join(LANGUAGES)}")
        text = files(__package__).joinpath(f"{lang}.toml").read_text(encoding="utf-8")
        return Words(lang, tomllib.loads(text))

    def __call__(self, group: str, key: str) -> str:
        """The word for ``key`` in a group such as ``columns``; the key itself where a policy made it up."""
        return str(self.table.get(group, {}).get(key, key))

    def listed(self, phrases: Iterable[str]) -> str:
        """Phrases one after another, as a cell says several reasons."""
        return self("order", "join").join(phrases)

    def named(self, names: Iterable[str]) -> str:
        """Names one after another, as a line of text has them."""
        return self("joined", "names").join(names)

    def bracketed(self, text: str, more: object) -> str:
        """A text with more in brackets behind it, as a heading of amounts has their currency."""
        return self("joined", "bracketed").format(text=text, more=more)

    def at(self, place: str, said: str) -> str:
        """What is said of a place, behind it."""
        return self("joined", "place").format(place=place, said=said)

    def problem(self, code: str, part: str, facts: Mapping[str, object]) -> str:
        """Message or remedy of an error or finding, its facts filled in."""
        return str(self.table["problems"][code][part]).format_map(self._told(facts))

    def fault(self, code: str, part: str, facts: Mapping[str, object]) -> str:
        """Message or remedy of a fault in a worksheet function's arguments, its facts filled in."""
        return str(self.table["faults"][code][part]).format_map(self._told(facts))

    def phrase(self, key: str, **facts: object) -> str:
        """A phrase of the command line, its facts filled in."""
        return str(self.table["summary"][key]).format_map(facts)

    def _told(self, facts: Mapping[str, object]) -> Mapping[str, object]:
        return {key: self._fact(fact) for key, fact in facts.items()}

    def _fact(self, fact: object) -> object:
        """A fact as text has it: names of a tuple one after another, of languages this one."""
        if isinstance(fact, tuple):
            return self.named(map(str, fact))
        return fact[self.lang] if isinstance(fact, Mapping) else fact


def without_currency(heading: str) -> str:
    """A heading of amounts without their currency, in whichever language it was bracketed."""
    return _CURRENCY.sub("", heading)


@cache
def vocabulary(group: str) -> Mapping[str, tuple[str, ...]]:
    """Code → the words by which cells say it in any language, of a group that lists several with commas."""
    codes = Words.of(LANGUAGES[0]).table[group]
    return {code: tuple(", ".join(Words.of(lang)(group, code) for lang in LANGUAGES).split(", ")) for code in codes}


def display_width(text: str) -> int:
    """Columns a text takes on a screen or in a cell: two for a Chinese character."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
