"""The aging table: customers by bucket, footing to the cent."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xlcredit.excel.cells import Cell, Given, Table, plain
from xlcredit.excel.functions.rows import Refused, Rows, attempt, said
from xlcredit.kernel.dates import days_between
from xlcredit.kernel.money import EXACT, Minor, to_major, to_minor
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
    kept, names, days, minor = _read(rows)
    customers, owners = _customers(names)
    buckets, total = rows.policy.buckets, rows.words("aging_table", "total")
    sums = _exact(aging.age(minor, owners, len(customers), days, buckets))
    words = [name or rows.words("aging_table", "no_customer") for name in customers]
    lines = [_line(*line, rows.places) for line in zip(words, sums, strict=True)]
    last = _line(total, sums.sum(axis=0), rows.places)
    for row in sorted(rows.faults):
        _spoil(lines[owners[np.searchsorted(kept, row)]], rows.faults[row])
        _spoil(last, rows.faults[row])
    heading = [rows.words("columns", "customer"), *(rows.words("buckets", key) for key in buckets.keys), total]
    return [[*heading], *lines, last]


def _read(rows: Rows) -> tuple[NDArray[np.intp], Text, NDArray[np.float64], Minor]:
    """The rows that are not blank throughout: their positions, customers, days past due and minor units."""
    names, due, amounts = rows.texts("customer"), rows.days("due"), rows.amounts("amount")
    filled = (names != "") | ~np.isnat(due) | ~np.isnan(amounts)
    days = days_between(due, rows.needed_days("as_of", where=filled))
    filled[list(rows.faults)] = True
    kept = np.flatnonzero(filled)
    return kept, names[kept], days[kept], to_minor(amounts[kept], rows.places)


def _customers(names: Text) -> tuple[list[str], NDArray[np.intp]]:
    """Customers in the order they appear, and each row's place among them."""
    places = {name: place for place, name in enumerate(dict.fromkeys(names.tolist()))}
    return [*places], np.array([places[name] for name in names.tolist()], dtype=np.intp)


def _exact(minor: Minor) -> Minor:
    """The sums, if a cell can tell each to the last unit: else the table could not be seen to foot."""
    if float(np.abs(minor).sum(dtype=np.float64)) >= EXACT:
        raise Refused("sum-too-large")
    return minor


def _line(name: str, minor: NDArray[np.int64], places: int) -> list[Cell]:
    return [name, *plain(to_major([*minor, minor.sum()], places))]


def _spoil(line: list[Cell], fault: str) -> None:
    """Puts the fault in place of a line's sums; the first one found stays."""
    if not isinstance(line[1], str):
        line[1:] = [said(fault)] * (len(line) - 1)
