"""The desk: from a workbook to its ledger. What every way in (command, button) does first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlcredit.excel.workbook import Workbook
from xlcredit.layouts import Recognised, recognise
from xlcredit.ledger.examples import left_over
from xlcredit.ledger.findings import Finding
from xlcredit.ledger.grid import Grid, grid_named
from xlcredit.ledger.ledger import Ledger, Source, customers_from
from xlcredit.ledger.read import Reading, read_customers, read_items, read_records
from xlcredit.ledger.tables import Customers


@dataclass(frozen=True, slots=True)
class Desk:
    """A ledger, and where in the workbook it and its customers were found."""

    ledger: Ledger
    recognised: Recognised
    customers: Recognised | None
    reading: Reading
    records: tuple[Recognised, ...] = ()
    """Sheets of payments, orders, events and the like."""


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
    found = recognise(grids, sheet=sheet, customers=customers)
    reading = read_items(grid_named(grids, found.ledger.sheet), found.ledger, currency)
    table, said = _customers(grids, found.customers)
    beside = [read_records(grid_named(grids, each.sheet), each, each.kind) for each in found.records]
    source = Source(workbook.name, workbook.sha256, found.ledger.layout, found.ledger)
    examples = left_over(reading.items, found.ledger.sheet)
    findings = (*reading.findings, *examples, *said, *(finding for _, more in beside for finding in more))
    ledger = Ledger(reading.items, table, source, findings, {records.kind: records for records, _ in beside})
    return Desk(ledger, found.ledger, found.customers, reading, found.records)


def _customers(grids: Sequence[Grid], found: Recognised | None) -> tuple[Customers, tuple[Finding, ...]]:
    return read_customers(grid_named(grids, found.sheet), found) if found else (customers_from({}), ())
