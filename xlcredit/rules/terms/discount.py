"""Discounts for paying early: what refusing one costs, how much of what could be taken was, and selling a receivable.

Rates are a year's, shares are fractions. The year's days are always the caller's: the familiar pair 36.7 % and 44.6 %
for 2/10 net 30 comes of a year of 360 days in the one and of 365 in the other (formulas.md 4e).
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
class Discounting:
    """What selling or pledging each receivable brings today."""

    cash: Amounts
    """Paid out at once: the advance less its cost."""
    cost: Amounts
    """Interest on the advance until the receivable is due."""
    retained: Amounts
    """Paid when the customer pays: what was not advanced."""
    as_discount: Amounts
    """The cost as a share of the invoice: dearer or cheaper than a discount of as much for paying at once."""


def discounting(
    amounts: Amounts,
    days: Amounts,
    rates: Amounts,
    advances: Amounts | float = 1.0,
    year_days: float = 360.0,
    places: int = 2,
) -> Discounting:
    """Cash now and cost of receivables discounted at a bank or a platform: amount · advance · rate · days ÷ year.

    Args:
        amounts: invoices in major units.
        days: days until each is due.
        rates: yearly rate, a fraction.
        advances: share paid out at once, a fraction.
        year_days: days of the year the rate is for; banks discount by 360.
        places: decimals of the currency.
    """
    whole, advance = to_minor(amounts, places), to_minor(amounts * advances, places)
    interest = to_minor(to_major(advance, places) * rates * days / year_days, places)
    known = ~np.isnan(amounts + days + rates + advances)
    charged = np.where(known, to_major(interest, places), np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = charged / amounts
    return Discounting(
        cash=np.where(known, to_major(advance - interest, places), np.nan),
        cost=charged,
        retained=np.where(known, to_major(whole - advance, places), np.nan),
        as_discount=np.where(amounts == 0, np.nan, share),
    )
