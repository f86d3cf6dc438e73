"""Examples of the input workbook that were left among the user's own rows: they would count in every total."""

from __future__ import annotations

import re
from typing import Final

from xlcredit.ledger.findings import Finding
from xlcredit.ledger.tables import OpenItems

_EXAMPLE: Final = re.compile(r"EXAMPLE-\d")
"""Numbers of customers in the examples: no house has such."""


def left_over(items: OpenItems, sheet: str) -> tuple[Finding, ...]:
    """What to say of examples beside a house's own items; alone they are there to be looked at."""
    customers = items.customer.tolist()
    examples = set(filter(_EXAMPLE.fullmatch, set(customers)))
    rows = [row for row, customer in zip(items.row.tolist(), customers, strict=True) if customer in examples]
    if not rows or len(rows) == len(customers):
        return ()
    return (Finding("warning", "examples-left", f"{sheet} {rows[0]}", {"sheet": sheet, "count": len(rows)}),)
