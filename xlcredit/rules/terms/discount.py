"""Discounts for paying early: what refusing one costs, how much of what could be taken was, and selling a receivable.

Rates are a year's, shares are fractions. The year's days are always the caller's: the familiar pair 36.7 % and 44.6 %
for 2/10 net 30 comes of a year of 360 days in the one and of 365 in the other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.money import Minor, sums, to_major, to_minor

Amounts = NDArray[np.float64]
Flags = NDArray[np.bool_]


def cost(
    rates: Amounts,
    discount_days: Amounts,
    net_days: Amounts,
    year_days: Amounts | float = 365.0,
    compound: Flags | bool = False,
) -> Amounts:
    """Yearly cost of not taking each discount: d/(1−d) · Y/(N−D), or compounded (1 + d/(1−d))^(Y/(N−D)) − 1.

    NaN where anything is missing, where a rate is not from 0 up to but not including 1, or where the net amount is
    due no later than the discount ends.
    """
    days = net_days - discount_days
    sound = (rates >= 0) & (rates < 1) & (discount_days >= 0) & (days > 0) & (np.asarray(year_days) > 0)
    gain = np.where(sound, rates, np.nan) / (1 - np.where(sound, rates, 0.0))
    periods = year_days / np.where(sound, days, np.nan)
    with np.errstate(over="ignore"):  # beyond any float it is infinite, and says so
        return np.asarray(np.where(compound, (1 + gain) ** periods - 1, gain * periods), dtype=np.float64)


def take_up(
    amounts: Minor,
    discounts: Amounts,
    days_to_pay: Amounts,
    discount_days: Amounts,
    owners: NDArray[np.intp],
    n_owners: int,
) -> Amounts:
    """Amount of each group paid within the discount days as a share of what was eligible; NaN where nothing was.

    Args:
        amounts: invoices paid or due, in minor units of one currency; credits count nothing.
        discounts: discount offered on each, 0 for none.
        days_to_pay: days from document to payment, NaN where it is not paid.
        discount_days: days within which the discount holds.
        owners: group of each invoice, such as its customer or its month.
        n_owners: how many groups there are.
    """
    eligible = np.where((discounts > 0) & (amounts > 0), amounts, 0)
    early = np.where(days_to_pay <= discount_days, eligible, 0)
    whole, taken = sums(eligible, owners, n_owners), sums(early, owners, n_owners)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(whole > 0, taken / whole, np.nan)


@dataclass(frozen=True, slots=True)
class Financing:
    """At which rate a bank or a platform pays for receivables before they are due."""

    rate: float = 0.0
    """Yearly rate, a fraction."""
    advance: float = 1.0
    """Share of a receivable that is paid out at once."""
    year_days: int = 360
    """Days of the year that the rate is for; banks discount by 360."""

    def __post_init__(self) -> None:
        if self.rate < 0 or not 0 <= self.advance <= 1 or self.year_days < 1:
            raise ValueError(f"the advance is a fraction, and neither rate nor year is below nothing: {self}")


@dataclass(frozen=True, slots=True)
class Discounting:
    """What selling or pledging each receivable brings today."""

    cash: Amounts
    """Paid out at once: the advance less its cost."""
    cost: Amounts
    """Interest on the advance until the receivable is due."""
    retained: Amounts
    """Paid when the customer pays: what was not advanced."""


def discounting(amounts: Amounts, days: Amounts, rule: Financing, places: int = 2) -> Discounting:
    """Cash now and cost of receivables discounted at a bank or a platform (M7): amount · advance · rate · days ÷ year.

    Args:
        amounts: invoices in major units.
        days: days until each is due.
        rule: at which rate, and how much is advanced.
        places: decimals of the currency.
    """
    whole, advance = to_minor(amounts, places), to_minor(amounts * rule.advance, places)
    interest = to_minor(to_major(advance, places) * rule.rate * days / rule.year_days, places)
    known = ~np.isnan(amounts + days)
    return Discounting(
        cash=np.where(known, to_major(advance - interest, places), np.nan),
        cost=np.where(known, to_major(interest, places), np.nan),
        retained=np.where(known, to_major(whole - advance, places), np.nan),
    )


def a_year(costs: Amounts, cash: Amounts, days: Amounts, year_days: float) -> Amounts:
    """Yearly rate of cash that costs so much to have so many days earlier: cost ÷ cash · year ÷ days.

    Of a discount of 2 % for paying at once, 20 days early, it is that of 2/10 net 30. NaN without cash or days.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where((cash > 0) & (days > 0), costs / cash * year_days / days, np.nan)
