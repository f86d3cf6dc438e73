"""Headers: which characteristic each column of the answers holds, by its key or its word in any language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from xlcredit.excel.cells import shown
from xlcredit.excel.functions.rows import Refused, refuse_error
from xlcredit.locales import LANGUAGES, Words
from xlcredit.policy.contradictions import CHARACTERISTICS
from xlcredit.policy.paths import nearest

_UNIT = re.compile(r"\s*\(.*\)$")


def characteristics(headers: Sequence[Sequence[object]], width: int) -> tuple[str, ...]:
    """Characteristic of each column.

    Raises:
        Refused: there are fewer or more headers than columns, one is an error or not known, or one stands twice.
    """
    row = headers[0] if len(headers) == 1 else [cell for line in headers for cell in line[:1]]
    if len(row) != width:
        raise Refused("headers-width", columns=len(row), needed=width)
    names = tuple(map(_characteristic, row))
    for name in names:
        if names.count(name) > 1:
            raise Refused("repeated-header", value=name)
    return names


def _characteristic(cell: object) -> str:
    refuse_error(cell)
    text, known = shown(cell), _known()
    found = known.get(_plain(text)) or known.get(_UNIT.sub("", _plain(text)))
    if found is None:
        raise Refused("unknown-header", value=text, nearest=known[nearest(_plain(text), known)])
    return found


@cache
def _known() -> dict[str, str]:
    """Spelling → characteristic; a unit in brackets may be left out."""
    known = {_plain(name): name for name in CHARACTERISTICS}
    for lang in LANGUAGES:
        for name in CHARACTERISTICS:
            word = _plain(Words.of(lang)("characteristics", name))
            known |= {word: name, _UNIT.sub("", word): name}
    return known


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().replace("_", " ").split())
