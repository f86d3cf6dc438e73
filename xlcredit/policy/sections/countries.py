"""Countries: what collecting in each takes, by its ISO 3166 code."""

from __future__ import annotations

import re
from typing import Final

from xlcredit.policy.check import Check
from xlcredit.policy.consistency import Tree, at, check_choice
from xlcredit.policy.sections.section import Section
from xlcredit.policy.shapes import COUNT, SHARE, Number, Open, Table, Text
from xlcredit.rules.country import Countries, Country

_COUNTRY: Final = Table(
    {
        "regime": Text(),
        "limitation_years": Number(least=0, most=100, above=True),
        "language": Text(),
        "usual_days": COUNT,
        "collection_cost": SHARE,
    }
)
_CODE: Final = re.compile("[A-Z]{2}")


def check_countries(tree: Tree, check: Check) -> None:
    """Countries are keyed by two capital letters, and their regimes of interest are there."""
    regimes = at(tree, "interest", "regimes") or {}
    for code, country in (tree.get("countries") or {}).items():
        path = ("countries", code)
        if not _CODE.fullmatch(code):
            check.contradiction("policy-key-not-a-country", path, key=code)
        check_choice(country.get("regime"), regimes, (*path, "regime"), check)


SECTION: Final = Section("countries", Open(_COUNTRY), (check_countries,))


def rule(tree: Tree) -> Countries:
    """The countries a checked tree states."""
    return {code: _country(code, table) for code, table in tree["countries"].items()}


def _country(code: str, table: Tree) -> Country:
    return Country(
        code,
        regime=table["regime"],
        limitation_years=float(table["limitation_years"]),
        language=table["language"],
        usual_days=float(table["usual_days"]),
        collection_cost=float(table["collection_cost"]),
    )
