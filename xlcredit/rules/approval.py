"""Approval: who must approve a limit, by its amount and the customer's grade, and whether an approval is good.

A *matrix* of amounts and grades names the approver; *four eyes* ask for a second one, of the next higher rank.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.dates import Date, Days, add_months

Amounts = NDArray[np.float64]
Words = NDArray[np.object_]
Steps = tuple[tuple[float, str], ...]
"""Rising amounts, each with who approves from it on."""

OTHER: Final = "other"
"""Row of the matrix for a grade that has none of its own, and for no grade."""
VALID, EXPIRED, NOT_YET, TOO_LOW = "valid", "expired", "not_yet", "beyond_authority"
STATES: Final = (VALID, EXPIRED, NOT_YET, TOO_LOW)


@dataclass(frozen=True, slots=True)
class ApprovalRule:
    """Who approves what."""

    ranks: tuple[str, ...]
    """Approvers, from the least authority to the greatest."""
    matrix: Mapping[str, Steps]
    """Grade → who approves from which amount on; below the first, nobody has to."""
    four_eyes_from: float
    """Limits from this amount on take a second approver; infinite for none."""
    valid_months: int
    """An approval whose end is not stated is good for so long after it begins."""

    def __post_init__(self) -> None:
        if any(before[0] >= after[0] for steps in self.matrix.values() for before, after in pairwise(steps)):
            raise ValueError("the amounts of an approval matrix rise")
        unknown = {who for steps in self.matrix.values() for _, who in steps} - {*self.ranks}
        if unknown:
            raise ValueError(f"approvers without a rank: {', '.join(sorted(unknown))}")


def approvers(amounts: Amounts, grades: Words, rule: ApprovalRule) -> Words:
    """Who must approve each limit, "" where nobody has to or there is none (NaN); an unlimited one is infinite."""
    found = [_who(amount, grade, rule) for amount, grade in zip(amounts.tolist(), grades.tolist(), strict=True)]
    return np.array(found, dtype=object)


def _who(amount: float, grade: str, rule: ApprovalRule) -> str:
    steps = rule.matrix.get(grade, rule.matrix.get(OTHER, ()))
    return next((who for least, who in reversed(steps) if amount >= least), "")


def second_approvers(amounts: Amounts, first: Words, rule: ApprovalRule) -> Words:
    """Who approves each limit besides: the next higher rank, or another of the highest; "" where one is enough."""
    above = dict(zip(rule.ranks, (*rule.ranks[1:], *rule.ranks[-1:]), strict=True))
    second = [above.get(who, "") for who in first.tolist()]
    return np.where(amounts >= rule.four_eyes_from, np.array(second, dtype=object), "").astype(object)


def state(by: Words, needed: Words, begins: Days, ends: Days, as_of: Date, rule: ApprovalRule) -> Words:
    """How the approval of each limit in force stands on a day, "" where nothing is stated of one.

    Args:
        by: who approved it: a rank, or a name, of whose authority nothing is known.
        needed: who must approve it.
        begins: first day of the approval, NaT for none.
        ends: last day, NaT for none; the approval then ends so many months after it began.
        as_of: the day to look from.
        rule: ranks, and how long an approval is good.
    """
    rank = {who: at for at, who in enumerate(rule.ranks)}
    low = [a in rank and b in rank and rank[a] < rank[b] for a, b in zip(by.tolist(), needed.tolist(), strict=True)]
    last = np.where(np.isnat(ends), add_months(begins, rule.valid_months), ends)
    stated = (by != "") | ~np.isnat(begins) | ~np.isnat(ends)
    said = {EXPIRED: last < as_of, NOT_YET: begins > as_of, TOO_LOW: np.array(low, dtype=np.bool_), VALID: stated}
    return np.select([*said.values()], [*said], default="").astype(object)
