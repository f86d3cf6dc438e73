"""Cases: why a customer does not pay, what follows from it, and in which order things are done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.dates import Date
from xlcredit.rules.dunning.procedure import Procedure
from xlcredit.rules.dunning.stages import Stages

Measure = Literal["dun", "hold", "plan", "agency", "legal", "claim"]
"""Dun on; hold until it is settled; agree on a plan; or go straight to the level of that kind."""
MEASURES: Final[tuple[str, ...]] = get_args(Measure)

Words = NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class CaseRule:
    """What a policy does about a case."""

    reasons: Mapping[str, str]
    """Reason for not paying → measure."""
    steps: tuple[str, ...]
    """The order of things (D15)."""
    tasks: Mapping[str, Mapping[str, int]]
    """Action → task → days after the stage began (D10)."""
    agency_fee: float
    """Share of what is handed over that the agency asks."""


def measures(reasons: Words, rule: CaseRule) -> Words:
    """What follows from each reason: dunning goes on where none is known (D8)."""
    measured = np.full(len(reasons), "dun", dtype=object)
    given = np.flatnonzero(reasons != "")
    measured[given] = [rule.reasons.get(reason, "dun") for reason in reasons[given].tolist()]
    return measured


def unknown_reasons(reasons: Words, rule: CaseRule) -> NDArray[np.bool_]:
    """Whether a reason is given that the policy does not know."""
    return np.array([bool(reason) and reason not in rule.reasons for reason in reasons.tolist()], dtype=np.bool_)


def is_held(measured: Words) -> NDArray[np.bool_]:
    """Whether a measure holds dunning back, as a block does."""
    return np.asarray((measured == "hold") | (measured == "plan"), dtype=np.bool_)


def as_measured(stages: Stages, measured: Words, procedure: Procedure) -> Stages:
    """Stage of each item, lifted to the first level of the kind that its measure asks for, if there is one.

    What has no stage yet (not due, settled, below the minimum) is left without.
    """
    first = {kind: procedure.kinds.index(kind) for kind in set(procedure.kinds) - {"", "notice"}}
    asked, taken = np.zeros(len(stages), dtype=np.int64), np.flatnonzero(measured != "dun")
    asked[taken] = [first.get(measure, 0) for measure in measured[taken].tolist()]
    return np.where(stages > 0, np.maximum(stages, asked), stages)


def next_step(done: NDArray[np.bool_], rule: CaseRule) -> Words:
    """The first step of the order that each case (rows) has not done (columns: the steps), "" where all are."""
    names = np.array([*rule.steps, ""], dtype=object)
    found: Words = names[np.argmin(np.c_[done, np.zeros(len(done), dtype=np.bool_)], axis=1)]
    return found


def tasks(action: str, since: Date, rule: CaseRule) -> tuple[tuple[str, Date], ...]:
    """Tasks of an action with the day each is due, earliest first, given the day its stage began."""
    listed = rule.tasks.get(action, {})
    return tuple((task, since + listed[task]) for task in sorted(listed, key=lambda task: (listed[task], task)))
