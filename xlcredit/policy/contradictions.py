"""Contradictions: what no single figure of a policy gets wrong, but several of them together do.

Each is a function of the checked tree; a new one is added to ``CONTRADICTIONS``. They look only at
what is sound, so that one fault is told once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from xlcredit.kernel.bands import Bound
from xlcredit.ledger.tables import CUSTOMER_ROLES
from xlcredit.policy.check import Check
from xlcredit.policy.paths import Path, nearest
from xlcredit.rules.aging import UNDATED

Tree = Mapping[str, Any]

AUTO = "auto"
OFF = "off"

CAPPED = tuple(
    role for role, (kind, _) in CUSTOMER_ROLES.items() if kind == "money" and role not in ("need", "insured_limit")
)
"""Figures a limit can be a share of; the need and the insured limit bound it as they are."""

BEHAVIOUR = (
    "average_days_late",
    "on_time_share",
    "overdue_share",
    "longest_delay",
    "trend_days_late",
    "invoices_settled",
)
"""Measures taken from the ledger."""

CHARACTERISTICS = tuple(
    dict.fromkeys([*BEHAVIOUR, *(role for role, (kind, _) in CUSTOMER_ROLES.items() if kind in ("number", "ratio"))])
)
"""What a scorecard can ask: the behaviour in the ledger and the figures of a customers sheet."""


def bound_of(entry: Tree) -> Bound | None:
    """Where an entry's band begins, None where it has no lower bound."""
    for side in ("from", "above"):
        if side in entry:
            return Bound(float(entry[side]), "from" if side == "from" else "above")
    return None


def check_buckets(tree: Tree, check: Check) -> None:
    """The first bucket holds what no other does; the others begin later and later."""
    path = ("aging", "buckets")
    buckets = _at(tree, *path) or []
    _check_bounds(_addressed(path, buckets, "key"), 0, check)
    if UNDATED in [bucket.get("key") for bucket in buckets]:
        check.contradiction("policy-reserved-name", (*path, UNDATED), value=UNDATED)


def check_procedures(tree: Tree, check: Check) -> None:
    """Dunning levels begin later and later, and the procedure in use is there."""
    procedures = _at(tree, "dunning", "procedures") or {}
    for name, procedure in procedures.items():
        path = ("dunning", "procedures", name, "levels")
        _check_bounds(_addressed(path, procedure.get("levels", [])), None, check)
    _check_choice(_at(tree, "dunning", "procedure"), procedures, ("dunning", "procedure"), check)


def check_grades(tree: Tree, check: Check) -> None:
    """Grades run from safest to riskiest: bounds and limit factors fall, the last has no bound."""
    grades = tree.get("grades") or []
    places = _addressed(("grades",), grades, "grade")
    _check_bounds(places[::-1], 0, check, "policy-grades-not-falling")
    factors = [(place, grade["limit_factor"]) for place, grade in places if "limit_factor" in grade]
    for (_, safer), (place, riskier) in pairwise(factors):
        if riskier > safer:
            check.contradiction("policy-limit-factor-rises", (*place, "limit_factor"), value=riskier, before=safer)


def check_scorecards(tree: Tree, check: Check) -> None:
    """Every characteristic is known and moves the score one way; the best answers add up to 100."""
    for name, card in (tree.get("scorecards") or {}).items():
        path = ("scorecards", name)
        if name == AUTO:
            check.contradiction("policy-reserved-name", path, value=AUTO)
        characteristics = card.get("characteristics", [])
        for place, characteristic in _addressed((*path, "characteristics"), characteristics, "name"):
            _check_characteristic(characteristic, place, check)
        points = [_points(characteristic) for characteristic in characteristics]
        if points and all(points) and sum(map(max, points)) != 100:
            check.contradiction("policy-points-sum", path, value=sum(map(max, points)))


def _points(characteristic: Tree) -> list[Decimal]:
    """Points of the attributes, none where one is faulty."""
    attributes = characteristic.get("attributes", [])
    points = [attribute["points"] for attribute in attributes if "points" in attribute]
    return points if len(points) == len(attributes) else []


def _check_characteristic(characteristic: Tree, path: Path, check: Check) -> None:
    name, attributes = characteristic.get("name"), characteristic.get("attributes", [])
    if name and name not in CHARACTERISTICS:
        facts = {"nearest": nearest(name, CHARACTERISTICS), "known": ", ".join(CHARACTERISTICS)}
        check.contradiction("policy-unknown-characteristic", path, value=name, **facts)
    _check_bounds(_addressed((*path, "attributes"), attributes), 0, check)
    points, missing = _points(characteristic), characteristic.get("missing", 0)
    _check_points(points, characteristic.get("better"), path, check)
    if points and not isinstance(missing, str) and missing > max(points):
        check.contradiction("policy-missing-above-best", (*path, "missing"), value=missing, best=max(points))


def _check_points(points: list[Decimal], better: str | None, path: Path, check: Check) -> None:
    if better and points != sorted(points, reverse=better == "lower"):
        code = "policy-points-not-rising" if better == "higher" else "policy-points-not-falling"
        check.contradiction(code, (*path, "attributes"), points=", ".join(map(str, points)))


def check_scoring(tree: Tree, check: Check) -> None:
    """The scorecards named are there."""
    cards = tree.get("scorecards") or {}
    for position, name in enumerate(_at(tree, "scoring", "order") or [], 1):
        _check_choice(name, cards, ("scoring", "order", str(position)), check)
    _check_choice(_at(tree, "scoring", "scorecard"), (AUTO, *cards), ("scoring", "scorecard"), check)


def check_caps(tree: Tree, check: Check) -> None:
    """A cap is a share of a figure that a customers sheet can have."""
    for figure in _at(tree, "limit", "caps") or {}:
        if figure not in CAPPED:
            facts = {"nearest": nearest(figure, CAPPED), "known": ", ".join(CAPPED)}
            check.contradiction("policy-unknown-figure", ("limit", "caps", figure), value=figure, **facts)


def check_spans(tree: Tree, check: Check) -> None:
    """What begins a span is not beyond what ends it."""
    for table, low, high in (("insurance", "premium_from", "premium_to"), ("measures", "recent_days", "window_days")):
        least, most = _at(tree, table, low), _at(tree, table, high)
        if least is not None and most is not None and least > most:
            check.contradiction("policy-span", (table, low), value=least, key=high, most=most)


CONTRADICTIONS = (
    check_buckets,
    check_procedures,
    check_scoring,
    check_grades,
    check_caps,
    check_spans,
    check_scorecards,
)
"""Every check of figures against each other."""


def _at(tree: Tree, *path: str) -> Any:  # noqa: ANN401 (what the tree holds there)
    node: Any = tree
    for key in path:
        node = node.get(key) if isinstance(node, Mapping) else None
    return node


def _addressed(path: Path, entries: list[Tree], key: str = "") -> list[tuple[Path, Tree]]:
    return [((*path, entry.get(key, str(position))), entry) for position, entry in enumerate(entries, 1)]


def _check_choice(value: str | None, known: Iterable[str], path: Path, check: Check) -> None:
    names = tuple(known)
    if value is not None and value not in names:
        facts = {"nearest": nearest(value, names), "known": ", ".join(names)}
        check.contradiction("policy-not-a-choice", path, value=f'"{value}"', **facts)


def _check_bounds(
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
