"""By grade: tables of the policy whose keys are grades, when a policy has grades of its own."""

from __future__ import annotations

from typing import Any, Final

from xlcredit.policy.check import Check
from xlcredit.policy.consistency import Tree, at
from xlcredit.policy.paths import dotted
from xlcredit.rules.approval import OTHER

BUILTIN: Final = "builtin"
"""How the name of a source begins that is not the user's."""
TABLES: Final = (("terms", "grades"), ("approval", "matrix"))


def grades_of(tree: Tree) -> list[str]:
    """The grades of a policy, the safest first."""
    return [entry["grade"] for entry in tree.get("grades") or [] if "grade" in entry]


def prune(tree: dict[str, Any], check: Check) -> None:
    """Takes out what the builtin policy says of grades that a policy with grades of its own does not have.

    Lists replace whole and tables merge key by key: what is left of them belongs to nobody.
    """
    names = grades_of(tree)
    for table in TABLES if names else ():
        held = at(tree, *table) or {}
        for name in [name for name in held if name not in (*names, OTHER)]:
            _take_out(held, (*table, name), check)


def _take_out(held: dict[str, Any], path: tuple[str, ...], check: Check) -> None:
    if all(source.startswith(BUILTIN) for source in check.source(path).split(", ")):
        del held[path[-1]]
        for key in [key for key in check.origin if key.startswith(f"{dotted(path)}.")]:
            del check.origin[key]
