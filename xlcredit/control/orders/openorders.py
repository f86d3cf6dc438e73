"""Open orders: those of the Orders sheet that are neither delivered, invoiced nor cancelled on the day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xlcredit.control.case import Case
from xlcredit.control.listing import texts
from xlcredit.control.once import once
from xlcredit.control.parties import key
from xlcredit.control.recorded import owners
from xlcredit.kernel.money import Minor, sums, to_minor, translate
from xlcredit.ledger.records import Records
from xlcredit.ledger.tables import Flags, Money, Text
from xlcredit.locales import vocabulary
from xlcredit.rules import order

CANCELLED: Final = frozenset({"cancelled", "canceled", "closed", "void", "取消", "已取消", "作废", "已作废", "已关闭"})
DONE: Final = frozenset(
    {"delivered", "invoiced", "completed", "shipped", "已发货", "已交货", "已交付", "已开票", "已完成"}
)


@dataclass(frozen=True, slots=True)
class Strangers:
    """Customers of orders that neither the ledger nor the customers sheet knows, and who each order's is."""

    customer: Text
    name: Text
    of_order: NDArray[np.intp]
    """-1 for the order of a known customer."""


@dataclass(frozen=True, slots=True)
class OpenOrders:
    """Orders in the review's currency, with the party of each (-1: nobody known)."""

    at: NDArray[np.intp]
    """Position of each in the sheet."""
    owner: NDArray[np.intp]
    amount: Money
    """NaN where it is not stated, or has no rate."""
    prepaid: Money
    contract: Money
    """Value of the contract it belongs to, NaN where none is stated."""
    method: Text
    """Method of payment: its code, or as the sheet has it."""
    at_risk: Money
    """Share of it that is at the customer's risk."""
    strangers: Strangers

    def credit(self, places: int) -> Minor:
        """What each order takes of the customer's credit: what is not paid in advance, as far as it is at risk."""
        unpaid = np.maximum(to_minor(self.amount, places) - to_minor(self.prepaid, places), 0)
        return to_minor(unpaid * self.at_risk, 0)

    def of_stranger(self, places: int) -> Minor:
        """The credit that each stranger's orders take."""
        unknown = self.owner < 0
        return sums(self.credit(places)[unknown], self.strangers.of_order[unknown], len(self.strangers.name))

    def of_party(self, parties: int, places: int) -> Minor:
        """The credit that each party's orders take."""
        known = self.owner >= 0
        return sums(self.credit(places)[known], self.owner[known], parties)

    def of_customers(self, column: NDArray[np.generic], unknown: ArrayLike) -> NDArray:  # type: ignore[type-arg]
        """A column of the customers, one value per order; of unknown ones a value, or one for each stranger."""
        beyond = np.atleast_1d(np.asarray(unknown, dtype=column.dtype))
        stranger = self.strangers.of_order if np.ndim(unknown) else 0
        return np.append(column, beyond)[np.where(self.owner >= 0, self.owner, len(column) + stranger)]

    def unpriced(self, parties: int) -> Flags:
        """Parties with an order of unknown value."""
        found = np.zeros(parties, dtype=np.bool_)
        found[self.owner[(self.owner >= 0) & np.isnan(self.amount)]] = True
        return found


@once
def open_orders(case: Case) -> OpenOrders:
    """The orders open as of the case's day."""
    records = case.ledger.recorded("orders")
    at = np.flatnonzero(_is_open(records, case.as_of))
    owner = owners(case.parties, records)[at]
    factors = _factors(case, records, owner, at)
    amount, prepaid, contract = (
        translate(records.figure(role)[at], factors, case.valuation.places)
        for role in ("amount", "prepaid", "contract")
    )
    method = texts([_method(text, case) for text in records.text("method")[at].tolist()])
    at_risk = order.risk_shares(method, records.text("bank_rating")[at], case.policy.order)
    return OpenOrders(at, owner, amount, prepaid, contract, method, at_risk, _strangers(records, at, owner))


def _method(text: str, case: Case) -> str:
    """The code of a method of payment: one the policy names so, else one whose words stand in the text."""
    own = next((name for name in case.policy.order.risk_shares if key(name) == key(text)), "")
    told = (
        code
        for code, words in vocabulary("method_words").items()
        if any(re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", key(text)) for word in words)
    )
    return own or next(told, text)


def _strangers(records: Records, at: NDArray[np.intp], owner: NDArray[np.intp]) -> Strangers:
    told = [*zip(records.text("customer")[at].tolist(), records.text("name")[at].tolist(), strict=True)]
    found = {pair: place for place, pair in enumerate(dict.fromkeys(told[row] for row in np.flatnonzero(owner < 0)))}
    of_order = np.array([found[pair] if of < 0 else -1 for pair, of in zip(told, owner, strict=True)], dtype=np.intp)
    return Strangers(texts([number for number, _ in found]), texts([name for _, name in found]), of_order)


def _is_open(records: Records, as_of: np.datetime64) -> Flags:
    delivered, invoiced = records.day("delivered"), records.day("invoiced")
    status = [word.strip().casefold() for word in records.text("status").tolist()]
    cancelled = np.array([word in CANCELLED for word in status], dtype=np.bool_)
    # A status has no day of its own: where the sheet has the day, the day tells what was so then.
    done = np.array([word in DONE for word in status], dtype=np.bool_) & np.isnat(delivered) & np.isnat(invoiced)
    there = ~(records.day("date") > as_of)
    return there & ~(delivered <= as_of) & ~(invoiced <= as_of) & ~cancelled & ~done


def _factors(case: Case, records: Records, owner: NDArray[np.intp], at: NDArray[np.intp]) -> Money:
    """Rate of each order; one that names no currency is in that of its customer's figures."""
    of_party = np.append(case.to_base, 1.0)[owner]
    codes = records.text("currency")[at].tolist()
    stated = np.array([case.valuation.factors.get(code, np.nan) for code in codes], dtype=np.float64)
    return np.where(np.array([bool(code) for code in codes], dtype=np.bool_), stated, of_party)
