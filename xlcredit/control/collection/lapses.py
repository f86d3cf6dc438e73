"""Lapses: until when open claims can be sued for, by the limitation period of the customer's country (X1)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xlcredit.control.case import Case
from xlcredit.control.collection.handovers import STOP_LIMITATION, handovers
from xlcredit.control.collection.standing import NO_DAY
from xlcredit.kernel.money import Minor
from xlcredit.ledger.tables import Days, Flags
from xlcredit.rules import country


@dataclass(frozen=True, slots=True)
class Lapses:
    """Columns over the ledger's items; of a country that the policy does not know nothing lapses."""

    day: Days
    """Last day on which each open claim can be sued for, NaT where it is not known."""
    soon: Flags
    """Lapses within the days of the policy."""
    over: Flags
    """Can be sued for no more."""


def lapses(case: Case) -> Lapses:
    """The open claims of a case, but those for which the limitation was stopped by its day."""
    names = case.parties.text(case.ledger.customers.texts.get("country"))[case.parties.owner]
    due = np.where(case.found.open_minor > 0, case.found.due_date, NO_DAY)
    due = np.where(due <= _stopped(case)[case.parties.owner], NO_DAY, due)
    day = country.lapses_on(due, names, case.policy.countries)
    return Lapses(
        day,
        country.lapses_within(day, case.as_of, case.policy.signals.limits.lapse_days),
        np.asarray(country.days_to_lapse(day, case.as_of) < 0),
    )


def amounts(case: Case, which: Flags) -> Minor:
    """What is open of these claims by party, in the review's currency."""
    return case.of_party(case.valuation.in_base(np.where(which, case.found.open_minor, 0)))


def first_days(case: Case, found: Lapses) -> Days:
    """Day on which the first claim of each party lapses that has not yet."""
    first = np.full(len(case.parties), NO_DAY)
    np.fmin.at(first, case.parties.owner, np.where(found.over, NO_DAY, found.day))
    return first


def _stopped(case: Case) -> Days:
    """Day on which a suit or an acknowledgement stopped the limitation of what each party owed then."""
    told, found = handovers(case), np.full(len(case.parties), NO_DAY)
    done = told.records.day("done")
    rows = (told.party >= 0) & (told.task == STOP_LIMITATION) & (done <= case.as_of)
    np.fmax.at(found, told.party[rows], done[rows])
    return found
