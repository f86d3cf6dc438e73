"""Contracts of the open orders, and of customers: which a lawyer has to review, and why."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xlcredit.control.history.agreed import net_days
from xlcredit.control.orders.openorders import OpenOrders, open_orders
from xlcredit.control.parties import key
from xlcredit.control.review import Review
from xlcredit.control.vocabulary import coded
from xlcredit.kernel.dates import Date
from xlcredit.ledger.tables import Flags, Text
from xlcredit.rules import terms


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A contract that a lawyer has to review."""

    party: int
    """Its customer; beyond the last one a stranger, by position."""
    order: str
    """"" for what was agreed with the customer, whatever it orders."""
    agreed: Date
    """Day of the order, NaT where there is none."""
    amount: float
    reasons: tuple[str, ...]


def review_reasons(review: Review, found: OpenOrders) -> list[tuple[str, ...]]:
    """Why a lawyer has to review the contract of each open order (T6), none for no reason."""
    case, records, rule = review.case, review.case.ledger.recorded("orders"), review.policy.terms
    sheet, parties = case.ledger.customers, case.parties
    own = records.text("terms")[found.at]
    written = np.where(own == "", found.of_customers(parties.text(sheet.terms), ""), own)
    grades = found.of_customers(review.customers.grade, "")
    retained = sheet.marks.get("retention_of_title")
    contracts = terms.Contracts(
        amounts=found.contract,
        unusual=_is_unusual(records.text("unusual_terms")[found.at]),
        days=net_days(written, case.as_of),
        granted=terms.granted(grades, rule).net_days,
        methods=found.method,
        jurisdictions=_usual_spelling(review, records.text("jurisdiction")[found.at])
        if records.has("jurisdiction")
        else None,
        retained=None if retained is None else found.of_customers(parties.flag(retained), unknown=False),
    )
    return terms.review_reasons(contracts, rule.unusual, rule.legal_review, case.valuation.places)


def contracts_to_review(review: Review) -> list[Reviewed]:
    """The contracts for a lawyer: those of open orders, and what the customers sheet says to be unusual."""
    case, found = review.case, open_orders(review.case)
    records, n = case.ledger.recorded("orders"), len(case.parties)
    documents, days = records.text("document")[found.at], records.day("date")[found.at]
    party = np.where(found.owner >= 0, found.owner, n + found.strangers.of_order)
    made = [
        Reviewed(int(party[at]), str(documents[at]), days[at], float(found.contract[at]), reasons)
        for at, reasons in enumerate(review_reasons(review, found))
        if reasons
    ]
    said = _is_unusual(case.parties.text(case.ledger.customers.texts.get("unusual_terms")))
    of_customers = [
        Reviewed(at, "", np.datetime64("NaT", "D"), np.nan, (terms.STATED,)) for at in np.flatnonzero(said).tolist()
    ]
    return [*made, *of_customers]


def _is_unusual(said: Text) -> Flags:
    """Whether a text says that terms are unusual: any does but one of the words for usual ones."""
    return np.asarray((said != "") & (coded(said, "usual_terms") == ""), dtype=np.bool_)


def _usual_spelling(review: Review, said: Text) -> Text:
    """Jurisdictions as the policy writes them, whatever the case."""
    known = {key(name): name for name in review.policy.terms.unusual.jurisdictions}
    return np.array([known.get(key(text), text) for text in said.tolist()], dtype=object)
