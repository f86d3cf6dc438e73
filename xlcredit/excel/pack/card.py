"""The customer card: choose a customer, and plain formulas look up its file: no macro, no function of Excel 365.

One MATCH finds the customer's line in the card index, whose figures say where its lines begin in the tables that are
sorted by customer; everything else is INDEX. Signals are sorted by urgency and found one after the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from xlcredit.control import Review
from xlcredit.excel.pack import charts
from xlcredit.excel.pack.blocks import Block, put, write
from xlcredit.excel.pack.live import Cell, Live, known, number
from xlcredit.excel.pack.sheets import Desk, heading, set_up
from xlcredit.excel.pack.tables import PackTable, Tables

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

CHOICE: Final = "$B$4"
_LINE: Final = "$B$5"
_KEY: Final = f'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({CHOICE},"~","~~"),"*","~*"),"?","~?")'
"""The choice as MATCH takes it: a customer may be called "A*"."""
_WIDTHS: Final = (24, 26, 13, 13, 13, 15, 15, 15, 12, 24, 15, 15, 15)
_HELPER: Final = 12
"""Column M, where the lines stand at which signals were found."""
_ITEMS, _EVENTS, _SIGNALS = 20, 8, 6
_FILE: Final = (
    ("name", "grade", "score", "average_days_late", "constraint"),
    ("exposure", "overdue", "limit_in_force", "limit", "headroom", "utilization", "insured_part", "uninsured_part"),
)
"""Columns of the table of limits in the card's two columns of facts."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The customer whose card the pack opens with."""

    tables: Tables
    line: int

    @property
    def customer(self) -> str:
        """Its number."""
        return str(self.tables["card_index"]["customer"].values[self.line])

    def at(self, table: PackTable, key: str, line: str = _LINE) -> Live:
        """A column's cell in the customer's line of a table that has all customers."""
        return _cell(table, key, line, self.line)

    def nth(self, table: PackTable, key: str, nth: int) -> Live:
        """A column's cell in the customer's n-th line, from 0, of a table sorted by customer; "" after its last."""
        index = self.tables["card_index"]
        first, count = (self.at(index, f"{table.key}_{part}") for part in ("first", "count"))
        inside = _cell(table, key, f"{first.formula}+{nth}", int(number(first)) - 1 + nth)
        has = nth < number(count)
        return Live(f'IF({nth}<{count.formula},{inside.formula},"")', inside.value if has else "")


def _cell(table: PackTable, key: str, line: str, at: int) -> Live:
    """A column's cell, blank ones "": the index of a figure is a figure."""
    cell, values = f"INDEX({table.ref(key)},{line})", table[key].values
    if values.dtype == object:
        return Live(f'{cell}&""', str(values[at]) if at < len(values) else "")
    if key.endswith(("_first", "_count")):
        return Live(cell, float(values[at]))
    return Live(f'IF({cell}="","",{cell})', known(values[at]) if at < len(values) else "")


def write_card(desk: Desk, review: Review, customer: str | None) -> None:
    """Writes the card's sheet, open at this customer or at the one that owes most."""
    sheet = desk.book.add_worksheet(desk.names["card"])
    heading(desk, sheet, "card")
    sheet.write_url(2, 0, desk.link("dashboard"), desk.looks.of("link"), "◂ " + desk.names["dashboard"])
    for at, width in enumerate(_WIDTHS):
        sheet.set_column(at, at, width)
    shown = Shown(desk.tables, _line(review, customer))
    _choice(desk, sheet, shown)
    below = max(_file(desk, sheet, shown), _aging(desk, sheet, shown))
    below = _scores(desk, sheet, shown, below + 1, review)
    below = _items(desk, sheet, shown, below + 1)
    below = _events(desk, sheet, shown, below + 1)
    last = _signals(desk, sheet, shown, below + 1)
    set_up(desk, sheet, 0, landscape=True)
    sheet.fit_to_pages(1, 1)
    sheet.freeze_panes(5, 0)
    sheet.print_area(0, 0, last, len(_WIDTHS) - 1)


def _line(review: Review, customer: str | None) -> int:
    found = review.customers
    if customer is not None:
        return int(np.flatnonzero(found.customer == customer)[0])
    return int(np.argmax(np.nan_to_num(found.exposure, nan=-np.inf)))


def _choice(desk: Desk, sheet: Worksheet, shown: Shown) -> None:
    index, looks = desk.tables["card_index"], desk.looks
    desk.book.define_name("customer_list", f"={index.ref('customer')}")
    desk.book.define_name("card_customer", f"='{desk.names['card']}'!{CHOICE}")
    sheet.set_row(3, 24)
    sheet.write_string(3, 0, desk.speech("pack", "choose"), looks.of("total"))
    sheet.write_string(3, 1, shown.customer, looks.of("choice"))
    rule: dict[str, Any] = {
        "validate": "list",
        "source": "=customer_list",
        "error_message": desk.speech("pack", "unknown_customer"),
    }
    sheet.data_validation(3, 1, 3, 1, rule)
    sheet.write_string(4, 0, desk.speech("pack", "line"), looks.of("about"))
    line = Live(f"MATCH({_KEY},{index.ref('customer')},0)", float(shown.line + 1))
    write(sheet, 4, 1, line, looks.of("about", align="left"))


def _file(desk: Desk, sheet: Worksheet, shown: Shown) -> int:
    """The facts on file: who it is and how it pays, what it owes and may owe."""
    table, below = shown.tables["limits"], 0
    for left, keys in zip((0, 3), _FILE, strict=True):
        there = [key for key in keys if key in table]
        for down, key in enumerate(there, 6):
            column, look = (
                table[key],
                desk.looks.kind("line", table[key].kind.replace("wrapped", "text"), table[key].places),
            )
            sheet.write_string(down, left, desk.speech.beside(column.heads), desk.looks.of("fact"))
            if left:
                sheet.write_blank(down, left + 1, None, desk.looks.of("line"))
            write(
                sheet,
                down,
                left + (2 if left else 1),
                shown.at(table, key),
                look if left else desk.looks.kind("line", column.kind, column.places, align="left"),
            )
        below = max(below, 6 + len(there))
    sheet.write_string(below, 0, desk.speech("columns", "reasons"), desk.looks.of("fact"))
    write(sheet, below, 1, shown.at(shown.tables["card_index"], "reasons"), desk.looks.of("cell"))
    return below + 1


def _aging(desk: Desk, sheet: Worksheet, shown: Shown) -> int:
    """Buckets of what the customer owes; one that owes nothing is not in the table of aging."""
    table, say = shown.tables["aging"], desk.speech
    of = {customer: at for at, customer in enumerate(table["customer"].values.tolist())}
    at = of.get(shown.customer)
    keys = [
        column.key for column in table.columns if column.kind == "amount" and column.key not in ("total", "overdue")
    ]
    match = f"MATCH({_KEY},{table.ref('customer')},0)"
    rows: list[list[Cell]] = [
        [
            say.beside(table[key].heads),
            Live(f"IFERROR(INDEX({table.ref(key)},{match}),0)", 0.0 if at is None else float(table[key].values[at])),
        ]
        for key in (*keys, "total")
    ]
    return put(desk, sheet, 4, 9, Block(say("pack", "aging"), ("", ""), ("text", "amount"), rows, whole=False))


def _scores(desk: Desk, sheet: Worksheet, shown: Shown, top: int, review: Review) -> int:
    table, say = shown.tables["score_points"], desk.speech
    most = max(len(card.names) for card in review.policy.scorecards.values())
    keys = ("characteristic", "given", "earned", "best")
    below = _lines(desk, sheet, shown, (top, 0), table, keys, most, say("pack", "score")) if len(table) else top
    if "balances" in shown.tables:
        below = max(below, _balance(desk, sheet, shown, top))
    return below


def _balance(desk: Desk, sheet: Worksheet, shown: Shown, top: int) -> int:
    """What was open at the last month ends, as a chart over figures that stand to the right of it."""
    table = shown.tables["balances"]
    months = table.columns[1:]
    look = desk.looks.of("tile_note", align="right")
    for at, column in enumerate(months):
        sheet.write_string(top, 14 + at, column.heads[0][:7], look)
        write(sheet, top + 1, 14 + at, shown.at(table, column.key), desk.looks.kind("cell", "amount", 0))
    sheet.set_column(14, 14 + len(months) - 1, 12)
    charts.history(desk, sheet, (top, 14), len(months), (top, 5), charts.pixels(_WIDTHS[5:11]))
    return top + 12


def _items(desk: Desk, sheet: Worksheet, shown: Shown, top: int) -> int:
    table = shown.tables["open_items"]
    keys = (
        "document",
        "document_type",
        "document_date",
        "due_date",
        "currency",
        "open_amount",
        "open",
        "days_past_due",
        "stage",
        "action",
    )
    return _lines(desk, sheet, shown, (top, 0), table, keys, min(_ITEMS, len(table)), desk.speech.beside(table.titles))


def _events(desk: Desk, sheet: Worksheet, shown: Shown, top: int) -> int:
    if "events" not in shown.tables:
        return top - 1
    table = shown.tables["events"]
    return _lines(
        desk,
        sheet,
        shown,
        (top, 0),
        table,
        ("type", "date", "note"),
        min(_EVENTS, len(table)),
        desk.speech.beside(table.titles),
    )


def _lines(
    desk: Desk,
    sheet: Worksheet,
    shown: Shown,
    corner: tuple[int, int],
    table: PackTable,
    keys: Sequence[str],
    n: int,
    title: str,
) -> int:
    """A block of the customer's first lines in a table sorted by customer."""
    heads = tuple(desk.speech.beside(table[key].heads) for key in keys)
    kinds = tuple(table[key].kind.replace("wrapped", "text") for key in keys)
    rows = [[shown.nth(table, key, line) for key in keys] for line in range(n)]
    return put(desk, sheet, *corner, Block(title, heads, kinds, rows, whole=False))


def _signals(desk: Desk, sheet: Worksheet, shown: Shown, top: int) -> int:
    """The customer's first signals; the lines at which they were found stand beside them."""
    if not shown.tables.has("signals", "signal", "level"):
        return top
    table, say = shown.tables["signals"], desk.speech
    mine = np.flatnonzero(table["customer"].values == shown.customer)[:_SIGNALS].tolist()
    keys = [key for key in ("signal", "level", "due_date", "evidence") if key in table]
    rows: list[list[Cell]] = []
    for nth in range(_SIGNALS):
        found = mine[nth] if nth < len(mine) else None
        address = f"$M${top + 3 + nth}"
        cells = [
            _if_found(address, _cell(table, key, address, found if found is not None else 0), found) for key in keys
        ]
        rows.append([*cells, *[""] * (_HELPER - len(keys)), _found(table, nth, top, found)])
    heads = (*(say.beside(table[key].heads) for key in keys), *[""] * (_HELPER - len(keys)), say("pack", "line"))
    kinds = (
        *(table[key].kind.replace("wrapped", "text") for key in keys),
        *["text"] * (_HELPER - len(keys)),
        "integer",
    )
    return put(desk, sheet, top, 0, Block(say.beside(table.titles), heads, kinds, rows))


def _if_found(address: str, cell: Live, found: int | None) -> Live:
    return Live(f'IF({address}="","",{cell.formula})', "" if found is None else cell.value)


def _found(table: PackTable, nth: int, top: int, found: int | None) -> Live:
    """The line of the customer's next signal after the one above, "" after its last."""
    names = table.ref("customer")
    value = "" if found is None else float(found + 1)
    if nth == 0:
        return Live(f'IFERROR(MATCH({_KEY},{names},0),"")', value)
    above = f"$M${top + 2 + nth}"
    rest = f"INDEX({names},{above}+1):INDEX({names},ROWS({names}))"
    return Live(f'IF({above}="","",IF({above}>=ROWS({names}),"",IFERROR({above}+MATCH({_KEY},{rest},0),"")))', value)
