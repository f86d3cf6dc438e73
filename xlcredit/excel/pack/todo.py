"""What to do first: each list that somebody works through with its number, amount and first day; whom to call first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from xlcredit.excel.pack.blocks import Block, put
from xlcredit.excel.pack.live import (
    Cell,
    Live,
    column_total,
    count,
    count_of,
    earliest,
    nth,
    number_of,
    total_of,
    total_where,
)
from xlcredit.excel.pack.page import Desk
from xlcredit.excel.pack.tables import Tables

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_FIRST: Final = 6
"""Customers to call that the dashboard names."""
_CALLED: Final = ("customer", "name", "to_collect", "stage", "oldest_days")
_ALL: Final = '">-99999"'
"""Criterion that every number of days meets, and no blank."""


@dataclass(frozen=True, slots=True)
class Task:
    """A list to work through: how much there is to do."""

    key: str
    number: Live
    amount: Live | None = None
    due: Live | None = None

    @property
    def cells(self) -> list[Cell]:
        """Its line, after the link."""
        return ["", "", self.number, self.amount or "", self.due or ""]


def tasks(tables: Tables) -> Iterator[Task]:
    """The lists there are, the most pressing first."""
    if "calls" in tables:
        yield Task("calls", count(tables["calls"]), column_total(tables, "calls", "to_collect"))
    if tables.has("orders", "order_value", "decision"):
        orders, hold = tables["orders"], tables["orders"]["decision"].ramp[-1]
        yield Task("orders", count_of(orders, "decision", hold), total_of(orders, "order_value", "decision", hold))
    if tables.has("claims", "days_left", "insured_part") and tables.has("insurance", "notify_by"):
        claims = tables["claims"]
        told = total_where(claims, "insured_part", "days_left", _ALL, ~np.isnan(claims["days_left"].values))
        yield Task("claims", number_of(claims, "days_left"), told, earliest(tables["insurance"], "notify_by"))
    if tables.has("signals", "due_date"):
        yield Task("signals", count(tables["signals"]), due=earliest(tables["signals"], "due_date"))
    if "limit_changes" in tables:
        over = column_total(tables, "limit_changes", "excess")
        yield Task("limit_changes", count(tables["limit_changes"]), over)
    if tables.has("reviews", "next_review"):
        yield Task("reviews", count(tables["reviews"]), due=earliest(tables["reviews"], "next_review"))


def write_tasks(desk: Desk, sheet: Worksheet, corners: tuple[int, int, int], currency: str) -> int:
    """Writes what to do at the left and whom to call at the right; ``corners``: row, and column of each.

    The first row below.
    """
    top, left, right = corners
    return max(_todo(desk, sheet, (top, left), currency), _calls(desk, sheet, (top, right), currency))


def _todo(desk: Desk, sheet: Worksheet, corner: tuple[int, int], currency: str) -> int:
    (top, left), say, told = corner, desk.speech, list(tasks(desk.tables))
    if not told:
        return top
    heads = ("", "", say("pack", "number"), say.in_currency("pack", "as_amount", currency), say("pack", "first_due"))
    kinds = ("text", "text", "integer", "amount", "date")
    below = put(desk, sheet, top, left, Block(say("pack", "todo"), heads, kinds, [task.cells for task in told]))
    for row, task in enumerate(told, top + 2):
        sheet.write_url(row, left, desk.link(task.key), desk.looks.of("task"), desk.names[task.key])
    return below


def _calls(desk: Desk, sheet: Worksheet, corner: tuple[int, int], currency: str) -> int:
    """The first lines of the list of calls, however it is sorted."""
    table, say, (top, right) = desk.tables.get("calls"), desk.speech, corner
    if table is None:
        return top
    keys = [key for key in _CALLED if key in table]
    heads = tuple(
        say.in_currency("columns", key, currency) if table[key].kind == "amount" else say("columns", key)
        for key in keys
    )
    kinds = tuple(table[key].kind.replace("wrapped", "text") for key in keys)
    rows = [[nth(table, key, line) for key in keys] for line in range(min(_FIRST, len(table)))]
    return put(desk, sheet, top, right, Block(say("pack", "call_first"), heads, kinds, rows))
