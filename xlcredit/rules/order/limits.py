"""Limits: which of a customer's limits counts on a day, and whether its own has run out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.dates import Date, Days
from xlcredit.kernel.money import to_major, to_minor
from xlcredit.rules.order.columns import figures, flags, texts
from xlcredit.rules.order.rule import GROUP, INSURED, NONE, OWN, REDUCED, TEMPORARY, OrderRule

Amounts = NDArray[np.float64]
Flags = NDArray[np.bool_]


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
    own = np.where(running, figures(limits.temporary, n), limits.own)
    own = own * np.where(flags(limits.core, n), 1 + rule.core_tolerance, 1.0)
    own = own * np.where(texts(limits.status, n) == REDUCED, rule.reduced_share, 1.0)
    insured = figures(limits.insured, n)
    if rule.new_customers == "insured":
        insured = np.where(flags(limits.new, n) & np.isnan(insured), 0.0, insured)
    table = np.column_stack([_down(own, places), figures(limits.group, n), insured])
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
