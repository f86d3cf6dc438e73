"""Recorded: whom the records beside the ledger are about, and who of them is not known."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.parties import Parties, key
from xlcredit.ledger.findings import Finding
from xlcredit.ledger.records import Records
from xlcredit.ledger.tables import Days, OpenItems

Pairs = tuple[NDArray[np.intp], NDArray[np.intp]]
"""Positions of records, and of the items that each is about."""


def owners(parties: Parties, records: Records) -> NDArray[np.intp]:
    """Party of each record, by customer number, else by name; -1 for nobody known, and for a record of nobody.

    A name does not overrule a number: where the number is not known, only a party without a number is found by name.
    """
    if not len(records):
        return np.zeros(0, dtype=np.intp)
    numbers, names = parties.customer.tolist(), parties.name.tolist()
    by_number: dict[str, int] = {key(number): at for at, number in reversed(list(enumerate(numbers))) if number}
    by_name = {key(name): at for at, name in reversed(list(enumerate(names))) if name}
    unnumbered = {at for at, (number, name) in enumerate(zip(numbers, names, strict=True)) if number == name}

    def owner(number: str, name: str) -> int:
        at = by_number.get(key(number or name), -1)  # a column headed "Customer" may hold either
        if at < 0 and (named := by_name.get(key(name), -1)) >= 0:
            return named if not number or named in unnumbered else -1
        return at

    told = zip(records.text("customer").tolist(), records.text("name").tolist(), strict=True)
    return np.array([owner(number, name) for number, name in told], dtype=np.intp)


def items_of(parties: Parties, items: OpenItems, records: Records) -> Pairs:
    """The items that each record is about: the document it names, else all of its customer's."""
    if not len(records):
        return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp)
    owner = owners(parties, records).tolist()
    known = np.isin(parties.owner, [party for party in owner if party >= 0])
    by_party: dict[int, list[int]] = {}
    by_document: dict[tuple[int, str], list[int]] = {}
    for item in np.flatnonzero(known).tolist():
        party = int(parties.owner[item])
        by_party.setdefault(party, []).append(item)
        by_document.setdefault((party, key(items.document[item])), []).append(item)
    told = zip(owner, map(key, records.text("document").tolist()), strict=True)
    found = [by_document.get((party, named), []) if named else by_party.get(party, []) for party, named in told]
    pairs = [(record, item) for record, those in enumerate(found) for item in those]
    both = np.array(pairs, dtype=np.intp).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def latest(records: NDArray[np.intp], about: NDArray[np.intp], days: Days, n: int) -> NDArray[np.intp]:
    """Of the records about each of n things the one of the latest day, the lower row if two are; -1 for none."""
    found = np.full(n, -1, dtype=np.intp)
    order = np.argsort(days, kind="stable")
    found[about[order]] = records[order]
    return found


def of_nobody(parties: Parties, records: Records) -> Iterator[Finding]:
    """A finding for each customer of a sheet whom neither ledger nor customers sheet has, at its first row."""
    numbers, names = records.text("customer").tolist(), records.text("name").tolist()
    first: dict[str, int] = {}
    for at in np.flatnonzero(owners(parties, records) < 0).tolist():
        first.setdefault(numbers[at] or names[at], at)
    for customer, at in first.items():
        if customer:
            where = records.where("customer" if numbers[at] else "name", at)
            yield Finding("warning", "record-of-nobody", where, {"customer": customer})
