"""Hand-overs: what agencies, lawyers and administrators were given, and which of their tasks are done, up to a day."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.case import Case
from xlcredit.control.recorded import owners
from xlcredit.control.vocabulary import told_codes
from xlcredit.ledger.records import Records
from xlcredit.ledger.tables import Flags, Text

AGENCY: Final = "agency"
LEGAL: Final = "legal"
INSOLVENCY: Final = "insolvency"
CONTRACT: Final = "contract"
HANDOVER_KINDS: Final = (AGENCY, LEGAL, INSOLVENCY, CONTRACT)
REVIEW_CONTRACT: Final = "review_contract"
"""The task of a lawyer who reads a contract."""
STOP_LIMITATION: Final = "stop_limitation"
"""Task: a suit, or the debtor's acknowledgement, before a claim lapses."""


@dataclass(frozen=True)
class Handovers:
    """The rows of the sheet that are there on a day: of hand-overs, and of tasks."""

    records: Records
    party: NDArray[np.intp]
    kind: Text
    """One of HANDOVER_KINDS, or the sheet's own word."""
    task: Text
    """Code of the policy, or the sheet's own word; "" for the hand-over itself."""
    given: NDArray[np.intp]
    """Rows of hand-overs made by the day."""

    def is_given(self, kind: str, parties: int) -> Flags:
        """Whether each party was handed over to someone of this kind."""
        found = np.zeros(parties, dtype=np.bool_)
        found[self.party[self.given[self.kind[self.given] == kind]]] = True
        return found

    @cached_property
    def rows_of_tasks(self) -> dict[tuple[int, str], int]:
        """Party and task → its last row."""
        return {key: row for row, key in enumerate(zip(self.party.tolist(), self.task.tolist(), strict=True))}


def handovers(case: Case) -> Handovers:
    """The hand-overs and tasks of a review."""
    told = case.ledger.recorded("handovers")
    rule, party = case.policy.cases, owners(case.parties, told)
    own = (STOP_LIMITATION, REVIEW_CONTRACT)
    tasks = (*chain.from_iterable(rule.tasks.values()), *own, *case.policy.insurance.evidence)
    kind = told_codes(told.text("kind"), HANDOVER_KINDS, "handover_kinds")
    said = told_codes(told.text("task"), tasks, "dunning_tasks", "evidence")
    task = np.where((kind == CONTRACT) & (said == ""), REVIEW_CONTRACT, said).astype(object)
    given = np.flatnonzero((party >= 0) & (task == "") & ~(told.day("date") > case.as_of))
    return Handovers(told, party, kind, task, given)
