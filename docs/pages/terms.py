"""Terms: the glossary, from terms.toml, with the words both locales show for them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from pages import table

SOURCE = Path(__file__).with_name("terms.toml")
INTRODUCTION = """\
# Terms

The words of the code, the workbook and these pages. Both languages follow this list; a test holds them to it.
"""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the field in both languages, and where the locales use it ("columns.bucket")."""

    english: str
    chinese: str
    meaning: str
    used: tuple[str, ...] = ()


def terms() -> tuple[Term, ...]:
    """The glossary in its order."""
    entries = tomllib.loads(SOURCE.read_text(encoding="utf-8"))["terms"]
    return tuple(Term(**{**entry, "used": tuple(entry.get("used", ()))}) for entry in entries)


def page() -> str:
    """The glossary as a table."""
    rows = [(f"**{term.english}**", term.chinese, term.meaning) for term in terms()]
    return f"{INTRODUCTION}\n{table(('term', 'Chinese', 'meaning'), rows)}"
