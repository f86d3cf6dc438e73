"""What is open of a ledger's items on a day, as a formula over their cells: open, paid, settled or closed."""

from __future__ import annotations

from functools import cached_property
from typing import Final

import numpy as np

from xlcredit.control import Review
from xlcredit.excel.recalculated.ledgercells import LedgerCells
from xlcredit.kernel.money import decimals_of, rounded
from xlcredit.ledger.grid import Grid
from xlcredit.ledger.place import Place
from xlcredit.ledger.tables import Flags, Money
from xlcredit.ledger.textcells import closed

MOST_WORDS: Final = 5
"""Words of a status that a formula compares with."""
EXACT: Final = 1e-9
"""Amounts that differ by less are the same."""


class OpenAmounts(LedgerCells):
    """The open amount of each item; ``as_of`` refers to the cell of the day."""

    def __init__(self, review: Review, place: Place, grid: Grid, as_of: str) -> None:
        super().__init__(review.ledger.items, place, grid)
        self._review, self._as_of = review, as_of

    @property
    def owed(self) -> str:
        """What is open on the day: no document of a later day, nothing settled later."""
        owed, day = self._open_now, self._as_of
        if self.is_settled_dated:
            owed = f"IF({self.serial('settled_date')}>{day},{self._amount},{owed})"
        if self.has("document_date"):
            owed = f"IF({self.serial('document_date')}>{day},0,{owed})"
        return f"ROUND({owed},{self.places})"

    def is_sure_of_open(self) -> Flags:
        """Rows whose amounts and dates are as their cells say, in whole minor units."""
        items = self._items
        sure = self._is_exactly(self._said_open(), items.amount - items.settled) & self.says("document_date")
        sure &= ~self._is_dated_elsewhere()
        if not self.is_settled_dated:
            return np.asarray(sure & (np.isnat(items.settled_date) | (items.settled == 0)))
        sure &= self.says("settled_date")
        return np.asarray(sure & self._is_exactly(self._said_amount(), items.amount))

    def _is_dated_elsewhere(self) -> Flags:
        """Rows whose payments another sheet dates, which no formula over their cells can see."""
        parts = self._review.case.found.settlements
        return np.isin(np.arange(len(self._items)), parts.item[parts.recorded])

    @property
    def _amount(self) -> str:
        return self.amounts["amount"].over(self.cell("amount"))

    @property
    def _open_now(self) -> str:
        if self.has("open"):
            return self.amounts["open"].over(self.cell("open"))
        if self.has("paid"):
            return f"{self._amount}-{self.amounts['paid'].over(self.cell('paid'))}"
        owed = f"IF({self.serial('settled_date')}>0,0,{self._amount})" if self.has("settled_date") else self._amount
        words = self.closed_words
        same = ",".join(f'{self.cell("status")}="{word}"' for word in words)
        return f"IF(OR({same}),0,{owed})" if words else owed

    def _said_open(self) -> Money:
        if self.has("open"):
            return self.amounts["open"].said(self.of("open"))
        if self.has("paid"):
            return np.asarray(self._said_amount() - self.amounts["paid"].said(self.of("paid")))
        done = np.zeros(self._n, dtype=np.bool_)
        if self.has("settled_date"):
            done |= ~np.isnat(self.said("settled_date")[0])
        if self.closed_words:
            done |= self._is_closed
        return np.where(done, 0.0, self._said_amount())

    def _said_amount(self) -> Money:
        return self.amounts["amount"].said(self.of("amount"))

    @cached_property
    def _is_closed(self) -> Flags:
        heading = self._place.headings.get("status", "")
        return closed(self.of("status"), heading)

    @cached_property
    def closed_words(self) -> tuple[str, ...]:
        """The words of this ledger's status that mean that nothing is open, as "=" compares them."""
        if not self.has("status"):
            return ()
        said = {cell for cell, done in zip(self.of("status"), self._is_closed.tolist(), strict=True) if done}
        words = tuple(sorted(cell for cell in said if isinstance(cell, str) and '"' not in cell and "{" not in cell))
        return words if len(words) == len(said) <= MOST_WORDS else ()

    @property
    def is_settled_dated(self) -> bool:
        """Whether each settlement has its day, before which all of the item was open."""
        return {"settled_date", "amount"} <= self._place.columns.keys()

    @property
    def places(self) -> int:
        """Decimals that amounts are rounded to."""
        return int(decimals_of(self._review.currencies).max())

    def _is_exactly(self, said: Money, wanted: Money) -> Flags:
        places = decimals_of(self._review.items.currency.tolist())
        return np.asarray((np.abs(said - wanted) < EXACT) & (np.abs(rounded(wanted, places) - wanted) < EXACT))
