"""Events: which kind of signal an event is, and who is said to be insolvent."""

from __future__ import annotations

from typing import Final

import numpy as np

from xlcredit.control.case import Case
from xlcredit.control.parties import key
from xlcredit.control.recorded import owners
from xlcredit.ledger.tables import Days
from xlcredit.locales import vocabulary

INSOLVENCY: Final = "insolvency"
WRITE_OFF: Final = "write_off"


def event_kind(text: str) -> str:
    """What an event's type tells in either language: insolvency, ownership, legal or write_off; "" for none."""
    kinds = (kind for kind, words in vocabulary("event_words").items() if any(word in key(text) for word in words))
    return next(kinds, "")


_SAY_SO: Final = (("events", "type"), ("contacts", "reason"), ("handovers", "kind"))
"""Sheets, and the column that may say that a customer is insolvent."""


def insolvent(case: Case) -> Days:
    """First day up to the case's on which an event, a contact or a hand-over says that each party is insolvent.

    One without a day counts from the case's.
    """
    found = np.full(len(case.parties), np.datetime64("NaT", "D"))
    for kind, role in _SAY_SO:
        told = case.ledger.recorded(kind)
        day, party = told.day("date"), owners(case.parties, told)
        said = np.array([event_kind(text) == INSOLVENCY for text in told.text(role).tolist()], dtype=np.bool_)
        rows = said & (party >= 0) & ~(day > case.as_of)
        np.fmin.at(found, party[rows], np.where(np.isnat(day), case.as_of, day)[rows])
    return found
