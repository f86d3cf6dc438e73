"""Terms to change: whose terms of payment are longer than its grade is granted, and what to ask or offer instead."""

from __future__ import annotations

import numpy as np

from xlcredit.control.case import Case
from xlcredit.control.history.agreed import last_invoices, net_days
from xlcredit.control.listing import Field, Listing, texts
from xlcredit.control.review import Review
from xlcredit.kernel.dates import days_between
from xlcredit.ledger.tables import Money, Text
from xlcredit.rules import country, terms


def terms_changes(review: Review) -> Listing:
    """One line per customer with terms too long for its grade, or for our margin, the furthest beyond them first.

    Terms in force are those of the customers sheet; of who has none there, the days its last invoice had.
    """
    case, people, rule = review.case, review.customers, review.policy.terms
    written = case.parties.text(case.ledger.customers.terms)
    days = _days_in_force(case, written)
    new, asked = terms.granted(people.grade, rule), terms.actions(days, people.grade, rule)
    margin = case.parties.figure(case.ledger.customers.figures.get("sales_margin"))
    granted = terms.suggest_days(people.grade, margin, rule)
    names = np.array(terms.ACTIONS)
    asked[:, terms.ACTIONS.index(terms.SHORTEN)] = days > granted
    lines = Listing(
        "terms_changes",
        (
            Field("customer", "text", people.customer),
            Field("name", "text", people.names_beside),
            Field("grade", "text", people.grade),
            Field("terms", "text", written),
            Field("days_in_force", "integer", days),
            Field("granted_days", "integer", granted),
            Field("days_beyond_usual", "integer", _beyond_usual(days, case)),
            Field("prepayment", "percent", new.prepayment),
            Field("instalments", "integer", new.instalments),
            Field("discount", "percent", new.discount),
            Field("discount_days", "integer", new.discount_days),
            Field("terms_actions", "text", texts([tuple(names[row].tolist()) for row in asked]), "terms_actions"),
            Field("exception_approver", "text", new.approver, "approvers"),
            Field("exposure", "amount", people.exposure, in_base=True),
        ),
    ).take(np.asarray(asked.any(axis=1)))
    beyond = lines["days_in_force"] - lines["granted_days"]
    return lines.by(-beyond, -np.nan_to_num(lines["exposure"]), lines["customer"].astype(str)).filled()


def _beyond_usual(days: Money, case: Case) -> Money:
    """Days beyond what is usual in the customer's country (X1)."""
    names = case.parties.text(case.ledger.customers.texts.get("country"))
    return country.days_beyond_usual(days, names, case.policy.countries)


def _days_in_force(case: Case, written: Text) -> Money:
    """Days from invoice to due date: of what is written the mean over the month, else of the last invoice."""
    stated = net_days(written, case.as_of)
    return np.where(np.isnan(stated), _last_days(case), stated)


def _last_days(case: Case) -> Money:
    days = days_between(case.items.document_date, case.found.due_date)
    return np.append(days, np.nan)[last_invoices(case, ~np.isnan(days))]
