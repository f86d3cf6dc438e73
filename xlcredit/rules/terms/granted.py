"""Terms granted by grade: net days, prepayment, discount, instalments, approver; and what to change where worse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.money import to_major, to_minor
from xlcredit.rules.terms.contract import UnusualRule
from xlcredit.rules.terms.discount import Financing

Amounts = NDArray[np.float64]
Text = NDArray[np.object_]

SHORTEN, PREPAY, INSTALMENTS, DISCOUNT = "shorten", "prepay", "instalments", "discount"
ACTIONS: Final = (SHORTEN, PREPAY, INSTALMENTS, DISCOUNT)
"""What a customer whose terms are more generous than its grade is asked for, or offered in return."""


@dataclass(frozen=True, slots=True)
class GrantedTerms:
    """What customers of one grade are given."""

    net_days: int
    prepayment: float
    """Least share of a contract to be prepaid."""
    discount: float = 0.0
    discount_days: int = 0
    instalments: int = 1
    """Most parts a payment may be split into; 1 is none."""
    approver: str = ""
    """Who approves an exception."""

    def __post_init__(self) -> None:
        if self.net_days < 0 or self.discount_days < 0 or self.instalments < 1:
            counts = f"{self.net_days} net days, {self.discount_days} discount days, {self.instalments} instalments"
            raise ValueError(f"terms count forward, and a payment has at least one part: {counts}")
        if not (0 <= self.prepayment <= 1 and 0 <= self.discount <= 1):
            raise ValueError(f"shares are fractions: prepayment {self.prepayment}, discount {self.discount}")


@dataclass(frozen=True, slots=True)
class TermsRule:
    """Terms by grade, what holds for customers without one, and what bounds them."""

    grades: Mapping[str, GrantedTerms]
    prepayment: float
    """Share of a contract to be prepaid by customers without a grade, or of a grade without terms of its own."""
    cost_of_capital: float = 0.06
    margin_share: float = 0.25
    """Most of a sale's margin that financing its terms may take."""
    legal_review: float = np.inf
    """Contracts from this amount on go to a lawyer."""
    unusual: UnusualRule = field(default_factory=UnusualRule)
    """So do those with unusual terms."""
    financing: Financing = field(default_factory=Financing)
    """What having receivables paid before they are due would cost."""

    def __post_init__(self) -> None:
        if not (0 <= self.prepayment <= 1 and self.cost_of_capital >= 0 and 0 <= self.margin_share <= 1):
            figures = f"{self.prepayment}, {self.cost_of_capital}, {self.margin_share}"
            raise ValueError(f"prepayment, cost of capital and margin share are fractions: {figures}")


@dataclass(frozen=True, slots=True)
class Granted:
    """Terms of each customer as columns; NaN and "" for a grade that has none."""

    net_days: Amounts
    prepayment: Amounts
    discount: Amounts
    discount_days: Amounts
    instalments: Amounts
    approver: Text


def granted(grades: Text, rule: TermsRule) -> Granted:
    """Terms of each customer by its grade."""

    def figures(name: str) -> Amounts:
        held = {grade: float(getattr(terms, name)) for grade, terms in rule.grades.items()}
        return np.array([held.get(grade, np.nan) for grade in grades.tolist()], dtype=np.float64)

    approvers = [rule.grades[grade].approver if grade in rule.grades else "" for grade in grades.tolist()]
    return Granted(
        net_days=figures("net_days"),
        prepayment=figures("prepayment"),
        discount=figures("discount"),
        discount_days=figures("discount_days"),
        instalments=figures("instalments"),
        approver=np.array(approvers, dtype=object),
    )


def prepayment_gap(contracts: Amounts, prepaid: Amounts, grades: Text, rule: TermsRule, places: int = 2) -> Amounts:
    """What is missing of the share of each contract to be prepaid, 0 where it is reached; NaN without a contract.

    A prepayment of NaN is none: nobody has seen it. Half a minor unit of the share counts as a whole one.
    """
    share = granted(grades, rule).prepayment
    share = np.where(np.isnan(share), rule.prepayment, share)
    due = to_minor(np.maximum(contracts, 0.0) * share, places)
    short = np.maximum(due - to_minor(prepaid, places), 0)
    return np.where(np.isnan(contracts), np.nan, to_major(short, places))


def suggest_days(grades: Text, margins: Amounts, rule: TermsRule) -> Amounts:
    """Longest net days worth granting: those of the grade, or fewer where financing them would eat up the margin.

    Terms of n days cost n/365 of a year's capital on the sale, which may take the policy's share of the margin: n =
    margin · share · 365 ÷ cost of capital. A margin of NaN bounds nothing, one of nothing or less leaves no days; NaN
    for a grade without terms.
    """
    of_grade = granted(grades, rule).net_days
    if rule.cost_of_capital == 0:
        return of_grade
    affordable = np.floor(np.maximum(margins, 0.0) * rule.margin_share * 365 / rule.cost_of_capital + 1e-9)
    return np.where(np.isnan(margins), of_grade, np.minimum(of_grade, affordable))


def actions(net_days: Amounts, grades: Text, rule: TermsRule) -> NDArray[np.bool_]:
    """Which of ACTIONS (columns) to take with each customer (rows): those of its grade where its terms are longer.

    Nothing where the terms are not known, or no longer than the grade allows.
    """
    now = granted(grades, rule)
    longer = net_days > now.net_days
    asked = {
        SHORTEN: longer,
        PREPAY: longer & (now.prepayment > 0),
        INSTALMENTS: longer & (now.instalments > 1),
        DISCOUNT: longer & (now.discount > 0),
    }
    return np.column_stack([asked[action] for action in ACTIONS])
