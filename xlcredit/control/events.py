"""Events: which kind of signal an event is, and who is said to be insolvent."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.case import Case
from xlcredit.control.parties import key
from xlcredit.control.recorded import owners
from xlcredit.locales import vocabulary

INSOLVENCY: Final = "insolvency"


def event_kind(text: str) -> str:
    """Which kind of signal an event's type tells in either language: insolvency, ownership or legal; "" for none."""
    kinds = (kind for kind, words in vocabulary("event_words").items() if any(word in key(text) for word in words))
    return next(kinds, "")


def insolvencies(case: Case) -> NDArray[np.intp]:
    """How many events up to the day, or without one, say of each party that it is insolvent."""
    events = case.ledger.recorded("events")
    of, day = owners(case.parties, events), events.day("date")
    said = np.array([event_kind(text) == INSOLVENCY for text in events.text("type").tolist()], dtype=np.bool_)
    counts = said & (of >= 0) & ~(day > case.as_of)
    return np.bincount(of[counts], minlength=len(case.parties))
