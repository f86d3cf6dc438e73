"""Orders to hold: every open order with what is decided about it, and every reason to hold it."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.listing import Field, Listing, texts
from xlcredit.control.openorders import OpenOrders, open_orders
from xlcredit.control.review import Review
from xlcredit.kernel.money import to_major, to_minor
from xlcredit.ledger.tables import Flags, Money, Text
from xlcredit.locales import LANGUAGES, Words
from xlcredit.rules import order
from xlcredit.rules.order import Decisions, Effective, Limits, Order

MONTHS: Final = 12
_LIMITS: Final = ("credit_limit", "temporary_limit", "group_limit", "insured_limit")


def orders(review: Review) -> Listing:
    """One line per open order: those to hold first, the largest first."""
    found = open_orders(review.case)
    records, people = review.case.ledger.recorded("orders"), review.customers
    bound, exposures = in_force(review)
    told = _decide(review, found, bound, exposures)
    held = told.asked & ~told.released
    decision = np.select([held, told.asked], ["hold", "release"], "").astype(object)
    lines = Listing(
        "orders",
        (
            Field("customer", "text", _customer(review, found)),
            Field("name", "text", _name(review, found)),
            Field("order", "text", records.text("document")[found.at]),
            Field("order_date", "date", records.day("date")[found.at]),
            Field("order_value", "amount", found.amount, in_base=True),
            Field("decision", "text", decision, "decisions"),
            Field("reasons", "text", texts(told.reasons), "order"),
            Field("limit_in_force", "amount", _of(bound.limit, found, np.nan), in_base=True),
            Field("bound_by", "text", _of(bound.bound_by, found, ""), "order_limits"),
            Field("exposure", "amount", _of(people.exposure, found, np.nan), in_base=True),
            Field("oldest_days", "integer", _of(_oldest(review), found, np.nan)),
        ),
    )
    return lines.by(~held, told.asked, -np.nan_to_num(found.amount), lines["order"].astype(str)).filled()


def further_business(review: Review) -> Decisions:
    """What is decided about the smallest further order of each customer, of one minor unit and on credit."""
    case, people = review.case, review.customers
    bound, exposures = in_force(review)
    places, n = case.valuation.places, len(people.customer)
    about = Order(blocked=case.parties.flag(case.ledger.customers.blocked), status=credit_statuses(review))
    smallest = to_major(np.ones(n, dtype=np.int64), places)
    limits = _stated(bound, review)
    return order.check(exposures, limits, smallest, _oldest(review), bound.expired, case.policy.order, places, about)


def in_force(review: Review) -> tuple[Effective, Money]:
    """The limit in force of each customer, and the exposure it is to be held against."""
    case, people = review.case, review.customers
    sheet, parties = case.ledger.customers, case.parties
    amounts = {role: people.answers[role] * people.to_base for role in _LIMITS}
    groups = parties.text(sheet.texts.get("group"))
    group_limit, owed = _groups(groups, amounts["group_limit"], people.exposure, case.valuation.places)
    room = order.group_room(group_limit, owed, people.exposure)
    unknown = (~np.isnan(group_limit) & np.isnan(owed)) | unpriced_limits(review)
    limits = Limits(
        own=amounts["credit_limit"],
        valid_to=parties.day(sheet.days.get("limit_valid_to")),
        group=np.where(np.isnan(room), group_limit, room),
        insured=amounts["insured_limit"],
        temporary=amounts["temporary_limit"],
        temporary_to=parties.day(sheet.days.get("temporary_until")),
        core=parties.flag(sheet.marks.get("core")),
        new=order.is_new(people.answers["years_of_relationship"] * MONTHS, case.policy.order),
        status=credit_statuses(review),
    )
    bound = order.effective(limits, case.as_of, case.policy.order, case.valuation.places)
    return bound, np.where(unknown, np.nan, people.exposure)


def unpriced_limits(review: Review) -> Flags:
    """Customers with a limit in a currency that has no rate: there is one, but nobody knows what it allows."""
    people = review.customers
    stated = [~np.isnan(people.answers[role]) for role in _LIMITS]
    return np.asarray(np.logical_or.reduce(stated) & np.isnan(people.to_base))


def _stated(bound: Effective, review: Review) -> Money:
    """Limits to check against, NaN for none: one that is not known is none that allows everything."""
    return np.where(np.isnan(bound.limit) & unpriced_limits(review), 0.0, bound.limit)


def _groups(groups: Text, limits: Money, exposures: Money, places: int) -> tuple[Money, Money]:
    """The lowest limit that a member states for its group, and what the group owes; NaN where there is none."""
    shared, owed = np.full(len(groups), np.nan), np.full(len(groups), np.nan)
    for name in set(groups.tolist()) - {""}:
        members = groups == name
        shared[members] = np.fmin.reduce(limits[members])
        if not np.isnan(exposures[members]).any():
            owed[members] = to_major(to_minor(exposures[members], places).sum(), places)
    return shared, owed


def _decide(review: Review, found: OpenOrders, bound: Effective, exposures: Money) -> Decisions:
    case, people = review.case, review.customers
    places, rule = case.valuation.places, case.policy
    stated = to_minor(people.answers["open_orders"] * people.to_base, places)
    says = ~np.isnan(people.answers["open_orders"])
    credit = found.credit(places)
    # The exposure holds the order already, unless the orders that the customers sheet states are fewer.
    inside = np.where(_of(says, found, fill=False), np.minimum(credit, _of(stated, found, 0)), credit)
    counted = inside if rule.exposure.orders else np.zeros_like(inside)
    counted = np.where(found.owner >= 0, counted, 0)
    about = Order(
        prepaid=found.prepaid,
        counted=to_major(counted, places),
        blocked=_of(case.parties.flag(case.ledger.customers.blocked), found, fill=False),
        status=_of(credit_statuses(review), found, ""),
    )
    return order.check(
        _of(exposures, found, np.nan),
        _of(_stated(bound, review), found, np.nan),
        found.amount,
        _of(_oldest(review), found, np.nan),
        _of(bound.expired, found, fill=False),
        rule.order,
        places,
        about,
    )


def _oldest(review: Review) -> Money:
    """Days past due of each customer's oldest overdue debit, NaN where nothing is overdue."""
    found, owner = review.case.found, review.case.parties.owner
    late = found.is_overdue & (found.open_minor > 0)
    oldest = np.full(len(review.customers.customer), np.nan)
    np.fmax.at(oldest, owner[late], found.days_past_due[late])
    return oldest


def credit_statuses(review: Review) -> Text:
    """Credit status of each customer, by its code or its word in any language."""
    codes = {Words.of(lang)("credit_statuses", code).casefold(): code for lang in LANGUAGES for code in order.STATUSES}
    codes |= {code: code for code in order.STATUSES} | {"hold": order.ON_HOLD}
    said = review.case.parties.text(review.case.ledger.customers.texts.get("status"))
    return texts([codes.get(word.strip().casefold(), "") for word in said.tolist()])


def _customer(review: Review, found: OpenOrders) -> Text:
    told = review.case.ledger.recorded("orders").text("customer")[found.at]
    return np.where(found.owner >= 0, _of(review.customers.customer, found, ""), told)


def _name(review: Review, found: OpenOrders) -> Text:
    people, records = review.customers, review.case.ledger.recorded("orders")
    return np.where(found.owner >= 0, _of(people.names_beside, found, ""), records.text("name")[found.at])


def _of(column: NDArray[np.generic], found: OpenOrders, fill: object) -> NDArray:  # type: ignore[type-arg]
    """A column of the customers, one value per order."""
    return np.append(column, np.array([fill], dtype=column.dtype))[found.owner]
