"""Orders to hold: every open order with what is decided about it, and every reason to hold it."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xlcredit.control.grading.blacklisted import listed_parties, listed_strangers
from xlcredit.control.listing import Field, Listing, texts
from xlcredit.control.orders.inforce import checked_limits, in_force, statuses
from xlcredit.control.orders.openorders import OpenOrders, open_orders
from xlcredit.control.review import Review
from xlcredit.kernel.money import Minor, to_major, to_minor
from xlcredit.ledger.tables import Money, Text
from xlcredit.rules import order, terms
from xlcredit.rules.order import Decisions, Effective, Order


def orders(review: Review) -> Listing:
    """One line per open order: those to hold first, the largest first."""
    case, found = review.case, open_orders(review.case)
    records, people, places = case.ledger.recorded("orders"), review.customers, case.valuation.places
    bound, exposures = in_force(review)
    gap, late = _prepayment_gap(review, found), case.oldest(case.found.is_overdue)
    told = _decide(review, found, bound, exposures, gap)
    held = told.asked & ~told.released
    decision = np.select([held, told.asked], ["hold", "release"], "").astype(object)
    partly = found.at_risk < 1
    lines = Listing(
        "orders",
        (
            Field("customer", "text", _of(people.customer, found, found.strangers.customer)),
            Field("name", "text", _of(people.names_beside, found, found.strangers.name)),
            Field("order", "text", records.text("document")[found.at]),
            Field("order_date", "date", records.day("date")[found.at]),
            Field("order_value", "amount", found.amount, in_base=True),
            Field("payment_method", "text", found.method, "payment_methods"),
            Field(
                "credit_taken",
                "amount",
                np.where(partly, to_major(found.credit(places), places), np.nan),
                in_base=True,
            ),
            Field("decision", "text", decision, "decisions"),
            Field("hold_reasons", "text", texts(told.reasons), "order"),
            Field("limit_in_force", "amount", _of(bound.limit, found, np.nan), in_base=True),
            Field("bound_by", "text", _of(bound.bound_by, found, ""), "order_limits"),
            Field("exposure", "amount", _of(people.exposure, found, np.nan), in_base=True),
            Field("oldest_days", "integer", _of(late, found, np.nan)),
            Field("prepayment_gap", "amount", np.where(gap > 0, gap, np.nan), in_base=True),
            Field("contract_flags", "text", _contract_flags(review, found), "contract_flags"),
        ),
    )
    return lines.by(~held, told.asked, -np.nan_to_num(found.amount), lines["order"].astype(str)).filled()


def _listed_by(review: Review, found: OpenOrders) -> Text:
    """How the customer of each order was found on the blacklist, "" where it was not."""
    return _of(listed_parties(review.case).kind, found, listed_strangers(review.case, found.strangers).kind)


def _decide(review: Review, found: OpenOrders, bound: Effective, exposures: Money, gap: Money) -> Decisions:
    case = review.case
    sheet, parties, places = case.ledger.customers, case.parties, case.valuation.places
    about = Order(
        prepaid=found.prepaid,
        counted=to_major(_counted(review, found), places),
        blocked=_of(parties.flag(sheet.marks.get("order_block")), found, unknown=False),
        dunning_blocked=_of(parties.flag(sheet.blocked), found, unknown=False),
        listed=_listed_by(review, found),
        unknown=found.owner < 0,
        status=_of(statuses(review), found, ""),
        at_risk=found.at_risk,
        prepayment_gap=gap,
    )
    return order.check(
        _of(exposures, found, np.nan),
        _of(checked_limits(bound, review), found, np.nan),
        found.amount,
        _of(case.oldest(case.found.is_overdue), found, np.nan),
        _of(bound.expired, found, unknown=False),
        review.policy.order,
        places,
        about,
    )


def _counted(review: Review, found: OpenOrders) -> Minor:
    """What the exposure holds of each order already: all, unless the orders the customers sheet states are fewer."""
    people, places = review.customers, review.case.valuation.places
    stated = people.answers["open_orders"] * people.to_base
    credit = found.credit(places)
    fewer = np.minimum(credit, _of(to_minor(stated, places), found, 0))
    inside = np.where(_of(~np.isnan(stated), found, unknown=False), fewer, credit)
    return np.where((found.owner >= 0) & review.policy.exposure.orders, inside, 0)


def _prepayment_gap(review: Review, found: OpenOrders) -> Money:
    """What is missing of the share of each order's contract to be prepaid (T1); NaN where no contract is stated."""
    grades = _of(review.customers.grade, found, "")
    return terms.prepayment_gap(
        found.contract, found.prepaid, grades, review.policy.terms, review.case.valuation.places
    )


def _contract_flags(review: Review, found: OpenOrders) -> Text:
    """What each order's contract lacks of what the sheet has a column for (T4), and whether a lawyer reads it (T6)."""
    records, n = review.case.ledger.recorded("orders"), len(found.at)
    jurisdictions, forums, laws = (
        records.text(role)[found.at] if records.has(role) else np.full(n, role, dtype=object)
        for role in ("jurisdiction", "forum", "governing_law")
    )
    threshold, places = review.policy.terms.legal_review, review.case.valuation.places
    usual = np.zeros(n, dtype=np.bool_)
    told = terms.contract_flags(jurisdictions, forums, laws, found.contract, usual, threshold, places)
    return texts([() if np.isnan(value) else flags for value, flags in zip(found.contract, told, strict=True)])


def _of(column: NDArray[np.generic], found: OpenOrders, unknown: ArrayLike) -> NDArray:  # type: ignore[type-arg]
    """A column of the customers, one value per order; of unknown ones a value, or one for each stranger."""
    beyond = np.atleast_1d(np.asarray(unknown, dtype=column.dtype))
    stranger = found.strangers.of_order if np.ndim(unknown) else 0
    return np.append(column, beyond)[np.where(found.owner >= 0, found.owner, len(column) + stranger)]
