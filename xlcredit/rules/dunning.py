"""Dunning: a procedure of levels that an open item climbs as it grows overdue.

A *stage* is the number of the level reached, 0 before the first; a *dunning block* freezes an item
at the stage it had, without cancelling it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.bands import Bands, Bound
from xlcredit.kernel.money import Minor


@dataclass(frozen=True, slots=True)
class Level:
    """From which day past due on (negative: before the due date) what is done, through which channel."""

    bound: Bound
    action: str
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Procedure:
    """Rising levels; an item older than the last level's bound stays on the last stage."""

    name: str
    levels: tuple[Level, ...]
    grace_days: int = 0
    """An item counts as overdue only when it is more than this many days past due."""
    minimum_amount: float = 0.0
    """Open amounts below this are not dunned."""

    def __post_init__(self) -> None:
        if not self.levels:
            raise ValueError(f"the dunning procedure {self.name} has no level")
        if self.grace_days < 0 or self.minimum_amount < 0:
            raise ValueError("grace days and minimum amount cannot be negative")
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


def stage(
    days: NDArray[np.float64],
    open_minor: Minor,
    blocked: NDArray[np.bool_],
    last_stage: NDArray[np.float64],
    procedure: Procedure,
    minimum: Minor | int = 0,
) -> NDArray[np.int64]:
    """Stage of each item.

    Credits, settled items, items without a date and those below the minimum (in minor units) have stage 0.
    A blocked item keeps the stage it had (``last_stage``, NaN for none) and never one its age has not reached.
    """
    reached = np.maximum(procedure.bands.index(days), 0).astype(np.int64)
    if procedure.grace_days:
        reached[(days > 0) & (days <= procedure.grace_days)] = procedure.bands.index(np.zeros(1))[0]
    kept = np.nan_to_num(last_stage, nan=0.0).astype(np.int64)
    reached = np.where(blocked, np.clip(kept, 0, reached), reached)
    return np.where((open_minor > 0) & (open_minor >= minimum), reached, 0)


def action(stages: NDArray[np.int64], procedure: Procedure) -> NDArray[np.object_]:
    """What is to be done at each stage, "" where nothing is."""
    return np.array(procedure.actions, dtype=object)[stages]


def next_stage_from(stages: NDArray[np.int64], procedure: Procedure) -> NDArray[np.float64]:
    """Days past due on which the stage after each begins, NaN after the last."""
    return np.array([*procedure.first_days, np.nan])[stages]
