"""Reading a customers sheet and the sheets of records beside it: a row for each customer, payment, order or event."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from xlcredit.ledger.findings import Finding
from xlcredit.ledger.grid import Grid
from xlcredit.ledger.labels import is_total, starts_or_ends_total
from xlcredit.ledger.place import Place
from xlcredit.ledger.records import RECORD_ROLES, Records
from xlcredit.ledger.rowkinds import Body, read_body
from xlcredit.ledger.sheetcolumns import SheetColumns
from xlcredit.ledger.tables import CUSTOMER_ROLES, EXTRA_ROLES, Customers, Text
from xlcredit.ledger.textcells import keys

Names = Mapping[str, Text]


def read_customers(grid: Grid, where: Place) -> tuple[Customers, tuple[Finding, ...]]:
    """The customers of a sheet, first row of each, and what was found on the way."""
    body = read_body(grid, where)
    positions, twice = _customer_rows(body)
    sheet = SheetColumns(grid, body, positions, CUSTOMER_ROLES)
    figures, broken = sheet.figures()
    name = sheet.text("name")
    customer = keys(sheet.strip(_role_of_customers(body)).cells)
    days, flags = sheet.days(), sheet.flags()
    customers = Customers(
        row=sheet.rows + 1,
        customer=np.where(customer != "", customer, name),
        name=name,
        terms=sheet.text("terms"),
        currency=sheet.currency(),
        since=days.get("since", np.full(len(positions), np.datetime64("NaT", "D"))),
        blocked=flags.get("blocked", np.zeros(len(positions), dtype=np.bool_)),
        figures=figures,
        broken=broken,
        texts={role: sheet.text(role) for role in sheet.of_kind("text") if role in EXTRA_ROLES},
        days={role: days[role] for role in days if role in EXTRA_ROLES},
        marks={role: flags[role] for role in flags if role in EXTRA_ROLES},
        place=where,
    )
    return customers, (*twice, *sheet.findings, *sheet.broken_texts())


def read_records(grid: Grid, where: Place, kind: str) -> tuple[Records, tuple[Finding, ...]]:
    """The records of a sheet, one a row, and what was found on the way; totals and repeated headings are none."""
    body = read_body(grid, where)
    names = _names(body)
    positions = [
        at
        for at in range(body.length)
        if any(cells[at] not in (None, "") for cells in body.cells.values()) and not _is_no_customer(where, names, at)
    ]
    sheet = SheetColumns(grid, body, positions, RECORD_ROLES[kind])
    figures, broken = sheet.figures()
    texts = {role: sheet.text(role) for role in sheet.of_kind("text")}
    texts |= {role: keys(sheet.strip(role).cells) for role in names}
    if "currency" in RECORD_ROLES[kind]:
        texts["currency"] = sheet.currency()
    records = Records(kind, sheet.rows + 1, texts, figures, sheet.days(), broken, where, sheet.times())
    return records, (*sheet.findings, *sheet.broken_texts())


def _role_of_customers(body: Body) -> str:
    return "customer" if "customer" in body.place.columns else "name"


def _names(body: Body) -> Names:
    return {role: keys(cells) for role, cells in body.cells.items() if role in ("customer", "name")}


def _customer_rows(body: Body) -> tuple[list[int], list[Finding]]:
    """Positions of the first row of each customer, and a finding for each later one."""
    first: dict[str, int] = {}
    found: list[Finding] = []
    role = _role_of_customers(body)
    names = _names(body)
    for position in range(body.length):
        key = str(names[role][position]) or str(names.get("name", names[role])[position])
        if not key or _is_no_customer(body.place, names, position):
            continue
        if key in first:
            facts = {"customer": key, "row": body.sheet_row(first[key]) + 1}
            found.append(
                Finding("warning", "duplicate-customer", body.place.cell(role, body.sheet_row(position)), facts)
            )
        first.setdefault(key, position)
    return list(first.values()), found


def _is_no_customer(place: Place, names: Names, position: int) -> bool:
    """Totals and repeated headings."""
    said = [str(column[position]) for column in names.values() if column[position]]
    if not said:
        return False
    total = is_total(said[0]) or (len(said) == 1 < len(names) and starts_or_ends_total(said[0]))
    return total or said == [place.headings.get(role, "") for role in names]
