"""Approval: who approves limits, by amount and grade; when a second one does; and how long an approval is good."""

from __future__ import annotations

from math import inf

from xlcredit.policy.check import Check
from xlcredit.policy.consistency import Tree, at, check_choice
from xlcredit.policy.sections.keys import check_amounts
from xlcredit.policy.sections.leftovers import grades_of
from xlcredit.policy.sections.section import Section
from xlcredit.policy.shapes import SPAN, Names, Number, Open, Table, Text
from xlcredit.rules.approval import OTHER, ApprovalRule

KEY = "approval"


def _check_matrix(tree: Tree, check: Check) -> None:
    """Rows are grades there are, columns amounts, and who approves has a rank."""
    ranks = at(tree, KEY, "ranks") or ()
    for grade, steps in (at(tree, KEY, "matrix") or {}).items():
        path = (KEY, "matrix", grade)
        if check.sound("grades"):
            check_choice(grade, (*grades_of(tree), OTHER), path, check)
        check_amounts(steps, path, check)
        for amount, who in steps.items() if check.sound(KEY, "ranks") else ():
            check_choice(who, ranks, (*path, amount), check)


SECTION = Section(
    KEY,
    Table(
        {
            "four_eyes_from": Number(least=0, words=("off",)),
            "valid_months": SPAN,
            "ranks": Names(),
            "matrix": Open(Open(Text())),
        }
    ),
    (_check_matrix,),
)


def rule(tree: Tree) -> ApprovalRule:
    """The rule that a policy's approval makes."""
    table = tree[KEY]
    least = table["four_eyes_from"]
    return ApprovalRule(
        ranks=tuple(table["ranks"]),
        matrix={
            grade: tuple(sorted((float(amount), who) for amount, who in steps.items()))
            for grade, steps in table["matrix"].items()
        },
        four_eyes_from=inf if isinstance(least, str) else float(least),
        valid_months=table["valid_months"],
    )
