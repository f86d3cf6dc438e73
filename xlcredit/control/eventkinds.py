"""Kinds of events: what the type of an event tells, in whatever language it is written."""

from __future__ import annotations

from xlcredit.control.parties import key
from xlcredit.locales import LANGUAGES, Words

WRITE_OFF = "write_off"


def event_kind(text: str) -> str:
    """Which kind of event a type tells in either language: insolvency, ownership, legal, write_off; "" for none."""
    for kind in Words.of(LANGUAGES[0]).table["event_words"]:
        said = ", ".join(Words.of(lang)("event_words", kind) for lang in LANGUAGES).split(", ")
        if any(word in key(text) for word in said):
            return str(kind)
    return ""
