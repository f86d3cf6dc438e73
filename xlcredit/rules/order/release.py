"""Release: every reason to hold an order, and what is decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import compress
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.money import Minor, to_minor
from xlcredit.rules.order.columns import figures, flags, texts
from xlcredit.rules.order.rule import CASH_ONLY, NAME, NEAR_NAME, ON_HOLD, OrderRule

Amounts = NDArray[np.float64]
Flags = NDArray[np.bool_]
Text = NDArray[np.object_]

RELEASE = "release"
BLOCKED, BLACKLISTED, NEAR_LISTED, UNKNOWN_CUSTOMER = "blocked", "blacklisted", "near_listed", "customer_unknown"
EXPIRED, UNKNOWN, EXCEEDED, OVERDUE = "limit_expired", "exposure_unknown", "limit_exceeded", "past_due"
PREPAYMENT_SHORT = "prepayment_short"
REASONS: Final = (
    BLOCKED,
    BLACKLISTED,
    NEAR_LISTED,
    UNKNOWN_CUSTOMER,
    ON_HOLD,
    CASH_ONLY,
    EXPIRED,
    UNKNOWN,
    EXCEEDED,
    OVERDUE,
    PREPAYMENT_SHORT,
)
"""Reasons to hold an order, in the order they are told."""


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
    dunning_blocked: Flags | None = None
    """Its customer is not dunned, which may have other reasons than its credit."""
    listed: Text | None = None
    """How its customer was found on the blacklist: "registration", "name", "near_name"; "" where it was not."""
    unknown: Flags | None = None
    """Nobody knows its customer: it has no limit, and was not admitted."""
    status: Text | None = None
    """Credit status of its customer."""
    at_risk: Amounts | None = None
    """Share of it that is at risk, by its method of payment; all of it where omitted."""
    prepayment_gap: Amounts | None = None
    """What is missing of the prepayment of its contract."""
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
    unpaid = asked - to_minor(figures(said.prepaid, n), places)
    credit = to_minor(unpaid * figures(said.at_risk, n, 1.0), 0)
    found = _credit_reasons(exposures, limits, credit - to_minor(figures(said.counted, n), places), places)
    found |= {EXPIRED: ~np.isnan(limits) & expired, OVERDUE: days_past_due > rule.tolerance_days}
    found |= _reasons_of_customer(said, n, rule)
    held = {reason: holds & (asked > 0) & (credit > 0) for reason, holds in found.items()}
    held |= {reason: holds & (asked > 0) for reason, holds in _for_a_person(said, n, rule, places).items()}
    table = np.column_stack([held[reason] for reason in REASONS]) & ~flags(said.delivered, n)[:, None]
    return Decisions(~np.isnan(orders), table, flags(said.override, n))


def holds_for_list(listed: Text, rule: OrderRule) -> Flags:
    """Whether orders wait of customers that were found so on the blacklist."""
    waits = {NEAR_NAME: listed != "", NAME: (listed != "") & (listed != NEAR_NAME)}
    return np.asarray(waits.get(rule.holds_listed, np.zeros(len(listed), dtype=np.bool_)), dtype=np.bool_)


def _for_a_person(said: Order, n: int, rule: OrderRule, places: int) -> dict[str, Flags]:
    """Reasons that are no question of credit: prepaid or not, the order waits for somebody to look at it."""
    listed = texts(said.listed, n)
    waits = holds_for_list(listed, rule)
    short = to_minor(figures(said.prepayment_gap, n), places) > 0
    return {
        BLOCKED: flags(said.blocked, n) | (flags(said.dunning_blocked, n) & rule.holds_dunning_block),
        BLACKLISTED: waits & (listed != NEAR_NAME),
        NEAR_LISTED: waits & (listed == NEAR_NAME),
        PREPAYMENT_SHORT: short & rule.holds_short_prepayment,
    }


def _reasons_of_customer(said: Order, n: int, rule: OrderRule) -> dict[str, Flags]:
    status = texts(said.status, n)
    return {
        UNKNOWN_CUSTOMER: flags(said.unknown, n) & rule.holds_unknown,
        ON_HOLD: status == ON_HOLD,
        CASH_ONLY: status == CASH_ONLY,
    }


def _credit_reasons(exposures: Amounts, limits: Amounts, added: Minor, places: int) -> dict[str, Flags]:
    limited, known = ~np.isnan(limits), ~np.isnan(exposures)
    over = to_minor(exposures, places) + added > to_minor(limits, places)
    return {UNKNOWN: limited & ~known, EXCEEDED: limited & known & over}
