"""What customers owe in all, and whether an order still goes out."""

from __future__ import annotations

import numpy as np

from xlcredit.excel.cells import Given, Table
from xlcredit.excel.decisions import in_words
from xlcredit.excel.functions.rows import Column, Rows, by_row
from xlcredit.kernel.money import EXACT, to_major, to_minor
from xlcredit.rules import exposure as exposures
from xlcredit.rules import order as orders


def credit_exposure(open_items: Given, orders: Given = None, unbilled: Given = None, guarantees: Given = None) -> Table:
    """Open items, open orders and unbilled work less guarantees, as far as the active policy counts them."""
    arguments = {"open_items": open_items, "orders": orders, "unbilled": unbilled, "guarantees": guarantees}
    return by_row(_exposure, Rows(arguments))


def credit_check(
    exposure: Given,
    limit: Given,
    order: Given,
    days_past_due: Given = None,
    valid_to: Given = None,
    as_of: Given = None,
    policy: Given = None,
) -> Table:
    """RELEASE, or HOLD with every reason, for each order; "" where there is none."""
    arguments = {"exposure": exposure, "limit": limit, "order": order}
    arguments |= {"days_past_due": days_past_due, "valid_to": valid_to, "as_of": as_of}
    return by_row(_checked, Rows(arguments, policy))


def _exposure(rows: Rows) -> Column:
    components = [rows.amounts(name) for name in ("open_items", "orders", "unbilled")]
    told = (*components, rows.unsigned("guarantees"))
    owed, ordered, unbilled, secured = (to_minor(column, rows.places) for column in told)
    minor = exposures.exposure(owed, ordered, unbilled, secured, rows.policy.exposure)
    for row in np.flatnonzero(np.abs(minor) >= EXACT):
        rows.note(int(row), "sum-too-large")
    # A guarantee alone says nothing of what is owed.
    known = ~np.isnan(np.column_stack(components)).all(axis=1)
    return np.where(known, to_major(minor, rows.places), np.nan)


def _checked(rows: Rows) -> Column:
    owed, allowed, ordered = map(rows.amounts, ("exposure", "limit", "order"))
    past_due, valid_to = rows.numbers("days_past_due"), rows.days("valid_to")
    as_of = rows.needed_days("as_of", where=~np.isnat(valid_to))
    found = orders.check(owed, allowed, ordered, past_due, valid_to < as_of, rows.policy.order, rows.places)
    return in_words(found, rows.words)
