"""Order: is it released, or held because it would take the customer too far? And every reason to hold it.

A credit, or an order of nothing, is never held. A limit of NaN is unlimited, 0 allows nothing, and what reaches the
limit exactly passes. Sources: what ERP systems check when an order is released (ERPNext, Tryton, Dynamics 365:
limit used, expired limit, days overdue beyond a tolerance, account status, release by override).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import compress
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.dates import Date, Days
from xlcredit.kernel.money import Minor, to_major, to_minor

Amounts = NDArray[np.float64]
Flags = NDArray[np.bool_]

RELEASE = "release"
BLOCKED, ON_HOLD, CASH_ONLY = "blocked", "on_hold", "cash_only"
EXPIRED, UNKNOWN, EXCEEDED, OVERDUE = "limit_expired", "exposure_unknown", "limit_exceeded", "past_due"
REASONS: Final = (BLOCKED, ON_HOLD, CASH_ONLY, EXPIRED, UNKNOWN, EXCEEDED, OVERDUE)
"""Reasons to hold an order, in the order they are told."""

OPEN, REDUCED = "open", "reduced"
STATUSES: Final = (OPEN, REDUCED, ON_HOLD, CASH_ONLY)
"""Credit status of a customer: the whole limit, a share of it, no orders, or none but for cash."""

OWN, GROUP, INSURED, TEMPORARY, NONE = "credit_limit", "group_limit", "insured_limit", "temporary_limit", "none"


@dataclass(frozen=True, slots=True)
class OrderRule:
    """What an order may do before it is held."""

    tolerance_days: int
    """Days past due that hold nothing yet."""
    core_tolerance: float = 0.0
    """Share of its own limit by which a core customer may exceed it."""
    reduced_share: float = 1.0
    """Share of the limit left to a customer whose status is reduced."""
    new_customers: Literal["insured", "limit"] = "insured"
    """What bounds a new customer: the insured amount, or its limit as everybody's."""
    new_months: int = 0
    """A customer is new for so many months."""

    def __post_init__(self) -> None:
        if self.tolerance_days < 0 or self.new_months < 0 or self.core_tolerance < 0:
            raise ValueError(f"tolerances count forward: {self}")
        if not 0 <= self.reduced_share <= 1:
            raise ValueError(f"a reduced limit is a share of it, not {self.reduced_share}")


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits a customer has; NaN for none, NaT for no end. An omitted column says nothing."""

    own: Amounts
    valid_to: Days | None = None
    group: Amounts | None = None
    """What the group's limit leaves this customer, as ``group_room`` gives."""
    insured: Amounts | None = None
    """What the insurance carries."""
    temporary: Amounts | None = None
    """In place of the own limit until its last day; without one it is not in force."""
    temporary_to: Days | None = None
    core: Flags | None = None
    new: Flags | None = None
    status: NDArray[np.object_] | None = None
    """One of STATUSES each, "" for open."""


@dataclass(frozen=True, slots=True)
class Effective:
    """The limit that counts for each customer, which one it is, and whether the own one has run out."""

    limit: Amounts
    bound_by: NDArray[np.object_]
    expired: Flags


def is_new(months: Amounts, rule: OrderRule) -> Flags:
    """Whether a customer of so many months is new; one whose age is not known is not."""
    return months < rule.new_months


def group_room(group_limits: Amounts, group_exposures: Amounts, exposures: Amounts) -> Amounts:
    """What a group's limit leaves each of its customers: the limit less what the others owe; NaN for no limit."""
    return group_limits - (group_exposures - exposures)


def effective(limits: Limits, as_of: Date, rule: OrderRule, places: int = 2) -> Effective:
    """The lowest of own, group and insured limit; a temporary limit stands in for the own one while it runs.

    A core customer's own limit is widened by the tolerance, a reduced customer's cut to its share; a new customer
    without insurance is allowed nothing, unless the policy bounds new customers as everybody.
    """
    n = len(limits.own)
    running = _temporary_runs(limits, as_of)
    own = np.where(running, _column(limits.temporary, n), limits.own)
    own = own * np.where(_flags(limits.core, n), 1 + rule.core_tolerance, 1.0)
    own = own * np.where(_status(limits.status, n) == REDUCED, rule.reduced_share, 1.0)
    insured = _column(limits.insured, n)
    if rule.new_customers == "insured":
        insured = np.where(_flags(limits.new, n) & np.isnan(insured), 0.0, insured)
    table = np.column_stack([_down(own, places), _column(limits.group, n), insured])
    lowest = np.fmin.reduce(table, axis=1)
    place = np.nan_to_num(table, nan=np.inf).argmin(axis=1)
    names = np.array([OWN, GROUP, INSURED], dtype=object)[place]
    names[running & (names == OWN)] = TEMPORARY
    names[np.isnan(lowest)] = NONE
    ends = limits.valid_to if limits.valid_to is not None else np.full(n, np.datetime64("NaT", "D"))
    return Effective(lowest, names, (ends < as_of) & ~running & ~np.isnan(limits.own))


def _temporary_runs(limits: Limits, as_of: Date) -> Flags:
    if limits.temporary is None or limits.temporary_to is None:
        return np.zeros(len(limits.own), dtype=np.bool_)
    return ~np.isnan(limits.temporary) & (limits.temporary_to >= as_of)


def _down(amounts: Amounts, places: int) -> Amounts:
    """Amounts cut to the minor unit: what a share of a limit leaves over is not allowed."""
    near = to_minor(amounts, places)
    over = near > amounts * 10.0**places + 1e-6
    return np.where(np.isnan(amounts), np.nan, to_major(near - over, places))


@dataclass(frozen=True, slots=True)
class Order:
    """What else is known of each order; an omitted column says nothing."""

    prepaid: Amounts | None = None
    """Paid for it already; one that is fully prepaid takes no credit."""
    counted: Amounts | None = None
    """Part of it that the exposure holds already: an order reopened counts once."""
    delivered: Flags | None = None
    """What has been delivered cannot be held any more."""
    blocked: Flags | None = None
    """Blocked by a person, whatever the figures say."""
    status: NDArray[np.object_] | None = None
    """Credit status of its customer."""
    override: Flags | None = None
    """Released by somebody entitled to, in spite of the reasons."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """Whether each order goes out, and every reason against it."""

    asked: Flags
    """Whether there is an order at all."""
    holds: NDArray[np.bool_]
    """Orders (rows) by REASONS (columns)."""
    override: Flags = field(repr=False)

    @property
    def released(self) -> Flags:
        """Orders without a reason to hold them, or released in spite of it."""
        return self.asked & (~self.holds.any(axis=1) | self.override)

    @property
    def reasons(self) -> list[tuple[str, ...]]:
        """Every reason against each order, none where there is none."""
        return [tuple(compress(REASONS, row)) for row in self.holds.tolist()]


def check(
    exposures: Amounts,
    limits: Amounts,
    orders: Amounts,
    days_past_due: Amounts,
    expired: Flags,
    rule: OrderRule,
    places: int = 2,
    order: Order | None = None,
) -> Decisions:
    """Every reason to hold each order.

    Args:
        exposures: what each customer owes already, NaN where it is not known.
        limits: limit in force, NaN for none, as ``effective`` gives.
        orders: value of the order to be released, NaN for none.
        days_past_due: days of the customer's oldest open item, NaN where nothing is open.
        expired: whether the limit has run out.
        rule: tolerances.
        places: decimals of the currency.
        order: what else is known.
    """
    said, n = order or Order(), len(orders)
    asked = to_minor(orders, places)
    credit = asked - to_minor(_column(said.prepaid, n), places)
    takes_credit = (asked > 0) & (credit > 0)
    found = _credit_reasons(exposures, limits, credit - to_minor(_column(said.counted, n), places), places)
    status = _status(said.status, n)
    found |= {EXPIRED: ~np.isnan(limits) & expired, OVERDUE: days_past_due > rule.tolerance_days}
    found |= {ON_HOLD: status == ON_HOLD, CASH_ONLY: status == CASH_ONLY}
    held = {reason: holds & takes_credit for reason, holds in found.items()}
    # A person's block is no question of credit: prepaid or not, the order waits for that person.
    held[BLOCKED] = _flags(said.blocked, n) & (asked > 0)
    table = np.column_stack([held[reason] for reason in REASONS]) & ~_flags(said.delivered, n)[:, None]
    return Decisions(~np.isnan(orders), table, _flags(said.override, n))


def _credit_reasons(exposures: Amounts, limits: Amounts, added: Minor, places: int) -> dict[str, Flags]:
    limited, known = ~np.isnan(limits), ~np.isnan(exposures)
    over = to_minor(exposures, places) + added > to_minor(limits, places)
    return {UNKNOWN: limited & ~known, EXCEEDED: limited & known & over}


def _column(given: Amounts | None, n: int) -> Amounts:
    return np.full(n, np.nan) if given is None else given


def _flags(given: Flags | None, n: int) -> Flags:
    return np.zeros(n, dtype=np.bool_) if given is None else given


def _status(given: NDArray[np.object_] | None, n: int) -> NDArray[np.object_]:
    return np.full(n, "", dtype=object) if given is None else given
