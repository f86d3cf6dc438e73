"""Reviews: months between them, by grade, and the history a customer has before its first."""

from __future__ import annotations

from xlcredit.policy.check import Check
from xlcredit.policy.consistency import Tree, at, check_choice
from xlcredit.policy.sections.section import Section
from xlcredit.policy.shapes import COUNT, SPAN, Number, Open, Table
from xlcredit.rules.reviews import ReviewRule

KEY = "review"


def rule(tree: Tree) -> ReviewRule:
    """The rule a sound table states."""
    return ReviewRule(
        every_months=tree["every_months"],
        by_grade=dict(tree["by_grade"]),
        minimum_history_months=tree["minimum_history_months"],
        score_change=float(tree["score_change"]),
    )


def _check_grades(tree: Tree, check: Check) -> None:
    grades = [entry["grade"] for entry in tree.get("grades") or [] if "grade" in entry]
    for grade in at(tree, KEY, "by_grade") or {}:
        check_choice(grade, grades, (KEY, "by_grade", grade), check)


SECTION = Section(
    KEY,
    Table(
        {
            "every_months": SPAN,
            "by_grade": Open(SPAN),
            "minimum_history_months": COUNT,
            "score_change": Number(least=0, most=100),
        }
    ),
    (_check_grades,),
)
