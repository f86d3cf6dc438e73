"""Measures: what a ledger says of how a customer pays.

A *delay* is an amount with its days late: a settled amount from its due date to its settlement, an
overdue one from its due date to the as-of date. What is overdue counts with its days so far,
or a customer who stops paying would keep a clean record. Paying early counts negative.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.money import Minor, sums

Column = NDArray[np.float64]
Owners = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Delays:
    """Delays of all customers: whose, how much (minor units, above 0), how many days late, how long ago due."""

    owners: Owners
    minor: Minor
    days_late: Column
    days_since_due: Column

    def where(self, kept: NDArray[np.bool_]) -> Delays:
        """The delays that satisfy a condition."""
        return Delays(self.owners[kept], self.minor[kept], self.days_late[kept], self.days_since_due[kept])


def _share(part: Minor, whole: Minor) -> Column:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(whole > 0, part / whole, np.nan)


def _weighted(delays: Delays) -> Minor:
    days = delays.days_late.astype(np.int64)
    if int(delays.minor.max(initial=0)) * int(np.abs(days).max(initial=0)) >= 2**63:
        raise OverflowError("amounts times days late are too large to be added in 64 bits")
    return delays.minor * days


def average_days_late(delays: Delays, n_customers: int) -> Column:
    """Amount-weighted days late, NaN without a delay: Σ amount × days ÷ Σ amount."""
    weighted = sums(_weighted(delays), delays.owners, n_customers)
    return _share(weighted, sums(delays.minor, delays.owners, n_customers))


def on_time_share(delays: Delays, n_customers: int) -> Column:
    """Share of the amount that was paid on or before its due date, NaN without a delay."""
    on_time = delays.where(delays.days_late <= 0)
    return _share(sums(on_time.minor, on_time.owners, n_customers), sums(delays.minor, delays.owners, n_customers))


def longest_delay(delays: Delays, n_customers: int) -> Column:
    """The most days late, 0 where everything was on time, NaN without a delay."""
    longest = np.full(n_customers, -np.inf)
    np.maximum.at(longest, delays.owners, np.maximum(delays.days_late, 0.0))
    return np.where(np.isinf(longest), np.nan, longest)


def trend_days_late(delays: Delays, n_customers: int, recent_days: float) -> Column:
    """Average days late of what fell due in the recent days less that of before; NaN if either is without a delay."""
    recent = delays.days_since_due <= recent_days
    return average_days_late(delays.where(recent), n_customers) - average_days_late(delays.where(~recent), n_customers)


def overdue_share(overdue: Minor, debits: Minor) -> Column:
    """Overdue debits as a share of all open debits; 0 where nothing is owed. Credits cure no lateness here."""
    return np.where(debits > 0, np.nan_to_num(_share(overdue, debits)), 0.0)
