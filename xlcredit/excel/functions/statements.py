"""Altman's Z'' and its zones."""

from __future__ import annotations

import numpy as np

from xlcredit.excel.cells import Given, Table
from xlcredit.excel.functions.rows import Column, Rows, by_row
from xlcredit.rules import statements

_DIVISORS = ("total_assets", "total_liabilities")


def altman_z2(
    working_capital: Given,
    retained_earnings: Given,
    ebit: Given,
    equity: Given,
    total_assets: Given,
    total_liabilities: Given,
) -> Table:
    """Altman's Z'' of each row, "" where a figure is missing; a divisor that is not above 0 is an error."""
    arguments = {"working_capital": working_capital, "retained_earnings": retained_earnings, "ebit": ebit}
    arguments |= {"equity": equity, "total_assets": total_assets, "total_liabilities": total_liabilities}
    return by_row(_z2, Rows(arguments))


def altman_zone(z2: Given, policy: Given = None) -> Table:
    """Zone of each Z'' in words, "" where there is none."""
    return by_row(_zone, Rows({"z2": z2}, policy))


def _z2(rows: Rows) -> Column:
    figures = {name: rows.numbers(name) for name in rows.tables}
    for name in _DIVISORS:
        for row in np.flatnonzero(figures[name] <= 0):
            rows.note(int(row), "not-above-zero", argument=name, value=f"{figures[name][row]:g}")
    return statements.z2(**figures)


def _zone(rows: Rows) -> Column:
    zones = statements.zone(rows.numbers("z2"), rows.policy.statements)
    words = {zone: rows.words("zones", zone) if zone else "" for zone in set(zones.tolist())}
    return np.array([words[zone] for zone in zones.tolist()], dtype=object)
