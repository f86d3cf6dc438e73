"""The dunning procedure: its levels, and how an item climbs them."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor
from typing import Final, Literal, get_args

from xlcredit.kernel.bands import Bands, Bound

Escalation = Literal["jump", "sequential"]
"""Straight to the level of an item's age, or one level after the other."""
Unit = Literal["item", "customer"]
Kind = Literal["notice", "agency", "legal", "claim"]
"""A letter or call of one's own, the hand-over to an agency, a legal step, a claim on the insurer."""
OF_COUNTRY: Final = "country"
"""In place of a regime: the one of the customer's country."""
ESCALATIONS: Final[tuple[str, ...]] = get_args(Escalation)
UNITS: Final[tuple[str, ...]] = get_args(Unit)
KINDS: Final[tuple[str, ...]] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Level:
    """From which day past due on (negative: before the due date) what is done, through which channel."""

    bound: Bound
    action: str
    channel: str = ""
    kind: Kind = "notice"
    fee: float = 0.0
    """Charged once for a notice of this level."""
    interest: str = ""
    """Regime of the interest that is claimed on this level, OF_COUNTRY for the customer's own, "" where none is."""
    letter: str = ""
    """Name of the letter that is sent."""


@dataclass(frozen=True, slots=True)
class Procedure:
    """Rising levels; an item older than the last level's bound stays on the last stage."""

    name: str
    levels: tuple[Level, ...]
    grace_days: int = 0
    """An item counts as overdue only when it is more than this many days past due."""
    minimum_amount: float = 0.0
    """Open amounts below this are not dunned."""
    escalation: Escalation = "jump"
    days_between: int = 0
    """Days that pass at least between two notices."""
    minimum_per_customer: float = 0.0
    """Customers who owe less than this on dunned items are not dunned."""
    per: Unit = "item"
    """Whether each item stands on its own stage, or all of a customer's on the highest."""
    promise_days: int = 0
    """Days after a promised payment day that are waited for the money."""

    def __post_init__(self) -> None:
        if not self.levels:
            raise ValueError(f"the dunning procedure {self.name} has no level")
        if self.grace_days < 0 or self.minimum_amount < 0:
            raise ValueError("grace days and minimum amount cannot be negative")
        if self.days_between < 0 or self.minimum_per_customer < 0 or self.promise_days < 0:
            raise ValueError("days between notices, days after a promise and the customer's minimum cannot be negative")
        _ = self.bands

    @property
    def bands(self) -> Bands:
        """Days past due → stage."""
        return Bands(tuple(level.bound for level in self.levels), tuple(range(len(self.levels) + 1)))

    @property
    def first_days(self) -> tuple[int, ...]:
        """Whole days past due on which each level is reached; none lies within the grace days."""
        days = [
            floor(level.bound.value) + 1 if level.bound.side == "above" else ceil(level.bound.value)
            for level in self.levels
        ]
        return tuple(self.grace_days + 1 if 0 < day <= self.grace_days else day for day in days)

    @property
    def channels(self) -> tuple[str, ...]:
        """Channel of each stage, none for stage 0."""
        return ("", *(level.channel for level in self.levels))

    @property
    def actions(self) -> tuple[str, ...]:
        """Action of each stage, none for stage 0."""
        return ("", *(level.action for level in self.levels))

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kind of each stage, none for stage 0."""
        return ("", *(level.kind for level in self.levels))
