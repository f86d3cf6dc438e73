"""The customer card: choose a customer, and plain formulas look up its file: no macro, no function of Excel 365.

MATCH finds the customer's line in each table, INDEX its cells; the lines found stand in a hidden column of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from xlcredit.control import Review
from xlcredit.excel.pack import charts
from xlcredit.excel.pack.blocks import Block, put, write
from xlcredit.excel.pack.live import Cell, Live
from xlcredit.excel.pack.page import Desk, back, heading, set_up
from xlcredit.excel.pack.shown import CHOICE, Shown, at
from xlcredit.excel.pack.tables import PackTable, TableColumn
from xlcredit.locales import display_width

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_WIDTHS: Final = (24, 26, 13, 13, 13, 15, 15, 15, 12, 24, 15, 15, 8)
_HELPER, _MONTHS = 12, 14
"""Columns, from 0, of the lines that were found, and of the month ends that the chart draws."""
_AMOUNTS: Final = (5, 6, 10)
"""Columns of amounts, and the tables that these are from."""
_FIGURES: Final = ("limits", "aging", "open_items")
_ITEMS, _EVENTS, _SIGNALS = 20, 8, 6
_FACTS: Final = (
    ("name", "grade", "score", "average_days_late", "constraint"),
    ("exposure", "overdue", "limit_in_force", "limit", "headroom", "utilization", "insured_part", "uninsured_part"),
)
"""Columns of the table of limits in the card's two columns of facts."""
_FIRST: Final = (("score_points", "characteristic"), ("signals", "signal"))
"""Tables whose lines begin with words, the column of these."""
_OF_POINTS: Final = ("characteristic", "given", "earned", "best")
_OF_ITEMS: Final = tuple(
    "document document_type document_date due_date currency open_amount open days_past_due stage action".split()
)


def write_card(desk: Desk, review: Review, customer: str | None) -> None:
    """Writes the card's sheet, open at this customer or at the one that owes most."""
    sheet = desk.book.add_worksheet(desk.names["card"])
    heading(desk, sheet, "card")
    back(desk, sheet)
    for column, width in enumerate(_widths(desk)):
        sheet.set_column(column, column, width)
    last = _Card(desk, sheet, Shown.of(desk.tables, customer or _largest(review))).write()
    set_up(desk, sheet, None, landscape=True)
    sheet.fit_to_pages(1, 1)
    sheet.set_column(_HELPER, _HELPER, _WIDTHS[_HELPER], None, {"hidden": True})
    sheet.freeze_panes(4, 0)
    sheet.print_area(0, 0, last, _HELPER - 1)


def _widths(desk: Desk) -> list[float]:
    """Widths of the columns: no figure is too wide, and no name of a fact, characteristic or signal is cut."""
    table = desk.tables["limits"]
    left, right = (
        [display_width(desk.speech.beside(table[key].heads)) for key in keys if key in table] for keys in _FACTS
    )
    for key, column in _FIRST:
        if key in desk.tables:
            left += map(display_width, set(desk.tables[key][column].values.tolist()))
    name, half = max(_WIDTHS[0], max(left) + 2), max(_WIDTHS[3], max(right) / 2)
    widths = [name, *_WIDTHS[1:3], half, half, *_WIDTHS[5:]]
    figures = [
        column.figures_width for key in _FIGURES for column in desk.tables[key].columns if column.kind == "amount"
    ]
    return [max(wide, *figures) if at in _AMOUNTS else wide for at, wide in enumerate(widths)]


def _largest(review: Review) -> str:
    found = review.customers
    return str(found.customer[np.argmax(np.nan_to_num(found.exposure, nan=-np.inf))])


@dataclass(frozen=True, slots=True)
class _Card:
    """The card on its sheet."""

    desk: Desk
    sheet: Worksheet
    shown: Shown

    def write(self) -> int:
        """Writes every block below the one before it; the first row below the last."""
        self._choice()
        below = max(self._facts(), self._aging())
        below = max(self._points(below + 1), self._balance(below + 1))
        below = self._lines(below + 1, "open_items", _OF_ITEMS, _ITEMS)
        below = self._lines(below + 1, "events", ("type", "date", "note"), _EVENTS)
        return self._lines(below + 1, "signals", ("signal", "level", "due_date", "evidence"), _SIGNALS)

    def _choice(self) -> None:
        desk, sheet, looks = self.desk, self.sheet, self.desk.looks
        customers = desk.define("customer_list", desk.tables["limits"].ref("customer"))
        desk.define("card_customer", desk.address("card", CHOICE))
        sheet.set_row(3, 24)
        sheet.write_string(3, 0, desk.speech("pack", "choose"), looks.of("total"))
        sheet.write_string(3, 1, self.shown.customer, looks.of("choice"))
        unknown = desk.speech("pack", "unknown_customer")
        rule: dict[str, Any] = {"validate": "list", "source": f"={customers}", "error_message": unknown}
        sheet.data_validation(3, 1, 3, 1, rule)

    def _facts(self) -> int:
        """Who it is and how it pays, what it owes and may owe, and why it has its score."""
        table = self.desk.tables["limits"]
        left, right = ([table[key] for key in keys if key in table] for keys in _FACTS)
        for row, column in enumerate(left, 5):
            self._fact(row, 0, 1, column, {"align": "left", "indent": 1})
        for row, column in enumerate(right, 5):
            self._fact(row, 3, 5, column, {})
        below = 5 + max(len(left), len(right))
        scores = self.desk.tables["scores"]
        self.sheet.write_string(below, 0, self.desk.speech.beside(scores["reasons"].heads), self.desk.looks.of("fact"))
        write(self.sheet, below, 1, self.shown.fact(scores, "reasons"), self.desk.looks.kind("cell", "text"))
        return below + 1

    def _fact(self, row: int, first: int, last: int, column: TableColumn, more: dict[str, Any]) -> None:
        """Its name in the first cell, the figure in the last."""
        looks = self.desk.looks
        for between in range(first + 1, last):
            self.sheet.write_blank(row, between, None, looks.of("fact"))
        self.sheet.write_string(row, first, self.desk.speech.beside(column.heads), looks.of("fact"))
        fact = self.shown.fact(self.desk.tables["limits"], column.key)
        write(self.sheet, row, last, fact, looks.kind("line", _unwrapped(column), column.places, **more))

    def _aging(self) -> int:
        """Buckets of what the customer owes; one that owes nothing is not in the table of aging."""
        table, say = self.desk.tables["aging"], self.desk.speech
        buckets = [column for column in table.columns if column.kind == "amount" and column.key != "overdue"]
        rows = [[say.beside(column.heads), self.shown.fact(table, column.key, "0")] for column in buckets]
        title = say.beside(table.titles)
        return put(self.desk, self.sheet, 3, 9, Block(title, ("", ""), ("text", "amount"), rows, whole=False))

    def _points(self, top: int) -> int:
        cards = self.desk.tables.get("score_points")
        if cards is None:
            return top
        most = max(int(key.rpartition("|")[2]) for key in cards["card_key"].values.tolist())
        return self._lines(top, "score_points", _OF_POINTS, most, len(_OF_POINTS))

    def _balance(self, top: int) -> int:
        """What was open at the last month ends: a chart over figures in hidden columns at the right."""
        table = self.desk.tables.get("balances")
        if table is None:
            return top
        months = [column for column in table.columns if column.kind == "amount"]
        for place, column in enumerate(months, _MONTHS):
            self.sheet.write_string(top, place, column.heads[0][:7], self.desk.looks.of("tile_note", align="right"))
            fact = self.shown.fact(table, column.key)
            write(self.sheet, top + 1, place, fact, self.desk.looks.kind("cell", "amount", 0))
        self.sheet.set_column(_MONTHS, _MONTHS + len(months) - 1, 12, None, {"hidden": True})
        wide = charts.pixels(_WIDTHS[5:11])
        charts.history(self.desk, self.sheet, (top, _MONTHS), len(months), (top, 5), wide)
        return top + 12

    def _lines(self, top: int, key: str, columns: Sequence[str], most: int, wide: int = 0) -> int:
        """The customer's first lines of a table over so many columns, with where they were found at the right."""
        table = self.desk.tables.get(key)
        if table is None:
            return top - 1
        there = [column for column in columns if column in table]
        lines = [self.shown.line(table, nth + 1) for nth in range(min(most, len(table)))]
        for row, line in enumerate(lines, top + 2):
            write(self.sheet, row, _HELPER, line, self.desk.looks.kind("about", "integer"))
        say, gap = self.desk.speech, (wide or _HELPER) - len(there)
        rows = [self._found(table, there, line, row) + [""] * gap for row, line in enumerate(lines, top + 3)]
        heads = (*(say.beside(table[column].heads) for column in there), *[""] * gap)
        kinds = (*(_unwrapped(table[column]) for column in there), *["text"] * gap)
        return put(self.desk, self.sheet, top, 0, Block(say.beside(table.titles), heads, kinds, rows, whole=False))

    @staticmethod
    def _found(table: PackTable, columns: Sequence[str], line: Live, row: int) -> list[Cell]:
        return [at(line, f"$M${row}", table, column) for column in columns]


def _unwrapped(column: TableColumn) -> str:
    return "text" if column.kind == "wrapped" else column.kind
