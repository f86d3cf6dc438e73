"""Terms: what each grade is granted, what is to be prepaid, what financing may cost, and what a lawyer reads."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from math import inf

from xlcredit.policy.check import Check
from xlcredit.policy.consistency import Tree, at, check_choice
from xlcredit.policy.sections.leftovers import grades_of
from xlcredit.policy.sections.section import Section
from xlcredit.policy.shapes import COUNT, SHARE, SPAN, Names, Number, Open, Table, Text
from xlcredit.rules.terms import Financing, GrantedTerms, TermsRule, UnusualRule

_DISCOUNT = Number(least=0, most=1, default=0)
OFF = "off"
_FROM = Number(least=0, words=(OFF,))
_GRANTED = Table(
    {
        "net_days": COUNT,
        "prepayment": SHARE,
        "discount": _DISCOUNT,
        "discount_days": Number(least=0, whole=True, default=0),
        "instalments": Number(least=1, whole=True, default=1),
        "approver": Text(empty=True, default=""),
    }
)


def check_grades(tree: Tree, check: Check) -> None:
    """Terms belong to a grade there is, and no riskier grade is given milder ones than a safer one."""
    granted, names = at(tree, "terms", "grades") or {}, grades_of(tree)
    for name in granted if check.sound("grades") else ():
        check_choice(name, names, ("terms", "grades", name), check)
    for safer, riskier in pairwise(name for name in names if name in granted):
        _check_milder(granted[safer], granted[riskier], riskier, check)


def _check_milder(safer: Tree, riskier: Tree, name: str, check: Check) -> None:
    for key, milder in (("net_days", max), ("prepayment", min)):
        before, value = safer.get(key), riskier.get(key)
        if before is not None and value is not None and value != before and milder(value, before) == value:
            check.contradiction("policy-terms-milder", ("terms", "grades", name, key), value=value, before=before)


def check_discounts(tree: Tree, check: Check) -> None:
    """A discount ends before the net amount is due."""
    for name, terms in (at(tree, "terms", "grades") or {}).items():
        days, net = terms.get("discount_days"), terms.get("net_days")
        if terms.get("discount") and days is not None and net is not None and days >= net:
            path = ("terms", "grades", name, "discount_days")
            check.contradiction("policy-discount-after-due", path, value=days, net=net)


SECTION = Section(
    "terms",
    Table(
        {
            "prepayment": SHARE,
            "cost_of_capital": SHARE,
            "margin_share": SHARE,
            "legal_review": _FROM,
            "unusual": Table(
                {
                    "days_beyond": Number(least=0, whole=True, words=(OFF,)),
                    "methods": Names(),
                    "jurisdictions": Names(),
                    "retention_from": _FROM,
                }
            ),
            "financing": Table({"rate": SHARE, "advance": SHARE, "year_days": SPAN}),
            "grades": Open(_GRANTED),
        }
    ),
    (check_grades, check_discounts),
)


def rule(tree: Tree) -> TermsRule:
    """The rule that a policy's terms make."""
    table = tree["terms"]
    return TermsRule(
        grades={name: _granted(terms) for name, terms in table["grades"].items()},
        prepayment=float(table["prepayment"]),
        cost_of_capital=float(table["cost_of_capital"]),
        margin_share=float(table["margin_share"]),
        legal_review=_bound(table["legal_review"]),
        unusual=_unusual(table["unusual"]),
        financing=_financing(table["financing"]),
    )


def _financing(table: Tree) -> Financing:
    return Financing(float(table["rate"]), float(table["advance"]), table["year_days"])


def _bound(value: str | Decimal | int) -> float:
    return inf if isinstance(value, str) else float(value)


def _unusual(table: Tree) -> UnusualRule:
    return UnusualRule(
        days_beyond=_bound(table["days_beyond"]),
        methods=frozenset(table["methods"]) - {OFF},
        jurisdictions=frozenset(table["jurisdictions"]) - {OFF},
        retention_from=_bound(table["retention_from"]),
    )


def _granted(table: Tree) -> GrantedTerms:
    return GrantedTerms(
        net_days=table["net_days"],
        prepayment=float(table["prepayment"]),
        discount=float(table["discount"]),
        discount_days=table["discount_days"],
        instalments=table["instalments"],
        approver=table["approver"],
    )
