"""Vocabulary: what people write in a cell, in any language, read as a code; and what is none of it, as a finding."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache

import numpy as np

from xlcredit.control.parties import key
from xlcredit.ledger.findings import Finding
from xlcredit.ledger.records import Records
from xlcredit.ledger.tables import Customers, Text
from xlcredit.locales import LANGUAGES, Words
from xlcredit.policy.paths import nearest


@cache
def codes(group: str) -> Mapping[str, str]:
    """Word of a group in any language, several between commas, as it is compared → its code, which is a word too."""
    found: dict[str, str] = {}
    for lang in LANGUAGES:
        for code, said in Words.of(lang).table[group].items():
            found |= {key(word): code for word in (code, *said.split(","))}
    return found


def coded(texts: Text, group: str, more: Collection[str] = ()) -> Text:
    """Code of each text, "" for one that is none of the group's words; ``more`` are codes that a policy made up."""
    known = {**codes(group), **{key(code): code for code in more}}
    return _each(texts, lambda text: known.get(key(text), ""))


def told_codes(texts: Text, known: Collection[str], *groups: str) -> Text:
    """Code of each text among those known, by the code or a word of the groups for it; else the text as it stands."""
    words = {word: code for group in groups for word, code in codes(group).items() if code in known}
    words |= {key(code): code for code in known}
    return _each(texts, lambda text: words.get(key(text), text.strip()))


def _each(texts: Text, code: Callable[[str], str]) -> Text:
    """The code of each text, asked once for all that say the same."""
    found = {text: code(text) for text in set(texts.tolist())}
    column = np.empty(len(texts), dtype=object)
    column[:] = [*map(found.__getitem__, texts.tolist())]
    return column


def unknown(table: Records | Customers, role: str, group: str, more: Collection[str] = ()) -> Iterator[Finding]:
    """A finding for each text of a role that is none of the group's words, nor of the codes a policy made up."""
    said = table.texts.get(role, np.zeros(0, dtype=object))
    known = tuple(dict.fromkeys([*more, *codes(group).values()]))
    for at in np.flatnonzero((said != "") & (coded(said, group, more) == "")).tolist():
        yield unknown_word(table, role, at, said[at], known)


def unknown_word(table: Records | Customers, role: str, at: int, text: str, known: Collection[str]) -> Finding:
    """The finding that a text is not known."""
    place, row = table.place, int(table.row[at]) - 1
    facts = {
        "value": text,
        "heading": place.headings.get(role, role) if place else role,
        "nearest": nearest(text, known),
        "known": ", ".join(known),
    }
    return Finding("warning", "unknown-word", place.cell(role, row) if place else "", facts)
