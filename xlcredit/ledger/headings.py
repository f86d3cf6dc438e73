"""Headings: one spelling for all the ways an export writes a column's name, and the currency it names.

``customerID``, ``Customer ID`` and ``CUSTOMER_ID`` are one heading; ``Amount (EUR)`` is ``Amount`` in EUR.
"""

from __future__ import annotations

import re
import unicodedata

from xlcredit.ledger.currencies import code_of

_WORDS_TOO = frozenset({"ALL", "TOP", "NIO", "PEN", "MOP"})
_BRACKETED = re.compile(r"\s*[(\[]\s*(?:in\s+)?([^()\[\]]{1,5})\s*[)\]]\s*$")
_BARE = re.compile(r"(?:[\s_,-]+in[\s_]+|[\s_,-]+)([A-Z]{3})\s*$")


def normalised(heading: object) -> str:
    """The heading without case, accents, spaces, punctuation and currency: Net due date → netduedate."""
    text, _ = _without_currency(unicodedata.normalize("NFKC", str(heading)).strip())
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return "".join(c for c in unicodedata.normalize("NFKC", plain).casefold() if c.isalnum() or c in "#%<>+")


def currency_of(heading: object) -> str:
    """The currency code a heading names, else nothing: Open Advance (ILS) → ILS."""
    return _without_currency(unicodedata.normalize("NFKC", str(heading)).strip())[1]


def _without_currency(text: str) -> tuple[str, str]:
    for pattern in (_BRACKETED, _BARE):
        found = pattern.search(text)
        if found is None or found.start() == 0:
            continue
        code = code_of(found[1])
        named = code or (code == "" and not found[1].isalnum())
        if named and not (pattern is _BARE and code in _WORDS_TOO):
            return text[: found.start()], code or ""
    return text, ""
