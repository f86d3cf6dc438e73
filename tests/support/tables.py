"""Ledgers written as tables, so that a scenario reads like one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from xlcredit.control.listing import Listing
from xlcredit.ledger.ledger import Ledger, customers_from, items_from
from xlcredit.ledger.records import RECORD_ROLES, Records
from xlcredit.ledger.tables import CUSTOMER_ROLES, ITEM_ROLES

_KINDS = {role: kind for roles in (ITEM_ROLES, CUSTOMER_ROLES) for role, (kind, _) in roles.items()} | {
    "settled": "money",
    "disputed": "money",
}


def ledger(items: str, customers: str = "", **beside: str) -> Ledger:
    """The ledger of its tables: a line of roles, then a line per row, cells between bars; blank is missing.

    Tables beside the ledger go by their kind, such as orders.
    """
    people = _columns(customers) if customers else {}
    sheets = {kind: records(kind, table) for kind, table in beside.items()}
    return Ledger(items_from(_columns(items)), customers_from(people), records=sheets)


def records(kind: str, table: str) -> Records:
    """The records of a table."""
    kinds = {role: kind for role, (kind, _) in RECORD_ROLES[kind].items()}
    columns = _columns(table, kinds)
    rows = np.arange(2, len(lines(table)) + 1)
    texts, days = ({role: columns[role] for role in columns if kinds[role] == kind} for kind in ("text", "date"))
    figures = {role: columns[role] for role in columns if role not in texts and role not in days}
    return Records(kind, rows, texts, figures, days, {})


def lines(table: str) -> list[list[str]]:
    """Cells of a table, its heading line first."""
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def cells(made: Listing | None, *keys: str) -> list[list[object]]:
    """Cells of a listing's columns, days as text; "" is missing, and so is a column that is not there."""
    there = {field.key for field in made.fields} if made else set()
    return [[_cell(made[key][line]) if key in there else "" for key in keys] for line in range(len(made or ()))]


def shown(made: Listing | None, *keys: str, digits: int = 10) -> list[list[str]]:
    """The same as texts that ``lines`` reads from a table."""
    return [[_text(cell, digits) for cell in line] for line in cells(made, *keys)]


def _cell(cell: object) -> object:
    plain = cell.item() if isinstance(cell, np.generic) else cell
    if plain is None or (isinstance(plain, float) and np.isnan(plain)):
        return ""
    return str(plain) if isinstance(plain, date) else plain


def _text(cell: object, digits: int) -> str:
    if isinstance(cell, tuple):
        return ", ".join(map(str, cell))
    return f"{cell:.{digits}g}" if isinstance(cell, float) else str(cell)


def _columns(table: str, kinds: Mapping[str, str] = _KINDS) -> dict[str, np.ndarray]:
    heading, *rows = lines(table)
    return {role: _column(role, kinds.get(role, "text"), [row[at] for row in rows]) for at, role in enumerate(heading)}


def _column(role: str, kind: str, cells: Sequence[str]) -> np.ndarray:
    match kind:
        case "date":
            return np.array([cell or "NaT" for cell in cells], dtype="datetime64[D]")
        case "money" | "number" | "ratio":
            blank = 0.0 if role == "settled" else np.nan
            return np.array([float(cell) if cell else blank for cell in cells])
        case "flag":
            return np.array([cell == "yes" for cell in cells])
    return np.array(cells, dtype=object)
