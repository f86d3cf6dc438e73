"""Collection: the dunning stage of each item as of a day, and what holds it back, puts it off or takes it further."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.collection.disputes import Disputed, disputed, is_block_of_part
from xlcredit.control.collection.plans import Agreed, agreed_plans, restructured
from xlcredit.control.collection.standing import Standing, standing
from xlcredit.control.parties import Parties
from xlcredit.control.recorded import items_of
from xlcredit.kernel.dates import days_between, days_past_due
from xlcredit.kernel.money import Minor, sums, to_minor
from xlcredit.ledger.ledger import Ledger
from xlcredit.ledger.tables import Days, Flags, Text
from xlcredit.policy import Policy
from xlcredit.rules import dunning
from xlcredit.rules.plan import Restructured

TOLD_IN = ("dunning", "contacts", "plans")
"""Sheets beside the ledger that a stage may follow from; with that of disputes."""


@dataclass(frozen=True, slots=True)
class Debts:
    """What is owed on a day, by item; an *account* is a customer's items in one currency."""

    due: Days
    open_minor: Minor
    currency: Text
    places: NDArray[np.int64]
    """Decimals of each item's currency."""
    account: NDArray[np.intp]
    account_places: NDArray[np.int64]
    """Decimals of each account's currency."""


@dataclass(frozen=True, slots=True)
class Dunned:
    """Columns over the ledger's items."""

    stage: NDArray[np.int64]
    blocked: Flags
    """By a dunning block of the item or its customer."""
    frozen: Flags
    """By a block, or by the reason for not paying: for nobody knows how long."""
    held: Flags
    """So, or by a notice too short ago, or a promise."""
    disputed: Disputed
    dunned_minor: Minor
    """What is open without what is in dispute."""
    restructured: Restructured
    waiting: Flags
    """For a promised day that is still to come."""
    broken: Flags
    """A promise is."""
    new: Flags
    """A notice goes out."""
    from_row: Flags
    """Whether the stage follows from the item's own row, as it stands in the ledger, on every day."""
    standing: Standing
    plans: tuple[Agreed, ...]

    @property
    def due(self) -> Days:
        """What dunning counts from: the next instalment of a payment plan, else the due date."""
        return self.restructured.for_dunning


def collect(ledger: Ledger, parties: Parties, debts: Debts, policy: Policy, as_of: np.datetime64) -> Dunned:
    """The stages of a ledger's items as of a day.

    A plan that holds puts off what is due; a part in dispute is left out; a block, a promise, a notice too short ago
    and some reasons hold an item at the stage it had; other reasons take it to the level of their kind.
    """
    found = _Collecting(ledger, parties, debts, policy, as_of)
    return Dunned(
        stage=found.stage,
        blocked=found.blocked,
        frozen=found.frozen,
        held=found.held,
        disputed=found.disputed,
        dunned_minor=found.dunned,
        restructured=found.restructured,
        waiting=found.waiting,
        broken=dunning.broken(found.told.promised, debts.open_minor, as_of, policy.dunning),
        new=dunning.is_new(found.stage, found.told.last_stage) & ~found.held,
        from_row=_is_from_row(ledger, parties, debts, policy.dunning),
        standing=found.told,
        plans=found.plans,
    )


class _Collecting:
    """The steps to the stages, each from those before it."""

    def __init__(self, ledger: Ledger, parties: Parties, debts: Debts, policy: Policy, as_of: np.datetime64) -> None:
        self._ledger, self._parties, self._debts, self._as_of = ledger, parties, debts, as_of
        self._policy, self._procedure = policy, policy.dunning
        self.told = standing(ledger, parties, debts.due, policy, as_of)
        self.plans = agreed_plans(ledger, parties, debts.currency, debts.due, policy.plan, as_of)
        self.restructured = restructured(self.plans, debts.due)
        self.due = self.restructured.for_dunning
        self.disputed = disputed(ledger, parties, debts.due, debts.open_minor, debts.places, as_of)
        self.dunned = dunning.dunned(debts.open_minor, self.disputed.minor)

    @cached_property
    def blocked(self) -> Flags:
        """By the item's own block, unless that is a dispute of a part of it, or by its customer's."""
        own = self._ledger.items.blocked & ~is_block_of_part(self._ledger, self._debts.open_minor, self.disputed.minor)
        return np.asarray(own | self._parties.flag(self._ledger.customers.blocked)[self._parties.owner])

    @cached_property
    def waiting(self) -> Flags:
        """For a promised payment."""
        return dunning.waiting(self.told.promised, self._as_of, self._procedure) & (self._debts.open_minor > 0)

    @cached_property
    def held(self) -> Flags:
        """For whatever reason."""
        too_soon = dunning.too_soon(days_between(self.told.last_dunned, self._as_of), self._procedure)
        return self.frozen | too_soon | self.waiting

    @cached_property
    def frozen(self) -> Flags:
        """By a block or a reason; one that asks for a payment plan holds until there is one."""
        return self.blocked | self._is_held_by_reason

    @cached_property
    def stage(self) -> NDArray[np.int64]:
        """Of each item, after all of that."""
        worth, procedure = self._worth, self._procedure
        minimum = to_minor(np.full(len(worth), procedure.minimum_amount), self._debts.places)
        days = days_past_due(self.due, self._as_of)
        own = dunning.stage(days, worth, self.held, self._had, procedure, minimum)
        taken = np.where(self.held, own, dunning.as_measured(own, self._measured, procedure))
        together = dunning.of_customers(taken, self.held, self._parties.owner, len(self._parties), procedure)
        places = self._debts.account_places
        least = to_minor(np.full(len(places), procedure.minimum_per_customer), places)
        return dunning.worth_a_notice(together, worth, self._debts.account, len(places), least)

    @cached_property
    def _measured(self) -> Text:
        return dunning.measures(self.told.reason, self._policy.cases)

    @cached_property
    def _is_held_by_reason(self) -> Flags:
        has_plan = np.isin(self._parties.owner, [plan.party for plan in self.plans])
        return np.asarray(dunning.is_held(self._measured) & ~((self._measured == "plan") & has_plan))

    @cached_property
    def _worth(self) -> Minor:
        # Nobody is dunned who, all in all, is owed money (edge case 17).
        account = self._debts.account
        net = sums(self.dunned, account, len(self._debts.account_places))
        return np.where(net[account] > 0, self.dunned, 0)

    @property
    def _had(self) -> NDArray[np.float64]:
        """Stage each item had: what is spoken for keeps that of the day of the contact, if no notice states one."""
        none, spoken = np.full(len(self.due), np.nan), self.told.spoken
        days = days_between(self.due, spoken)
        then = dunning.stage(days, self._worth, np.zeros(len(none), dtype=np.bool_), none, self._procedure)
        is_spoken_for = (self.waiting | self._is_held_by_reason) & ~self.blocked
        inferred = is_spoken_for & np.isnan(self.told.last_stage) & ~np.isnat(spoken)
        return np.where(inferred, then, self.told.last_stage)


def _is_from_row(ledger: Ledger, parties: Parties, debts: Debts, procedure: dunning.Procedure) -> Flags:
    """Whether nothing beyond an item's own row and its account's credits decides its stage, on this day or another."""
    items = ledger.items
    if procedure.per == "customer" or procedure.minimum_per_customer:
        return np.zeros(len(items), dtype=np.bool_)
    plain = np.isnat(items.last_dunned) & np.isnat(items.promised_date) & np.isnat(items.planned_date)
    for kind in TOLD_IN:
        plain[items_of(parties, items, ledger.recorded(kind))[1]] = False
    in_dispute = items.disputed > 0
    in_dispute[items_of(parties, items, ledger.recorded("disputes"))[1]] = True
    netted = np.zeros(len(debts.account_places), dtype=np.bool_)
    netted[debts.account[in_dispute]] = True
    return np.asarray(plain & ~netted[debts.account])
