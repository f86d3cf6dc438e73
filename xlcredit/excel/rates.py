"""A table of exchange rates, as a workbook or text file: currency, rate and, where they change, date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import islice

import numpy as np

from xlcredit.control import Quote, Rates
from xlcredit.excel.workbook import Workbook
from xlcredit.kernel.errors import LedgerError
from xlcredit.kernel.money import CURRENCIES
from xlcredit.ledger.amounts import read_amounts
from xlcredit.ledger.daycells import read_days
from xlcredit.ledger.grid import Grid
from xlcredit.ledger.headings import normalised
from xlcredit.ledger.place import Place, Strip

_HEADINGS = {
    "currency": ("currency", "currency code", "curr", "币别", "币种", "货币", "外币"),
    "rate": ("rate", "exchange rate", "fx rate", "汇率", "折算汇率"),
    "date": ("date", "as of", "valid from", "rate date", "日期", "生效日期", "汇率日期"),
}
_WITHIN = 15
"""Rows in which the headings must stand."""


def read_rates(workbook: Workbook) -> Rates:
    """Rates of a workbook's first sheet that has a currency and a rate column; without a date a rate always holds.

    Raises:
        LedgerError: no sheet has such columns, or a row's currency, rate or date cannot be read.
    """
    for grid in workbook.grids():
        if (place := _place(grid)) is not None:
            return Rates.of(_quotes(grid, place))
    raise LedgerError("no-rates", workbook.name, file=workbook.name)


def _place(grid: Grid) -> Place | None:
    roles = {normalised(alias): role for role, aliases in _HEADINGS.items() for alias in aliases}
    for number, row in enumerate(islice(grid.rows(), _WITHIN)):
        found = {roles[text]: at for at, cell in enumerate(row) if (text := normalised(cell)) in roles}
        if {"currency", "rate"} <= found.keys():
            headings = {role: str(row[at]) for role, at in found.items()}
            return Place(grid.name, number, 0, max(found.values()), found, headings, number + 1)
    return None


def _quotes(grid: Grid, place: Place) -> list[Quote]:
    strips = {role: _strip(grid, place, role) for role in place.columns}
    codes = [str(cell or "").strip().upper() for cell in strips["currency"].cells]
    rates = read_amounts(strips["rate"]).values
    blank = np.full(len(codes), np.datetime64("NaT", "D"))
    days = read_days({"date": strips["date"]}, epoch_1904=grid.epoch_1904)["date"].days if "date" in strips else blank
    return [
        _quote(place, strips, at, codes[at], float(rates[at]), None if np.isnat(days[at]) else days[at].item())
        for at in range(len(codes))
        if codes[at] or not np.isnan(rates[at])
    ]


def _strip(grid: Grid, place: Place, role: str) -> Strip:
    at = place.columns[role]
    cells = [row[at] if at < len(row) else None for row in grid.rows(place.first_row)]
    rows = np.arange(place.first_row, place.first_row + len(cells))
    broken = {
        row - place.first_row: error
        for (row, column), error in grid.broken.items()
        if column == at and row >= place.first_row
    }
    return Strip(place, role, cells, rows, broken)


def _quote(place: Place, strips: Mapping[str, Strip], at: int, code: str, rate: float, since: date | None) -> Quote:
    written = "date" in strips and strips["date"].cells[at] not in (None, "")
    usable = {"currency": code in CURRENCIES, "rate": 0 < rate < np.inf, "date": since is not None or not written}
    for role, good in usable.items():
        if not good:
            facts = {"value": strips[role].cells[at], "heading": place.headings[role]}
            raise LedgerError("bad-rate", strips[role].cell(at), **facts)
    return Quote(code, rate, since)
