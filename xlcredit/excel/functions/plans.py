"""Payment plans: amounts in instalments, one plan below the other."""

from __future__ import annotations

import numpy as np

from xlcredit.excel.cells import Cell, Given, Table, plain
from xlcredit.excel.functions.rows import Rows, attempt, said
from xlcredit.kernel.dates import Date
from xlcredit.kernel.money import in_text, to_major, to_minor
from xlcredit.rules.plan import EVERY, Interval, Plan, schedule

HEADINGS = ("plan", "instalment", "due", "amount", "left", "note")
MOST = 600
"""Instalments of a plan: fifty years of months."""
_LONGEST = 366
"""Days between two instalments; 600 of them stay within the calendar."""

SPELLINGS = {
    "week": "week weekly weeks 周 每周 星期",
    "fortnight": "fortnight fortnightly biweekly 两周 每两周",
    "month": "month monthly months 月 每月 按月",
    "quarter": "quarter quarterly quarters 季 季度 每季 每季度 按季",
    "half_year": "half-year half_year halfyear semester 半年 每半年",
    "year": "year yearly annual annually years 年 每年 按年",
}
_KNOWN = {spelling: EVERY[name] for name, spellings in SPELLINGS.items() for spelling in spellings.split()}
_WIDTH = len(HEADINGS)


def payment_plan(amount: Given, instalments: Given, first_date: Given, every: Given = None) -> Table:
    """A heading, then a line for each instalment; a plan that cannot be made is a line with its error."""
    arguments = {"amount": amount, "instalments": instalments, "first_date": first_date, "every": every}
    rows = Rows(arguments)
    table = attempt(lambda: _table(rows), rows)
    return [[said(table)]] if isinstance(table, str) else table


def _table(rows: Rows) -> Table:
    minor = to_minor(rows.amounts("amount"), rows.places)
    blank = np.isnan(rows.amounts("amount"))
    counts, firsts, every = rows.numbers("instalments"), rows.days("first_date"), rows.texts("every")
    table: Table = [[rows.words("plan", heading) for heading in HEADINGS]]
    for row in range(rows.n):
        if row not in rows.faults and blank[row] and np.isnan(counts[row]) and np.isnat(firsts[row]):
            continue
        interval = _interval(rows, row, every[row])
        count = _count(rows, row, counts[row])
        if np.isnat(firsts[row]):
            rows.note(row, "blank", argument="first_date")
        if blank[row]:
            rows.note(row, "blank", argument="amount")
        elif minor[row] < count:
            rows.note(row, "too-little-to-split", value=f"{to_major(minor[row], rows.places):g}", count=count)
        table += _lines(rows, row, int(minor[row]), count, firsts[row], interval)
    return table


def _interval(rows: Rows, row: int, text: str) -> Interval:
    every = text.casefold() or "month"
    days = every.removesuffix("days").removesuffix("天").strip()
    if days.isdecimal() and 1 <= int(days) <= _LONGEST:
        return Interval(int(days), "days")
    if every not in _KNOWN:
        rows.note(row, "unknown-interval", value=text, known=", ".join(EVERY).replace("_", "-"))
    return _KNOWN.get(every, EVERY["month"])


def _count(rows: Rows, row: int, count: float) -> int:
    if np.isnan(count):
        rows.note(row, "blank", argument="instalments")
    elif not (1 <= count <= MOST and count.is_integer()):
        rows.note(row, "no-count", argument="instalments", value=f"{count:g}", most=MOST)
    else:
        return int(count)
    return 1


def _lines(rows: Rows, row: int, minor: int, count: int, first: Date, every: Interval) -> Table:
    if row in rows.faults:
        return [[row + 1, *[said(rows.faults[row])] * (_WIDTH - 1)]]
    made = schedule(minor, count, first, every)
    columns = (made.due, to_major(made.minor, rows.places), to_major(made.left, rows.places))
    lines = zip(*map(plain, columns), _notes(made, rows), strict=True)
    return [[row + 1, number, *line] for number, line in enumerate(lines, 1)]


def _notes(made: Plan, rows: Rows) -> list[Cell]:
    """A note beside the instalment that takes the remainder, where there is one."""
    notes: list[Cell] = [""] * len(made.due)
    if made.remainder:
        notes[-1] = rows.words("plan", "takes_remainder").format(amount=in_text(made.remainder, rows.places))
    return notes
