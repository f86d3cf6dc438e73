"""Contacts: what was last said with each customer, and when it is to be contacted again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.case import Case
from xlcredit.control.collection.standing import NO_DAY, reason_codes
from xlcredit.control.recorded import latest, owners
from xlcredit.ledger.tables import Days, Flags, Text


@dataclass(frozen=True, slots=True)
class Contacts:
    """One line per party; what is after the day is not there yet."""

    last: Days
    """Day of the last contact or notice, NaT for none."""
    next: Days
    """Day for which the last contact states the next, NaT for none."""
    spoken: Flags
    """Whether there was a contact."""
    reason: Text
    """Code of the last reason for not paying that was given, "" for none."""
    ability: Text
    """The last note on the ability to pay."""


def contacts(case: Case) -> Contacts:
    """The contacts up to the case's day."""
    log, n = case.ledger.recorded("contacts"), len(case.parties)
    party, day = owners(case.parties, log), log.day("date")
    counts = (party >= 0) & (day <= case.as_of)

    def last(which: Flags) -> NDArray[np.intp]:
        rows = np.flatnonzero(counts & which)
        return latest(rows, party[rows], day[rows], n)

    spoken = last(np.ones(len(log), dtype=np.bool_))
    reasons, abilities = (last(log.text(role) != "") for role in ("reason", "ability"))
    codes = np.append(reason_codes(log.text("reason"), case.policy.cases), "")
    return Contacts(
        last=np.fmax(np.append(day, NO_DAY)[spoken], _last_notices(case)),
        next=np.append(log.day("next_contact"), NO_DAY)[spoken],
        spoken=spoken >= 0,
        reason=codes[reasons],
        ability=np.append(log.text("ability"), "")[abilities],
    )


def _last_notices(case: Case) -> Days:
    """Day of the last notice to each party."""
    found = np.full(len(case.parties), NO_DAY)
    np.fmax.at(found, case.parties.owner, case.found.dunned.standing.last_dunned)
    return found
