"""Settlements: which part of each item was settled on which day, by the ledger and by the Payments sheet beside it.

The ledger goes first: the Payments sheet dates what the ledger calls settled and does not date, up to that amount and
no further. Open amounts stay the ledger's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.parties import Parties, key
from xlcredit.control.recorded import owners
from xlcredit.kernel.money import Minor, in_text, sums, to_minor
from xlcredit.ledger.findings import Finding
from xlcredit.ledger.ledger import Ledger
from xlcredit.ledger.records import Records
from xlcredit.ledger.tables import Days, Flags, OpenItems, Text

_BEFORE, _UNKNOWN = np.datetime64("0001-01-01", "D"), np.datetime64("NaT", "D")

Document = tuple[int, str]
"""Whose a document is, and its number as numbers are compared."""

Part = tuple[int, np.datetime64, int]
"""Item, day and minor units."""


@dataclass(frozen=True, slots=True)
class Settlements:
    """Settled parts: of which item, on which day, how much; negative where a payment was called back."""

    item: NDArray[np.intp]
    day: Days
    """NaT for a day before the export that nobody states."""
    minor: Minor
    """Minor units of the item's currency, signed as the item is."""
    recorded: Flags
    """Dated by the Payments sheet."""

    def of_item(self, wanted: Flags, n: int) -> Minor:
        """Sum of each item's wanted parts."""
        return sums(np.where(wanted, self.minor, 0), self.item, n)

    def last_day(self, wanted: Flags, n: int) -> Days:
        """Day of each item's last wanted part, NaT without one that is dated."""
        last = np.full(n, _BEFORE)
        dated = wanted & ~np.isnat(self.day)
        np.maximum.at(last, self.item[dated], self.day[dated])
        return np.where(last > _BEFORE, last, _UNKNOWN)


def settlements(
    ledger: Ledger, parties: Parties, currencies: Text, places: NDArray[np.int64]
) -> tuple[Settlements, tuple[Finding, ...]]:
    """Every settled part of a ledger's items, and which payments are for no document of it.

    Args:
        ledger: items, and the Payments sheet if there is one.
        parties: whose each item is.
        currencies: each item's currency; a payment in another one is for another document.
        places: decimals of each item's currency.
    """
    items = ledger.items
    settled = to_minor(items.settled, places)
    if not len(ledger.recorded("payments")):
        return _stated(items, settled, np.zeros(0, np.intp), np.zeros(0, "datetime64[D]"), np.zeros(0, np.int64)), ()
    matching = _Matching(ledger.recorded("payments"), items, parties, currencies)
    parts = list(matching.parts(np.where(np.isnat(items.settled_date), np.maximum(settled, 0), 0), places))
    item, day, minor = zip(*parts, strict=True) if parts else ((), (), ())
    dated = np.array(item, np.intp), np.array(day, "datetime64[D]"), np.array(minor, np.int64)
    return _stated(items, settled, *dated), (*matching.unmatched(), *matching.excess(settled, places))


def _stated(
    items: OpenItems, settled: Minor, recorded: NDArray[np.intp], recorded_day: Days, recorded_minor: Minor
) -> Settlements:
    """The parts as recorded, and what is left of each item's settled amount as the ledger states it."""
    rest = settled - sums(recorded_minor, recorded, len(items))
    left = np.flatnonzero(rest)
    return Settlements(
        np.concatenate([recorded, left]),
        np.concatenate([recorded_day, items.settled_date[left]]),
        np.concatenate([recorded_minor, rest[left]]),
        np.arange(len(recorded) + len(left)) < len(recorded),
    )


class _Matching:
    """Payments brought to the items they are for, by customer and document number."""

    def __init__(self, payments: Records, items: OpenItems, parties: Parties, currencies: Text) -> None:
        self.payments, self.items = payments, items
        self.whose = owners(parties, payments).tolist()
        self.documents = [key(text) for text in payments.text("document").tolist()]
        self.days = np.where(np.isnat(payments.day("date")), payments.day("credited"), payments.day("date"))
        self.codes, self.currencies = payments.text("currency").tolist(), currencies.tolist()
        self.items_of = self._index(parties)
        self.found = [self._items_of(at) for at in range(len(payments))]

    def _index(self, parties: Parties) -> dict[Document, list[int]]:
        """Items of each document that a payment names, what falls due first first."""
        named = {*self.documents} - {""}
        order = np.argsort(self.items.due_date, kind="stable")
        owner, documents = parties.owner.tolist(), self.items.document.tolist()
        found = defaultdict(list)
        for at in order.tolist():
            if (document := key(documents[at])) in named:
                found[owner[at], document].append(at)
        return found

    def _items_of(self, payment: int) -> list[int]:
        known = self.items_of.get((self.whose[payment], self.documents[payment]), [])
        return [at for at in known if self.codes[payment] in ("", self.currencies[at])]

    def parts(self, undated: Minor, places: NDArray[np.int64]) -> Iterator[Part]:
        """Part of each payment on what is settled without a date, the oldest payment first.

        A payment called back counts as far as it was paid again, since the ledger calls it settled.
        """
        paid, most, back = (defaultdict[int, int](int) for _ in range(3))
        for payment, found, amount in self._by_day(places):
            for at, taken in _poured(amount, found, undated, paid):
                paid[at] += taken
                most[at] = max(most[at], paid[at])
                if taken < 0:
                    back[at] = payment
                yield at, self.days[payment], taken
        yield from (
            (at, self.days[payment], most[at] - paid[at]) for at, payment in back.items() if most[at] > paid[at]
        )

    def _by_day(self, places: NDArray[np.int64]) -> Iterator[tuple[int, list[int], int]]:
        """Payments with a day, the items each is for, and its minor units."""
        amounts = np.nan_to_num(self.payments.figure("amount"))
        for payment in np.argsort(self.days, kind="stable").tolist():
            found = self.found[payment]
            if found and not np.isnat(self.days[payment]):
                yield payment, found, int(to_minor(amounts[payment], places[found[0]])[0])

    def unmatched(self) -> Iterator[Finding]:
        """One finding for all payments that are for no document of the ledger, at the first of them."""
        strange = [at for at, found in enumerate(self.found) if not found]
        if strange:
            first = strange[0]
            facts = {"count": len(strange), "of": len(self.found), "document": self._name(first)}
            yield Finding("warning", "payments-unmatched", self.payments.where("document", first), facts)

    def excess(self, settled: Minor, places: NDArray[np.int64]) -> Iterator[Finding]:
        """One finding for all documents that were paid more of than the ledger calls settled, at the first of them."""
        first: dict[tuple[int, ...], int] = {}
        paid = defaultdict[tuple[int, ...], int](int)
        for payment, found, amount in self._by_day(places):
            paid[tuple(found)] += amount
            first.setdefault(tuple(found), payment)
        known = {found: int(settled[list(found)].sum()) for found in paid if self.items.amount[list(found)].min() > 0}
        beyond = sorted((first[found], found) for found, minor in known.items() if paid[found] > minor)
        if beyond:
            payment, worst = beyond[0]
            decimals = int(places[worst[0]])
            facts = {"paid": in_text(paid[worst], decimals), "settled": in_text(known[worst], decimals)}
            facts |= {"count": str(len(beyond)), "document": self._name(payment)}
            yield Finding("warning", "payments-beyond-settled", self.payments.where("document", payment), facts)

    def _name(self, payment: int) -> str:
        said = (self.payments.text(role)[payment] for role in ("customer", "name", "document"))
        return " ".join(filter(None, said))


def _poured(amount: int, found: list[int], undated: Minor, paid: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """Item and part of a payment, as far as there is room; one called back is taken from what was paid last."""
    left = amount
    for at in found if amount > 0 else reversed(found):
        taken = min(left, int(undated[at]) - paid[at]) if amount > 0 else max(left, -paid[at])
        if taken:
            left -= taken
            yield at, taken
