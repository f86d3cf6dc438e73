"""File names of letters: safe on every system, and no two the same where capitals do not count."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

LONGEST = 60
"""Letters of a name; a Chinese one takes three bytes of the 255 a file system allows."""
_UNWANTED = re.compile(r"[^\w\-]+")


def file_stems(references: Iterable[str]) -> Iterator[str]:
    """A stem for each reference, in their order: letters, digits, "-" and "_", numbered where one is taken."""
    taken: set[str] = set()
    for reference in references:
        plain = _plain(reference)
        stem, number = plain, 1
        while stem.casefold() in taken:
            number += 1
            stem = f"{plain}_{number}"
        taken.add(stem.casefold())
        yield stem


def _plain(reference: str) -> str:
    # The end tells stage and date: a long customer number gives way.
    name = _UNWANTED.sub("_", unicodedata.normalize("NFC", reference)).strip("_")
    return name[-LONGEST:].lstrip("-_")
