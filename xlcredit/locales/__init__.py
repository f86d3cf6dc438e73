"""Every word a user sees, in each language: one TOML file per language, same keys in all.

Words sit below every other layer, so that an error can say itself wherever it is raised.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("en", "zh")


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

    def problem(self, code: str, part: str, facts: Mapping[str, object]) -> str:
        """Message or remedy of an error or finding, its facts filled in."""
        return str(self.table["problems"][code][part]).format_map(facts)

    def fault(self, code: str, part: str, facts: Mapping[str, object]) -> str:
        """Message or remedy of a fault in a worksheet function's arguments, its facts filled in."""
        return str(self.table["faults"][code][part]).format_map(facts)

    def phrase(self, key: str, **facts: object) -> str:
        """A phrase of the command line, its facts filled in."""
        return str(self.table["summary"][key]).format_map(facts)


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
