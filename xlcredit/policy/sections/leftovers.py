"""Leftovers: what the builtin policy says of grades that a policy has others in place of."""

from __future__ import annotations

from typing import Any, Final

from xlcredit.policy.check import Check
from xlcredit.policy.consistency import Tree, at
from xlcredit.policy.paths import Path, dotted
from xlcredit.rules.approval import OTHER

BUILTIN: Final = "builtin"
"""How the name of a source begins that is not the user's."""
BY_GRADE: Final = (("terms", "grades"), ("approval", "matrix"))
"""Tables whose keys are grades."""


def grades_of(tree: Tree) -> list[str]:
    """The grades of a policy, the safest first."""
    return [entry["grade"] for entry in tree.get("grades") or [] if "grade" in entry]


def prune(tree: dict[str, Any], check: Check) -> None:
    """Takes out what is left of the builtin policy about grades that are not its own any more.

    Lists replace whole and tables merge key by key: what is left of them belongs to nobody.
    """
    names = grades_of(tree)
    for table in BY_GRADE if names else ():
        _take_out(tree, table, {*(at(tree, *table) or {})} - {*names, OTHER}, check)


def _take_out(tree: Tree, table: Path, keys: set[str], check: Check) -> None:
    """Takes those of the keys out of a table that the builtin policy alone states."""
    held = at(tree, *table)
    for key in keys:
        path = (*table, key)
        if all(source.startswith(BUILTIN) for source in check.source(path).split(", ")):
            del held[key]
            for stated in [each for each in check.origin if f"{each}.".startswith(f"{dotted(path)}.")]:
                del check.origin[stated]
