"""Capabilities: which questions of credit control a review could answer, and what data the others lack."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from xlcredit.control.events import WRITE_OFF, event_kind
from xlcredit.control.listing import Field, Listing, texts
from xlcredit.control.parties import key
from xlcredit.control.review import Review
from xlcredit.ledger.ledger import Ledger
from xlcredit.rules import terms

CAPABILITIES: Final = "capabilities"


@dataclass(frozen=True, slots=True)
class Source:
    """Something a workbook may have: a sheet, or a column of the ledger or the customers sheet."""

    key: str
    """Its word in the group "sources"."""
    is_there: Callable[[Ledger], bool]


def _records(kind: str) -> Source:
    return Source(kind, lambda ledger: len(ledger.recorded(kind)) > 0)


def _figure(role: str) -> Source:
    return Source(role, lambda ledger: role in ledger.customers.figures)


def _text(role: str) -> Source:
    return Source(role, lambda ledger: role in ledger.customers.texts)


def _is_settlement_dated(ledger: Ledger) -> bool:
    """By the ledger, or by payments that name a document of which something is settled."""
    items = ledger.items
    if (~np.isnat(items.settled_date)).any():
        return True
    paid = {key(text) for text in ledger.recorded("payments").text("document").tolist()} - {""}
    return any(key(text) in paid for text in items.document[items.settled > 0].tolist())


def _dates(kind: str, *roles: str) -> Source:
    """Records of a kind with a row that has all these dates."""

    def has_dates(ledger: Ledger) -> bool:
        days = [~np.isnat(ledger.recorded(kind).day(role)) for role in roles]
        return bool(np.logical_and.reduce(days).any())

    return Source(f"{kind}_{roles[-1]}", has_dates)


def _offers_discounts(ledger: Ledger) -> bool:
    stated = (terms.parse(text) for text in {*ledger.items.terms.tolist(), *ledger.customers.terms.tolist()} - {""})
    return any(found.discount > 0 for found in stated if found)


def _tells_write_offs(ledger: Ledger) -> bool:
    return any(event_kind(text) == WRITE_OFF for text in ledger.recorded("events").text("type").tolist())


CUSTOMERS = Source("customers", lambda ledger: len(ledger.customers) > 0)
SETTLED = Source("settled_date", _is_settlement_dated)
DOCUMENT_DATES = Source("document_date", lambda ledger: bool((~np.isnat(ledger.items.document_date)).any()))
LIMITS = _figure("credit_limit")
INSURANCE = Source(
    "insurance",
    lambda ledger: len(ledger.recorded("insurance")) > 0 or "insured_limit" in ledger.customers.figures,
)
CONTRACTS = Source("contract", lambda ledger: bool((~np.isnan(ledger.recorded("orders").figure("contract"))).any()))
NOTICES = Source(
    "notices", lambda ledger: len(ledger.recorded("dunning")) > 0 or bool((~np.isnat(ledger.items.last_dunned)).any())
)
DISPUTES = Source(
    "disputes", lambda ledger: len(ledger.recorded("disputes")) > 0 or bool((ledger.items.disputed > 0).any())
)
APPROVALS = Source(
    "approvals", lambda ledger: "approved_by" in ledger.customers.texts or "limit_valid_to" in ledger.customers.days
)
PLANS = Source(
    "plans", lambda ledger: len(ledger.recorded("plans")) > 0 or bool((~np.isnat(ledger.items.planned_date)).any())
)
LAST_REVIEW = Source("last_review", lambda ledger: "last_review" in ledger.customers.days)

NEEDS: Mapping[str, tuple[Source, ...]] = {
    "aging": (),
    "dunning": (),
    "notices": (NOTICES,),
    "contacts": (_records("contacts"),),
    "payment_plans": (PLANS,),
    "disputes": (DISPUTES,),
    "handovers": (_records("handovers"),),
    "interest": (),
    "provisions": (),
    "concentration": (),
    "behaviour": (SETTLED,),
    "key_figures": (DOCUMENT_DATES, SETTLED),
    "invoicing_speed": (_dates("orders", "delivered", "invoiced"),),
    "crediting_speed": (_dates("payments", "date", "credited"),),
    "discounts": (Source("discount_terms", _offers_discounts), DOCUMENT_DATES, SETTLED),
    "bad_debts": (Source("write_offs", _tells_write_offs), DOCUMENT_DATES, SETTLED),
    "default_rates": (DOCUMENT_DATES, SETTLED),
    "terms_changes": (DOCUMENT_DATES,),
    "roll_rates": (DOCUMENT_DATES, SETTLED),
    "loss_rates": (SETTLED,),
    "payment_trend": (SETTLED,),
    "scores": (CUSTOMERS,),
    "limit_changes": (LIMITS,),
    "approvals": (LIMITS, APPROVALS),
    "orders": (_records("orders"),),
    "contracts": (CONTRACTS,),
    "order_anomalies": (_records("orders"),),
    "payer_accounts": (_records("payments"),),
    "events": (_records("events"),),
    "statements": (_records("statements"),),
    "admission": (_records("checks"),),
    "ratings": (_records("ratings"),),
    "tiers": (DOCUMENT_DATES,),
    "risk_caps": (_text("risk_class"),),
    "insurance_cover": (INSURANCE,),
    "claims": (INSURANCE,),
    "claim_files": (INSURANCE, _records("claim_file")),
    "blacklist": (_records("blacklist"),),
    "indices": (_records("indices"), _text("industry")),
    "groups": (_text("group"),),
    "countries": (_text("country"),),
    "reviews": (LAST_REVIEW,),
}
"""Question → what data it takes besides the ledger's items."""


def lacking(ledger: Ledger) -> dict[str, tuple[str, ...]]:
    """Question → keys of the sources that the ledger lacks for it, none for one that can be answered."""
    return {
        question: tuple(source.key for source in needed if not source.is_there(ledger))
        for question, needed in NEEDS.items()
    }


def capabilities(review: Review) -> Listing:
    """One line per question: whether it was answered, and what data it lacks; those that lack some come last."""
    lacks = lacking(review.case.ledger)
    ordered = sorted(lacks, key=lambda question: bool(lacks[question]))
    return Listing(
        CAPABILITIES,
        (
            Field("question", "text", texts(ordered), "questions"),
            Field("answered", "text", texts(["no" if lacks[question] else "yes" for question in ordered]), "answers"),
            Field("lacks", "text", texts([lacks[question] for question in ordered]), "sources"),
        ),
    )
