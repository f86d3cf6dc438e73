"""Plausible: ranges outside which an input of a score is asked about."""

from __future__ import annotations

from xlcredit.ledger.tables import CUSTOMER_ROLES
from xlcredit.policy.check import Check
from xlcredit.policy.consistency import Tree, at, check_choice
from xlcredit.policy.sections.section import Section
from xlcredit.policy.shapes import SHARE, Number, Open, Table
from xlcredit.rules.plausible import PlausibleRule, Range

KEY = "plausible"
_FIGURES = tuple(role for role, (kind, _) in CUSTOMER_ROLES.items() if kind in ("money", "number", "ratio"))


def rule(tree: Tree) -> PlausibleRule:
    """The rule a sound table states."""
    ranges = {name: Range(float(held["least"]), float(held["most"])) for name, held in tree["ranges"].items()}
    return PlausibleRule(ranges, float(tree["balance_difference"]))


def _check_ranges(tree: Tree, check: Check) -> None:
    for name, held in (at(tree, KEY, "ranges") or {}).items():
        path = (KEY, "ranges", name)
        check_choice(name, _FIGURES, path, check)
        least, most = held.get("least"), held.get("most")
        if least is not None and most is not None and least > most:
            check.contradiction("policy-span", (*path, "least"), value=least, key="most", most=most)


SECTION = Section(
    KEY,
    Table({"balance_difference": SHARE, "ranges": Open(Table({"least": Number(), "most": Number()}))}),
    (_check_ranges,),
)
