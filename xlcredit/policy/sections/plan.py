"""Payment plans: how late an instalment may come, how many broken ones end the plan, and when one made anew begins."""

from __future__ import annotations

from xlcredit.policy.consistency import Tree
from xlcredit.policy.sections.section import Section
from xlcredit.policy.shapes import COUNT, SPAN, Table, Text
from xlcredit.rules.plan import EVERY, PlanRule

SECTION = Section(
    "plan",
    Table(
        {
            "grace_days": COUNT,
            "most_broken": SPAN,
            "anew_after_days": COUNT,
            "anew_every": Text(choices=tuple(EVERY)),
        }
    ),
)


def rule(tree: Tree) -> PlanRule:
    """The rule that a policy's plan makes."""
    table = tree["plan"]
    return PlanRule(
        grace_days=table["grace_days"],
        most_broken=table["most_broken"],
        anew_after_days=table["anew_after_days"],
        anew_every=table["anew_every"],
    )
