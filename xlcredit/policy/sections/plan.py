"""Payment plans: how late an instalment may come, and how many broken ones end the plan."""

from __future__ import annotations

from xlcredit.policy.consistency import Tree
from xlcredit.policy.sections.section import Section
from xlcredit.policy.shapes import COUNT, SPAN, Table
from xlcredit.rules.plan import PlanRule

SECTION = Section("plan", Table({"grace_days": COUNT, "most_broken": SPAN}))


def rule(tree: Tree) -> PlanRule:
    """The rule that a policy's plan makes."""
    return PlanRule(grace_days=tree["plan"]["grace_days"], most_broken=tree["plan"]["most_broken"])
