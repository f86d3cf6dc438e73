"""Cases: one folder for each code of an error or finding, with what provokes it and what is then said.

case.toml holds ``command`` (arguments of xlcredit) or ``call`` (a recipe that raises), ``exit``, the files it needs
(``files`` as text, ``workbooks`` as a table per sheet, ``made`` by a recipe), a ``fault`` of the system that a recipe
feigns, and ``says``: the very words, in each language.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Case:
    """How a code comes about."""

    code: str
    command: tuple[str, ...] = ()
    call: str = ""
    exit: int = 2
    fault: str = ""
    files: dict[str, str] = field(default_factory=dict)
    workbooks: dict[str, dict[str, str]] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)
    says: dict[str, str] = field(default_factory=dict)

    @property
    def is_finding(self) -> bool:
        """Whether it is a fact about data, not an error that ends the run."""
        return self.exit != 2


def cases() -> dict[str, Case]:
    """Every case by its code."""
    return {path.parent.name: _case(path) for path in sorted(FOLDER.glob("*/case.toml"))}


def _case(path: Path) -> Case:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return Case(path.parent.name, tuple(table.pop("command", ())), **table)


def write_says(code: str, says: dict[str, str]) -> None:
    """Writes anew what a case says; the rest of its file stays."""
    path = FOLDER / code / "case.toml"
    head = path.read_text(encoding="utf-8").partition("\n[says]\n")[0].rstrip("\n")
    said = "".join(f"{lang} = {_quoted(text)}\n" for lang, text in says.items())
    path.write_text(f"{head}\n\n[says]\n{said}", encoding="utf-8")


def _quoted(text: str) -> str:
    if "'''" not in text and "\n" in text:
        return f"'''\n{text}'''"
    return json.dumps(text, ensure_ascii=False)  # JSON's escapes are TOML's
