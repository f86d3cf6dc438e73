"""A ledger that is insured in part, with the records beside it: what the lists of insurance are tested with."""

from __future__ import annotations

from datetime import date

from tests.support.tables import ledger
from xlcredit.control import review
from xlcredit.policy import load

AS_OF = date(2026, 10, 31)
ITEMS = """
    document | customer | document_date | due_date   | amount
    INV-1    | C1       | 2026-06-10    | 2026-07-10 | 1000.00
    INV-2    | C1       | 2026-09-20    | 2026-10-20 | 500.00
    INV-3    | C2       | 2026-10-01    | 2026-11-30 | 800.00
    INV-4    | C3       | 2026-05-01    | 2026-06-01 | 300.00
    INV-5    | C4       | 2026-05-01    | 2026-06-01 | 400.00
"""
COVER = """
    customer | insured_limit | cover | valid_from | valid_to   | stopped
    C1       | 1200          | 0.9   | 2026-01-01 | 2026-12-31 | 2026-08-31
    C2       | 5000          |       | 2026-01-01 |            |
    C3       | 5000          | 0.9   | 2025-01-01 | 2026-09-30 |
    C4       | 5000          | 0.9   | 2026-12-01 |            |
"""
EVENTS = """
    customer | date       | type
    C2       | 2026-10-15 | 破产清算
"""


def reviewed(items=ITEMS, customers="", as_of=AS_OF, cover=COVER, events=EVENTS, policy=None, **beside):
    """The review of the ledger; a table that is blank is none."""
    told = {kind: table for kind, table in {"insurance": cover, "events": events, **beside}.items() if table}
    return review(ledger(items, customers, **told), policy or load(), as_of)
