"""The canonical tables every layout is mapped to: what a column is called, holds and means.

Text is str (empty = missing), money and figures float64 (NaN = missing), dates datetime64[D]
(NaT = missing), flags bool.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from xlcredit.ledger.place import Place

Text = NDArray[np.object_]
Money = NDArray[np.float64]
Days = NDArray[np.datetime64]
Flags = NDArray[np.bool_]

ITEM_ROLES = {
    "customer": ("text", "customer number, leading zeros kept; the name where there is no number"),
    "name": ("text", "customer name"),
    "document": ("text", "document number"),
    "document_type": ("text", "invoice, credit note, payment, in the words of the export"),
    "document_date": ("date", "document or posting date"),
    "due_date": ("date", "net due date"),
    "base_date": ("date", "date from which the terms run, where it is not the document date"),
    "terms": ("text", "terms of payment"),
    "amount": ("money", "original amount; the customer owes a positive one"),
    "credit": ("money", "credits in a column of their own"),
    "paid": ("money", "amount settled until the export"),
    "open": ("money", "amount still open at the export"),
    "open_local": ("money", "the same in local currency"),
    "currency": ("text", "ISO 4217 code of amount and open"),
    "local_currency": ("text", "ISO 4217 code of open_local"),
    "settled_date": ("date", "clearing or payment date"),
    "status": ("text", "open, cleared, paid …, in the words of the export"),
    "blocked": ("flag", "dunning block, or the item is in dispute"),
    "last_stage": ("number", "dunning level reached at the export"),
    "disputed_amount": ("money", "disputed part of the item"),
    "promised_date": ("date", "day on which the customer promised to pay"),
    "planned_date": ("date", "day on which a payment plan lets the item be paid"),
    "last_dunned": ("date", "day of the last reminder"),
    "debit_credit": ("text", "S/H, D/C, Dr/Cr, 借/贷"),
}
"""What a ledger's column can be: role → kind, meaning."""

CUSTOMER_ROLES = {
    "customer": ("text", "customer number; joins the ledger"),
    "name": ("text", "customer name; joins where there is no number"),
    "since": ("date", "customer since"),
    "terms": ("text", "terms of payment"),
    "currency": ("text", "currency of the customer's money figures"),
    "credit_limit": ("money", "limit in force"),
    "need": ("money", "limit requested or needed"),
    "net_worth": ("money", "tangible net worth"),
    "working_capital": ("money", "current assets less current liabilities"),
    "turnover": ("money", "the customer's annual sales"),
    "insured_limit": ("money", "limit the credit insurer granted"),
    "open_orders": ("money", "orders not yet invoiced"),
    "years_of_relationship": ("number", "years since the first business"),
    "average_days_late": ("number", "amount-weighted days late"),
    "overdue_share": ("ratio", "overdue share of the balance"),
    "debt_ratio": ("ratio", "total liabilities ÷ total assets"),
    "net_margin": ("ratio", "net income ÷ sales"),
    "return_on_assets": ("ratio", "net income ÷ total assets"),
    "current_ratio": ("number", "current assets ÷ current liabilities"),
    "quick_ratio": ("number", "current assets less inventory ÷ current liabilities"),
    "retained_earnings_to_assets": ("ratio", "retained earnings ÷ total assets"),
    "adverse_events": ("number", "adverse events in the last 12 months"),
    "blocked": ("flag", "dunning block for the customer"),
    "order_block": ("flag", "orders and deliveries of the customer are blocked"),
    "group": ("text", "group of companies that the customer belongs to"),
    "country": ("text", "country, as a code or a name"),
    "industry": ("text", "industry"),
    "segment": ("text", "segment of customers whose losses are alike"),
    "risk_class": ("text", "risk class of its country or industry"),
    "registration": ("text", "registration number"),
    "register_status": ("text", "what the register says of the firm: active, dissolved …"),
    "founded": ("date", "day on which the firm was founded"),
    "registered_capital": ("money", "registered capital"),
    "status": ("text", "credit status: open, reduced, hold, cash only"),
    "language": ("text", "language of letters"),
    "address": ("text", "postal address, for letters"),
    "email": ("text", "e-mail address, for letters"),
    "last_review": ("date", "day of the last credit review"),
    "approved_by": ("text", "who approved the limit in force"),
    "limit_valid_from": ("date", "first day of the limit in force"),
    "limit_valid_to": ("date", "last day of the limit in force"),
    "temporary_limit": ("money", "limit in force until a day"),
    "temporary_until": ("date", "last day of the temporary limit"),
    "group_limit": ("money", "limit of the whole group"),
    "unbilled": ("money", "work done and not yet invoiced"),
    "guarantees": ("money", "guarantees and other security held"),
    "sales_margin": ("ratio", "our margin on what is sold to the customer"),
    "core": ("flag", "core customer"),
    "retention_of_title": ("flag", "goods stay ours until paid"),
    "unusual_terms": ("text", "what is unusual in the terms agreed with the customer"),
}
"""What a customers sheet's column can be: role → kind, meaning. A ratio is a fraction: 35 % is 0.35."""

EXTRA_ROLES = (
    "group", "country", "industry", "segment", "risk_class", "registration", "register_status", "founded", "status",
    "language", "address", "email", "last_review", "limit_valid_from", "limit_valid_to", "temporary_until", "core",
    "retention_of_title", "order_block", "approved_by", "unusual_terms",
)  # fmt: skip
"""Texts, dates and flags of a customers sheet that few have: in ``texts``, ``days`` and ``marks``."""


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of equal length; immutable."""

    row: NDArray[np.int64]
    """Row of the source sheet, counted from 1 as Excel does."""

    def __post_init__(self) -> None:
        for column in fields(self):
            values = getattr(self, column.name)
            if isinstance(values, np.ndarray):
                if len(values) != len(self.row):
                    raise ValueError(f"{column.name} has {len(values)} rows where row has {len(self.row)}")
                values.flags.writeable = False

    def __len__(self) -> int:
        return len(self.row)


@dataclass(frozen=True, slots=True)
class OpenItems(Table):
    """Postings on customer accounts, open or settled, one per row."""

    customer: Text
    name: Text
    document: Text
    document_type: Text
    document_date: Days
    due_date: Days
    terms: Text
    amount: Money
    """Original amount, signed: positive is owed by the customer. NaN: unreadable, and there is a finding."""
    settled: Money
    """What was settled until the export (amount less open amount), same sign as amount; 0 where nothing was."""
    settled_date: Days
    """When; NaT with a settled amount means at an unknown date before the export."""
    currency: Text
    blocked: Flags
    last_stage: Money
    disputed: Money
    """Disputed part, NaN where the ledger states none."""
    promised_date: Days
    planned_date: Days
    last_dunned: Days


@dataclass(frozen=True, slots=True)
class Customers(Table):
    """One row per customer of the customers sheet; ``figures`` has a column for each role present."""

    customer: Text
    name: Text
    terms: Text
    currency: Text
    since: Days
    blocked: Flags
    figures: dict[str, Money]
    """Money, number and ratio roles of CUSTOMER_ROLES that the sheet has; NaN = blank."""
    broken: dict[str, Flags]
    """Where a figure's cell holds an error or text that is no number: never scored."""
    texts: dict[str, Text]
    days: dict[str, Days]
    marks: dict[str, Flags]
    """Those of EXTRA_ROLES that the sheet has."""
    place: Place | None = None
    """Where the sheet stands, None for customers that never stood in one."""
