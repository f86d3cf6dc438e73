"""Who owes each item: the customer's number and name, from the row itself or from what stands above it.

Group rows, merged cells and outline columns name a customer once for all the items below.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xlcredit.ledger.findings import Finding
from xlcredit.ledger.grid import Grid
from xlcredit.ledger.labels import is_bucket, total_of
from xlcredit.ledger.rowkinds import Body, RowKind
from xlcredit.ledger.tables import Text
from xlcredit.ledger.textcells import as_text, keys, texts


@dataclass(frozen=True, slots=True)
class Parties:
    """Customer and name of each item."""

    customer: Text
    name: Text
    findings: tuple[Finding, ...] = ()


def lacks_customers(body: Body) -> bool:
    """Whether most plain items name no customer of their own."""
    columns = [keys(body.cells[role]) for role in ("customer", "name") if role in body.cells]
    plain = [position for position in range(body.length) if position not in body.kinds] if body.kinds else []
    named = sum(any(column[position] for column in columns) for position in plain)
    return bool(plain) and named * 2 < len(plain)


def read_parties(grid: Grid, body: Body, items: NDArray[np.int64]) -> Parties:
    """The parties of the items at these positions of the body."""
    _fill_merged(grid, body)
    role = next((role for role in ("customer", "name", "document") if role in body.cells), next(iter(body.cells)))
    named = role if role in ("customer", "name") else ""
    customer = keys(_cells(body, named, items)) if named else _empty(len(items))
    name = texts(_cells(body, "name", items)) if "name" in body.cells else _empty(len(items))
    findings: list[Finding] = []
    if (customer == "").any():
        if role == "customer":
            _take_names(customer, name, body, items, findings)
        _carry_down(customer, name, body, items, findings)
    findings += [
        Finding("error", "customer-missing", body.place.cell(role, body.sheet_row(int(items[at]))))
        for at in np.flatnonzero(customer == "").tolist()
    ]
    return Parties(customer, name, tuple(findings))


def _cells(body: Body, role: str, items: NDArray[np.int64]) -> list[object]:
    cells = body.cells[role]
    return cells if len(items) == len(cells) else [cells[position] for position in items.tolist()]


def _empty(length: int) -> Text:
    column = np.empty(length, dtype=object)
    column[:] = ""
    return column


def _fill_merged(grid: Grid, body: Body) -> None:
    """A merged cell's value stands in its first row only; its other rows get it here."""
    for role in ("customer", "name"):
        at = body.place.columns.get(role)
        for first, left, last, right in grid.merged:
            start, stop = first - body.place.first_row, last - body.place.first_row + 1
            if at is not None and left <= at <= right and start >= 0 and last > first:
                cells = body.cells[role]
                for position in range(start + 1, min(stop, body.length)):
                    cells[position] = cells[start]


def _take_names(customer: Text, name: Text, body: Body, items: NDArray[np.int64], findings: list[Finding]) -> None:
    """An item with a name and no number takes the number that name has elsewhere, else the name itself."""
    numbers: dict[str, set[str]] = {}
    for number, called in zip(customer, name, strict=True):
        if number and called:
            numbers.setdefault(called, set()).add(number)
    for at in np.flatnonzero((customer == "") & (name != "")).tolist():
        known = numbers.get(name[at], set())
        customer[at] = next(iter(known)) if len(known) == 1 else " ".join(name[at].split())
        where = body.place.cell("customer", body.sheet_row(int(items[at])))
        findings.append(Finding("info", "customer-by-name", where, {"name": name[at], "customer": customer[at]}))


def _carry_down(customer: Text, name: Text, body: Body, items: NDArray[np.int64], findings: list[Finding]) -> None:
    """Items without a customer take the one of the group row above, or of the item above in an outline."""
    missing = np.flatnonzero(customer == "")
    headings = _group_headings(body)
    if headings:
        at_rows = np.array([position for position, _, _ in headings])
        aboves = np.searchsorted(at_rows, items[missing]) - 1
        for at, above in zip(missing.tolist(), aboves.tolist(), strict=True):
            if above >= 0:
                customer[at] = headings[above][1]
                name[at] = name[at] or headings[above][2]
    elif len(missing) * 2 >= len(items) and customer[0] != "":
        for at in missing.tolist():
            customer[at], name[at] = customer[at - 1], name[at] or name[at - 1]
        role = "customer" if "customer" in body.cells else "name"
        findings.append(Finding("info", "customers-carried-down", body.place.column(role), {"count": len(missing)}))


def _group_headings(body: Body) -> list[tuple[int, str, str]]:
    """Position, customer and name of each group row, and of the totals that close a group (nobody)."""
    headings: list[tuple[int, str, str]] = []
    for position, kind in body.kinds.items():
        label = body.labels.get(position, "")
        if kind is RowKind.GROUP and label and not is_bucket(label):
            number, called = (_own(body, role, position) for role in ("customer", "name"))
            headings.append(
                (position, number or called or " ".join(label.split()), called or ("" if number else label))
            )
        elif kind is RowKind.TOTAL or (headings and headings[-1][1] and total_of(label) in headings[-1][1:]):
            headings.append((position, "", ""))
    return headings if any(number for _, number, _ in headings) else []


def _own(body: Body, role: str, position: int) -> str:
    """A row's own customer or name."""
    return " ".join(as_text(body.cells[role][position]).split()) if role in body.cells else ""
