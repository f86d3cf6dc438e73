"""Admission: the checks of new customers, the steps of an assessment, tiers, risk caps and the blacklist."""

from __future__ import annotations

from xlcredit.policy.check import Check
from xlcredit.policy.consistency import Tree, at
from xlcredit.policy.sections.section import Section
from xlcredit.policy.shapes import COUNT, SHARE, SPAN, Names, Number, Open, Table, Text
from xlcredit.rules.admission import CUSTOMERS, DEEP, STANDARD, STEPS, VALUE, AdmissionRule, StepRule, TierRule

KEY = "admission"
_POINTS = Number(least=0, most=100, places=2)


def rule(tree: Tree) -> AdmissionRule:
    """The rule a sound table states."""
    return AdmissionRule(
        checks=tuple(tree["checks"]),
        valid_months=tree["valid_months"],
        active=frozenset(word.strip().casefold() for word in tree["active"]),
        least_age_months=tree["least_age_months"],
        least_capital=float(tree["least_capital"]),
        least_references=tree["least_references"],
        visit_months=tree["visit_months"],
        near_name=float(tree["near_name"]),
        score_caps={name.strip().casefold(): float(cap) for name, cap in tree["score_caps"].items()},
    )


def step_rule(tree: Tree, review_months: int) -> StepRule:
    """The steps a sound table states; a review holds as long as the policy says elsewhere."""
    return StepRule(dict(tree["steps"]), review_months)


def tier_rule(tree: Tree) -> TierRule:
    """The tiers a sound table states."""
    tiers = tree["tiers"]
    costs = {template: float(cost) for template, cost in tree["costs"].items()}
    return TierRule(tiers["basis"], float(tiers["top"]), float(tiers["middle"]), costs)


def _check_tiers(tree: Tree, check: Check) -> None:
    top, middle = at(tree, KEY, "tiers", "top"), at(tree, KEY, "tiers", "middle")
    if top is not None and middle is not None and top > middle:
        check.contradiction("policy-span", (KEY, "tiers", "top"), value=top, key="middle", most=middle)


SECTION = Section(
    KEY,
    Table(
        {
            "checks": Names(),
            "valid_months": SPAN,
            "active": Names(),
            "least_age_months": COUNT,
            "least_capital": Number(least=0),
            "least_references": SPAN,
            "visit_months": SPAN,
            "near_name": _POINTS,
            "steps": Table(dict.fromkeys(STEPS, COUNT)),
            "tiers": Table({"basis": Text(choices=(CUSTOMERS, VALUE)), "top": SHARE, "middle": SHARE}),
            "costs": Table(dict.fromkeys((DEEP, STANDARD), Number(least=0))),
            "score_caps": Open(_POINTS),
        }
    ),
    (_check_tiers,),
)
