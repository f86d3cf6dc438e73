"""The aging table: customers by bucket, footing to the cent."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xlcredit.excel.cells import Cell, Given, Table, is_blank, plain
from xlcredit.excel.functions.rows import Rows, attempt, said
from xlcredit.kernel.dates import days_between
from xlcredit.kernel.money import to_major, to_minor
from xlcredit.ledger.tables import Text
from xlcredit.rules import aging


def aging_table(customer: Given, due: Given, amount: Given, as_of: Given, policy: Given = None) -> Table:
    """A heading, a row per customer in the order they appear, and a row of totals.

    A broken row spoils its customer's line and the totals: a sum of what happens to be readable is no sum. Rows that
    are blank throughout are left out.
    """
    rows = Rows({"customer": customer, "due": due, "amount": amount, "as_of": as_of}, policy)
    table = attempt(lambda: _table(rows), rows)
    return [[said(table)]] if isinstance(table, str) else table


def _table(rows: Rows) -> Table:
    names, due, amounts = rows.texts("customer"), rows.days("due"), rows.amounts("amount")
    days = days_between(due, rows.needed_days("as_of"))
    kept = [row for row in range(rows.n) if row in rows.faults or not _is_empty(row, names, due, amounts)]
    codes = {name: code for code, name in enumerate(dict.fromkeys(names[kept].tolist()))}
    owners = np.array([codes[name] for name in names[kept].tolist()], dtype=np.intp)
    buckets = rows.policy.buckets
    minor = aging.age(to_minor(amounts[kept], rows.places), owners, len(codes), days[kept], buckets)
    spoiled = {int(owners[at]): rows.faults[row] for at, row in reversed([*enumerate(kept)]) if row in rows.faults}
    heading: list[Cell] = [rows.words("columns", "customer"), *(rows.words("buckets", key) for key in buckets.keys)]
    lines = [
        _line(name or rows.words("aging_table", "no_customer"), minor[code], rows.places)
        for name, code in codes.items()
    ]
    for code, text in spoiled.items():
        lines[code][1:] = [said(text)] * (len(buckets.keys) + 1)
    total = rows.words("aging_table", "total")
    last = _line(total, minor.sum(axis=0), rows.places)
    if spoiled:
        last[1:] = [said(rows.faults[min(rows.faults)])] * (len(buckets.keys) + 1)
    return [[*heading, total], *lines, last]


def _is_empty(row: int, names: Text, due: NDArray[np.datetime64], amounts: NDArray[np.float64]) -> bool:
    return is_blank(names[row]) and bool(np.isnat(due[row])) and bool(np.isnan(amounts[row]))


def _line(name: str, minor: NDArray[np.int64], places: int) -> list[Cell]:
    return [name, *plain(to_major([*minor, minor.sum()], places))]
