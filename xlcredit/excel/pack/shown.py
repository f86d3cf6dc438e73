"""The customer that the card shows, and the formulas that look up its lines in the tables of the pack.

A table with several lines per customer has a *card key* in each, customer and number, so that it may be sorted at will.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Final, Self

import numpy as np

from xlcredit.excel.pack.live import Live, known
from xlcredit.excel.pack.speech import Speech
from xlcredit.excel.pack.tables import PackTable, TableColumn, Tables, unique

CHOICE: Final = "$B$4"
"""The card's cell in which a customer is chosen."""
KEY: Final = f'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({CHOICE},"~","~~"),"*","~*"),"?","~?")'
"""The choice as MATCH takes it: a customer may be called "A*"."""
CARD_KEY: Final = "card_key"


def with_card_key(table: PackTable, speech: Speech) -> PackTable:
    """The table with the card key of each line at its right."""
    seen: Counter[str] = Counter()
    keys = []
    for customer in table["customer"].values.tolist():
        seen[customer] += 1
        keys.append(f"{customer}|{seen[customer]}")
    values = np.empty(len(keys), dtype=object)
    values[:] = keys
    column = TableColumn(CARD_KEY, speech.heads("pack_columns", CARD_KEY), "text", values, hidden=True)
    return replace(table, columns=unique((*table.columns, column)))


@dataclass(frozen=True, slots=True)
class Shown:
    """The customer whose card the pack opens with."""

    tables: Tables
    customer: str
    by_case: bool
    """Whether some customers differ in case alone: MATCH would take one for the other, and EXACT reads every line."""

    @classmethod
    def of(cls, tables: Tables, customer: str) -> Self:
        """The customer among those of the pack."""
        names = set(tables["limits"]["customer"].values.tolist())
        return cls(tables, customer, len({name.casefold() for name in names}) < len(names))

    def fact(self, table: PackTable, key: str, missing: str = '""') -> Live:
        """A column's cell in the customer's line of a table that has one for each."""
        line = Live(self._match(table.ref("customer"), ""), self._line(table, "customer", self.customer))
        found = cell_of(table, key, line)
        nothing = "" if missing == '""' else 0.0
        return Live(f"IFERROR({found.formula},{missing})", nothing if line.value == "" else found.value)

    def line(self, table: PackTable, nth: int) -> Live:
        """The line of the customer's n-th, counted from 1, in a table with card keys; "" after its last."""
        value = self._line(table, CARD_KEY, f"{self.customer}|{nth}")
        match = self._match(table.ref(CARD_KEY), f'&"|{nth}"')
        return Live(f'IFERROR({match},"")', value)

    def _match(self, cells: str, more: str) -> str:
        """The formula for the line of the choice and more among these cells."""
        if self.by_case:
            return f"LOOKUP(2,1/EXACT({cells},{CHOICE}{more}),ROW({cells})-ROW(INDEX({cells},1))+1)"
        return f"MATCH({KEY}{more},{cells},0)"

    @staticmethod
    def _line(table: PackTable, key: str, text: str) -> float | str:
        found = np.flatnonzero(table[key].values == text)
        return float(found[0] + 1) if len(found) else ""


def cell_of(table: PackTable, key: str, line: Live) -> Live:
    """A column's cell in a line, "" where there is no line or nothing in the cell."""
    cell, values = f"INDEX({table.ref(key)},{line.formula})", table[key].values
    is_text = values.dtype == object
    value = "" if line.value == "" else values[int(line.value) - 1]
    if is_text:
        return Live(f'{cell}&""', str(value))
    return Live(f'IF({cell}="","",{cell})', known(float(value)) if value != "" else "")


def at(line: Live, address: str, table: PackTable, key: str) -> Live:
    """A column's cell in the line that an address says, which may be none."""
    found = cell_of(table, key, Live(address, line.value))
    return Live(f'IF({address}="","",{found.formula})', found.value)
