"""In force: the limit that counts for each customer's orders on the day, and the exposure it is held against."""

from __future__ import annotations

from typing import Final

import numpy as np

from xlcredit.control.grading.assessed import is_new
from xlcredit.control.grading.blacklisted import listed_parties
from xlcredit.control.groups import company_groups
from xlcredit.control.once import once
from xlcredit.control.parties import key
from xlcredit.control.review import Review
from xlcredit.control.vocabulary import coded
from xlcredit.kernel.money import to_major
from xlcredit.ledger.tables import Flags, Money, Text
from xlcredit.rules import order
from xlcredit.rules.limit import ADMISSION
from xlcredit.rules.order import Decisions, Effective, Limits, Order

HOLD: Final = "hold"
"""A short word for a credit hold."""
_LIMITS: Final = ("credit_limit", "temporary_limit", "group_limit", "insured_limit")


@once
def in_force(review: Review) -> tuple[Effective, Money]:
    """The limit in force of each customer, and the exposure it is to be held against."""
    case, people, groups = review.case, review.customers, company_groups(review)
    group_limit, owed = groups.of_members(groups.limit), groups.of_members(groups.exposure)
    room = order.group_room(group_limit, owed, people.exposure)
    unknown = (~np.isnan(group_limit) & np.isnan(owed)) | unpriced_limits(review)
    limits = _limits(review, np.where(np.isnan(room), group_limit, room))
    bound = order.effective(limits, case.as_of, case.policy.order, case.valuation.places)
    return bound, np.where(unknown, np.nan, people.exposure)


def _limits(review: Review, group: Money) -> Limits:
    people, sheet, parties = review.customers, review.case.ledger.customers, review.case.parties
    amounts = {role: people.answers[role] * people.to_base for role in _LIMITS}
    return Limits(
        own=amounts["credit_limit"],
        valid_to=parties.day(sheet.days.get("limit_valid_to")),
        group=group,
        insured=amounts["insured_limit"],
        temporary=amounts["temporary_limit"],
        temporary_to=parties.day(sheet.days.get("temporary_until")),
        core=parties.flag(sheet.marks.get("core")),
        new=is_new(people.answers["years_of_relationship"], review.policy),
        status=statuses(review),
    )


def unpriced_limits(review: Review) -> Flags:
    """Customers with a limit in a currency that has no rate: there is one, but nobody knows what it allows."""
    people = review.customers
    stated = [~np.isnan(people.answers[role]) for role in _LIMITS]
    return np.asarray(np.logical_or.reduce(stated) & np.isnan(people.to_base))


def checked_limits(bound: Effective, review: Review) -> Money:
    """Limits to check against, NaN for none: one that is not known is none that allows everything."""
    return np.where(np.isnan(bound.limit) & unpriced_limits(review), 0.0, bound.limit)


def further_business(review: Review) -> Decisions:
    """What is decided about the smallest further order of each customer, of one minor unit and on credit."""
    case, sheet, parties = review.case, review.case.ledger.customers, review.case.parties
    bound, exposures = in_force(review)
    about = Order(
        blocked=parties.flag(sheet.marks.get("order_block")),
        dunning_blocked=parties.flag(sheet.blocked),
        listed=listed_parties(case).kind,
        status=statuses(review),
    )
    places = case.valuation.places
    return order.check(
        exposures,
        checked_limits(bound, review),
        to_major(np.ones(len(parties), dtype=np.int64), places),
        case.oldest(case.found.is_overdue),
        bound.expired,
        case.policy.order,
        places,
        about,
    )


def statuses(review: Review) -> Text:
    """Credit status of each customer; who is not admitted to credit yet buys for cash, unless it is on hold."""
    status = _stated_statuses(review)
    barred = (review.customers.constraint == ADMISSION) & (status != order.ON_HOLD)
    return np.where(barred, order.CASH_ONLY, status).astype(object)


def _stated_statuses(review: Review) -> Text:
    """Credit status that the customers sheet states, by its code or its word in any language."""
    said = review.case.parties.text(review.case.ledger.customers.texts.get("status"))
    on_hold = np.array([key(text) == HOLD for text in said.tolist()], dtype=np.bool_)
    return np.where(on_hold, order.ON_HOLD, coded(said, "credit_statuses")).astype(object)
