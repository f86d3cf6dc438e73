"""Expected credit losses, and roll rates from the balances of past months."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xlcredit.excel.cells import Cell, Given, Table, numbers, plain
from xlcredit.excel.functions.rows import Column, Refused, Rows, attempt, by_row, said
from xlcredit.kernel.money import to_major, to_minor
from xlcredit.rules.provision import history, losses


def expected_loss(
    amount: Given, days_past_due: Given, grade: Given = None, insured: Given = None, policy: Given = None
) -> Table:
    """Expected loss of each amount to the cent, "" without an amount."""
    arguments = {"amount": amount, "days_past_due": days_past_due, "grade": grade, "insured": insured}
    return by_row(_expected, Rows(arguments, policy))


def roll_rates(balances: Given) -> Table:
    """Roll rate of each bucket into the next in one row, the reason where nothing could roll."""
    rows = Rows({"balances": balances})
    rates = attempt(lambda: _rolled(rows), rows)
    return [[said(rates)]] if isinstance(rates, str) else [rates]


def _expected(rows: Rows) -> Column:
    rule, places = rows.policy.provision, rows.places
    amounts, grades, insured = rows.amounts("amount"), rows.texts("grade"), rows.unsigned("insured")
    known = {"", *rows.policy.grades.bands.outcomes}
    for row, grade in enumerate(grades.tolist()):
        if grade not in known:
            rows.note(row, "unknown-grade", value=grade, known=", ".join(rows.policy.grades.bands.outcomes[::-1]))
    days, minor = rows.numbers("days_past_due"), to_minor(amounts, places)
    lines = losses.expected(minor, days, rule, grades, to_minor(insured, places))
    return np.where(np.isnan(amounts), np.nan, to_major(lines, places))


def _rolled(rows: Rows) -> list[Cell]:
    table = rows.tables["balances"]
    width = max(map(len, table))
    if rows.n < 2 or width < 2:
        raise Refused("roll-too-few", rows=rows.n, columns=width)
    columns, faults = _columns(rows, width)
    rates = plain(history.roll_rates(np.column_stack(columns), rows.places))
    told = [faults.get(at, faults.get(at + 1, "")) for at in range(width - 1)]
    return [
        said(fault) if fault else _rate(rate, at, rows)
        for at, (rate, fault) in enumerate(zip(rates, told, strict=True))
    ]


def _columns(rows: Rows, width: int) -> tuple[list[NDArray[np.float64]], dict[int, str]]:
    """The balances of each bucket, and the first fault in each that has one."""
    columns, faults = [], {}
    for at in range(width):
        cells = [row[at] if at < len(row) else None for row in rows.tables["balances"]]
        column, broken = numbers(cells, max(rows.places, 2))
        columns.append(column)
        if broken:
            faults[at] = rows.in_words(broken[min(broken)], "balances")
    return columns, faults


def _rate(rate: Cell, at: int, rows: Rows) -> Cell:
    return rate if rate != "" else said(f"#DIV/0! {rows.words.fault('nothing-to-roll', 'message', {'column': at + 1})}")
