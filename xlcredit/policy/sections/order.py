"""Orders: what holds one, and what is let pass for core, reduced and new customers."""

from __future__ import annotations

from xlcredit.policy.consistency import Tree
from xlcredit.policy.sections.section import Section
from xlcredit.policy.shapes import COUNT, SHARE, Table, Text
from xlcredit.rules.order import OrderRule

SECTION = Section(
    "order",
    Table(
        {
            "tolerance_days": COUNT,
            "core_tolerance": SHARE,
            "reduced_share": SHARE,
            "new_customers": Text(choices=("insured", "limit")),
            "new_months": COUNT,
        }
    ),
)


def rule(tree: Tree) -> OrderRule:
    """The rule that a policy's orders make."""
    table = tree["order"]
    return OrderRule(
        tolerance_days=table["tolerance_days"],
        core_tolerance=float(table["core_tolerance"]),
        reduced_share=float(table["reduced_share"]),
        new_customers=table["new_customers"],
        new_months=table["new_months"],
    )
