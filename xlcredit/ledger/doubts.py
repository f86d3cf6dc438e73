"""Doubts about rows that read well: documents that stand twice, unknown currencies, texts that are errors."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np

from xlcredit.ledger.currencies import code_of
from xlcredit.ledger.findings import Finding
from xlcredit.ledger.grid import Grid
from xlcredit.ledger.place import Place
from xlcredit.ledger.rowkinds import Body
from xlcredit.ledger.tables import OpenItems


def duplicates(items: OpenItems, place: Place) -> Iterator[Finding]:
    """A finding for each item that repeats an earlier one's customer, document, amount and dates."""
    documents = items.document.tolist()
    if "document" not in place.columns or len(set(documents)) == len(documents):
        return
    days = (items.document_date.view(np.int64), items.due_date.view(np.int64))
    figures = (items.amount.tolist(), *(column.tolist() for column in days))
    first: dict[tuple[object, ...], int] = {}
    for row, *key in zip(items.row.tolist(), documents, items.customer.tolist(), *figures, strict=True):
        earlier = first.setdefault(tuple(key), row)
        if earlier != row and key[0]:
            facts = {"document": key[0], "customer": key[1], "row": earlier}
            yield Finding("warning", "duplicate-document", place.cell("document", row - 1), facts)


def unknown_currencies(items: OpenItems, place: Place) -> Iterator[Finding]:
    """A finding for each currency that ISO 4217 does not list, at its first row."""
    written = items.currency.tolist()
    for code in sorted(code for code in set(written) if code and code_of(code) != code):
        row = int(items.row[written.index(code)]) - 1
        where = place.cell("currency", row) if "currency" in place.columns else place.sheet
        yield Finding("warning", "unknown-currency", where, {"currency": code, "count": written.count(code)})


def broken_texts(grid: Grid, body: Body, roles: Collection[str]) -> Iterator[Finding]:
    """A finding for each error value, or formula without a value, that is read as a blank text or a no."""
    place = body.place
    texts = {place.columns[role]: role for role in roles if role in place.columns}
    rows = range(place.first_row, place.first_row + body.length)
    for (row, column), error in sorted(grid.broken.items()):
        if column in texts and row in rows:
            role = texts[column]
            # An amount counts in another currency than it may be in.
            severity = "error" if role == "currency" else "warning"
            code = "cell-uncached" if error.startswith("(") else "cell-error"
            facts = {"text": error, "heading": place.headings.get(role, role)}
            yield Finding(severity, code, place.cell(role, row), facts)
