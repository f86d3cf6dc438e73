"""Left out: why an item that is late, or has reached a dunning level, is in no letter of a run."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

import numpy as np

from xlcredit.control.case import Case
from xlcredit.kernel.dates import days_past_due
from xlcredit.kernel.money import Minor
from xlcredit.ledger.tables import Text
from xlcredit.rules import dunning

LEFT_OUT: Final = (
    "blocked", "disputed", "promised", "planned", "sent", "no_letter", "other_stage", "not_reached", "too_little",
)  # fmt: skip
"""The reasons; where several hold, the first is told."""


def why_not(case: Case, names: Sequence[str], demanded: Minor, stages: Collection[int]) -> Text:
    """Why each item that is late or has a stage is in no letter, "" for the others.

    Args:
        case: what is reviewed.
        names: letter of each stage, "" for those that have none.
        demanded: what a letter would ask for of each item.
        stages: those that letters are wanted of, all where there are none.
    """
    found = case.found.dunned
    staged, late = found.stage > 0, case.found.is_overdue & (case.found.open_minor > 0)
    aged = dunning.reached(days_past_due(found.due, case.as_of), case.policy.dunning) > 0
    checks = {
        "blocked": found.frozen,
        "disputed": (found.dunned_minor <= 0) & (found.disputed.minor > 0),
        "promised": found.waiting,
        "planned": found.restructured.in_plan & (demanded <= 0),
        "sent": staged & ~found.new,
        "no_letter": staged & np.array([not name for name in names])[found.stage],
        "other_stage": staged & ~np.isin(found.stage, list(stages) or found.stage),
        "not_reached": ~staged & ~aged,
        "too_little": ~staged,
    }
    concerned = staged | late
    return np.select([checks[reason] & concerned for reason in LEFT_OUT], LEFT_OUT, "").astype(object)


def counted(why: Text) -> Mapping[str, int]:
    """How many items each reason leaves out."""
    return {reason: int((why == reason).sum()) for reason in LEFT_OUT}
