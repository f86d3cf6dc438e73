"""Provisions: the credit loss that is expected of what each customer owes, the largest first."""

from __future__ import annotations

import numpy as np

from xlcredit.control.case import Case
from xlcredit.control.insured import grants
from xlcredit.control.listing import Field, Listing, texts
from xlcredit.control.review import Review
from xlcredit.kernel.money import Minor, to_major
from xlcredit.ledger.tables import Flags
from xlcredit.rules.provision import losses


def provisions(review: Review) -> Listing:
    """One line per customer with a balance; they add up to the expected losses of the items, to the cent."""
    case, found, places = review.case, review.customers, review.case.valuation.places
    minor = case.valuation.in_base(case.found.open_minor)
    part = grants(case).parts(case, minor).insured if case.policy.provision.cover_is_integral else np.zeros_like(minor)
    loss, owed = case.of_party(item_losses(review, part)), case.of_party(minor)
    late = case.of_party(np.where(case.found.is_overdue, minor, 0))
    lines = Listing(
        "provisions",
        (
            Field("customer", "text", found.customer),
            Field("name", "text", found.names_beside),
            Field("open", "amount", to_major(owed, places), in_base=True),
            Field("overdue", "amount", to_major(late, places), in_base=True),
            Field("expected_loss", "amount", to_major(loss, places), in_base=True),
            Field("loss_share", "percent", losses.coverage(loss, owed)),
            Field("insured_part", "amount", _blank_zeros(case.of_party(part), places), in_base=True),
            Field(
                "retention_of_title", "text", texts(["retained" if kept else "" for kept in _retained(case)]), "marks"
            ),
        ),
    ).take((owed != 0) | (loss != 0))
    return lines.by(-lines["expected_loss"], -lines["open"], lines["customer"].astype(str)).filled()


def item_losses(review: Review, insured: Minor) -> Minor:
    """Expected loss of each item in minor units of the review's currency, 0 where nothing is provided for."""
    case, owner = review.case, review.case.parties.owner
    minor = case.valuation.in_base(case.found.open_minor)
    lines = losses.expected(
        minor,
        case.found.days_past_due,
        case.policy.provision,
        grades=review.customers.grade[owner],
        insured=insured,
        retained=_retained(case)[owner],
    )
    return losses.kept(lines, minor, owner, len(case.parties))


def _retained(case: Case) -> Flags:
    """Whether title to the goods is retained of each party."""
    return case.parties.flag(case.ledger.customers.marks.get("retention_of_title"))


def _blank_zeros(minor: Minor, places: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.where(minor == 0, np.nan, to_major(minor, places))
