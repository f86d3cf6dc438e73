"""What a review says beside a table of the user's."""

from __future__ import annotations

from datetime import date

import numpy as np

from tests.support.tables import ledger
from xlcredit.control import review
from xlcredit.excel.reviewcolumns import customer_columns
from xlcredit.locales import LANGUAGES, Words, display_width
from xlcredit.policy import load

ITEMS = """
    customer | document | document_date | due_date   | amount  | currency
    1001     | INV-1    | 2026-01-01    | 2026-02-01 | 1000.10 | CNY
"""
CUSTOMERS = """
    customer | years_of_relationship | debt_ratio | net_margin | adverse_events
    1001     | 1                     | 0.95       | -0.2       | 3
"""


def test_the_reasons_of_a_score_beside_a_customer_are_not_cut() -> None:
    found = review(ledger(ITEMS, CUSTOMERS), load(), date(2026, 10, 31))
    for words in map(Words.of, LANGUAGES):
        *_, reasons = customer_columns(found, np.array([0]), words)
        assert reasons.header == words("columns", "reasons")
        assert reasons.width > display_width(reasons.values[0]) > 70
