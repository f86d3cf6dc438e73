"""Wording: codes told from what a sheet says, by the code itself or by its word in any language."""

from __future__ import annotations

from collections.abc import Iterable

from xlcredit.control.listing import texts
from xlcredit.ledger.tables import Text
from xlcredit.locales import LANGUAGES, Words


def codes(said: Text, known: Iterable[str], *groups: str) -> Text:
    """Code of each text, whatever its case; the text as it stands where it says none of the codes known.

    Args:
        said: what the sheet says.
        known: codes.
        groups: groups of words that have a word for some of them.
    """
    told = {
        words(group, code).casefold(): code for code in known for group in groups for words in map(Words.of, LANGUAGES)
    }  # a code without a word is its own
    told |= {code.casefold(): code for code in known}
    return texts([told.get(text.strip().casefold(), text.strip()) for text in said.tolist()])
