"""Capabilities: which questions of credit control a review could answer, and what data the others lack."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from xlcredit.control.listing import Field, Listing, texts
from xlcredit.control.review import Review
from xlcredit.ledger.ledger import Ledger

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


CUSTOMERS = Source("customers", lambda ledger: len(ledger.customers) > 0)
SETTLED = Source("settled_date", lambda ledger: bool((~np.isnat(ledger.items.settled_date)).any()))
DOCUMENT_DATES = Source("document_date", lambda ledger: bool((~np.isnat(ledger.items.document_date)).any()))
LIMITS = _figure("credit_limit")
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
    "roll_rates": (DOCUMENT_DATES, SETTLED),
    "payment_trend": (SETTLED,),
    "scores": (CUSTOMERS,),
    "limit_changes": (LIMITS,),
    "approvals": (LIMITS, APPROVALS),
    "orders": (_records("orders"),),
    "order_anomalies": (_records("orders"),),
    "payer_accounts": (_records("payments"),),
    "events": (_records("events"),),
    "statements": (_records("statements"),),
    "claims": (_records("insurance"),),
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
