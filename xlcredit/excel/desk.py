"""The desk: from a workbook to its ledger. What every way in (command, button) does first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlcredit.excel.workbook import Workbook
from xlcredit.layouts import Recognised, recognise
from xlcredit.ledger.findings import Finding
from xlcredit.ledger.grid import Grid, grid_named
from xlcredit.ledger.ledger import Ledger, Source, customers_from
from xlcredit.ledger.read import Reading, read_customers, read_items
from xlcredit.ledger.tables import Customers


@dataclass(frozen=True, slots=True)
class Desk:
    """A ledger, and where in the workbook it and its customers were found."""

    ledger: Ledger
    recognised: Recognised
    customers: Recognised | None
    reading: Reading


def open_ledger(
    workbook: Workbook, *, sheet: str | None = None, customers: str | None = None, currency: str = ""
) -> Desk:
    """The ledger of a workbook.

    Args:
        workbook: where the ledger is.
        sheet: name of the ledger's sheet, None to find it.
        customers: name of the customers sheet, None to find it.
        currency: of items that name none.

    Raises:
        LayoutError: no sheet looks like a ledger of items.
        LedgerError: a named sheet is not there, or there is nothing in it.
    """
    grids = workbook.grids()  # held, so that no sheet is parsed twice
    found, customers_found = recognise(grids, sheet=sheet, customers=customers)
    reading = read_items(grid_named(grids, found.sheet), found, currency)
    table, said = _customers(grids, customers_found)
    source = Source(workbook.name, workbook.sha256, found.layout, found)
    ledger = Ledger(reading.items, table, source, (*reading.findings, *said))
    return Desk(ledger, found, customers_found, reading)


def _customers(grids: Sequence[Grid], found: Recognised | None) -> tuple[Customers, tuple[Finding, ...]]:
    return read_customers(grid_named(grids, found.sheet), found) if found else (customers_from({}), ())
