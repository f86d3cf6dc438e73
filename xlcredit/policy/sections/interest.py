"""Interest: regimes of late payment, and the reference rates they are made of."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from xlcredit.kernel.bands import Bands, Bound
from xlcredit.kernel.daycount import DAY_COUNTS
from xlcredit.kernel.money import CURRENCIES
from xlcredit.policy.check import Check
from xlcredit.policy.consistency import Tree, at, check_choice
from xlcredit.policy.sections.keys import check_amounts, check_days
from xlcredit.policy.sections.section import Section
from xlcredit.policy.shapes import Number, Open, Table, Text
from xlcredit.rules.interest import DISPUTES, FIXINGS, PERIODS, InterestRule, Rates, Regime

_REGIME: Final = Table(
    {
        "rate": Number(least=-1, most=10),
        "per": Text(choices=PERIODS, default="year"),
        "day_count": Text(choices=DAY_COUNTS, default="act/365"),
        "reference": Text(empty=True, default=""),
        "factor": Number(least=0, most=100, default=1),
        "fixing": Text(choices=FIXINGS, default="daily"),
        "sums_currency": Text(choices=("", *CURRENCIES), empty=True, code="policy-unknown-currency", default=""),
        "dispute": Text(choices=DISPUTES, default="runs"),
        "fixed_sums": Open(Number(least=0), needed=False),
    }
)


def check_regimes(tree: Tree, check: Check) -> None:
    """The regime in use and the reference rates of every regime are there; fixed sums are keyed by amounts."""
    regimes = at(tree, "interest", "regimes") or {}
    check_choice(at(tree, "interest", "regime"), regimes, ("interest", "regime"), check)
    references = ("", *(at(tree, "interest", "references") or {}))
    for name, regime in regimes.items():
        path = ("interest", "regimes", name)
        check_choice(regime.get("reference"), references, (*path, "reference"), check)
        check_amounts(regime.get("fixed_sums", ()), (*path, "fixed_sums"), check)


def check_references(tree: Tree, check: Check) -> None:
    """Reference rates are keyed by the day they take effect."""
    for name, table in (at(tree, "interest", "references") or {}).items():
        check_days(table, ("interest", "references", name), check)


SECTION: Final = Section(
    "interest",
    Table(
        {
            "regime": Text(),
            "claim_paid_days": Number(least=0, whole=True, words=("off",)),
            "regimes": Open(_REGIME),
            "references": Open(Open(Number(least=-1, most=10))),
        }
    ),
    (check_regimes, check_references),
)


def rule(tree: Tree) -> InterestRule:
    """The regimes a checked tree states."""
    table = tree["interest"]
    references = {
        name: Rates(name, {day: float(rate) for day, rate in rates.items()})
        for name, rates in table["references"].items()
    }
    paid_days = table["claim_paid_days"]
    return InterestRule(
        {name: _regime(name, regime, references) for name, regime in table["regimes"].items()},
        table["regime"],
        claim_paid_days=-1 if isinstance(paid_days, str) else paid_days,
    )


def _regime(name: str, table: Tree, references: dict[str, Rates]) -> Regime:
    return Regime(
        name,
        rate=float(table["rate"]),
        per=table["per"],
        day_count=table["day_count"],
        reference=references.get(table["reference"]),
        factor=float(table["factor"]),
        fixing=table["fixing"],
        fixed_sums=_bands(table.get("fixed_sums", {})),
        currency=table["sums_currency"],
        dispute=table["dispute"],
    )


def _bands(sums: Tree) -> Bands:
    rising = sorted(sums, key=Decimal)
    return Bands(tuple(Bound(float(key)) for key in rising), (0.0, *(float(sums[key]) for key in rising)))
