"""Discounts: what each customer's terms offer for paying early, what that costs a year, and how much of it is taken."""

from __future__ import annotations

import numpy as np

from xlcredit.control.case import Case
from xlcredit.control.history.agreed import Offers, last_invoices, offers, take_up
from xlcredit.control.listing import Field, Listing
from xlcredit.control.review import Review
from xlcredit.kernel.dates import days_between
from xlcredit.kernel.money import to_major
from xlcredit.ledger.tables import Money
from xlcredit.rules import terms


def discounts(review: Review) -> Listing:
    """One line per customer with a discount in its terms: those of its last invoice that offer one.

    The cost a year is what the customer pays for not taking it and we for giving it; beside it what it is above the
    policy's cost of capital, at which the same days could be financed.
    """
    case, people = review.case, review.customers
    found = offers(case)
    last = last_invoices(case, found.discount > 0)
    cost = np.append(_cost(case, found), np.nan)[last]
    eligible = case.valuation.in_base(np.where(found.is_over, case.found.amount_minor, 0))
    lines = Listing(
        "discounts",
        (
            Field("customer", "text", people.customer),
            Field("name", "text", people.names_beside),
            Field("terms", "text", np.append(found.text, [""])[last]),
            Field("discount_cost", "percent", cost),
            Field("above_capital", "percent", cost - case.policy.terms.cost_of_capital),
            Field("eligible", "amount", to_major(case.of_party(eligible), case.valuation.places), in_base=True),
            Field("take_up", "percent", take_up(case, found, case.parties.owner, len(case.parties))),
        ),
    ).take(last >= 0)
    return lines.by(-np.nan_to_num(lines["eligible"]), lines["customer"].astype(str))


def _cost(case: Case, found: Offers) -> Money:
    """Yearly cost of each item's discount, by the days between its end and the due date."""
    net_days = days_between(case.items.document_date, case.found.due_date)
    return terms.cost(found.discount, found.days, net_days)
