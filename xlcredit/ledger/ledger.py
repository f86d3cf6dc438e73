"""The ledger: open items and customers as canonical tables, and the amounts open as of a date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xlcredit.ledger.findings import Finding
from xlcredit.ledger.place import Place
from xlcredit.ledger.records import Records
from xlcredit.ledger.tables import CUSTOMER_ROLES, EXTRA_ROLES, Customers, Money, OpenItems


@dataclass(frozen=True, slots=True)
class Source:
    """Where a ledger came from: the evidence a review names."""

    file: str = ""
    sha256: str = ""
    layout: str = ""
    place: Place | None = None

    @property
    def sheet(self) -> str:
        """Name of the sheet, "" for a ledger that never stood in one."""
        return self.place.sheet if self.place else ""

    def states(self, role: str) -> bool:
        """Whether the ledger has a column of this role."""
        return self.place is not None and role in self.place.columns

    def where(self, role: str, row: int | None = None) -> str:
        """Address of a role's cell in a row counted from 1, or of its column; what is nearest where it has none."""
        if self.place is None or role not in self.place.columns:
            return self.sheet if row is None else f"{self.sheet} {row}".strip()
        return self.place.column(role) if row is None else self.place.cell(role, row - 1)


@dataclass(frozen=True, slots=True)
class Ledger:
    """What a review reads: items, customers if there is a sheet of them, source and findings."""

    items: OpenItems
    customers: Customers
    source: Source = Source()
    findings: tuple[Finding, ...] = ()
    records: Mapping[str, Records] = field(default_factory=dict)
    """Kind → the sheet of such records beside the ledger; see ``recorded``."""

    def recorded(self, kind: str) -> Records:
        """The records of a kind, none where there is no such sheet."""
        return self.records.get(kind) or Records.none(kind)


def open_amount(items: OpenItems, as_of: np.datetime64) -> Money:
    """Amount of each item open on a day: amount less what was settled on or before it; NaN if unreadable.

    Documents dated after the day are not there yet. What was settled at an unknown date was settled before.
    """
    there = np.isnat(items.document_date) | (items.document_date <= as_of)
    settled = np.isnat(items.settled_date) | (items.settled_date <= as_of)
    return np.where(there, items.amount - np.where(settled, items.settled, 0.0), 0.0)


def items_from(columns: Mapping[str, ArrayLike]) -> OpenItems:
    """Open items from columns by role, such as those of a pandas DataFrame; only ``amount`` must be there.

    Raises:
        KeyError: there is no ``amount``.
    """
    amount = np.asarray(columns["amount"], dtype=np.float64)
    n = len(amount)
    return OpenItems(
        row=np.asarray(columns["row"] if "row" in columns else np.arange(2, n + 2), dtype=np.int64),
        amount=amount,
        settled=_column(columns, "settled", n, 0.0),
        last_stage=_column(columns, "last_stage", n, np.nan),
        disputed=_column(columns, "disputed", n, np.nan),
        blocked=_column(columns, "blocked", n, fill=False),
        **{
            role: _column(columns, role, n, "")
            for role in ("customer", "name", "document", "document_type", "terms", "currency")
        },
        **{
            role: _column(columns, role, n, np.datetime64("NaT", "D"))
            for role in ("document_date", "due_date", "settled_date", "promised_date", "planned_date", "last_dunned")
        },
    )


def customers_from(columns: Mapping[str, ArrayLike], n: int | None = None) -> Customers:
    """Customers from columns by role; with none, an empty table."""
    n = len(np.asarray(columns["customer"])) if "customer" in columns else (n or 0)
    figures = {
        role: np.asarray(columns[role], dtype=np.float64)
        for role, (kind, _) in CUSTOMER_ROLES.items()
        if role in columns and kind in ("money", "number", "ratio")
    }
    return Customers(
        row=np.asarray(columns["row"] if "row" in columns else np.arange(2, n + 2), dtype=np.int64),
        since=_column(columns, "since", n, np.datetime64("NaT", "D")),
        blocked=_column(columns, "blocked", n, fill=False),
        figures=figures,
        broken={},
        texts={role: _column(columns, role, n, "") for role in _extra(columns, "text")},
        days={role: _column(columns, role, n, np.datetime64("NaT", "D")) for role in _extra(columns, "date")},
        marks={role: _column(columns, role, n, fill=False) for role in _extra(columns, "flag")},
        customer=_column(columns, "customer", n, ""),
        name=_column(columns, "name", n, ""),
        terms=_column(columns, "terms", n, ""),
        currency=_column(columns, "currency", n, ""),
    )


def _extra(columns: Mapping[str, ArrayLike], kind: str) -> list[str]:
    """Roles of a kind that the columns have and the table has no field for."""
    return [role for role in EXTRA_ROLES if CUSTOMER_ROLES[role][0] == kind and role in columns]


def _column(columns: Mapping[str, ArrayLike], role: str, n: int, fill: object) -> NDArray[Any]:
    kind = "datetime64[D]" if isinstance(fill, np.datetime64) else object if isinstance(fill, str) else type(fill)
    if role not in columns:
        return np.full(n, fill, dtype=kind)
    return np.array(columns[role], dtype=kind)
