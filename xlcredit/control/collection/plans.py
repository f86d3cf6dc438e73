"""Payment plans: those agreed by a day, what was paid of each, and the due dates that dunning goes by meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.parties import Parties, key
from xlcredit.control.recorded import items_of, owners
from xlcredit.kernel.dates import Date
from xlcredit.kernel.money import Minor, decimals, to_minor
from xlcredit.ledger.ledger import Ledger
from xlcredit.ledger.records import Records
from xlcredit.ledger.tables import Days, Text
from xlcredit.rules import plan as rules

Rows = NDArray[np.intp]
_NO_DAY = np.datetime64("NaT", "D")


@dataclass(frozen=True, slots=True)
class Agreed:
    """A plan as of a day."""

    party: int
    number: str
    currency: str
    agreed: Date
    """NaT where it is not stated: the plan is there on every day."""
    items: Rows
    """Items that it pays off."""
    schedule: rules.Plan
    states: Text
    """State of each instalment."""
    paid: int
    """Minor units paid by the day, no more than the plan's."""
    holds: bool

    @property
    def left(self) -> int:
        """Minor units that are still to be paid."""
        return int(self.schedule.minor.sum()) - self.paid

    @property
    def next_due(self) -> Date:
        """Due date of the first instalment that is not paid, the last one's where all are."""
        return rules.next_due(self.schedule, self.states)

    @property
    def next_minor(self) -> int:
        """Minor units that are to be paid by then."""
        return int(self.schedule.minor[self.schedule.due <= self.next_due].sum()) - self.paid


def agreed_plans(
    ledger: Ledger, parties: Parties, currency: Text, due: Days, rule: rules.PlanRule, as_of: np.datetime64
) -> tuple[Agreed, ...]:
    """The plans that had been agreed by a day.

    What the sheet states as paid goes before what the ledger shows to be settled of the plan's items since it was
    agreed; what was settled on a day that is not known is taken to have come in time.

    Args:
        ledger: its sheet of payment plans, and its column of days on which single items are to be paid.
        parties: whose they are.
        currency: currency of each item.
        due: due date of each item.
        rule: when an instalment is broken, and what ends a plan.
        as_of: the day.
    """
    found = (*_of_sheet(ledger, parties, currency, due), *_of_items(ledger, parties, currency, as_of))
    return tuple(_as_of(each, rule, as_of) for each in found if not each.agreed > as_of)


@dataclass(frozen=True, slots=True)
class _Plan:
    """A plan, whatever the day."""

    party: int
    number: str
    currency: str
    agreed: Date
    items: Rows
    schedule: rules.Plan
    paid_on: Days
    paid: Minor


def _as_of(plan: _Plan, rule: rules.PlanRule, as_of: np.datetime64) -> Agreed:
    states = rules.track(plan.schedule, plan.paid_on, plan.paid, as_of, rule)
    paid = int(rules.paid_by(plan.paid_on, plan.paid, np.array([as_of]))[0])
    return Agreed(
        party=plan.party,
        number=plan.number,
        currency=plan.currency,
        agreed=plan.agreed,
        items=plan.items,
        schedule=plan.schedule,
        states=states,
        paid=min(paid, int(plan.schedule.minor.sum())),
        holds=rules.holds(states, rule),
    )


def _of_sheet(ledger: Ledger, parties: Parties, currency: Text, due: Days) -> Iterator[_Plan]:
    told = ledger.recorded("plans")
    pairs = items_of(parties, ledger.items, told)
    for party, rows in _rows_of_plans(told, owners(parties, told)):
        agreed = np.fmin.reduce(told.day("agreed")[rows])
        about = _items(ledger, told, rows, pairs, due, agreed)
        code = next(filter(None, [*told.text("currency")[rows].tolist(), *currency[about].tolist()]), "")
        places = decimals(code)
        schedule = rules.Plan(told.day("due")[rows], to_minor(told.figure("amount")[rows], places))
        payments = _payments(ledger, told, rows, about[currency[about] == code], places, agreed)
        yield _Plan(party, str(told.text("plan")[rows[0]]), code, agreed, about, schedule, *payments)


def _of_items(ledger: Ledger, parties: Parties, currency: Text, as_of: np.datetime64) -> Iterator[_Plan]:
    """Plans that the ledger's own column states: a day for an item, on which all of it is to be paid."""
    items = ledger.items
    there = ~np.isnat(items.planned_date) & (items.amount > 0) & ~(items.document_date > as_of)
    for at in np.flatnonzero(there).tolist():
        only, code = np.array([at]), str(currency[at])
        due, paid_on = items.planned_date[only], items.settled_date[only]
        amount, paid = (to_minor(column[only], decimals(code)) for column in (items.amount, items.settled))
        paid_on = np.where(np.isnat(paid_on), due, paid_on)
        party, number = int(parties.owner[at]), str(items.document[at])
        yield _Plan(party, number, code, _NO_DAY, only, rules.Plan(due, amount), paid_on, paid)


def restructured(plans: tuple[Agreed, ...], original: Days) -> rules.Restructured:
    """Due dates of items, some of them in a plan; a plan puts off what is due, and never brings it forward."""
    planned = np.full(len(original), _NO_DAY)
    for each in plans:
        if each.holds:
            planned[each.items] = np.fmax(np.fmax(planned[each.items], each.next_due), original[each.items])
    return rules.Restructured(original, planned)


def asked_for(plans: tuple[Agreed, ...], minor: Minor) -> Minor:
    """What is asked for of each item, given what is dunned: of items in a plan that holds the next instalment."""
    found = minor.copy()
    for each in plans:
        if each.holds:
            before = np.cumsum(found[each.items]) - found[each.items]
            found[each.items] = np.clip(each.next_minor - before, 0, found[each.items])
    return found


def _rows_of_plans(told: Records, owner: Rows) -> Iterator[tuple[int, Rows]]:
    """Rows of each plan with its party, instalments in the order of their days; one without a day or amount is none."""
    rows: dict[tuple[int, str], list[int]] = {}
    usable = (owner >= 0) & ~np.isnat(told.day("due")) & (told.figure("amount") > 0)
    for at in np.flatnonzero(usable).tolist():
        rows.setdefault((int(owner[at]), key(told.text("plan")[at])), []).append(at)
    for (party, _), those in rows.items():
        ordered = np.array(those, dtype=np.intp)
        yield party, ordered[np.argsort(told.day("due")[ordered], kind="stable")]


def _items(ledger: Ledger, told: Records, rows: Rows, pairs: tuple[Rows, Rows], due: Days, agreed: Date) -> Rows:
    """Items that a plan pays off: the documents it names, else all that was due when it was agreed."""
    record, item = pairs
    mine = np.isin(record, rows)
    named = told.text("document")[record] != ""
    if (mine & named).any():
        return np.unique(item[mine & named])
    about = np.unique(item[mine])
    day = told.day("due")[rows[0]] if np.isnat(agreed) else agreed
    return about[(due[about] <= day) & ~(ledger.items.document_date[about] > day)]


def _payments(ledger: Ledger, told: Records, rows: Rows, about: Rows, places: int, agreed: Date) -> tuple[Days, Minor]:
    """Days and minor units of what was paid of a plan."""
    paid_on, paid = told.day("paid_on")[rows], told.figure("paid")[rows]
    stated = ~np.isnat(paid_on) | (paid > 0)
    if stated.any():
        amount = np.where(np.isnan(paid), told.figure("amount")[rows], paid)[stated]
        return np.where(np.isnat(paid_on), told.day("due")[rows], paid_on)[stated], to_minor(amount, places)
    settled, day = ledger.items.settled[about], ledger.items.settled_date[about]
    since = (settled > 0) & ~(day < agreed)
    return np.where(np.isnat(day), told.day("due")[rows[0]], day)[since], to_minor(settled[since], places)
