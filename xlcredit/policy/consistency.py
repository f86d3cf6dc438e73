"""Consistency: what checks of figures against each other share.

They look only at what is sound, so that one fault is told once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from xlcredit.kernel.bands import Bound
from xlcredit.policy.check import Check
from xlcredit.policy.paths import Path, nearest

Tree = Mapping[str, Any]


def bound_of(entry: Tree) -> Bound | None:
    """Where an entry's band begins, None where it has no lower bound."""
    for side in ("from", "above"):
        if side in entry:
            return Bound(float(entry[side]), "from" if side == "from" else "above")
    return None


def at(tree: Tree, *path: str) -> Any:  # noqa: ANN401 (what the tree holds there)
    """What stands at a path, None where nothing does."""
    node: Any = tree
    for key in path:
        node = node.get(key) if isinstance(node, Mapping) else None
    return node


def addressed(path: Path, entries: list[Tree], key: str = "") -> list[tuple[Path, Tree]]:
    """Each entry of a list with its path: by its key, else by its position."""
    return [((*path, entry.get(key, str(position))), entry) for position, entry in enumerate(entries, 1)]


def check_choice(value: str | None, known: Iterable[str], path: Path, check: Check) -> None:
    """Notes a value that is none of those known."""
    names = tuple(known)
    if value is not None and value not in names:
        facts = {"nearest": nearest(value, names), "known": ", ".join(names)}
        check.contradiction("policy-not-a-choice", path, value=f'"{value}"', **facts)


def check_bounds(
    places: Sequence[tuple[Path, Tree]], unbounded: int | None, check: Check, code: str = "policy-bounds-not-rising"
) -> None:
    """Every entry has one bound, save the one that must have none, and each is beyond the one before."""
    before: Bound | None = None
    for position, (path, entry) in enumerate(places):
        bound = _check_bound(path, entry, position == unbounded, check)
        if bound and before and not before.edge < bound.edge:
            check.contradiction(code, path, value=str(bound), before=str(before))
        before = bound or before


def _check_bound(path: Path, entry: Tree, unbounded: bool, check: Check) -> Bound | None:
    bound = bound_of(entry)
    if "from" in entry and "above" in entry:
        check.contradiction("policy-two-bounds", path, value=entry["from"], other=entry["above"])
    elif bound and unbounded:
        check.contradiction("policy-bound-unneeded", path, value=str(bound))
    elif not bound and not unbounded and check.sound(*path, "from") and check.sound(*path, "above"):
        check.contradiction("policy-bound-missing", path)
    else:
        return bound
    return None
