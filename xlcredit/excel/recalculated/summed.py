"""The ledger's columns that a customer's figures are sums of: open, paid of late, and amounts times days.

Each row holds what it adds, so that SUMIFS alone makes the figures: it finds a customer's rows fast in every
spreadsheet program. Amounts are in the review's currency; what has no rate keeps its own, as the measures weigh it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from xlcredit.control import Review
from xlcredit.control.history.behaviour import settled_in_window
from xlcredit.excel.additions import Column, Formula
from xlcredit.excel.native.ranges import Ranges
from xlcredit.excel.recalculated.itemcells import ItemCells
from xlcredit.kernel.dates import days_between
from xlcredit.kernel.money import Minor, sums, to_major
from xlcredit.ledger.tables import Flags, Money

DAYS, OPEN = 0, 4
"""Places of the days past due and the open amount among the ledger's columns, which those here follow."""


class SummedColumns:
    """Columns beside the ledger, after the open amount."""

    def __init__(self, review: Review, cells: ItemCells, ranges: Ranges) -> None:
        self._review, self._cells, self._ranges = review, cells, ranges
        self._case = review.case
        rated = ("rate", "valued") if self.is_rated else ()
        settled = ("paid", "days_late") if cells.found.is_settled_dated else ()
        self._place = {key: OPEN + 1 + at for at, key in enumerate((*rated, *settled, "since_due", "days_weighted"))}

    def place(self, key: str) -> int | None:
        """Where a column stands among the ledger's; None where the ledger has nothing for it."""
        if key == "valued" and not self.is_rated:
            return OPEN
        return self._place.get(key)

    def columns(self) -> tuple[Column, ...]:
        """The columns, each with its formula where the row's cells say what it adds."""
        found, base = self._case.found, self._review.currency
        rate = self._ranges.words("columns", "rate").format(currency=self._review.currency)
        made = {
            "rate": Column(rate, "mixed", self._rates.astype(object)),
            "valued": self._column("open", "amount", self._valued(found.open_minor), self._valued_text, base),
            "paid": self._column("paid_lately", "amount", self._paid, self._paid_text, base),
            "days_late": self._column("days_late", "integer", self._days_late, self._days_late_text),
            "since_due": self._column("since_due", "integer", found.days_past_due, self._since_due_text),
            "days_weighted": self._column("days_weighted", "amount", self._weighted, self._weighted_text, base),
        }
        return tuple(made[key] for key in self._place)

    @property
    def sure(self) -> Flags:
        """Items whose open amounts and days follow from their cells."""
        return self._cells.aged

    @property
    def is_dated(self) -> Flags:
        """Items that have a due date."""
        return np.asarray(~np.isnat(self._case.found.due_date))

    @cached_property
    def is_rated(self) -> bool:
        """Whether amounts are in several currencies with rates."""
        return bool((self._rates != 1).any())

    @cached_property
    def _rates(self) -> Money:
        """Rate of each item, 1 for one that has none and weighs as it is."""
        return np.nan_to_num(self._case.valuation.rates[self._case.valuation.currencies.of_item], nan=1.0)

    def _column(self, key: str, kind: str, values: Money, text: str, currency: str = "") -> Column:
        words = self._ranges.words
        header = words.bracketed(words("columns", key), currency) if currency else words("columns", key)
        column = Column(header, kind, values)
        return replace(column, formula=Formula(text), live=self.sure) if self.sure.any() else column

    @cached_property
    def _paid_parts(self) -> tuple[NDArray[np.intp], Minor, Money]:
        """Item, weight and days late of each part that was paid of late."""
        parts, window = self._case.found.settlements, settled_in_window(self._case)
        of = parts.item[window]
        late = days_between(self._case.found.due_date[of], parts.day[window])
        return of, self._case.valuation.weights(parts.minor[window], of), late

    def _to_major(self, minor: Minor) -> Money:
        """Weights as amounts: those without a rate have the decimals of their own currency."""
        valuation = self._case.valuation
        own = valuation.currencies.places[valuation.currencies.of_item]
        priced = ~np.isnan(valuation.rates[valuation.currencies.of_item])
        return to_major(minor, np.where(priced, valuation.places, own))

    def _valued(self, minor: Minor) -> Money:
        return self._to_major(self._case.valuation.weights(minor))

    @cached_property
    def _paid(self) -> Money:
        of, weight, _ = self._paid_parts
        return self._to_major(sums(weight, of, len(self._case.items)))

    @cached_property
    def _days_late(self) -> Money:
        of, _, late = self._paid_parts
        days = np.full(len(self._case.items), np.nan)
        np.fmax.at(days, of, late)
        return days

    @property
    def _weighted(self) -> Money:
        found, (of, weight, late) = self._case.found, self._paid_parts
        owed = np.where(found.is_overdue, self._valued(np.maximum(found.open_minor, 0)) * found.days_past_due, 0.0)
        paid = self._to_major(sums(weight * np.nan_to_num(late).astype(np.int64), of, len(self._case.items)))
        return np.asarray(paid + np.nan_to_num(owed))

    def _own(self, key: str) -> str:
        return f"{{own[{self.place(key)}]}}{{row}}"

    @property
    def _valued_text(self) -> str:
        return self._translated(f"{{own[{OPEN}]}}{{row}}")

    @property
    def _paid_text(self) -> str:
        found, day = self._cells.found, self._ranges.as_of
        if not found.is_settled_dated:
            return "0"
        settled, window = found.serial("settled_date"), self._ranges.cell("measures.window_days")
        there = f",{found.serial('document_date')}<={day}" if found.has("document_date") else ""
        lately = f"AND({settled}>{day}-{window},{settled}<={day},{found.is_invoice}{there})"
        return f"IF({lately},MAX(0,{self._translated(found.paid)}),0)"

    @property
    def _days_late_text(self) -> str:
        if not self._cells.found.is_settled_dated:
            return '""'
        return f'IF({self._own("paid")}>0,{self._cells.found.serial("settled_date")}-{self._cells.due},"")'

    @property
    def _since_due_text(self) -> str:
        return f'IF({self._cells.due}="","",{self._ranges.as_of}-{self._cells.due})'

    @property
    def _weighted_text(self) -> str:
        since, owed = self._own("since_due"), self._own("valued")
        overdue = f"IF(N({since})>0,MAX(0,{owed})*{since},0)"
        return f"{self._own('paid')}*N({self._own('days_late')})+{overdue}" if self.place("paid") else overdue

    def _translated(self, amount: str) -> str:
        """An amount of the row times its rate, to the minor unit as Python rounds it: halves away from zero."""
        if not self.is_rated:
            return amount
        unit = 10**self._case.valuation.places
        scaled = f"{amount}*{self._own('rate')}*{unit}"
        size = f"ABS({scaled})"
        return f"SIGN({scaled})*INT({size}+0.5+MIN({size}*2^-51,2^-12))/{unit}"
