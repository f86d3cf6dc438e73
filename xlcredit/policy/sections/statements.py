"""Statements: zones of Altman's Z'' and what is worth a warning between two statements."""

from __future__ import annotations

from xlcredit.policy.check import Check
from xlcredit.policy.consistency import Tree, at
from xlcredit.policy.sections.section import Section
from xlcredit.policy.shapes import COUNT, SHARE, SPAN, Number, Table
from xlcredit.rules.statements import StatementRule

KEY = "statements"
_SPANS = (("z2_grey_from", "z2_safe_above"), ("least_days_apart", "most_days_apart"))


def rule(tree: Tree) -> StatementRule:
    """The rule a sound table states."""
    return StatementRule(
        grey_from=float(tree["z2_grey_from"]),
        safe_above=float(tree["z2_safe_above"]),
        debt_ratio_above=float(tree["debt_ratio_above"]),
        debt_ratio_rise=float(tree["debt_ratio_rise"]),
        profit_fall=float(tree["profit_fall"]),
        period_days=(tree["least_days_apart"], tree["most_days_apart"]),
        valid_months=tree["valid_months"],
    )


def _check_spans(tree: Tree, check: Check) -> None:
    for low, high in _SPANS:
        least, most = at(tree, KEY, low), at(tree, KEY, high)
        if least is not None and most is not None and least > most:
            check.contradiction("policy-span", (KEY, low), value=least, key=high, most=most)


SECTION = Section(
    KEY,
    Table(
        {
            "z2_grey_from": Number(least=-100, most=100),
            "z2_safe_above": Number(least=-100, most=100),
            "debt_ratio_above": Number(least=0),
            "debt_ratio_rise": SHARE,
            "profit_fall": Number(least=0),
            "least_days_apart": COUNT,
            "most_days_apart": COUNT,
            "valid_months": SPAN,
        }
    ),
    (_check_spans,),
)
