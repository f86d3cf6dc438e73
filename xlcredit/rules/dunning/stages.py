"""The stage of each item, and what is done at it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.dates import Days
from xlcredit.kernel.money import Minor
from xlcredit.rules.dunning.procedure import Procedure

Stages = NDArray[np.int64]
Words = NDArray[np.object_]


def reached(days: NDArray[np.float64], procedure: Procedure) -> Stages:
    """Stage that the age of each item calls for, whatever it had; 0 without a date."""
    found = np.maximum(procedure.bands.index(days), 0).astype(np.int64)
    if procedure.grace_days:
        found[(days > 0) & (days <= procedure.grace_days)] = procedure.bands.index(np.zeros(1))[0]
    return found


def stage(
    days: NDArray[np.float64],
    open_minor: Minor,
    blocked: NDArray[np.bool_],
    last_stage: NDArray[np.float64],
    procedure: Procedure,
    minimum: Minor | int = 0,
) -> Stages:
    """Stage of each item.

    Credits, settled items, items without a date and those below the minimum (in minor units) have stage 0.
    A blocked item keeps the stage it had (``last_stage``, NaN for none) and never one its age has not reached; what
    is held back for another reason (``too_soon``, ``waiting``) counts as blocked. Where escalation is sequential no
    item climbs more than one level above the stage it had.
    """
    called_for = reached(days, procedure)
    kept = np.clip(np.nan_to_num(last_stage, nan=0.0), 0, len(procedure.levels)).astype(np.int64)
    if procedure.escalation == "sequential":
        called_for = np.minimum(called_for, kept + 1)
    called_for = np.where(blocked, np.minimum(kept, called_for), called_for)
    return np.where((open_minor > 0) & (open_minor >= minimum), called_for, 0)


def action(stages: Stages, procedure: Procedure) -> Words:
    """What is to be done at each stage, "" where nothing is."""
    return np.array(procedure.actions, dtype=object)[stages]


def channel(stages: Stages, procedure: Procedure) -> Words:
    """Through which channel (D9)."""
    return np.array(procedure.channels, dtype=object)[stages]


def letter(stages: Stages, procedure: Procedure) -> Words:
    """Which letter is sent at each stage, "" where none is (D7)."""
    return np.array(["", *(level.letter for level in procedure.levels)], dtype=object)[stages]


def interest(stages: Stages, procedure: Procedure) -> Words:
    """Regime of the interest claimed at each stage, "" where none is."""
    return np.array(["", *(level.interest for level in procedure.levels)], dtype=object)[stages]


def next_stage_from(stages: Stages, procedure: Procedure) -> NDArray[np.float64]:
    """Days past due on which the stage after each begins, NaN after the last."""
    return np.array([*procedure.first_days, np.nan])[stages]


def next_dates(stages: Stages, due: Days, as_of: Days, procedure: Procedure) -> Days:
    """Day on which the stage after each begins, NaT after the last.

    An item that sequential escalation keeps below the level of its age climbs on as soon as the next notice may go out.
    """
    begins = next_stage_from(stages, procedure)
    dates: Days = np.where(np.isnan(begins), _NO_DAY, due + np.nan_to_num(begins).astype("timedelta64[D]"))
    if procedure.escalation == "sequential":
        dates = np.maximum(dates, as_of + max(procedure.days_between, 1))
    return dates


_NO_DAY = np.datetime64("NaT", "D")
