"""The languages a pack speaks: one, or two side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from xlcredit.ledger.tables import Text
from xlcredit.locales import LANGUAGES, Words

BOTH: Final = "both"
"""Two languages: tables are headed in the first with the second above, words in cells stand side by side."""
BESIDE: Final = " · "
"""Between what stands side by side."""


@dataclass(frozen=True, slots=True)
class Speech:
    """The words of each language, the first one heading the tables."""

    languages: tuple[Words, ...]

    @staticmethod
    def of(lang: str) -> Speech:
        """The speech of a language, or of BOTH."""
        return Speech(tuple(map(Words.of, LANGUAGES if lang == BOTH else (lang,))))

    def __call__(self, group: str, key: str, **facts: object) -> str:
        """A word or phrase, in two languages side by side where they differ."""
        return self.beside(
            words(group, key).format_map(facts) if facts else words(group, key) for words in self.languages
        )

    def beside(self, texts: Iterable[str]) -> str:
        """The texts of each language side by side, one for those that are the same."""
        return BESIDE.join(dict.fromkeys(texts))

    def heads(self, group: str, key: str, currency: str = "") -> tuple[str, ...]:
        """The word in each language, with the currency of what it heads."""
        said = ((words, words(group, key)) for words in self.languages)
        return tuple(words.bracketed(head, currency) if currency else head for words, head in said)

    def headings(self, key: str, currency: str = "") -> tuple[str, ...]:
        """The heading of a column in each language, as in the lists, or of the pack alone."""
        return self.heads("columns" if key in self.languages[0].table["columns"] else "pack_columns", key, currency)

    def in_currency(self, group: str, key: str, currency: str) -> str:
        """A word over amounts: in two languages side by side, the currency said once."""
        return self.languages[-1].bracketed(self(group, key), currency)

    def column(self, say: Callable[[Words], Sequence[str]]) -> Text:
        """A column of texts that ``say`` puts in a language's words."""
        told = [list(map(str, say(words))) for words in self.languages]
        return np.array([self.beside(texts) for texts in zip(*told, strict=True)], dtype=object)
