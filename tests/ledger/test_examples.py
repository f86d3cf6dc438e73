"""Examples among a house's own items are said; examples alone, and a house without them, are not."""

from __future__ import annotations

import numpy as np
import pytest

from xlcredit.ledger.examples import left_over
from xlcredit.ledger.ledger import items_from


@pytest.mark.parametrize(
    ("customers", "count"),
    [
        (["EXAMPLE-1", "C1", "EXAMPLE-3"], 2),
        (["EXAMPLE-1", "EXAMPLE-2"], 0),
        (["C1", "EXAMPLE", "EXAMPLE-12"], 0),
        ([], 0),
    ],
)
def test_examples_among_own_items_are_counted(customers: list[str], count: int):
    items = items_from({"amount": np.ones(len(customers)), "customer": np.array(customers, dtype=object)})
    said = left_over(items, "Open items")
    assert ([count] if count else []) == [finding.facts["count"] for finding in said]
    assert {"Open items 2"} >= {finding.where for finding in said}
