"""Records: what the sheets beside the ledger say: payments, orders, events, statements, checks, cover, claim files …,
and what was done to collect: notices, contacts, payment plans, disputes, hand-overs.

Every kind is a table of roles, as the ledger is; a sheet has those it has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from xlcredit.ledger.place import Place
from xlcredit.ledger.tables import Days, Flags, Money, Text

_PARTY = {
    "customer": ("text", "customer number; joins the ledger"),
    "name": ("text", "customer name; joins where there is no number"),
}
_CURRENCY = {"currency": ("text", "ISO 4217 code of the amounts")}

RECORD_ROLES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "payments": {
        **_PARTY,
        "document": ("text", "document that was paid"),
        "date": ("date", "day on which the customer paid"),
        "credited": ("date", "day on which the bank credited it"),
        "amount": ("money", "amount received"),
        **_CURRENCY,
        "account": ("text", "bank account it came from"),
        "method": ("text", "transfer, cheque, bill of exchange …"),
    },
    "orders": {
        **_PARTY,
        "document": ("text", "order number"),
        "date": ("date", "day of the order"),
        "delivered": ("date", "day of delivery"),
        "invoiced": ("date", "day of the invoice; blank where it is not invoiced"),
        "amount": ("money", "value of the order"),
        "prepaid": ("money", "part of it paid in advance"),
        "contract": ("money", "value of the contract it belongs to"),
        "method": ("text", "method of payment: open account, letter of credit, D/P, D/A …"),
        "bank_rating": ("text", "rating of the bank that issued the letter of credit"),
        "jurisdiction": ("text", "whose courts decide, by the contract"),
        "forum": ("text", "court or arbitration body, by the contract"),
        "governing_law": ("text", "governing law, by the contract"),
        "terms": ("text", "terms of payment of the contract"),
        "unusual_terms": ("text", "what is unusual in the terms of the contract"),
        **_CURRENCY,
        "status": ("text", "open, delivered, cancelled …"),
    },
    "events": {
        **_PARTY,
        "date": ("date", "day of the event"),
        "type": ("text", "litigation, insolvency, management, shareholder, news …"),
        "note": ("text", "what happened"),
        "amount": ("money", "amount concerned, such as what was written off"),
        **_CURRENCY,
    },
    "statements": {
        **_PARTY,
        "period": ("date", "end of the financial year"),
        "year": ("number", "financial year, where no date is given"),
        "received": ("date", "day on which it reached us; where blank it is known from the end of its period"),
        **_CURRENCY,
        "revenue": ("money", "sales of the year"),
        "net_income": ("money", "profit after tax"),
        "ebit": ("money", "profit before interest and tax"),
        "total_assets": ("money", "balance sheet total"),
        "current_assets": ("money", "current assets"),
        "inventory": ("money", "inventories"),
        "cash": ("money", "cash and cash equivalents"),
        "current_liabilities": ("money", "current liabilities"),
        "total_liabilities": ("money", "all liabilities"),
        "equity": ("money", "book value of equity"),
        "retained_earnings": ("money", "retained earnings"),
    },
    "checks": {
        **_PARTY,
        "check": ("text", "registration, statements, reputation, trade or bank reference, site visit, collected …"),
        "result": ("text", "passed or failed; a date alone says that it was passed"),
        "date": ("date", "day on which it was done"),
        "by": ("text", "who did it"),
        "evidence": ("text", "document or link that shows it"),
        "mark": ("number", "judgement from 1, the worst, to 5, the best"),
    },
    "ratings": {
        **_PARTY,
        "agency": ("text", "rating agency and scale"),
        "rating": ("text", "rating as the agency writes it"),
        "date": ("date", "day of the rating"),
    },
    "insurance": {
        **_PARTY,
        "insured_limit": ("money", "limit the credit insurer granted"),
        "cover": ("ratio", "insured share"),
        **_CURRENCY,
        "valid_from": ("date", "first day of the cover"),
        "valid_to": ("date", "last day of the cover"),
        "stopped": ("date", "last day of shipments that are covered"),
        "reference": ("text", "policy or buyer number at the insurer"),
    },
    "claim_file": {
        **_PARTY,
        "document": ("text", "notification, or a document of the claim: contract, invoice, proof of delivery …"),
        "date": ("date", "day of the notification, or since when the document is on file"),
        "note": ("text", "remark"),
    },
    "blacklist": {
        "name": ("text", "company name"),
        "registration": ("text", "registration number"),
        "reason": ("text", "why it is on the list"),
        "date": ("date", "since when"),
    },
    "indices": {
        "subject": ("text", "industry or country, as the customers sheet writes it"),
        "date": ("date", "day of the value"),
        "value": ("number", "value of the index; a fall is bad"),
    },
    "rates": {
        **_CURRENCY,
        "rate": ("number", "units of the review's currency for one unit"),
        "date": ("date", "day from which it holds"),
    },
    "dunning": {
        **_PARTY,
        "document": ("text", "document that was dunned; blank for all that was due"),
        "date": ("date", "day of the notice"),
        "stage": ("number", "dunning level of the notice"),
        "channel": ("text", "e-mail, phone, letter …"),
    },
    "contacts": {
        **_PARTY,
        "document": ("text", "document that was spoken about; blank for all that was due"),
        "date": ("date", "day of the contact"),
        "note": ("text", "what was said"),
        "reason": ("text", "why the customer does not pay"),
        "ability": ("text", "how able it is to pay"),
        "promised": ("date", "day on which it promised to pay"),
        "next_contact": ("date", "day on which it is to be contacted again"),
        "owner": ("text", "who spoke with it"),
    },
    "plans": {
        **_PARTY,
        "plan": ("text", "number of the plan; one for each customer where there is none"),
        "document": ("text", "document the plan pays off; blank for all that was due when it was agreed"),
        "agreed": ("date", "day on which the plan was agreed"),
        "due": ("date", "due date of the instalment"),
        "amount": ("money", "amount of the instalment"),
        **_CURRENCY,
        "paid_on": ("date", "day on which the instalment was paid"),
        "paid": ("money", "what was paid of it"),
    },
    "disputes": {
        **_PARTY,
        "document": ("text", "document in dispute"),
        "reason": ("text", "why it is disputed"),
        "amount": ("money", "disputed part, in the document's currency; blank for all of it"),
        "opened": ("date", "day on which the dispute was raised"),
        "owner": ("text", "who has to settle it"),
        "resolved": ("date", "day on which it was settled"),
    },
    "handovers": {
        **_PARTY,
        "kind": ("text", "agency, legal or insolvency"),
        "task": ("text", "what was done; blank for the hand-over itself"),
        "partner": ("text", "agency, lawyer, court or administrator"),
        "date": ("date", "day of the hand-over, or by which the task is due"),
        "done": ("date", "day on which it was done"),
        "amount": ("money", "what was handed over"),
        **_CURRENCY,
        "fee": ("ratio", "share of it that the agency asks"),
        "status": ("text", "how it stands"),
        "reference": ("text", "file number of the agency or the court"),
    },
}
"""Kind of sheet → what its columns can be: role → kind, meaning."""

NEEDED: Mapping[str, tuple[str, ...]] = {
    "payments": ("date", "amount"),
    "orders": ("date", "amount"),
    "events": ("date", "type"),
    "statements": ("total_assets",),
    "checks": ("check",),
    "ratings": ("agency", "rating"),
    "insurance": ("insured_limit",),
    "claim_file": ("document",),
    "blacklist": ("name",),
    "indices": ("subject", "date", "value"),
    "rates": ("currency", "rate"),
    "dunning": ("date", "stage"),
    "contacts": ("date", "note"),
    "plans": ("due", "amount"),
    "disputes": ("document", "opened"),
    "handovers": ("kind", "date"),
}
"""Kind of sheet → roles without which a sheet is none; one of customers names them by number or by name besides."""


@dataclass(frozen=True, slots=True)
class Records:
    """One sheet of records; a column that the sheet lacks is all blank."""

    kind: str
    row: NDArray[np.int64]
    """Row of the source sheet, counted from 1."""
    texts: Mapping[str, Text]
    figures: Mapping[str, Money]
    days: Mapping[str, Days]
    broken: Mapping[str, Flags]
    """Where a figure's cell holds an error or text that is no number."""
    place: Place | None = None
    times: Mapping[str, Money] = field(default_factory=dict)
    """Seconds since midnight beside the days, of the roles whose cells hold a time."""

    def __len__(self) -> int:
        return len(self.row)

    def text(self, role: str) -> Text:
        """A column of texts."""
        return self.texts.get(role, np.full(len(self), "", dtype=object))

    def figure(self, role: str) -> Money:
        """A column of money, numbers or ratios."""
        return self.figures.get(role, np.full(len(self), np.nan))

    def day(self, role: str) -> Days:
        """A column of dates."""
        return self.days.get(role, np.full(len(self), np.datetime64("NaT", "D")))

    def moments(self, *roles: str) -> list[Days]:
        """Columns of dates with their times of day; from midnight unless each of them has times."""
        timed = all(role in self.times for role in roles)
        days = [self.day(role).astype("datetime64[s]") for role in roles]
        return [
            day + self.times[role].astype("timedelta64[s]") if timed else day
            for role, day in zip(roles, days, strict=True)
        ]

    def where(self, role: str, at: int) -> str:
        """Address of a role's cell in a row, of the sheet where it has no such column."""
        row = int(self.row[at])
        if self.place is None:
            return f"{self.kind} {row}"
        return self.place.cell(role, row - 1) if role in self.place.columns else self.place.sheet

    def has(self, role: str) -> bool:
        """Whether the sheet says anything under this role."""
        return role in self.texts or role in self.figures or role in self.days

    @staticmethod
    def none(kind: str) -> Records:
        """No such sheet."""
        return Records(kind, np.zeros(0, dtype=np.int64), {}, {}, {}, {})
