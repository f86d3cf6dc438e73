"""What makes the columns of the pack's own tables: headings in words, amounts in the review's currency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from xlcredit.control import Review
from xlcredit.excel.pack.speech import Speech
from xlcredit.excel.pack.tables import Look, PackTable, TableColumn, unique
from xlcredit.kernel.money import decimals
from xlcredit.ledger.tables import Days, Money, Text

Lines = NDArray[np.intp]
_DAY_0: Final = np.datetime64("1899-12-30", "D")


def serials(days: Days) -> Money:
    """Days as Excel counts them, NaN for none."""
    return np.where(np.isnat(days), np.nan, (days - _DAY_0).astype(np.float64))


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes columns of a review in some languages."""

    review: Review
    speech: Speech

    @property
    def places(self) -> int:
        """Decimals of the review's currency."""
        return decimals(self.review.currency)

    def plain(self, key: str, kind: str, values: NDArray[Any], look: Look = "") -> TableColumn:
        """Values as they are."""
        return TableColumn(key, self.speech.headings(key), kind, values, look=look)

    def day(self, key: str, days: Days) -> TableColumn:
        """Days."""
        return self.plain(key, "date", serials(days))

    def worded(self, key: str, group: str, codes: Text) -> TableColumn:
        """Words for codes, none for no code."""
        known = set(codes.tolist())
        said = {code: self.speech(group, code) if code else "" for code in known}
        return self.plain(key, "text", np.array([said[code] for code in codes.tolist()], dtype=object))

    def amount(self, key: str, values: Money, formula: str = "", *, totalled: bool = False) -> TableColumn:
        """Amounts in the review's currency."""
        heads = self.speech.headings(key, self.review.currency)
        return TableColumn(key, heads, "amount", values, formula, self.places, totalled=totalled)

    def foreign(self, key: str, values: Money) -> TableColumn:
        """Amounts each in a currency of its own."""
        widest = max(map(decimals, self.review.currencies))
        return TableColumn(key, self.speech.headings(key), "amount", values, places=widest)

    def customer(self, lines: Lines) -> TableColumn:
        """Numbers of customers."""
        return self.plain("customer", "text", self.review.customers.customer[lines])

    def who(self, lines: Lines) -> tuple[TableColumn, ...]:
        """Numbers of customers, names beside them where a name says more."""
        names = self.review.customers.names_beside
        named = (self.plain("name", "text", names[lines]),) if (names != "").any() else ()
        return (self.customer(lines), *named)

    def grade(self, lines: Lines) -> TableColumn:
        """Grades of customers, coloured from the best to the worst."""
        ramp = self.review.policy.grades.names
        return TableColumn(
            "grade", self.speech.headings("grade"), "text", self.review.customers.grade[lines], look="ramp", ramp=ramp
        )

    def table(self, key: str, columns: Sequence[TableColumn], frozen: int = 1) -> PackTable:
        """The table of these columns."""
        return PackTable(key, self.speech.heads("pack_sheets", key), unique(columns), frozen)

    def named(self, table: PackTable) -> PackTable:
        """A table of a list under the name that its sheet has in a pack."""
        return replace(table, titles=self.speech.heads("pack_sheets", table.key))
