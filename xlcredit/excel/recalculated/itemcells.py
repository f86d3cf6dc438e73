"""The cells of a ledger that its items' days, buckets and stages follow from, as formulas refer to them.

A formula reads its own row, the customer's other items and the Policy sheet. Where the review knows more than these
cells say (a due date from terms, a block of the whole customer, an amount whose sign had to be understood, a credit
that cannot be netted by customer and currency, a notice, promise, plan or dispute), no formula would give what the
review gives, on this day and on every other: that row keeps its value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xlcredit.control import Review
from xlcredit.excel.recalculated.criteria import criterion
from xlcredit.excel.recalculated.openamounts import EXACT, OpenAmounts
from xlcredit.ledger.grid import Cell, Grid, letter
from xlcredit.ledger.place import Place
from xlcredit.ledger.tables import Flags
from xlcredit.ledger.textcells import NO, flags

MOST_NETTED: Final = 5_000
"""Items of a ledger whose credits a formula nets: each of them adds up the whole ledger."""


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
    values: Mapping[str, int]
    """Why a row keeps a value → how many do: the first reason of each."""
    found: LedgerItems


def item_cells(review: Review, place: Place, grid: Grid, as_of: str) -> ItemCells | None:
    """The cells of a review's items, None where a column of dates or amounts is missing.

    Args:
        review: what the formulas are to say.
        place: where the ledger stands.
        grid: the sheet it stands in.
        as_of: reference to the cell of the day.
    """
    by_due = review.policy.buckets.basis == "due_date"
    dates = {"due_date", "document_date"} if by_due else {"document_date"}
    if not dates & place.columns.keys() or not {"open", "amount"} & place.columns.keys():
        return None
    found = LedgerItems(review, place, grid, as_of)
    sure = {
        "due_date": found.is_sure_of_due(),
        "amount": found.is_sure_of_open(),
        "block": found.is_sure_of_block(),
        "credits": found.is_netted(),
        "dunning": review.case.found.dunned.from_row,
    }
    aged = sure["due_date"] & sure["amount"]
    return ItemCells(
        due=found.due,
        aged_from=found.due if by_due else found.day("document_date"),
        owed=found.owed,
        dunned=found.dunned,
        blocked=found.cell("blocked"),
        last_stage=found.cell("last_stage"),
        aged=aged,
        staged=aged & sure["block"] & sure["credits"] & sure["dunning"],
        values=first_reasons(sure),
        found=found,
    )


def first_reasons(sure: Mapping[str, Flags]) -> dict[str, int]:
    """How many rows fail each test and none before it."""
    told: dict[str, int] = {}
    left = np.ones_like(next(iter(sure.values())))
    for reason, passed in sure.items():
        if count := int((left & ~passed).sum()):
            told[reason] = count
        left &= passed
    return told


class LedgerItems(OpenAmounts):
    """The ledger's items, as formulas over their cells say them."""

    @property
    def due(self) -> str:
        """The due date, or the document date that stands in for one."""
        if not self.has("due_date"):
            return self.day("document_date")
        if not self._stands_in:
            return self.day("due_date")
        return f'IF({self.cell("due_date")}="",{self.day("document_date")},{self.day("due_date")})'

    @property
    def paid(self) -> str:
        """What was settled of an invoice by its day; meant for rows in which that day has come."""
        return f"ROUND({self._amount}-({self._open_now}),{self.places})"

    @property
    def is_invoice(self) -> str:
        """Whether the row is one that can be paid: its amount is a debit."""
        return f"{self._amount}>0"

    @property
    def dunned(self) -> str:
        """What is dunned: nothing of an account that is no debt on the whole."""
        return f"IF({self._net()}>0,{self.owed},0)" if self._nets else self.owed

    def is_sure_of_due(self) -> Flags:
        """Rows whose due date is the one in their cells."""
        said, sure = self.said("due_date" if self.has("due_date") else "document_date")
        if self.has("due_date") and self._stands_in:
            other, sure_of_other = self.said("document_date")
            blank = self.is_empty("due_date")
            said, sure = np.where(blank, other, said), np.where(blank, sure_of_other & sure, sure)
        wanted = self._review.items.due_date
        right = sure & ((said == wanted) | (np.isnat(said) & np.isnat(wanted)))
        by_due = self._review.policy.buckets.basis == "due_date"
        return np.asarray(right if by_due else right & self.says("document_date"))

    def is_sure_of_block(self) -> Flags:
        """Rows that are blocked, or were at a stage, as their cells say."""
        last, stage = self._items.last_stage, self.numbers("last_stage")
        none = np.isnan(last) & self.is_empty("last_stage")
        plainly = np.array([_is_set(cell) for cell in self.of("blocked")], dtype=np.bool_)
        said = flags(self.of("blocked"))  # as XLC_IS_SET has it, which knows a no in more spellings
        return np.asarray((plainly == said) & (said == self._review.items.blocked) & (none | (stage == last)))

    def is_netted(self) -> Flags:
        """Rows of accounts without a credit, and all rows where a formula nets the credits."""
        return np.ones(self._n, dtype=np.bool_) if self._nets else ~self._beside_credit

    @cached_property
    def _stands_in(self) -> bool:
        """Whether a document date stands in for a due date."""
        blank = self.is_empty("due_date") & ~np.isnat(self._review.items.due_date)
        return self.has("document_date") and bool(blank.any())

    @property
    def _beside_credit(self) -> Flags:
        """Items of accounts in which some day's net may not be a debt though the item is."""
        items = self._items
        credit = (items.amount < 0) | (items.amount - items.settled < -EXACT)
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
            and not (self.has("document_date") and np.isnat(self._items.document_date).any())
            and self._adds_up()
            and self._is_told_by(self._keys())
        )

    def _adds_up(self) -> bool:
        """Whether SUMIFS sees days and amounts as the formula of a row does: as numbers, under these headings alone."""
        dated = [self.days[role] for role in ("document_date", "settled_date") if self.has(role)]
        plain = all(day.is_plain for day in dated) and all(each.is_number for each in self.amounts.values())
        return plain and (self.has("open") or self.has("paid") or not self.closed_words)

    def _keys(self) -> list[str]:
        who = "customer" if self.has("customer") else "name"
        return [role for role in (who, "currency") if self.has(role)]

    def _is_told_by(self, keys: Sequence[str]) -> bool:
        """Whether the cells under these headings tell accounts apart as SUMIFS compares them."""
        criteria = list(zip(*(map(criterion, self.of(key)) for key in keys), strict=True))
        if not {"customer", "name"} & {*keys} or any(None in criterion for criterion in criteria):
            return False
        pairs = set(zip(criteria, self._account.tolist(), strict=True))
        return len(pairs) == len(set(criteria)) == len(np.unique(self._account))

    def _net(self) -> str:
        """The account's open amount on the day: each item's, as ``owed`` has it, summed."""
        day = self._as_of
        same = "".join(f",{self.range(key)},{self.cell(key)}" for key in self._keys())
        there = f',{self.range("document_date")},"<="&{day}' if self.has("document_date") else ""
        later = f',{self.range("settled_date")},">"&{day}' if self.is_settled_dated else ""

        def total(role: str, also: str = "") -> str:
            return f"SUMIFS({self.range(role)}{same}{there}{also})"

        if self.has("open"):
            net = total("open") + (f"-{total('open', later)}+{total('amount', later)}" if later else "")
        elif self.has("paid"):
            net = f"{total('amount')}-{total('paid')}" + (f"+{total('paid', later)}" if later else "")
        else:
            settled = f',{self.range("settled_date")},"<="&{day}' if later else ""
            net = total("amount") + (f"-{total('amount', settled)}" if later else "")
        return f"ROUND({net},{self.places})"

    def range(self, role: str) -> str:
        """A role's cells in all rows of items, and what stands between them."""
        at, rows = letter(self._place.columns[role]), self._items.row
        return f"${at}${rows[0]}:${at}${rows[-1]}"


def _is_set(cell: Cell) -> bool:
    """Whether a classic formula takes a cell for a block that is set."""
    if isinstance(cell, str):
        return cell.strip().lower() not in NO
    return bool(cell)
