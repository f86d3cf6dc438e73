"""Doubts about items that read well: documents that stand twice, currencies that do not exist."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from xlcredit.ledger.currencies import code_of
from xlcredit.ledger.findings import Finding
from xlcredit.ledger.place import Place
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
