"""The review: what the rules say of a ledger under a policy as of a date. Data only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from math import isnan
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.once import Keeper
from xlcredit.kernel.money import Minor, to_minor
from xlcredit.ledger.findings import Finding
from xlcredit.ledger.ledger import Ledger
from xlcredit.ledger.tables import CUSTOMER_ROLES, Days, Flags, Money, Text
from xlcredit.locales import Words
from xlcredit.policy import Policy

if TYPE_CHECKING:
    import pandas as pd

    from xlcredit.control.case import Case


RATIOS = frozenset(
    {"on_time_share", "equity_ratio", *(role for role, (kind, _) in CUSTOMER_ROLES.items() if kind == "ratio")}
)
"""Characteristics answered by a fraction, which is said in per cent."""


_TIMES = frozenset({"current_ratio", "quick_ratio", "cash_ratio"})
"""Characteristics answered by how many times one figure is the other."""


def answer_in_figures(characteristic: str, answer: float) -> str:
    """An answer as it is read: a share in per cent, a ratio to the hundredth, days, years and counts to the tenth."""
    if characteristic in RATIOS:
        return f"{answer:.1%}"
    return f"{answer:.2f}" if characteristic in _TIMES else f"{round(answer, 1) + 0.0:.1f}".removesuffix(".0")


RISK_CLASS = "risk_class"
"""The reason that a risk class, and no answer, took points."""


@dataclass(frozen=True, slots=True)
class ItemLines:
    """One line per item of the ledger, in its order; what is not open has no days, bucket or stage."""

    currency: Text
    due_date: Days
    """Due date, or what stands in for it."""
    open: Money
    open_minor: Minor
    days_past_due: Money
    bucket: Text
    stage: NDArray[np.int64]
    action: Text
    blocked: Flags
    owner: NDArray[np.intp]
    """Line of the customer in CustomerLines."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Points a characteristic earned for an answer, of the best it can earn."""

    characteristic: str
    answer: float
    points: float
    best: float

    def in_words(self, words: Words) -> str:
        """What was asked, what the answer was, and the points it earned of the best."""
        phrase = "unanswered" if isnan(self.answer) else "phrase"
        return words("reasons", phrase).format(
            characteristic=words("characteristics", self.characteristic),
            answer=answer_in_figures(self.characteristic, self.answer),
            points=f"{self.points:g}",
            best=f"{self.best:g}",
        )


@dataclass(frozen=True, slots=True)
class CustomerLines:
    """One line per customer, by customer number; money in the review's currency unless it says otherwise."""

    customer: Text
    name: Text
    sheet_line: NDArray[np.intp]
    """Line in the ledger's Customers table, -1 for a customer it does not have."""
    open_minor: NDArray[np.int64]
    """Minor units open per currency (columns as in Review.currencies)."""
    overdue_minor: NDArray[np.int64]
    exposure: Money
    overdue: Money
    average_days_late: Money
    card: Text
    score: Money
    capped: Flags
    """Whether the risk class of its country or industry allows no more than this score."""
    completeness: Money
    grade: Text
    limit: Money
    """Suggested limit: infinite is unlimited, NaN is none, as the constraint says."""
    constraint: Text
    headroom: Money
    utilization: Money
    reasons: tuple[tuple[Reason, ...], ...]
    answers: Mapping[str, Money]
    """Characteristic → answer, NaN for none: what the ledger shows goes before what the customers sheet says."""
    measured: Mapping[str, Money]
    """Measure → what the ledger shows, NaN for nothing."""
    allowed: Mapping[str, Money]
    """Constraint of the limit → what it would allow, NaN where it is not known."""
    to_base: Money
    """Factor from the currency of the customer's figures to the review's."""

    @property
    def names_beside(self) -> Text:
        """Names to stand beside the numbers: "" where a name says no more than its number."""
        return np.where(self.name == self.customer, "", self.name)


@dataclass(frozen=True, slots=True)
class CurrencyTotal:
    """Minor units of one currency: open, overdue, and open by bucket key; buckets foot to open."""

    open: int
    overdue: int
    buckets: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Review(Keeper):
    """A credit review."""

    as_of: date
    currency: str
    currencies: tuple[str, ...]
    policy: Policy
    ledger: Ledger
    totals: Mapping[str, CurrencyTotal]
    items: ItemLines
    customers: CustomerLines
    findings: tuple[Finding, ...]
    case: Case = field(repr=False, compare=False)
    """What the lists of a review are made from."""

    @property
    def exposure_minor(self) -> Minor:
        """Exposure of each customer in minor units of the review's currency, 0 where it is not known."""
        return to_minor(self.customers.exposure, self.case.valuation.places)

    def items_frame(self) -> pd.DataFrame:
        """The items as a pandas DataFrame: the ledger's columns beside the review's."""
        ledger, lines = self.ledger.items, self.items
        return _frame(
            row=ledger.row, customer=ledger.customer, document=ledger.document, document_date=ledger.document_date,
            due_date=lines.due_date, amount=ledger.amount, open=lines.open, currency=lines.currency,
            days_past_due=lines.days_past_due, bucket=lines.bucket, stage=lines.stage, action=lines.action,
            blocked=lines.blocked,
        )  # fmt: skip

    def customers_frame(self) -> pd.DataFrame:
        """The customers as a pandas DataFrame."""
        lines = self.customers
        names = ("customer", "name", "exposure", "overdue", "average_days_late", "card", "score", "completeness",
                 "grade", "limit", "constraint", "headroom", "utilization", "reasons")  # fmt: skip
        return _frame(**{name: getattr(lines, name) for name in names})


def _frame(**columns: object) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(columns)
