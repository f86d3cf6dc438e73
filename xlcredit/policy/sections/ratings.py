"""Ratings: each agency's scale, its direction, and how old a rating may be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from xlcredit.policy.check import Check
from xlcredit.policy.consistency import Tree, at
from xlcredit.policy.paths import Path
from xlcredit.policy.sections.section import Section
from xlcredit.policy.shapes import SPAN, Number, Open, Table, Text
from xlcredit.rules.ratings import AMOUNT, CODES, NUMBERS, SCORE, Scale

KEY = "ratings"


def rule(tree: Tree) -> Mapping[str, Scale]:
    """The scale of each agency a sound table states."""
    return {name: _scale(table) for name, table in tree["agencies"].items()}


def _scale(table: Tree) -> Scale:
    values = {rating: float(value) for rating, value in table["values"].items()}
    return Scale(values, table["gives"], table["reading"], tuple(table["prefixes"].split()), _names(table["names"]))


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for part in re.split("[,，]", text) if (name := part.strip()))


def _check_scales(tree: Tree, check: Check) -> None:
    for name, table in (at(tree, KEY, "agencies") or {}).items():
        path = (KEY, "agencies", name, "values")
        if table.get("reading") == NUMBERS:
            _check_numbers(table.get("values", {}), table.get("better"), path, check)
        if table.get("gives") == SCORE:
            _check_scores(table.get("values", {}), path, check)


def _check_numbers(values: Tree, better: str | None, path: Path, check: Check) -> None:
    numbers = {rating: _number(rating) for rating in values}
    for rating in (rating for rating, number in numbers.items() if number is None):
        check.contradiction("policy-rating-no-number", (*path, rating), value=f'"{rating}"')
    if None in numbers.values():
        return
    points = [values[rating] for rating in sorted(values, key=lambda rating: numbers[rating] or Decimal(0))]
    if better and points != sorted(points, reverse=better == "lower"):
        code = "policy-points-not-rising" if better == "higher" else "policy-points-not-falling"
        check.contradiction(code, path, points=", ".join(map(str, points)))


def _check_scores(values: Tree, path: Path, check: Check) -> None:
    for rating, score in values.items():
        if score > 100:
            check.contradiction("policy-out-of-range", (*path, rating), value=score, range="≥ 0, ≤ 100")


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


SECTION = Section(
    KEY,
    Table(
        {
            "valid_months": SPAN,
            "agencies": Open(
                Table(
                    {
                        "gives": Text(choices=(SCORE, AMOUNT), default=SCORE),
                        "better": Text(choices=("higher", "lower")),
                        "reading": Text(choices=(CODES, NUMBERS), default=CODES),
                        "prefixes": Text(empty=True, default=""),
                        "names": Text(empty=True, default=""),
                        "values": Open(Number(least=0)),
                    }
                )
            ),
        }
    ),
    (_check_scales,),
)
