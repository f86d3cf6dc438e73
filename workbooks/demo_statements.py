"""Annual statements of the demo's customers: two years of each that sends any, as its ratios on file say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random

from workbooks.demo_file import CustomerFile

STATEMENT_COLUMNS = (
    ("Customer No", ""), ("Customer Name", ""), ("Period End", "day"), ("Currency", ""), ("Revenue", "whole"),
    ("Net Income", "whole"), ("EBIT", "whole"), ("Total Assets", "whole"), ("Current Assets", "whole"),
    ("Inventory", "whole"), ("Cash", "whole"), ("Current Liabilities", "whole"), ("Total Liabilities", "whole"),
    ("Equity", "whole"), ("Retained Earnings", "whole"),
)  # fmt: skip
WORSE_BEFORE = 0.72
"""Debt ratio from which a customer's debt grew in the last year."""


def statements(on_file: Sequence[CustomerFile], year: int, draw: Random) -> Iterator[tuple[str | int | date, ...]]:
    """Statements of two years, of customers who sent some; those deep in debt were better the year before."""
    for one in on_file:
        if one.net_worth is None or one.debt_ratio is None:
            continue
        margin = one.net_margin if one.net_margin is not None else 0.02
        assets = one.net_worth / max(0.06, 1 - one.debt_ratio)
        turns = draw.uniform(0.9, 1.6)
        eased = 0.09 if one.debt_ratio >= WORSE_BEFORE else draw.uniform(-0.02, 0.02)
        was = assets * draw.uniform(0.9, 1.02)
        yield _statement(one, year - 2, was, turns * was, one.debt_ratio - eased, margin + eased / 2, draw)
        yield _statement(one, year - 1, assets, turns * assets, one.debt_ratio, margin, draw)


def _statement(
    one: CustomerFile, year: int, assets: float, revenue: float, debt_ratio: float, margin: float, draw: Random
) -> tuple[str | int | date, ...]:
    total, sales, liabilities = _thousands(assets), _thousands(revenue), _thousands(assets * debt_ratio)
    income = _thousands(revenue * margin)
    ebit = income + _thousands(liabilities * 0.03) + max(0, _thousands(income / 3))
    current = _thousands(assets * draw.uniform(0.5, 0.7))
    inventory, cash = _thousands(current * draw.uniform(0.25, 0.4)), _thousands(current * draw.uniform(0.05, 0.2))
    due = _thousands(liabilities * draw.uniform(0.6, 0.85))
    equity = total - liabilities
    # What owners paid in is a tenth of the assets; the rest of the equity was earned and kept, or lost.
    kept = equity - _thousands(assets * 0.1)
    known = (one.customer.number, one.customer.name, date(year, 12, 31), "CNY")
    return (*known, sales, income, ebit, total, current, inventory, cash, due, liabilities, equity, kept)


def _thousands(amount: float) -> int:
    return round(amount / 1000) * 1000
