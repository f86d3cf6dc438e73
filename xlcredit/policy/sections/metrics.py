"""Metrics: which months the key figures look at."""

from __future__ import annotations

from xlcredit.policy.check import Check
from xlcredit.policy.consistency import Tree, at
from xlcredit.policy.sections.section import Section
from xlcredit.policy.shapes import COUNT, SPAN, Number, Table
from xlcredit.rules.metrics import MetricsRule

MONTHS = Number(least=1, most=120, whole=True)
"""Ten years: each month is a line of the key figures, and is compared with every other."""


def rule(tree: Tree) -> MetricsRule:
    """What the key figures go by."""
    table = tree["metrics"]
    return MetricsRule(
        table["months"], table["dso_months"], float(table["invoicing_hours"]), table["top"], table["default_days"]
    )


def _check_months(tree: Tree, check: Check) -> None:
    part, whole = at(tree, "metrics", "dso_months"), at(tree, "metrics", "months")
    if part is not None and whole is not None and part > whole:
        check.contradiction("policy-span", ("metrics", "dso_months"), value=part, key="months", most=whole)


SECTION = Section(
    "metrics",
    Table(
        {
            "months": MONTHS,
            "dso_months": SPAN,
            "invoicing_hours": Number(least=0, above=True),
            "top": SPAN,
            "default_days": COUNT,
        }
    ),
    (_check_months,),
)
