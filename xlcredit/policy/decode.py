"""Decoding: a merged tree → Policy, or one error that holds every fault of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from math import inf
from typing import Literal

from xlcredit.kernel.bands import Bands, Bound
from xlcredit.kernel.errors import PolicyError
from xlcredit.policy import sections
from xlcredit.policy.check import Check
from xlcredit.policy.consistency import Tree, bound_of
from xlcredit.policy.contradictions import CAPPED, CONTRADICTIONS, OFF
from xlcredit.policy.keys import POLICY
from xlcredit.policy.policy import Policy
from xlcredit.policy.sections.leftovers import prune
from xlcredit.policy.sources import Marked
from xlcredit.rules.aging import Buckets
from xlcredit.rules.dunning import CaseRule, Level, Procedure
from xlcredit.rules.grade import Grades
from xlcredit.rules.limit import LimitRule
from xlcredit.rules.scorecard import REWEIGHT, Characteristic, Scorecard


def decode(marked: Marked, place: str, known_faults: tuple[PolicyError, ...] = ()) -> Policy:
    """The policy a tree states; ``known_faults`` are told with its own.

    Raises:
        PolicyError: "policy-faults", with every fault in ``faults``.
    """
    check = Check([*known_faults])
    tree = check.read(POLICY, marked) or {}
    prune(tree, check)
    for find in (*CONTRADICTIONS, *(each for section in sections.SECTIONS for each in section.checks)):
        find(tree, check)
    if check.faults:
        raise PolicyError("policy-faults", place, faults=tuple(check.faults), count=len(check.faults))
    return _policy(tree, check.origin)


def _policy(tree: Tree, origin: Mapping[str, str]) -> Policy:
    dunning, scoring, measures = tree["dunning"], tree["scoring"], tree["measures"]
    buckets = _buckets(tree["aging"])
    return Policy(
        name=tree["name"],
        version=tree["version"],
        currency=tree["currency"],
        buckets=buckets,
        procedures={name: _procedure(name, table, dunning["kinds"]) for name, table in dunning["procedures"].items()},
        procedure=dunning["procedure"],
        cases=_cases(dunning),
        scorecards={name: _scorecard(name, table) for name, table in tree["scorecards"].items()},
        scorecard=scoring["scorecard"],
        scorecard_order=tuple(scoring["order"]),
        enough=float(scoring["enough"]),
        reasons=scoring["reasons"],
        grades=_grades(tree["grades"]),
        limit=_limit(tree["limit"], tree["insurance"]),
        tax=float(tree["limit"]["tax"]),
        exposure=sections.exposure.rule(tree),
        order=sections.order.rule(tree),
        terms=sections.terms.rule(tree),
        plan=sections.plan.rule(tree),
        window_days=measures["window_days"],
        recent_days=measures["recent_days"],
        review=sections.reviews.rule(tree[sections.reviews.KEY]),
        approval=sections.approval.rule(tree),
        statements=sections.statements.rule(tree[sections.statements.KEY]),
        admission=sections.admission.rule(tree[sections.admission.KEY]),
        steps=sections.admission.step_rule(tree[sections.admission.KEY], tree["review"]["every_months"]),
        tiers=sections.admission.tier_rule(tree[sections.admission.KEY]),
        ratings=sections.ratings.rule(tree[sections.ratings.KEY]),
        rating_months=tree[sections.ratings.KEY]["valid_months"],
        plausible=sections.plausible.rule(tree[sections.plausible.KEY]),
        insurance=sections.insurance.rule(tree),
        provision=sections.provision.rule(tree, buckets.bands),
        metrics=sections.metrics.rule(tree),
        signals=sections.signals.rule(tree),
        interest=sections.interest.rule(tree),
        countries=sections.countries.rule(tree),
        letters=sections.letters.rule(tree),
        tree=tree,
        origin=origin,
    )


def _bounds(entries: Iterable[Tree]) -> tuple[Bound, ...]:
    return tuple(bound for bound in map(bound_of, entries) if bound)


def _buckets(table: Tree) -> Buckets:
    buckets = table["buckets"]
    return Buckets(Bands(_bounds(buckets), tuple(bucket["key"] for bucket in buckets)), table["basis"])


def _procedure(name: str, table: Tree, kinds: Tree) -> Procedure:
    bounds = _bounds(table["levels"])
    return Procedure(
        name,
        tuple(_level(bound, place, table, kinds) for place, bound in enumerate(bounds)),
        grace_days=table["grace_days"],
        minimum_amount=float(table["minimum_amount"]),
        escalation=table["escalation"],
        days_between=table["days_between"],
        minimum_per_customer=float(table["minimum_per_customer"]),
        per=table["per"],
        promise_days=table["promise_days"],
    )


def _level(bound: Bound, place: int, table: Tree, kinds: Tree) -> Level:
    level, number = table["levels"][place], str(place + 1)
    return Level(
        bound,
        level["action"],
        level["channel"],
        kind=kinds.get(level["action"], "notice"),
        fee=float(table.get("level_fees", {}).get(number, 0)),
        interest=table.get("level_interest", {}).get(number, ""),
        letter=table.get("level_letters", {}).get(number, ""),
    )


def _cases(dunning: Tree) -> CaseRule:
    return CaseRule(dunning["reasons"], tuple(dunning["steps"]), dunning["tasks"], float(dunning["agency_fee"]))


def _scorecard(name: str, table: Tree) -> Scorecard:
    return Scorecard(name, tuple(map(_characteristic, table["characteristics"])))


def _characteristic(table: Tree) -> Characteristic:
    attributes, missing = table["attributes"], table["missing"]
    bands = Bands(_bounds(attributes), tuple(float(attribute["points"]) for attribute in attributes))
    unanswered: float | Literal["reweight"] = REWEIGHT if missing == REWEIGHT else float(missing)
    return Characteristic(table["name"], bands, table["better"], unanswered)


def _grades(entries: list[Tree]) -> Grades:
    rising = entries[::-1]
    bands = Bands(_bounds(rising), tuple(entry["grade"] for entry in rising))
    return Grades(bands, {entry["grade"]: float(entry["limit_factor"]) for entry in entries})


def _limit(table: Tree, insured: Tree) -> LimitRule:
    # In the order of the customers sheet, whatever the file's: of two caps that bind alike the first is named.
    shares: dict[str, Decimal | int | str] = {name: table["caps"][name] for name in CAPPED if name in table["caps"]}
    return LimitRule(
        caps={name: float(share) for name, share in shares.items() if share != OFF},
        combine=table["combine"],
        cover=float(insured["cover"]),
        step=None if isinstance(table["step"], str) else float(table["step"]),
        maximum=inf if isinstance(table["maximum"], str) else float(table["maximum"]),
    )
