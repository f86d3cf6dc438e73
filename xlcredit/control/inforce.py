"""In force: the limit that counts for each customer's orders on the day, and the exposure it is held against."""

from __future__ import annotations

import numpy as np

from xlcredit.control.assessed import is_new
from xlcredit.control.groups import company_groups
from xlcredit.control.listing import texts
from xlcredit.control.review import Review
from xlcredit.ledger.tables import Money, Text
from xlcredit.locales import LANGUAGES, Words
from xlcredit.rules import order
from xlcredit.rules.limit import ADMISSION
from xlcredit.rules.order import Effective, Limits


def in_force(review: Review) -> tuple[Effective, Money]:
    """The limit in force of each customer, and the exposure it is to be held against."""
    case, people, groups = review.case, review.customers, company_groups(review)
    group_limit, owed = groups.of_members(groups.limit), groups.of_members(groups.exposure)
    room = order.group_room(group_limit, owed, people.exposure)
    unknown = ~np.isnan(group_limit) & np.isnan(owed)
    limits = _limits(review, np.where(unknown, group_limit, room))
    bound = order.effective(limits, case.as_of, case.policy.order, case.valuation.places)
    return bound, np.where(unknown, np.nan, people.exposure)


def _limits(review: Review, group: Money) -> Limits:
    people, sheet, parties = review.customers, review.case.ledger.customers, review.case.parties
    own, temporary, insured = (
        people.answers[role] * people.to_base for role in ("credit_limit", "temporary_limit", "insured_limit")
    )
    return Limits(
        own=own,
        valid_to=parties.day(sheet.days.get("limit_valid_to")),
        group=group,
        insured=insured,
        temporary=temporary,
        temporary_to=parties.day(sheet.days.get("temporary_until")),
        core=parties.flag(sheet.marks.get("core")),
        new=is_new(people.answers["years_of_relationship"], review.policy),
        status=statuses(review),
    )


def statuses(review: Review) -> Text:
    """Credit status of each customer; who is not admitted to credit yet buys for cash, unless it is on hold."""
    status = _stated_statuses(review)
    barred = (review.customers.constraint == ADMISSION) & (status != order.ON_HOLD)
    return np.where(barred, order.CASH_ONLY, status).astype(object)


def _stated_statuses(review: Review) -> Text:
    """Credit status that the customers sheet states, by its code or its word in any language."""
    codes = {Words.of(lang)("credit_statuses", code).casefold(): code for lang in LANGUAGES for code in order.STATUSES}
    codes |= {code: code for code in order.STATUSES} | {"hold": order.ON_HOLD}
    said = review.case.parties.text(review.case.ledger.customers.texts.get("status"))
    return texts([codes.get(word.strip().casefold(), "") for word in said.tolist()])
