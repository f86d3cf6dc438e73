"""Insured losses: what each customer owes that is late, or all of it if it is insolvent, and what cover extends to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xlcredit.control.case import Case
from xlcredit.control.events import insolvent
from xlcredit.control.insurance.insured import grants
from xlcredit.control.once import once
from xlcredit.kernel.money import Minor
from xlcredit.ledger.tables import Days, Flags, Text
from xlcredit.rules.insurance import clock
from xlcredit.rules.insurance.claims import INSOLVENCY, PROTRACTED_DEFAULT


@dataclass(frozen=True, slots=True)
class Losses:
    """Of each party, in minor units of the review's currency."""

    cause: Text
    minor: Minor
    carried: Minor
    """What the insurer carries of it, within its limit."""
    insured: Minor
    """The insured share of that."""
    told: Flags
    """Which items the insurer has to be told of."""


@once
def losses(case: Case) -> Losses:
    """The losses as of the day."""
    granted = grants(case)
    is_insolvent = ~np.isnat(insolvent(case))
    lost = np.where(is_insolvent[case.parties.owner], case.found.is_open, case.found.is_overdue)
    minor = case.valuation.in_base(case.found.open_minor)
    parts = granted.parts(case, minor)
    loss, carried, insured = (case.of_party(np.where(lost, each, 0)) for each in (minor, parts.carried, parts.insured))
    return Losses(
        cause=np.where(is_insolvent, INSOLVENCY, PROTRACTED_DEFAULT).astype(object),
        minor=loss,
        carried=carried,
        insured=insured,
        told=lost & granted.items.extends & (case.found.open_minor > 0),
    )


def deadlines(lost: Losses, notified: Days, case: Case) -> tuple[Days, Days]:
    """Last day of notification, and end of the waiting period, of each party: those of its first item.

    A loss that was not notified is taken to be notified on the day.
    """
    rule, owner = case.policy.insurance.clock, case.parties.owner
    told_on = np.where(np.isnat(notified), case.as_of, notified)[owner]
    notify_by = clock.notify_by(case.items.document_date, case.found.due_date, rule)
    waiting = clock.waiting_ends(lost.cause[owner], case.found.due_date, told_on, rule)
    return _earliest(notify_by, lost, case), _earliest(waiting, lost, case)


def _earliest(days: Days, lost: Losses, case: Case) -> Days:
    first = np.full(len(case.parties), np.datetime64("NaT", "D"))
    np.fmin.at(first, case.parties.owner[lost.told], days[lost.told])
    return first
