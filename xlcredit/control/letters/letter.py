"""A letter in figures: what it is about, and what it claims. Money in minor units of its currency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from xlcredit.kernel.dates import Date


@dataclass(frozen=True, slots=True)
class LetterItem:
    """An item as a letter states it."""

    document: str
    document_date: Date
    due_date: Date
    days_past_due: int
    currency: str
    demanded: int
    """What is open, less the part in dispute."""
    disputed: int
    rate: float
    """Rate of interest on the last day, per the regime's period; NaN where none is claimed."""
    interest: int


@dataclass(frozen=True, slots=True)
class Claim:
    """What a letter claims in one currency."""

    items: int = 0
    interest: int = 0
    fixed_sum: int = 0
    fee: int = 0

    @property
    def total(self) -> int:
        """All of it."""
        return self.items + self.interest + self.fixed_sum + self.fee


@dataclass(frozen=True, slots=True)
class Letter:
    """One document to one customer."""

    reference: str
    """Customer, stage and date; what the customer quotes."""
    customer: str
    name: str
    address: str
    email: str
    letter: str
    """Its template: reminder, demand, lawyer, or a name of the policy's own."""
    stage: int
    action: str
    channel: str
    language: str
    day: date
    reply_by: date
    items: tuple[LetterItem, ...]
    """By currency, the longest overdue first."""
    claims: Mapping[str, Claim]
    """Currency → what is claimed in it."""
    credits: Mapping[str, int]
    """Currency → credits of the customer that no item has taken, where there are some in the items' currencies."""
    regime: str
    """Regime of the interest, "" where none is claimed."""
    doubts: tuple[str, ...]
    """What to check before it is sent: "no_name", "usual_regime", "no_rate", …."""

    @property
    def disputed(self) -> dict[str, int]:
        """Currency → what of the items is in dispute and not demanded, where something is."""
        sums: dict[str, int] = {}
        for item in self.items:
            if item.disputed:
                sums[item.currency] = sums.get(item.currency, 0) + item.disputed
        return sums


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of a run, by customer and stage, and how many items are in none, by why."""

    letters: tuple[Letter, ...]
    left_out: Mapping[str, int]
