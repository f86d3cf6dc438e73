"""Figures of financial statements, and the ratios they give."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.money import Amounts

Text = NDArray[np.object_]
Days = NDArray[np.datetime64]

MISSING = "missing"

# Dividend, divisor, and what is taken off the dividend first. Names as on a customers sheet.
_RATIOS = {
    "debt_ratio": ("total_liabilities", "total_assets", ""),
    "equity_ratio": ("equity", "total_assets", ""),
    "net_margin": ("net_income", "revenue", ""),
    "return_on_assets": ("net_income", "total_assets", ""),
    "current_ratio": ("current_assets", "current_liabilities", ""),
    "quick_ratio": ("current_assets", "current_liabilities", "inventory"),
    "cash_ratio": ("cash", "current_liabilities", ""),
    "retained_earnings_to_assets": ("retained_earnings", "total_assets", ""),
}
RATIOS = tuple(_RATIOS)
"""Every ratio that statements give."""

AMOUNTS = ("net_worth", "turnover", "working_capital")
"""Amounts that statements give for a customers sheet."""

MADE_OF = {
    **{name: tuple(filter(None, figures)) for name, figures in _RATIOS.items()},
    "net_worth": ("equity",),
    "turnover": ("revenue",),
    "working_capital": ("current_assets", "current_liabilities"),
}
"""Ratio or amount → the figures of the statement that it takes."""


@dataclass(frozen=True, slots=True)
class Statements:
    """One statement per row; a figure that is not known is NaN. Money is in the row's currency."""

    customer: Text
    period_end: Days
    currency: Text
    revenue: Amounts
    net_income: Amounts
    ebit: Amounts
    total_assets: Amounts
    current_assets: Amounts
    inventory: Amounts
    cash: Amounts
    current_liabilities: Amounts
    total_liabilities: Amounts
    equity: Amounts
    retained_earnings: Amounts

    def __post_init__(self) -> None:
        lengths = {column.name: len(getattr(self, column.name)) for column in fields(self)}
        if len(set(lengths.values())) > 1:
            raise ValueError(f"the columns of statements differ in length: {lengths}")

    @property
    def working_capital(self) -> Amounts:
        """Current assets less current liabilities."""
        return difference(self.current_assets, self.current_liabilities)

    def taken(self, rows: NDArray[np.intp]) -> Statements:
        """The statements in these rows, in their order."""
        return Statements(*(getattr(self, column.name)[rows] for column in fields(self)))


def year_ends(years: NDArray[np.float64]) -> Days:
    """Last day of each calendar year, NaT where there is none: the period end of a statement that names its year."""
    ends = np.full(len(years), np.datetime64("NaT", "D"))
    known = ~np.isnan(years)
    after = (years[known].astype(np.int64) - 1970 + 1).view("datetime64[Y]")
    ends[known] = after.astype("datetime64[D]") - np.timedelta64(1, "D")
    return ends


def difference(amounts: Amounts, less: Amounts) -> Amounts:
    """One amount less another, without what binary fractions leave behind; no currency has more than 4 decimals."""
    return np.round(amounts - less, 4)


def quotient(dividend: Amounts, divisor: Amounts) -> Amounts:
    """One amount as a multiple of another; NaN where the divisor is not above zero."""
    defined = np.where(divisor > 0, divisor, np.nan)
    return np.asarray(dividend / defined, dtype=np.float64)


def ratios(statements: Statements) -> dict[str, NDArray[np.float64]]:
    """Every ratio of each statement, NaN where it is undefined or a figure is missing."""
    return {name: quotient(_dividend(statements, name), getattr(statements, _RATIOS[name][1])) for name in RATIOS}


def undefined(statements: Statements) -> dict[str, Text]:
    """Why each ratio has no value: MISSING figures, or the name of the divisor that is not above zero; "" if it has."""
    return {name: _reason(_dividend(statements, name), statements, _RATIOS[name][1]) for name in RATIOS}


def _dividend(statements: Statements, name: str) -> Amounts:
    dividend, _, less = _RATIOS[name]
    amounts: Amounts = getattr(statements, dividend)
    return difference(amounts, getattr(statements, less)) if less else amounts


def _reason(dividend: Amounts, statements: Statements, divisor: str) -> Text:
    below = getattr(statements, divisor)
    missing = np.isnan(dividend) | np.isnan(below)
    return np.where(below <= 0, divisor, np.where(missing, MISSING, "")).astype(object)


def customer_figures(statements: Statements) -> dict[str, NDArray[np.float64]]:
    """What a customers sheet would hold of each statement: the ratios, net worth, working capital and turnover."""
    money = {"net_worth": statements.equity, "turnover": statements.revenue}
    return {**ratios(statements), **money, "working_capital": statements.working_capital}
