"""Regimes: at which rate late payment bears interest, on which day it is fixed, and the fixed sum beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

import numpy as np

from xlcredit.kernel.bands import Bands
from xlcredit.kernel.dates import Days
from xlcredit.kernel.daycount import DayCount
from xlcredit.kernel.money import Amounts

Fixing = Literal["daily", "semester", "semester_before", "first_day"]
"""Which rate of a table holds: each from its day on; for a semester that of its first day (Directive 2011/7/EU,
art. 2 (7)); for the debt that of the last day before the semester it became late in (UK 1998), or of its first day
late (法释〔2020〕17号)."""

Per = Literal["year", "month", "day"]
Dispute = Literal["runs", "stops"]
FIXINGS: Final[tuple[str, ...]] = get_args(Fixing)
PERIODS: Final[tuple[str, ...]] = get_args(Per)
DISPUTES: Final[tuple[str, ...]] = get_args(Dispute)

_ALWAYS = np.datetime64("0001-01-01")
_NO_DAY = np.datetime64("NaT", "D")


@dataclass(frozen=True, slots=True)
class Rates:
    """A table of reference rates: the day each takes effect (ISO) → rate."""

    name: str
    effects: Mapping[str, float]
    days: Days = field(init=False, repr=False, compare=False)
    values: Amounts = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        known = sorted(self.effects)
        object.__setattr__(self, "days", np.array([_ALWAYS, *known], dtype="datetime64[D]"))
        object.__setattr__(self, "values", np.array([np.nan, *(self.effects[day] for day in known)]))

    def on(self, days: Days) -> tuple[Amounts, Days]:
        """The rate in force on each day and since when; NaN and NaT before the first one."""
        at = np.searchsorted(self.days, days, side="right") - 1
        at = np.where(np.isnat(days), 0, at)
        return self.values[at], np.where(at > 0, self.days[at], _NO_DAY)


@dataclass(frozen=True, slots=True)
class Regime:
    """What late payment costs under a contract or a statute."""

    name: str
    rate: float = 0.0
    """The rate itself, or what is added to the reference."""
    per: Per = "year"
    day_count: DayCount = "act/365"
    reference: Rates | None = None
    factor: float = 1.0
    """The reference rate is taken so many times."""
    fixing: Fixing = "daily"
    fixed_sums: Bands = field(default_factory=lambda: Bands((), (0.0,)))
    """Size of the debt (major units) → sum charged once for it."""
    currency: str = ""
    """That of the fixed sums; "" stands for the debt's own."""
    dispute: Dispute = "runs"
    """Whether the days of a dispute bear interest."""

    def __post_init__(self) -> None:
        if self.factor < 0 or any(each < 0 for each in self.fixed_sums.outcomes):
            raise ValueError(f"factor and fixed sums of the regime {self.name} cannot be negative")

    @property
    def is_fixed(self) -> bool:
        """Whether one rate holds for the whole debt."""
        return self.reference is None or self.fixing in ("semester_before", "first_day")

    def rates_on(self, days: Days) -> tuple[Amounts, Days]:
        """The regime's rate where the reference is fixed on these days, and since when that reference holds."""
        if self.reference is None:
            return np.full(len(days), self.rate), np.full(len(days), _NO_DAY)
        found, since = self.reference.on(days)
        return found * self.factor + self.rate, since


@dataclass(frozen=True, slots=True)
class InterestRule:
    """The regimes of a policy, and the one that holds where nothing else is said."""

    regimes: Mapping[str, Regime]
    regime: str
    claim_paid_days: float = 365
    """Days for which interest is still claimed on what was paid late and is settled; negative for never."""
