"""Postings: the ledger's items and their settled parts as a history is made of, in the review's currency."""

from __future__ import annotations

import numpy as np

from xlcredit.control.case import Case
from xlcredit.rules.history import Postings


def postings(case: Case) -> Postings:
    """Every item with no more than its amount, and every settled part as a posting of its own beside it.

    The company as one, at the rates of the as-of date.
    """
    items, valuation, parts = case.items, case.valuation, case.found.settlements
    minor = valuation.in_base(case.found.amount_minor)
    settled = valuation.parts_in_base(parts.minor, parts.item)
    nothing = np.zeros(len(parts.item), dtype=np.int64)
    return Postings(
        owners=np.zeros(len(items) + len(parts.item), dtype=np.intp),
        document_date=np.concatenate([items.document_date, items.document_date[parts.item]]),
        due_date=np.concatenate([case.found.due_date, case.found.due_date[parts.item]]),
        minor=np.concatenate([minor, nothing]),
        settled=np.concatenate([np.zeros_like(minor), settled]),
        settled_date=np.concatenate([np.full(len(items), np.datetime64("NaT", "D")), parts.day]),
        sold=np.concatenate([minor > 0, nothing > 0]),
    )
