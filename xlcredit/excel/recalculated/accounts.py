"""Accounts: what each customer's items add up to, as formulas that find them in the ledger by the customer's cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xlcredit.control import Review
from xlcredit.excel.additions import Formula
from xlcredit.excel.native.ranges import Ranges
from xlcredit.excel.recalculated.criteria import criterion
from xlcredit.excel.recalculated.itemcells import LedgerItems
from xlcredit.excel.recalculated.summed import DAYS, OPEN, SummedColumns
from xlcredit.kernel.money import Minor
from xlcredit.ledger.grid import Cell, quoted
from xlcredit.ledger.tables import Flags

MOST_SUMMED: Final = 5_000_000
"""Customers times items up to which sums are formulas: LibreOffice takes about half a minute for these."""
LONGEST: Final = 4_000
"""Days late beyond which no amount is expected."""
BEYOND: Final = 2.0**50
"""Minor units times days from which on a spreadsheet's numbers do not add exactly."""
AVERAGE: Final = "average_days_late"
MEASURES: Final = (
    AVERAGE, "on_time_share", "longest_delay", "trend_days_late", "overdue_share", "invoices_settled",
)  # fmt: skip
_MAXIFS: Final = "_xlfn.MAXIFS"
"""As a file writes it; Excel before 2019 does not know it."""
Lines = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Key:
    """A way to name each customer: the cell of its row, and what these cells hold."""

    cell: str
    held: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Sum:
    """A figure as a formula, and the customers it is right of, on this day and on any other."""

    text: str
    live: Flags

    @property
    def formula(self) -> Formula:
        """The formula, one for all rows."""
        return Formula(self.text)


class Accounts:
    """Figures of some customers as sums over the ledger."""

    def __init__(
        self,
        review: Review,
        lines: Lines,
        keys: Sequence[Key],
        items: LedgerItems,
        summed: SummedColumns,
        ranges: Ranges,
    ) -> None:
        self._review, self._lines, self._summed, self._ranges = review, lines, summed, ranges
        roles = [role for role in ("customer", "name") if items.has(role)]
        ways = [(self._told(items, role, key), role, key) for role, key in product(roles, keys)]
        self._is_told, role, key = max(ways, key=lambda way: int(way[0].sum()))
        sheet = quoted(review.ledger.source.sheet).replace("{", "{{").replace("}", "}}")
        self._by = f"{sheet}!{items.range(role)},{key.cell}"
        self._unit = f"*10^{review.case.valuation.places},0"

    def exposure(self, whole: Callable[[str], str]) -> Sum:
        """What is exposed in all; ``whole`` makes that of the open items, a piece of a formula."""
        owed = whole(f"ROUND({self._sum('valued')},{self._places})")
        return Sum(self._dated(f"ROUND({owed},{self._places})"), self._is_sure & ~self._is_unpriced)

    @property
    def overdue(self) -> Sum:
        """What is open after its due date, credits with it."""
        late = self._sum("valued", (self._rows(DAYS), '">0"'))
        return Sum(self._dated(f"ROUND({late},{self._places})"), self._is_sure & ~self._is_unpriced)

    def late_items(self, tolerance: str) -> str:
        """How many debits are past due by more days than a cell says."""
        return self._dated(self._count((self._rows(DAYS), f'">"&{tolerance}'), (self._rows(OPEN), '">0"')))

    @property
    def is_sure(self) -> Flags:
        """Customers whose items are found by their cell, each with its days and open amount."""
        return self._is_sure

    def measure(self, name: str, *, native: bool) -> Sum | None:
        """A measure; None for one that no ordinary formula gives."""
        if name == "overdue_share":
            return Sum(self._dated(self._overdue_share), self._is_weighed)
        if name == "invoices_settled":
            return Sum(self._dated(f'IF({self._count()}=0,"",{self._settled})'), self._is_measured)
        ways = {AVERAGE: self._average, "on_time_share": self._on_time, "trend_days_late": self._trend}
        if name in ways:
            return Sum(self._dated(ways[name]), self._is_measured)
        return Sum(self._dated(self._longest), self._is_measured) if native and name == "longest_delay" else None

    @property
    def _places(self) -> int:
        return self._review.case.valuation.places

    def _dated(self, text: str) -> str:
        return f'IF({self._ranges.as_of}="","",{text})'

    @property
    def _overdue_share(self) -> str:
        debit = (self._rows(self._at("valued")), '">0"')
        owed, late = self._minor(self._sum("valued", debit)), (self._rows(DAYS), '">0"')
        share = f"{self._minor(self._sum('valued', debit, late))}/{owed}"
        return f'IF({owed}=0,IF({self._count()}=0,"",0),{share})'

    @property
    def _settled(self) -> str:
        if self._summed.place("paid") is None:
            return "0"
        return self._count((self._rows(self._at("days_late")), '">-1000000"'), (self._rows(OPEN), "0"))

    @property
    def _average(self) -> str:
        return f'IF({self._weight()}=0,"",{self._days_late()})'

    @property
    def _on_time(self) -> str:
        on_time = "0"
        if self._summed.place("paid"):
            on_time = self._minor(self._sum("paid", (self._rows(self._at("days_late")), '"<=0"')))
        return f'IF({self._weight()}=0,"",{on_time}/{self._weight()})'

    @property
    def _trend(self) -> str:
        since, recent = self._rows(self._at("since_due")), self._ranges.cell("measures.recent_days")
        lately, before = (since, f'"<="&{recent}'), (since, f'">"&{recent}')
        none = f"OR({self._weight(lately)}=0,{self._weight(before)}=0)"
        return f'IF({none},"",{self._days_late(lately)}-{self._days_late(before)})'

    @property
    def _longest(self) -> str:
        owed = self._criteria((self._rows(OPEN), '">0"'))
        longest = [f"{_MAXIFS}({self._rows(DAYS)},{owed})"]
        if self._summed.place("paid"):
            longest.append(f"{_MAXIFS}({self._rows(self._at('days_late'))},{self._by})")
        return f'IF({self._weight()}=0,"",MAX(0,{",".join(longest)}))'

    def _days_late(self, *where: tuple[str, str]) -> str:
        return f"{self._minor(self._sum('days_weighted', *where))}/{self._weight(*where)}"

    def _weight(self, *where: tuple[str, str]) -> str:
        """What counts in the averages: paid lately, or overdue."""
        late = self._sum("valued", (self._rows(self._at("valued")), '">0"'), (self._rows(DAYS), '">0"'), *where)
        paid = f"{self._sum('paid', *where)}+" if self._summed.place("paid") else ""
        return self._minor(f"({paid}{late})")

    def _minor(self, amount: str) -> str:
        """Whole minor units, so that a share of two of them is the one that Python gives."""
        return f"ROUND({amount}{self._unit})"

    def _sum(self, key: str, *where: tuple[str, str]) -> str:
        return f"SUMIFS({self._rows(self._at(key))},{self._criteria(*where)})"

    def _count(self, *where: tuple[str, str]) -> str:
        return f"COUNTIFS({self._criteria(*where)})"

    def _criteria(self, *where: tuple[str, str]) -> str:
        return ",".join([self._by, *(f"{rows},{what}" for rows, what in where)])

    def _at(self, key: str) -> int:
        place = self._summed.place(key)
        if place is None:
            raise ValueError(f"the ledger has no column {key!r}")
        return place

    def _rows(self, place: int) -> str:
        return f"{{rows[ledger.{place}]}}"

    def _told(self, items: LedgerItems, role: str, key: Key) -> Flags:
        """Customers whose cell finds all of their items, and no others."""
        spelled: dict[int, set[object]] = defaultdict(set)
        meant: dict[object, set[int]] = defaultdict(set)
        for said, owner in zip(map(criterion, items.of(role)), self._review.items.owner.tolist(), strict=True):
            spelled[owner].add(said)
            meant[said].add(owner)
        return np.array(
            [
                said is not None and spelled.get(line, {said}) == {said} and meant.get(said, {line}) == {line}
                for said, line in zip(map(criterion, key.held), self._lines.tolist(), strict=True)
            ],
            dtype=np.bool_,
        )

    @property
    def _is_sure(self) -> Flags:
        return np.asarray(self._is_told & self._all(self._summed.sure))

    @property
    def _is_unpriced(self) -> Flags:
        valuation = self._review.case.valuation
        return ~self._all(~np.isnan(valuation.rates[valuation.currencies.of_item]))

    @property
    def _is_weighed(self) -> Flags:
        """Customers whose amounts weigh alike: what has no rate has the decimals of what has one."""
        currencies = self._review.case.valuation.currencies
        alike = self._all(currencies.places[currencies.of_item] == self._places)
        return np.asarray(self._is_sure & (alike | ~self._is_unpriced))

    @property
    def _is_measured(self) -> Flags:
        return np.asarray(self._is_weighed & self._all(self._summed.is_dated) & self._is_small)

    @property
    def _is_small(self) -> Flags:
        """Customers whose amounts times days any number of a spreadsheet holds exactly."""
        case = self._review.case
        turnover: Minor = case.of_party(np.abs(case.valuation.weights(case.found.amount_minor)))
        return np.asarray(turnover[self._lines] < BEYOND / LONGEST)

    def _all(self, flags: Flags) -> Flags:
        """Customers of whose items all have a flag."""
        return np.asarray(self._review.case.of_party((~flags).astype(np.int64))[self._lines] == 0)
