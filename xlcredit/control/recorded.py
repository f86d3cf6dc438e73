"""Recorded: whom the records beside the ledger are about, and who of them is not known."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.parties import Parties, key
from xlcredit.ledger.findings import Finding
from xlcredit.ledger.records import Records


def owners(parties: Parties, records: Records) -> NDArray[np.intp]:
    """Party of each record, by customer number, else by name; -1 for nobody known, and for a record of nobody.

    A name does not overrule a number: where the number is not known, only a party without a number is found by name.
    """
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


def of_nobody(parties: Parties, records: Records) -> Iterator[Finding]:
    """A finding for each customer of a sheet whom neither ledger nor customers sheet has, at its first row."""
    numbers, names = records.text("customer").tolist(), records.text("name").tolist()
    first: dict[str, int] = {}
    for at in np.flatnonzero(owners(parties, records) < 0).tolist():
        first.setdefault(numbers[at] or names[at], at)
    for customer, at in first.items():
        if customer:
            yield Finding("warning", "record-of-nobody", _where(records, at), {"customer": customer})


def _where(records: Records, at: int) -> str:
    place, role = records.place, "customer" if records.text("customer")[at] else "name"
    return place.cell(role, int(records.row[at]) - 1) if place and role in place.columns else ""
