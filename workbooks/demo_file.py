"""What the demo exporter keeps on file about each customer: limit in force, statements, events.

Some of it is missing, as it is everywhere: young and small customers send no statements.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from workbooks.trading import Customer, Posting, Trade

LIMIT_STEP = 50_000


@dataclass(frozen=True, slots=True)
class CustomerFile:
    """One line of the customers sheet; None is a blank cell. Money in the base currency, in thousands rounded."""

    customer: Customer
    credit_limit: int | None
    years: int
    net_worth: int | None
    debt_ratio: float | None
    net_margin: float | None
    adverse_events: int


def customer_files(
    trade: Trade, postings: Sequence[Posting], rates: Mapping[str, float], draw: Random
) -> list[CustomerFile]:
    """The file of each customer, by number."""
    peaks = Counter[str]()
    for posting in postings:
        if posting.kind == "Invoice":
            peaks[posting.customer.number] += posting.cents
    months = (trade.as_of - trade.first_day).days / 30.4
    ordered = sorted(trade.customers, key=lambda customer: customer.number)
    return [_file(c, trade, peaks[c.number] / 100 / months * rates[c.currency], draw) for c in ordered]


def _file(customer: Customer, trade: Trade, monthly_sales: float, draw: Random) -> CustomerFile:
    habit = trade.habits[customer.habit]
    needed = monthly_sales * (customer.terms / 30 + 1.2) * draw.uniform(0.7, 1.5)
    limit = max(1, round(needed / LIMIT_STEP)) * LIMIT_STEP
    worth = round(monthly_sales * draw.uniform(18, 90) * max(0.06, 1 - habit.debt_ratio) / 10_000) * 10_000
    debt_ratio = round(min(1.08, max(0.15, draw.gauss(habit.debt_ratio, 0.07))), 3)
    net_margin = round(draw.gauss(habit.net_margin, 0.02), 3)
    events = draw.randint(habit.events // 2, habit.events)
    sends_statements = customer.years > 0 and draw.random() > 0.14
    return CustomerFile(
        customer,
        limit if draw.random() > 0.06 else None,
        customer.years,
        worth if sends_statements else None,
        debt_ratio if sends_statements else None,
        net_margin if sends_statements and draw.random() > 0.05 else None,
        events,
    )
