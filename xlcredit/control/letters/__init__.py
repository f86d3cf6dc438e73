"""Letters to customers: which are due as of the day, and what each of them says in figures.

One letter per customer and dunning level, about the items that have newly reached the level. Nothing is said of what is
blocked, in dispute, below the minimum (it has no stage) or was told of this level before.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from xlcredit.control.collection.standing import notice_days
from xlcredit.control.letters.drafts import Drafts
from xlcredit.control.letters.letter import Claim, Letter, LetterItem, Letters
from xlcredit.control.letters.mergelist import currencies, merge_list, notice_list
from xlcredit.control.letters.sender import check_sender
from xlcredit.control.review import Review
from xlcredit.kernel.errors import PolicyError
from xlcredit.rules import dunning

__all__ = [
    "Claim",
    "Letter",
    "LetterItem",
    "Letters",
    "check_sender",
    "currencies",
    "letters",
    "merge_list",
    "notice_list",
]


def letters(review: Review, usual: str, stages: Collection[int] = ()) -> Letters:
    """Letters due as of the review's day.

    Args:
        review: the review; its stages are taken as they are.
        usual: language of letters to customers of whom none is known.
        stages: only letters of these stages, all where there are none.

    Raises:
        LedgerError: "dunning-run-too-early": a notice went out after the day. A review of a past day leaves it out, but
            letters as of that day would ask again for what was asked for since.
        PolicyError: "stage-unknown": the dunning procedure has no such stage.
    """
    dunning.check_run(review.case.as_of, notice_days(review.ledger))
    _check_stages(review, stages)
    drafts = Drafts.of(review, usual, stages)
    groups: dict[tuple[int, int], list[int]] = {}
    for at in np.flatnonzero(drafts.due).tolist():
        groups.setdefault((int(review.items.owner[at]), int(review.items.stage[at])), []).append(at)
    return Letters(tuple(drafts.letter(*who, rows) for who, rows in sorted(groups.items())), drafts.left_out)


def _check_stages(review: Review, stages: Collection[int]) -> None:
    procedure = review.policy.dunning
    for stage in sorted(set(stages) - set(range(1, len(procedure.levels) + 1))):
        raise PolicyError("stage-unknown", stage=stage, procedure=procedure.name, last=len(procedure.levels))
