"""Contradictions: what no single figure of a policy gets wrong, but several of them together do.

Each is a function of the checked tree; a new one is added to ``CONTRADICTIONS``, or to its section.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Final

from xlcredit.ledger.tables import CUSTOMER_ROLES
from xlcredit.policy.check import Check
from xlcredit.policy.consistency import Tree, addressed, at, check_bounds, check_choice
from xlcredit.policy.paths import Path, nearest
from xlcredit.rules.aging import UNDATED
from xlcredit.rules.dunning import OF_COUNTRY
from xlcredit.rules.statements import RATIOS

_BY_LEVEL: Final = ("level_fees", "level_interest", "level_letters")
"""Tables of a dunning procedure whose keys are the numbers of its levels."""
AUTO = "auto"
OFF = "off"

_BOUNDS = ("registered_capital", "need", "insured_limit", "temporary_limit", "group_limit", "unbilled", "guarantees")
CAPPED = tuple(role for role, (kind, _) in CUSTOMER_ROLES.items() if kind == "money" and role not in _BOUNDS)
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

FACTORS = ("reference_score", "site_visit", "market_position", "external_rating")
"""Scores 0–100 of what people and agencies judged."""

_FIGURES = (role for role, (kind, _) in CUSTOMER_ROLES.items() if kind in ("number", "ratio"))
CHARACTERISTICS = tuple(dict.fromkeys([*BEHAVIOUR, *_FIGURES, *RATIOS, *FACTORS]))
"""What a scorecard can ask: the ledger's behaviour, a customers sheet's figures, statements' ratios, and judgements."""


def check_buckets(tree: Tree, check: Check) -> None:
    """The first bucket holds what no other does; the others begin later and later."""
    path = ("aging", "buckets")
    buckets = at(tree, *path) or []
    check_bounds(addressed(path, buckets, "key"), 0, check)
    if UNDATED in [bucket.get("key") for bucket in buckets]:
        check.contradiction("policy-reserved-name", (*path, UNDATED), value=UNDATED)


def check_procedures(tree: Tree, check: Check) -> None:
    """Dunning levels begin later and later, and the procedure in use is there."""
    procedures = at(tree, "dunning", "procedures") or {}
    for name, procedure in procedures.items():
        path = ("dunning", "procedures", name, "levels")
        check_bounds(addressed(path, procedure.get("levels", [])), None, check)
        _check_level_tables(tree, ("dunning", "procedures", name), procedure, check)
    check_choice(at(tree, "dunning", "procedure"), procedures, ("dunning", "procedure"), check)


def _check_level_tables(tree: Tree, path: Path, procedure: Tree, check: Check) -> None:
    levels = [str(number) for number, _ in enumerate(procedure.get("levels", []), 1)]
    for table in _BY_LEVEL:
        for number in procedure.get(table, ()):
            if levels and number not in levels:
                facts = {"key": number, "known": ", ".join(levels)}
                check.contradiction("policy-unknown-level", (*path, table, number), **facts)
    for number, regime in procedure.get("level_interest", {}).items():
        regimes = at(tree, "interest", "regimes") or {}
        check_choice(regime, (*regimes, OF_COUNTRY), (*path, "level_interest", number), check)


def check_grades(tree: Tree, check: Check) -> None:
    """Grades run from safest to riskiest: bounds and limit factors fall, the last has no bound."""
    grades = tree.get("grades") or []
    places = addressed(("grades",), grades, "grade")
    check_bounds(places[::-1], 0, check, "policy-grades-not-falling")
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
        for place, characteristic in addressed((*path, "characteristics"), characteristics, "name"):
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
    check_bounds(addressed((*path, "attributes"), attributes), 0, check)
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
    for position, name in enumerate(at(tree, "scoring", "order") or [], 1):
        check_choice(name, cards, ("scoring", "order", str(position)), check)
    check_choice(at(tree, "scoring", "scorecard"), (AUTO, *cards), ("scoring", "scorecard"), check)


def check_caps(tree: Tree, check: Check) -> None:
    """A cap is a share of a figure that a customers sheet can have."""
    for figure in at(tree, "limit", "caps") or {}:
        if figure not in CAPPED:
            facts = {"nearest": nearest(figure, CAPPED), "known": ", ".join(CAPPED)}
            check.contradiction("policy-unknown-figure", ("limit", "caps", figure), value=figure, **facts)


def check_spans(tree: Tree, check: Check) -> None:
    """What begins a span is not beyond what ends it."""
    for table, low, high in (("insurance", "premium_from", "premium_to"), ("measures", "recent_days", "window_days")):
        least, most = at(tree, table, low), at(tree, table, high)
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
