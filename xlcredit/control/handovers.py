"""Hand-overs: what agencies, lawyers and administrators were given, and which of their tasks are done, up to a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.case import Case
from xlcredit.control.recorded import owners
from xlcredit.ledger.records import Records
from xlcredit.ledger.tables import Flags, Text
from xlcredit.locales import LANGUAGES, Words

AGENCY: Final = "agency"
LEGAL: Final = "legal"
INSOLVENCY: Final = "insolvency"
HANDOVER_KINDS: Final = (AGENCY, LEGAL, INSOLVENCY)
_TASKS: Final = ("dunning_tasks", "evidence")
"""Groups of the words for tasks: of legal steps, and the documents of a claim file."""


@dataclass(frozen=True, slots=True)
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

    def row_of(self, party: int, task: str) -> int | None:
        """Row of a party's task, None where there is none."""
        rows = np.flatnonzero((self.party == party) & (self.task == task))
        return int(rows[-1]) if len(rows) else None


def handovers(case: Case) -> Handovers:
    """The hand-overs and tasks of a review."""
    told = case.ledger.recorded("handovers")
    party, task = owners(case.parties, told), _codes(told.text("task"), *_TASKS)
    given = np.flatnonzero((party >= 0) & (task == "") & ~(told.day("date") > case.as_of))
    return Handovers(told, party, _codes(told.text("kind"), "handover_kinds"), task, given)


def _codes(said: Text, *groups: str) -> Text:
    """Code of each text, told by the code or its word in any language; the text itself where there is none."""
    known: dict[str, str] = {}
    for group in groups:
        for lang in LANGUAGES:
            known |= {str(word).casefold(): code for code, word in Words.of(lang).table[group].items()}
        known |= {code.casefold(): code for code in Words.of(LANGUAGES[0]).table[group]}
    found = np.empty(len(said), dtype=object)
    found[:] = [known.get(text.strip().casefold(), text.strip()) for text in said.tolist()]
    return found
