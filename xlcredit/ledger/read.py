"""Reading a ledger: the rows of a recognised table → open items, with a finding for whatever is not plain.

Nothing is dropped: a row that cannot be used is an item all the same, its figure missing and a finding beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from xlcredit.ledger.amounts import Amounts, read_amounts
from xlcredit.ledger.currencies import code_of
from xlcredit.ledger.customersheet import read_customers, read_records
from xlcredit.ledger.daycells import read_days
from xlcredit.ledger.doubts import broken_texts, duplicates, unknown_currencies
from xlcredit.ledger.findings import Finding
from xlcredit.ledger.grid import Grid
from xlcredit.ledger.headings import currency_of
from xlcredit.ledger.parties import lacks_customers, read_parties
from xlcredit.ledger.place import Place, Strip
from xlcredit.ledger.rowkinds import DATE_ROLES, MONEY_ROLES, TEXT_ROLES, Body, RowKind, read_body
from xlcredit.ledger.settle import Marks, settle
from xlcredit.ledger.tables import Days, Flags, Money, OpenItems, Text
from xlcredit.ledger.textcells import cancelled, closed, flags, texts
from xlcredit.ledger.totals import Section, check_totals, settle_maybes, stated_total

__all__ = ["Reading", "read_customers", "read_items", "read_records"]

_FIGURES = frozenset((RowKind.ITEM, RowKind.MAYBE, RowKind.SUBTOTAL, RowKind.TOTAL))


@dataclass(frozen=True, slots=True)
class Reading:
    """A ledger as read."""

    items: OpenItems
    last_row: int
    """Last row of the table, total rows included; counted from 0."""
    findings: tuple[Finding, ...]
    subtotals: Mapping[str, int]
    """How many rows of each kind: item, group, subtotal, total, header, blank, note."""
    stated_total: float | None
    """The open (else original) amount its grand-total row states."""


def read_items(grid: Grid, where: Place, currency: str = "") -> Reading:
    """The open items of a ledger; ``currency`` is what an amount is in where the ledger does not say."""
    place = _with_one_currency(where)
    body = read_body(grid, place)
    table = _Table(grid, body, currency)
    table.part_totals()
    return table.reading()


def _with_one_currency(where: Place) -> Place:
    """The place with one pair of amount and currency: the document's where it is complete, else the local one."""
    columns, headings = dict(where.columns), dict(where.headings)
    document = {"amount", "open"} & set(columns)
    named = "currency" in columns or any(currency_of(headings.get(role, "")) for role in document)
    if "open_local" in columns and (not document or ("local_currency" in columns and not named)):
        for role in ("amount", "open", "paid", "credit", "currency"):
            columns.pop(role, None)
        # A list with clearing dates shows cleared items at their full amount.
        role = "amount" if "settled_date" in columns else "open"
        for old, new in (("open_local", role), ("local_currency", "currency")):
            if old in columns:
                columns[new], headings[new] = columns.pop(old), headings.get(old, "")
    extent = (where.header_row, where.first_column, where.last_column)
    return Place(where.sheet, *extent, columns, headings, where.first_row)


class _Table:
    """The rows with figures of one ledger: totals first, then the items among them."""

    def __init__(self, grid: Grid, body: Body, currency: str) -> None:
        self.grid = grid
        self.body = body
        self.place = body.place
        self.default = currency
        self.findings: list[Finding] = []
        self.broken: dict[int, dict[int, str]] = {}
        for (row, column), error in grid.broken.items():
            self.broken.setdefault(column, {})[row] = error
        kinds = body.kinds
        self.kinds = (
            [kinds.get(at, RowKind.ITEM) for at in range(body.length)] if kinds else [RowKind.ITEM] * body.length
        )
        self.chosen = np.array([kind in _FIGURES for kind in self.kinds], dtype=np.bool_)
        self.money = {role: read_amounts(self.cells_of(role)) for role in MONEY_ROLES if role in self.place.columns}
        self.currency = self._currencies()

    @property
    def rows(self) -> NDArray[np.int64]:
        """Sheet rows of the chosen rows, counted from 0."""
        return np.flatnonzero(self.chosen) + self.place.first_row

    def cells_of(self, role: str) -> Strip:
        """A role's cells in the chosen rows."""
        cells = self.body.cells[role]
        broken = self.broken.get(self.place.columns[role], {})
        chosen = cells if self.chosen.all() else list(compress(cells, self.chosen.tolist()))
        rows = self.rows
        at = {position: broken[row] for position, row in enumerate(rows.tolist()) if row in broken} if broken else {}
        return Strip(self.place, role, chosen, rows, at)

    def part_totals(self) -> None:
        """Decides what is a total, checks it, and leaves the items chosen."""
        if self.body.kinds:
            section = self._section()
            groups = lacks_customers(self.body)
            kinds = settle_maybes(section, groups=groups)
            self._recount(kinds, groups=groups)
            section = replace(section, kinds=kinds)
            self.findings += check_totals(section, self.place)
            self.stated = stated_total(section, ("open", "amount"))
            self._keep_items(np.array([kind is RowKind.ITEM for kind in kinds], dtype=np.bool_))
        else:
            self.stated = None
        for amounts in self.money.values():
            self.findings += amounts.findings

    def _section(self) -> Section:
        chosen = list(compress(self.kinds, self.chosen.tolist()))
        figures = {role: amounts.values for role, amounts in self.money.items()}
        starts = np.array([self.body.sheet_row(at) for at in self.body.positions(RowKind.GROUP)], dtype=np.int64)
        return Section(self.rows, chosen, self.currency, figures, starts)

    def _recount(self, kinds: list[RowKind], *, groups: bool) -> None:
        """Takes over the decided kinds; where customers are groups, a row with the sum still names one."""
        for position, kind in zip(np.flatnonzero(self.chosen).tolist(), kinds, strict=True):
            was = self.kinds[position]
            self.kinds[position] = kind
            if was is RowKind.MAYBE:
                self.body.kinds[position] = RowKind.GROUP if groups else kind

    def _keep_items(self, is_item: NDArray[np.bool_]) -> None:
        new = np.cumsum(is_item) - 1
        self.money = {
            role: replace(
                amounts,
                values=amounts.values[is_item],
                faults={int(new[at]): fault for at, fault in amounts.faults.items() if is_item[at]},
            )
            for role, amounts in self.money.items()
        }
        self.currency = self.currency[is_item]
        self.chosen[np.flatnonzero(self.chosen)[~is_item]] = False

    def _currencies(self) -> Text:
        """Each row's currency: its own column's, else the heading's, the cell's, the default."""
        roles = [role for role in ("open", "amount", "paid", "credit") if role in self.money]
        named = next((code for role in roles if (code := currency_of(self.place.headings.get(role, "")))), "")
        column = np.full(int(self.chosen.sum()), named or self.default, dtype=object)
        if not named:
            for role in reversed(roles):
                for position, code in self.money[role].currencies.items():
                    column[position] = code
        if "currency" not in self.place.columns:
            return column
        written = texts(self.cells_of("currency").cells)
        codes = {text: self._code(text) for text in dict.fromkeys(written.tolist())}
        stated = np.array([codes[text] for text in written], dtype=object)
        return np.where(stated != "", stated, column) if len(stated) else column

    def _code(self, text: str) -> str:
        code = code_of(text)
        return text.upper() if code is None else code

    def reading(self) -> Reading:
        """The items, and everything found on the way."""
        rows = self.rows
        days = self._days()
        parties = read_parties(self.grid, self.body, np.flatnonzero(self.chosen))
        self.findings += parties.findings
        status = self._status(len(rows))
        marks = Marks(days["settled_date"], status, self._text("debit_credit"), self.currency)
        figures = settle(self._stated_money(), marks, self.place, rows)
        self.findings += figures.findings
        items = OpenItems(
            row=rows + 1, customer=parties.customer, name=parties.name,
            document=self._text("document"), document_type=self._text("document_type"),
            document_date=days["document_date"], due_date=days["due_date"], terms=self._text("terms"),
            amount=figures.amount, settled=figures.settled, settled_date=days["settled_date"],
            currency=self.currency, blocked=self._flags("blocked"), last_stage=self._number("last_stage"),
            disputed=self._disputed(), promised_date=days["promised_date"],
            planned_date=days["planned_date"], last_dunned=days["last_dunned"],
        )  # fmt: skip
        self.findings += broken_texts(self.grid, self.body, TEXT_ROLES)
        self.findings += [*duplicates(items, self.place), *unknown_currencies(items, self.place)]
        if not len(items):
            self.findings.append(Finding("warning", "no-items", self.place.sheet, {"row": self.place.header_row + 1}))
        return Reading(items, self._last_row(), tuple(self.findings), self._counts(), self.stated)

    def _stated_money(self) -> dict[str, Amounts]:
        """The money columns that hold something; an empty one says nothing about any row."""
        held = {role: a for role, a in self.money.items() if a.faults or not np.isnan(a.values).all()}
        return {role: a for role, a in (held or self.money).items() if role not in ("open_local", "disputed_amount")}

    def _days(self) -> dict[str, Days]:
        strips = {role: self.cells_of(role) for role in DATE_ROLES if role in self.place.columns}
        read = read_days(strips, epoch_1904=self.grid.epoch_1904)
        for column in read.values():
            self.findings += column.findings
        blank = np.full(int(self.chosen.sum()), np.datetime64("NaT"), dtype="datetime64[D]")
        days = {role: read[role].days if role in read else blank for role in DATE_ROLES}
        if "document_date" not in read:
            days["document_date"] = days["base_date"]
        return {role: column.copy() for role, column in days.items()}

    def _status(self, length: int) -> Flags:
        if "status" not in self.place.columns:
            return np.zeros(length, dtype=np.bool_)
        strip = self.cells_of("status")
        if count := int(cancelled(strip.cells).sum()):
            self.findings.append(
                Finding("warning", "cancelled-items", strip.column, {"count": count, "heading": strip.heading})
            )
        return closed(strip.cells, strip.heading)

    def _text(self, role: str) -> Text:
        return texts(self.cells_of(role).cells if role in self.place.columns else [""] * int(self.chosen.sum()))

    def _flags(self, role: str) -> Flags:
        there = role in self.place.columns
        return flags(self.cells_of(role).cells if there else [""] * int(self.chosen.sum()))

    def _number(self, role: str) -> Money:
        if role not in self.place.columns:
            return np.full(int(self.chosen.sum()), np.nan)
        read = read_amounts(self.cells_of(role))
        self.findings += [replace(fault, severity="warning") for fault in read.faults.values()]
        return read.values

    def _disputed(self) -> Money:
        there = "disputed_amount" in self.money
        return self.money["disputed_amount"].values if there else np.full(int(self.chosen.sum()), np.nan)

    def _last_row(self) -> int:
        positions = [at for at, kind in enumerate(self.kinds) if kind in _FIGURES]
        return self.body.sheet_row(positions[-1]) if positions else self.place.first_row - 1

    def _counts(self) -> dict[str, int]:
        return {str(kind): count for kind, count in Counter(self.kinds).items()}
