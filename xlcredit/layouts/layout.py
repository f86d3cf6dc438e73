"""A layout: how one program's export names its columns. Each is a TOML file in this folder.

Its *distinctive* headings tell the export from others (``needs`` of them must be there); ``[columns]`` lists
for each role the headings it may have, the best first; ``unlabelled`` is the role of a first column without one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from xlcredit.ledger.headings import normalised
from xlcredit.ledger.records import RECORD_ROLES
from xlcredit.ledger.tables import CUSTOMER_ROLES, ITEM_ROLES
from xlcredit.locales import LANGUAGES

GENERIC = "generic"
ROLES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "ledger": ITEM_ROLES,
    "customers": CUSTOMER_ROLES,
    **RECORD_ROLES,
}
"""Kind of sheet → what its columns can be."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The headings of one export."""

    name: str
    titles: Mapping[str, str]
    """Language → what it is called."""
    kind: str
    columns: Mapping[str, tuple[str, ...]]
    """Role → headings as written in the file, the best first."""
    distinctive: tuple[str, ...] = ()
    needs: int = 2
    """How many distinctive headings must be there."""
    unlabelled: str = ""
    ignore: tuple[str, ...] = ()
    """Headings that mean something else here than elsewhere."""
    sheets: tuple[str, ...] = ()
    """Names that a sheet of this kind goes by."""
    spelled: Mapping[str, Mapping[str, int]] = field(init=False)
    """Role → normalised heading → its rank."""
    spelled_distinctive: tuple[str, ...] = field(init=False)
    spelled_ignore: tuple[str, ...] = field(init=False)
    spelled_sheets: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        unknown = [
            role for role in (*self.columns, *filter(None, [self.unlabelled])) if role not in ROLES.get(self.kind, {})
        ]
        if self.kind not in ROLES or unknown:
            raise ValueError(f"layout {self.name}: kind {self.kind!r}, unknown roles {unknown}")
        spelled = {role: _ranks(headings) for role, headings in self.columns.items()}
        object.__setattr__(self, "spelled", spelled)
        object.__setattr__(self, "spelled_distinctive", tuple(dict.fromkeys(map(normalised, self.distinctive))))
        object.__setattr__(self, "spelled_ignore", tuple(map(normalised, self.ignore)))
        object.__setattr__(self, "spelled_sheets", frozenset(map(normalised, self.sheets)))

    @staticmethod
    @cache
    def all() -> tuple[Layout, ...]:
        """Every layout of the folder, by name."""
        found = [entry for entry in files(__package__).iterdir() if entry.name.endswith(".toml")]
        return tuple(
            Layout.of(entry.name[:-5], tomllib.loads(entry.read_text("utf-8")))
            for entry in sorted(found, key=lambda e: e.name)
        )

    @staticmethod
    def of(name: str, table: Mapping[str, Any]) -> Layout:
        """The layout a TOML table describes."""
        unknown = set(table) - {"title", "kind", "columns", "distinctive", "needs", "unlabelled", "ignore", "sheets"}
        if unknown:
            raise ValueError(f"layout {name}: unknown keys {sorted(unknown)}")
        columns = {role: tuple(headings) for role, headings in table["columns"].items()}
        distinctive, ignore = (tuple(table.get(key, ())) for key in ("distinctive", "ignore"))
        kind, needs, unlabelled = table.get("kind", "ledger"), int(table.get("needs", 2)), table.get("unlabelled", "")
        sheets = tuple(table.get("sheets", ()))
        title = table["title"]
        titles = dict.fromkeys(LANGUAGES, title) if isinstance(title, str) else title
        return Layout(name, titles, kind, columns, distinctive, needs, unlabelled, ignore, sheets)

    @staticmethod
    def named(name: str) -> Layout:
        """The layout of that name."""
        return next(layout for layout in Layout.all() if layout.name == name)


def _ranks(headings: tuple[str, ...]) -> dict[str, int]:
    ranks: dict[str, int] = {}
    for rank, heading in enumerate(headings):
        ranks.setdefault(normalised(heading), rank)
    return ranks
