"""Receivables: each item's due date, open amount, age and dunning stage as of the date."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.collection.stages import Debts, Dunned, collect
from xlcredit.control.history.settlements import Settlements, settlements
from xlcredit.control.parties import Parties
from xlcredit.kernel.dates import days_between, days_past_due
from xlcredit.kernel.money import Minor, decimals_of, rounded, sums, to_major, to_minor
from xlcredit.ledger.findings import Finding
from xlcredit.ledger.ledger import Ledger, open_amount
from xlcredit.ledger.tables import Days, Money, OpenItems, Text
from xlcredit.policy import Policy
from xlcredit.rules import aging, terms

FALLBACK_CURRENCY = "CNY"
"""Where neither the ledger nor the policy names one."""


@dataclass(frozen=True, slots=True)
class Currencies:
    """The currencies of a ledger, and each item's (position in ``codes``)."""

    codes: tuple[str, ...]
    of_item: NDArray[np.intp]
    base: str
    """The review's currency: the policy's, else the one most open items are in."""

    @property
    def places(self) -> NDArray[np.int64]:
        """Decimals of each currency."""
        return decimals_of(self.codes)

    @property
    def texts(self) -> Text:
        """Each item's currency code."""
        return np.array(self.codes, dtype=object)[self.of_item]


def currencies_of(items: OpenItems, policy: Policy, quoted: Collection[str], as_of: np.datetime64) -> Currencies:
    """Currencies of the items, and the one they are reviewed in.

    That is the policy's; else, of those that the rates do not quote (they are quoted in it), the one most open items
    are in. An item without a currency is in the review's if any item is, else in the most frequent.
    """
    texts = items.currency.tolist()
    found = {code: place for place, code in enumerate(dict.fromkeys(texts))}
    stated = np.fromiter(map(found.__getitem__, texts), np.intp, len(texts))
    counts = dict(zip(found, np.bincount(stated[open_amount(items, as_of) != 0], minlength=len(found)), strict=True))
    counts.pop("", None)
    most = max(sorted(counts), key=lambda code: (code not in quoted, counts[code]), default=FALLBACK_CURRENCY)
    base = policy.currency or most
    default = base if base in counts else most
    codes = tuple(sorted({*counts, default}))
    position = np.array([codes.index(code or default) for code in found], dtype=np.intp)
    return Currencies(codes, position[stated], base)


@dataclass(frozen=True, slots=True)
class Receivables:
    """Open amounts with their dates and stages; what is not open has no days past due."""

    due_date: Days
    open: Money
    open_minor: Minor
    amount_minor: Minor
    days_past_due: Money
    """Days past due of every item with a due date, open or not."""
    age_days: Money
    """Days the aging bucket counts: past due, or since the document, as the policy says."""
    dunned: Dunned
    """Stages, and what they follow from."""
    settlements: Settlements

    @property
    def is_open(self) -> NDArray[np.bool_]:
        """Whether anything is open."""
        return np.asarray(self.open_minor != 0)

    @property
    def is_overdue(self) -> NDArray[np.bool_]:
        """Whether something is open after its due date; what is due today is not overdue."""
        return self.is_open & (self.days_past_due > 0)


def receivables(
    ledger: Ledger,
    parties: Parties,
    currencies: Currencies,
    policy: Policy,
    as_of: np.datetime64,
    known: Settlements | None = None,
) -> tuple[Receivables, tuple[Finding, ...]]:
    """Receivables of a ledger as of a date, and what was not plain; settlements known already are not sought again."""
    items = ledger.items
    places = currencies.places[currencies.of_item]
    due, findings = _due_dates(ledger, parties)
    settled, unmatched = (known, ()) if known else settlements(ledger, parties, currencies.texts, places)
    stated, later = open_amount(items, as_of), _settled_later(items, settled, as_of)
    minor = to_minor(stated, places) + later
    amount = np.where(later != 0, to_major(minor, places), stated)
    dunned = collect(ledger, parties, _debts(due, minor, parties, currencies), policy, as_of)
    days = days_past_due(dunned.restructured.for_aging, as_of)
    age_days = days if policy.buckets.basis == "due_date" else days_between(items.document_date, as_of)
    return Receivables(
        due_date=due,
        open=rounded(amount, places),
        open_minor=minor,
        amount_minor=to_minor(items.amount, places),
        days_past_due=days,
        age_days=age_days,
        dunned=dunned,
        settlements=settled,
    ), (*findings, *unmatched)


def _settled_later(items: OpenItems, settled: Settlements, as_of: np.datetime64) -> Minor:
    """What the Payments sheet dates after the day, of documents that were there by then."""
    later = settled.of_item(settled.recorded & (settled.day > as_of), len(items))
    return np.where(items.document_date > as_of, 0, later)


def _debts(due: Days, open_minor: Minor, parties: Parties, currencies: Currencies) -> Debts:
    return Debts(
        due=due,
        open_minor=open_minor,
        currency=currencies.texts,
        places=currencies.places[currencies.of_item],
        account=parties.owner * len(currencies.codes) + currencies.of_item,
        account_places=np.tile(currencies.places, len(parties)),
    )


def _due_dates(ledger: Ledger, parties: Parties) -> tuple[Days, tuple[Finding, ...]]:
    items = ledger.items
    missing = np.isnat(items.due_date) & ~np.isnat(items.document_date)
    if not missing.any():
        return items.due_date, ()
    agreed = terms_texts(ledger, parties)
    due = np.where(missing, items.document_date, items.due_date)
    from_terms = np.zeros(len(items), dtype=np.bool_)
    for text in {str(text) for text in agreed[missing] if text}:
        rows = missing & (agreed == text)
        if (stated := terms.parse(text)) is not None:
            due[rows] = stated.due(items.document_date[rows])
            from_terms |= rows
    return due, (*_say(ledger, from_terms, "due-date-from-terms"), *_say(ledger, missing & ~from_terms, "no-due-date"))


def terms_texts(ledger: Ledger, parties: Parties) -> Text:
    """Terms of each item as they are written: its own, else its customer's."""
    own = ledger.items.terms
    if not len(ledger.customers):
        return own
    usual = np.where(parties.sheet_line >= 0, ledger.customers.terms[parties.sheet_line], "")[parties.owner]
    return np.where(own == "", usual, own)


def _say(ledger: Ledger, rows: NDArray[np.bool_], code: str) -> tuple[Finding, ...]:
    """One finding a row, or one for the sheet where it holds for every row."""
    severity = "info" if code == "due-date-from-terms" else "warning"
    found = ledger.items.row[rows]
    if not len(found):
        return ()
    if rows.all():
        return (Finding(severity, code, ledger.source.where("due_date"), {"count": len(found)}),)
    return tuple(Finding(severity, code, ledger.source.where("due_date", int(row)), {"count": 1}) for row in found)


def total_by_bucket(
    found: Receivables, currencies: Currencies, policy: Policy
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Minor units of each currency (rows) by bucket (columns), and overdue."""
    by_bucket = aging.age(found.open_minor, currencies.of_item, len(currencies.codes), found.age_days, policy.buckets)
    overdue = sums(np.where(found.is_overdue, found.open_minor, 0), currencies.of_item, len(currencies.codes))
    return by_bucket, overdue
