"""Orders to hold: every open order with what is decided about it, and every reason to hold it."""

from __future__ import annotations

import numpy as np

from xlcredit.control.grading.blacklisted import listed_parties, listed_strangers
from xlcredit.control.listing import Field, Listing, texts
from xlcredit.control.orders.contracts import review_reasons
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
    told, reasons = _decide(review, found, bound, exposures, gap), review_reasons(review, found)
    held = told.asked & ~told.released
    decision = np.select([held, told.asked], ["hold", "release"], "").astype(object)
    partly = found.at_risk < 1
    lines = Listing(
        "orders",
        (
            Field("customer", "text", found.of_customers(people.customer, found.strangers.customer)),
            Field("name", "text", found.of_customers(people.names_beside, found.strangers.name)),
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
            Field("limit_in_force", "amount", found.of_customers(bound.limit, np.nan), in_base=True),
            Field("bound_by", "text", found.of_customers(bound.bound_by, ""), "order_limits"),
            Field("exposure", "amount", found.of_customers(people.exposure, np.nan), in_base=True),
            Field("oldest_days", "integer", found.of_customers(late, np.nan)),
            Field("prepayment_gap", "amount", np.where(gap > 0, gap, np.nan), in_base=True),
            Field("contract_flags", "text", _contract_flags(review, found, reasons), "contract_flags"),
            Field("review_reasons", "text", texts(reasons), "contract_reasons"),
        ),
    )
    return lines.by(~held, told.asked, -np.nan_to_num(found.amount), lines["order"].astype(str)).filled()


def _listed_by(review: Review, found: OpenOrders) -> Text:
    """How the customer of each order was found on the blacklist, "" where it was not."""
    return found.of_customers(listed_parties(review.case).kind, listed_strangers(review.case, found.strangers).kind)


def _decide(review: Review, found: OpenOrders, bound: Effective, exposures: Money, gap: Money) -> Decisions:
    case = review.case
    sheet, parties, places = case.ledger.customers, case.parties, case.valuation.places
    about = Order(
        prepaid=found.prepaid,
        counted=to_major(_counted(review, found), places),
        blocked=found.of_customers(parties.flag(sheet.marks.get("order_block")), unknown=False),
        dunning_blocked=found.of_customers(parties.flag(sheet.blocked), unknown=False),
        listed=_listed_by(review, found),
        unknown=found.owner < 0,
        status=found.of_customers(statuses(review), ""),
        at_risk=found.at_risk,
        prepayment_gap=gap,
    )
    return order.check(
        found.of_customers(exposures, np.nan),
        found.of_customers(checked_limits(bound, review), np.nan),
        found.amount,
        found.of_customers(case.oldest(case.found.is_overdue), np.nan),
        found.of_customers(bound.expired, unknown=False),
        review.policy.order,
        places,
        about,
    )


def _counted(review: Review, found: OpenOrders) -> Minor:
    """What the exposure holds of each order already: all, unless the orders the customers sheet states are fewer."""
    people, places = review.customers, review.case.valuation.places
    stated = people.answers["open_orders"] * people.to_base
    credit = found.credit(places)
    fewer = np.minimum(credit, found.of_customers(to_minor(stated, places), 0))
    inside = np.where(found.of_customers(~np.isnan(stated), unknown=False), fewer, credit)
    return np.where((found.owner >= 0) & review.policy.exposure.orders, inside, 0)


def _prepayment_gap(review: Review, found: OpenOrders) -> Money:
    """What is missing of the share of each order's contract to be prepaid (T1); NaN where no contract is stated."""
    grades = found.of_customers(review.customers.grade, "")
    return terms.prepayment_gap(
        found.contract, found.prepaid, grades, review.policy.terms, review.case.valuation.places
    )


def _contract_flags(review: Review, found: OpenOrders, reasons: list[tuple[str, ...]]) -> Text:
    """What each order's contract lacks of what the sheet has a column for (T4), and whether a lawyer reads it (T6)."""
    records, n = review.case.ledger.recorded("orders"), len(found.at)
    jurisdictions, forums, laws = (
        records.text(role)[found.at] if records.has(role) else np.full(n, role, dtype=object)
        for role in ("jurisdiction", "forum", "governing_law")
    )
    told = terms.contract_flags(jurisdictions, forums, laws, reasons)
    is_contract = ~np.isnan(found.contract) | np.array([bool(each) for each in reasons], dtype=np.bool_)
    return texts([flags if there else () for there, flags in zip(is_contract.tolist(), told, strict=True)])
