"""Tiers: customers by what they bought in the window, how deeply each is assessed, and what that costs."""

from __future__ import annotations

import numpy as np

from xlcredit.control.case import Case
from xlcredit.control.grading.needs import sales_in_window
from xlcredit.control.listing import Field, Listing
from xlcredit.control.review import Review
from xlcredit.kernel.money import rounded, to_major
from xlcredit.ledger.tables import Money, Text
from xlcredit.rules import admission as rules
from xlcredit.rules import concentration, metrics

_MONTHS_A_YEAR = 12


def tiers(review: Review) -> Listing:
    """One line per customer with sales, the largest first."""
    case, people, policy = review.case, review.customers, review.policy
    sales, places = case.of_party(sales_in_window(case)), case.valuation.places
    tier = tiers_of(case)
    depth = rules.template(tier)
    cost = rules.review_costs(depth, policy.tiers)
    a_year = np.array([_MONTHS_A_YEAR / policy.review.months(grade) for grade in people.grade.tolist()])
    lines = Listing(
        "tiers",
        (
            Field("customer", "text", people.customer),
            Field("name", "text", people.names_beside),
            Field("sales", "amount", to_major(sales, places), in_base=True),
            Field("share", "percent", concentration.shares(sales)),
            Field("invoiced_dso", "decimal", _dso(case)),
            Field("tier", "text", tier),
            Field("template", "text", depth, "templates"),
            Field("tier_basis", "text", np.full(len(tier), policy.tiers.basis, dtype=object), "tier_bases"),
            Field("reviews_a_year", "decimal", a_year),
            Field("review_cost", "amount", cost, in_base=True),
            Field("cost_a_year", "amount", rounded(cost * a_year, places), in_base=True),
        ),
    ).take(sales > 0)
    return lines.by(-lines["sales"], lines["customer"].astype(str)).filled()


def _dso(case: Case) -> Money:
    """Days of all that each party was ever invoiced that are open; a ledger of open items alone does not tell them."""
    places, dates = case.valuation.places, case.items.document_date
    sold = (case.found.amount_minor > 0) & (dates <= case.as_of)
    invoiced, owed = (
        to_major(case.of_party(case.valuation.in_base(minor)), places)
        for minor in (np.where(sold, case.found.amount_minor, 0), case.found.open_minor)
    )
    first = np.full(len(case.parties), np.datetime64("NaT", "D"))
    np.fmin.at(first, case.parties.owner[sold], dates[sold])
    found = metrics.invoiced_dso(owed, invoiced, first, case.as_of)
    return found if (case.items.settled > 0).any() else np.full(len(found), np.nan)


def tiers_of(case: Case) -> Text:
    """Tier of each party by its sales in the window."""
    return rules.tiers(case.of_party(sales_in_window(case)), case.policy.tiers)
