"""Ledgers written as tables, so that a scenario reads like one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from xlcredit.ledger.ledger import Ledger, customers_from, items_from
from xlcredit.ledger.tables import CUSTOMER_ROLES

_MONEY = ("amount", "settled", "last_stage")
_DATES = ("document_date", "due_date", "settled_date", "since")


def ledger(items: str, customers: str = "") -> Ledger:
    """The ledger of two tables: a line of roles, then a line per row, cells between bars; blank is missing."""
    people = _columns(customers) if customers else {}
    return Ledger(items_from(_columns(items)), customers_from(people))


def lines(table: str) -> list[list[str]]:
    """Cells of a table, its heading line first."""
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def _columns(table: str) -> dict[str, np.ndarray]:
    heading, *rows = lines(table)
    return {role: _column(role, [row[at] for row in rows]) for at, role in enumerate(heading)}


def _column(role: str, cells: Sequence[str]) -> np.ndarray:
    if role in _DATES:
        return np.array([cell or "NaT" for cell in cells], dtype="datetime64[D]")
    if role in _MONEY or CUSTOMER_ROLES.get(role, ("text",))[0] in ("money", "number", "ratio"):
        blank = 0.0 if role == "settled" else np.nan
        return np.array([float(cell) if cell else blank for cell in cells])
    if role == "blocked":
        return np.array([cell == "yes" for cell in cells])
    return np.array(cells, dtype=object)
