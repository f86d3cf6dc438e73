"""Parties: who owes each item, the ledger's customers joined to those of the customers sheet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xlcredit.ledger.ledger import Ledger
from xlcredit.ledger.tables import Customers, Days, Text


@dataclass(frozen=True, slots=True)
class Parties:
    """Customers by number, with the line each has in the customers sheet (-1: none) and each item's owner."""

    customer: Text
    name: Text
    sheet_line: NDArray[np.intp]
    owner: NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.customer)

    def figure(self, column: NDArray[np.float64] | None) -> NDArray[np.float64]:
        """A column of the customers sheet, one value per party; NaN for who is not in it."""
        if column is None or not len(column):
            return np.full(len(self), np.nan)
        return np.where(self.sheet_line >= 0, column[self.sheet_line], np.nan)

    def flag(self, column: NDArray[np.bool_] | None) -> NDArray[np.bool_]:
        """A flag of the customers sheet, one per party; False for who is not in it."""
        if column is None or not len(column):
            return np.zeros(len(self), dtype=np.bool_)
        return (self.sheet_line >= 0) & column[self.sheet_line]

    def text(self, column: Text | None) -> Text:
        """A text of the customers sheet, one per party; "" for who is not in it."""
        if column is None or not len(column):
            return np.full(len(self), "", dtype=object)
        return np.where(self.sheet_line >= 0, column[self.sheet_line], "").astype(object)

    def day(self, column: Days | None) -> Days:
        """A day of the customers sheet, one per party; NaT for who is not in it."""
        none = np.datetime64("NaT", "D")
        if column is None or not len(column):
            return np.full(len(self), none)
        return np.where(self.sheet_line >= 0, column[self.sheet_line], none)


def join(ledger: Ledger) -> Parties:
    """Parties of a ledger: joined by customer number, else by name; sorted by number."""
    sheet = _SheetIndex.of(ledger.customers)
    items = ledger.items
    pairs = list(zip(items.customer.tolist(), items.name.tolist(), strict=True))
    found = {pair: place for place, pair in enumerate(dict.fromkeys(pairs))}
    identity = [sheet.identify(*key) for key in found]
    parties = sorted({*identity, *sheet.identities()})
    position = {party: place for place, party in enumerate(parties)}
    owner_of_pair = np.array([position[party] for party in identity], dtype=np.intp)
    names = dict.fromkeys(parties, "")
    for (_, name), party in zip(found, identity, strict=True):
        names[party] = names[party] or name
    return Parties(
        customer=np.array([party[0] for party in parties], dtype=object),
        name=np.array([sheet.name(party) or names[party] for party in parties], dtype=object),
        sheet_line=np.array([party[1] for party in parties], dtype=np.intp),
        owner=owner_of_pair[np.fromiter(map(found.__getitem__, pairs), np.intp, len(pairs))],
    )


Identity = tuple[str, int]
"""Customer number (or name where there is none) and line in the customers sheet, -1 for none."""


@dataclass(frozen=True, slots=True)
class _SheetIndex:
    table: Customers
    by_number: dict[str, int]
    by_name: dict[str, int]

    @staticmethod
    def of(table: Customers) -> _SheetIndex:
        by_number: dict[str, int] = {}
        by_name: dict[str, int] = {}
        for line, (number, name) in enumerate(zip(table.customer, table.name, strict=True)):
            if number:
                by_number.setdefault(key(number), line)
            if name:
                by_name.setdefault(key(name), line)
        return _SheetIndex(table, by_number, by_name)

    def identify(self, number: str, name: str) -> Identity:
        """Who an item's number and name mean: the number decides, a name where no other number contradicts it."""
        compared = key(number)
        line = self.by_number.get(compared, -1)
        if line < 0:
            line = self.by_name.get(compared or key(name), -1)
        if line < 0 and name:
            named = self.by_name.get(key(name), -1)
            line = named if named >= 0 and not self.table.customer[named] else -1
        return self._identity(line) if line >= 0 else (number or name, -1)

    def identities(self) -> set[Identity]:
        """Everybody in the sheet; of rows with the same number the first."""
        lines = {*self.by_number.values()}
        lines |= {line for line in self.by_name.values() if not self.table.customer[line]}
        return {self._identity(line) for line in lines}

    def _identity(self, line: int) -> Identity:
        return (self.table.customer[line] or self.table.name[line], line)

    def name(self, party: Identity) -> str:
        return str(self.table.name[party[1]]) if party[1] >= 0 else ""


def coded(texts: Text) -> tuple[NDArray[np.intp], Text]:
    """A number for each different text as it is compared, -1 for none; and how each of them is spelled first."""
    keys = [key(text) for text in texts.tolist()]
    spelled = {compared: text for compared, text in reversed([*zip(keys, texts.tolist(), strict=True)]) if compared}
    places = {text: at for at, text in enumerate(sorted(spelled))}
    names = np.array([spelled[text] for text in places], dtype=object)
    return np.array([places.get(text, -1) for text in keys], dtype=np.intp), names


def key(text: str) -> str:
    """What a number or name is compared by: capitals and spaces do not matter."""
    return " ".join(text.split()).casefold()
