"""Insurance: the keys of the insurance contract."""

from __future__ import annotations

from math import inf, nan

from xlcredit.policy.check import Check
from xlcredit.policy.consistency import Tree, at, check_choice
from xlcredit.policy.sections.section import Section
from xlcredit.policy.shapes import COUNT, SHARE, SPAN, Number, Open, Table, Text
from xlcredit.policy.workdays import countries
from xlcredit.rules.insurance import InsuranceRule
from xlcredit.rules.insurance.choice import ChoiceRule
from xlcredit.rules.insurance.claims import EVERY_CLAIM
from xlcredit.rules.insurance.clock import ClockRule
from xlcredit.rules.insurance.indemnity import IndemnityRule
from xlcredit.rules.insurance.premium import PremiumRule

_MONEY = Number(least=0)
UNKNOWN = "unknown"
_EQUITY = Number(least=0, above=True, words=(UNKNOWN,))

_SHAPE = Table(
    {
        "basis": Text(choices=("annual", "order")),
        "scope": Text(choices=("whole_turnover", "named_buyers")),
        "cover": Number(least=0, most=1, above=True),
        "premium_from": SHARE,
        "premium_to": SHARE,
        "premium_base": Text(choices=("turnover", "exposure", "limit")),
        "minimum_premium": _MONEY,
        "holidays": Text(empty=True),
        "rates": Open(SHARE),
        "indemnity": Table(
            {
                "excess": _MONEY,
                "excess_order": Text(choices=("after_cover", "before_cover")),
                "first_loss": _MONEY,
                "first_loss_kind": Text(choices=("each_and_every", "aggregate")),
                "threshold": _MONEY,
                "minimum_retention": _MONEY,
                "maximum": Number(least=0, words=("unlimited",)),
                "maximum_premiums": Number(least=0, words=("unlimited",)),
            }
        ),
        "clock": Table(
            {
                "notify_days": SPAN,
                "notify_from": Text(choices=("document_date", "due_date")),
                "first_day": Text(choices=("counts", "does_not_count")),
                "waiting_from": Text(choices=("due_date", "notification")),
                "payment_days": COUNT,
                "settlement_days": COUNT,
                "advance_days": COUNT,
            }
        ),
        "waiting_days": Open(COUNT),
        "evidence": Open(Text()),
        "choice": Table({"concentrated_from": SHARE, "risky_from": SHARE, "strained_from": _MONEY, "equity": _EQUITY}),
    }
)


def check_holidays(tree: Tree, check: Check) -> None:
    """The country whose holidays the insurer keeps is one whose holidays are known."""
    if country := at(tree, "insurance", "holidays"):  # else the library need not be imported
        check_choice(country, countries(), ("insurance", "holidays"), check)


def check_evidence(tree: Tree, check: Check) -> None:
    """A document is evidence for every claim, or for an insured cause of loss."""
    causes = (EVERY_CLAIM, *(at(tree, "insurance", "waiting_days") or {}))
    for document, cause in (at(tree, "insurance", "evidence") or {}).items():
        check_choice(cause, causes, ("insurance", "evidence", document), check)


def check_quotes(tree: Tree, check: Check) -> None:
    """A quoted premium rate is a grade's."""
    grades = [entry["grade"] for entry in tree.get("grades") or [] if "grade" in entry]
    for grade in at(tree, "insurance", "rates") or {}:
        check_choice(grade, grades, ("insurance", "rates", grade), check)


SECTION = Section("insurance", _SHAPE, (check_holidays, check_evidence, check_quotes))


def rule(tree: Tree) -> InsuranceRule:
    """The insurance contract that a checked policy states."""
    table = tree["insurance"]
    return InsuranceRule(
        cover=float(table["cover"]),
        premium=_premium(table, [entry["grade"] for entry in tree["grades"]]),
        indemnity=_indemnity(table["indemnity"]),
        clock=_clock(table["clock"], table["waiting_days"]),
        choice=ChoiceRule(
            **{key: nan if figure == UNKNOWN else float(figure) for key, figure in table["choice"].items()}
        ),
        basis=table["basis"],
        scope=table["scope"],
        evidence=table["evidence"],
        holidays=table["holidays"],
    )


def _premium(table: Tree, grades: list[str]) -> PremiumRule:
    return PremiumRule(
        least_rate=float(table["premium_from"]),
        greatest_rate=float(table["premium_to"]),
        base=table["premium_base"],
        minimum=float(table["minimum_premium"]),
        grades=tuple(grades),
        quoted={grade: float(rate) for grade, rate in table["rates"].items()},
    )


def _indemnity(table: Tree) -> IndemnityRule:
    return IndemnityRule(
        excess=float(table["excess"]),
        excess_first=table["excess_order"] == "before_cover",
        first_loss=float(table["first_loss"]),
        first_loss_kind=table["first_loss_kind"],
        threshold=float(table["threshold"]),
        minimum_retention=float(table["minimum_retention"]),
        maximum=_most(table["maximum"]),
        maximum_premiums=_most(table["maximum_premiums"]),
    )


def _clock(table: Tree, waiting_days: Tree) -> ClockRule:
    figures = {key: table[key] for key in ("notify_days", "notify_from", "waiting_from", "payment_days")}
    return ClockRule(
        **figures,
        first_day_counts=table["first_day"] == "counts",
        waiting_days=waiting_days,
        settlement_days=table["settlement_days"],
        advance_days=table["advance_days"],
    )


def _most(figure: object) -> float:
    return inf if figure == "unlimited" else float(str(figure))
