"""The cells of a ledger that its items' days, buckets and stages follow from, as formulas refer to them.

A formula reads its own row, the customer's other items and the Policy sheet. Where the review knows more than these
cells say (a due date from terms, a block of the whole customer, an amount whose sign or spelling had to be understood,
a credit that cannot be netted by customer number and currency), no formula would give what the review gives, on this
day and on every other: that row keeps its value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xlcredit.control import Review
from xlcredit.excel.cells import flags
from xlcredit.kernel.money import decimals_of, rounded
from xlcredit.ledger.grid import Cell, Grid, letter
from xlcredit.ledger.place import Place
from xlcredit.ledger.tables import Days, Flags, Money

MOST_NETTED: Final = 5_000
"""Items of a ledger whose credits a formula nets: each of them adds up the whole ledger."""
_NUMBERS: Final = (int, float)
_EXACT: Final = 1e-9
_PLAIN: Final = re.compile(r"[\w][\w -]{0,99}")
"""Texts in which SUMIFS sees no comparison and no wildcard, and that are no date or truth value in disguise."""


@dataclass(frozen=True, slots=True)
class ItemCells:
    """Parts of formulas over a row of the ledger, and the rows in which they say what the review says."""

    due: str
    """The due date."""
    aged_from: str
    """The date that buckets count from."""
    owed: str
    """What is open on the day."""
    dunned: str
    """The same, 0 where the customer's account is no debt on the whole."""
    blocked: str
    last_stage: str
    aged: Flags
    """Rows whose days and bucket follow from their cells."""
    staged: Flags
    """Rows whose stage and action do."""


def item_cells(review: Review, place: Place, grid: Grid, as_of: str) -> ItemCells | None:
    """The cells of a review's items, None where a column of dates or amounts is missing.

    Args:
        review: what the formulas are to say.
        place: where the ledger stands.
        grid: the sheet it stands in.
        as_of: reference to the cell of the day.
    """
    found = _Found(review, place, grid, as_of)
    if "due_date" not in place.columns or not {"open", "amount"} & place.columns.keys():
        return None
    aged = found.says_days("due_date", review.items.due_date) & found.is_sure_of_open()
    by_due = review.policy.buckets.basis == "due_date"
    if not by_due and "document_date" not in place.columns:
        return None
    return ItemCells(
        due=found.cell("due_date"),
        aged_from=found.cell("due_date" if by_due else "document_date"),
        owed=found.owed,
        dunned=found.dunned,
        blocked=found.cell("blocked"),
        last_stage=found.cell("last_stage"),
        aged=aged,
        staged=aged & found.is_sure_of_block() & found.is_netted(),
    )


class _Found:
    """The ledger's cells by role, beside what was read of them."""

    def __init__(self, review: Review, place: Place, grid: Grid, as_of: str) -> None:
        self._review, self._place, self._as_of = review, place, as_of
        self._items = review.ledger.items
        rows = list(grid.rows())
        wanted = [rows[row] if row < len(rows) else () for row in (self._items.row - 1).tolist()]
        self._cells: dict[str, list[Cell]] = {
            role: [row[at] if at < len(row) else None for row in wanted] for role, at in place.columns.items()
        }
        self._n = len(wanted)

    def cell(self, role: str) -> str:
        """Reference to a role's cell in the row, 0 where there is no such column."""
        return f"${letter(self._place.columns[role])}{{row}}" if role in self._place.columns else "0"

    @property
    def owed(self) -> str:
        """What is open on the day: no document of a later day, nothing settled later."""
        owed, day = self._open_now, self._as_of
        if self._is_settled_dated:
            owed = f"IF({self.cell('settled_date')}>{day},{self.cell('amount')},{owed})"
        if "document_date" in self._place.columns:
            owed = f"IF({self.cell('document_date')}>{day},0,{owed})"
        return f"ROUND({owed},{self._places})"

    @property
    def dunned(self) -> str:
        """What is dunned: nothing of an account that is no debt on the whole."""
        return f"IF({self._net()}>0,{self.owed},0)" if self._nets else self.owed

    def says_days(self, role: str, wanted: Days) -> Flags:
        """Rows whose cell is this day, or blank where there is none."""
        said = np.array([_day(cell) for cell in self._of(role)], dtype="datetime64[D]")
        blank = self._is_empty(role)
        return np.asarray((said == wanted) | (blank & np.isnat(wanted)))

    def is_sure_of_open(self) -> Flags:
        """Rows whose amounts and dates are as their cells say, in whole minor units."""
        items = self._items
        sure = self._is_exactly(self._numbers_of_open(), items.amount - items.settled)
        sure &= self.says_days("document_date", items.document_date)
        if not self._is_settled_dated:
            return np.asarray(sure & (np.isnat(items.settled_date) | (items.settled == 0)))
        sure &= self.says_days("settled_date", items.settled_date)
        return np.asarray(sure & self._is_exactly(self._numbers("amount"), items.amount))

    def is_sure_of_block(self) -> Flags:
        """Rows that are blocked, or were at a stage, as their cells say."""
        blocked, _ = flags(self._of("blocked"))
        last, stage = self._items.last_stage, self._numbers("last_stage")
        none = np.isnan(last) & self._is_empty("last_stage")
        return np.asarray((blocked == self._review.items.blocked) & (none | (stage == last)))

    def is_netted(self) -> Flags:
        """Rows of accounts without a credit, and all rows where a formula nets the credits."""
        return np.ones(self._n, dtype=np.bool_) if self._nets else ~self._beside_credit

    @property
    def _open_now(self) -> str:
        if "open" in self._place.columns:
            return self.cell("open")
        return f"{self.cell('amount')}-{self.cell('paid')}" if "paid" in self._place.columns else self.cell("amount")

    def _numbers_of_open(self) -> Money:
        if "open" in self._place.columns:
            return self._numbers("open")
        paid = self._numbers("paid") if "paid" in self._place.columns else 0.0
        return np.asarray(self._numbers("amount") - paid)

    @property
    def _is_settled_dated(self) -> bool:
        return {"settled_date", "amount"} <= self._place.columns.keys()

    @property
    def _places(self) -> int:
        return int(decimals_of(self._review.currencies).max())

    @property
    def _beside_credit(self) -> Flags:
        """Items of accounts in which some day's net may not be a debt though the item is."""
        items = self._items
        credit = (items.amount < 0) | (items.amount - items.settled < -_EXACT)
        return np.isin(self._account, self._account[credit])

    @cached_property
    def _account(self) -> NDArray[np.intp]:
        codes = {code: place for place, code in enumerate(self._review.currencies)}
        currency = np.array([codes[code] for code in self._review.items.currency.tolist()], dtype=np.intp)
        return np.asarray(self._review.items.owner * len(codes) + currency)

    @cached_property
    def _nets(self) -> bool:
        """Whether credits are netted by formulas: there are some, and SUMIFS finds an account's items and no others."""
        rows = self._items.row
        return (
            bool(self._beside_credit.any())
            and self._n <= MOST_NETTED
            and int(rows[-1] - rows[0]) == self._n - 1  # no totals among them
            and bool(self.is_sure_of_open().all())
            and ("document_date" not in self._place.columns or not np.isnat(self._items.document_date).any())
            and self._is_told_by(self._keys())
        )

    def _keys(self) -> list[str]:
        return [role for role in ("customer", "currency") if role in self._place.columns]

    def _is_told_by(self, keys: Sequence[str]) -> bool:
        """Whether the cells under these headings tell accounts apart as SUMIFS compares them."""
        criteria = list(zip(*(map(_criterion, self._of(key)) for key in keys), strict=True))
        if "customer" not in keys or any(None in criterion for criterion in criteria):
            return False
        pairs = set(zip(criteria, self._account.tolist(), strict=True))
        return len(pairs) == len(set(criteria)) == len(np.unique(self._account))

    def _net(self) -> str:
        """The account's open amount on the day: each item's, as ``owed`` has it, summed."""
        day = self._as_of
        same = "".join(f",{self._range(key)},{self.cell(key)}" for key in self._keys())
        there = f',{self._range("document_date")},"<="&{day}' if "document_date" in self._place.columns else ""
        later = f',{self._range("settled_date")},">"&{day}' if self._is_settled_dated else ""

        def total(role: str, also: str = "") -> str:
            return f"SUMIFS({self._range(role)}{same}{there}{also})"

        if "open" in self._place.columns:
            net = total("open") + (f"-{total('open', later)}+{total('amount', later)}" if later else "")
        elif "paid" in self._place.columns:
            net = f"{total('amount')}-{total('paid')}" + (f"+{total('paid', later)}" if later else "")
        else:
            net = total("amount")
        return f"ROUND({net},{self._places})"

    def _range(self, role: str) -> str:
        at, rows = letter(self._place.columns[role]), self._items.row
        return f"${at}${rows[0]}:${at}${rows[-1]}"

    def _of(self, role: str) -> list[Cell]:
        return self._cells.get(role, [None] * self._n)

    def _is_empty(self, role: str) -> Flags:
        # Spaces are no empty cell: a formula takes them for a text, which is more than any number.
        return np.array([cell in (None, "") for cell in self._of(role)], dtype=np.bool_)

    def _numbers(self, role: str) -> Money:
        return np.array([cell if type(cell) in _NUMBERS else np.nan for cell in self._of(role)], dtype=np.float64)

    def _is_exactly(self, said: Money, wanted: Money) -> Flags:
        places = decimals_of(self._review.items.currency.tolist())
        return np.asarray((np.abs(said - wanted) < _EXACT) & (np.abs(rounded(wanted, places) - wanted) < _EXACT))


def _day(cell: Cell) -> date | None:
    """The day a cell holds, None where it holds no day alone."""
    if isinstance(cell, datetime):
        return cell.date() if cell.time() == time() else None
    return cell if isinstance(cell, date) else None


def _criterion(cell: Cell) -> str | float | None:
    """What SUMIFS takes a cell for: a number, also where it is a text, or a text whatever its case; None if unsure."""
    if type(cell) in _NUMBERS:
        return float(cell)  # type: ignore[arg-type]
    if not isinstance(cell, str) or not _PLAIN.fullmatch(cell):
        return None
    try:
        return float(cell)
    except ValueError:
        return cell.casefold()
