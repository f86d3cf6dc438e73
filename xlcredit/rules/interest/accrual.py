"""Accrual: what debts earn on their running balances, each line rounded once, at its end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xlcredit.kernel.dates import Days
from xlcredit.kernel.daycount import counted_days, years
from xlcredit.kernel.money import EXACT, Amounts, Minor, increases, running, sums, to_major, to_minor
from xlcredit.rules.interest.regimes import Regime

_ALWAYS, _NEVER = np.datetime64("0001-01-01"), np.datetime64("9999-12-31")
_LEAST: Final = 5e-324
"""The smallest amount that is late."""
_NO_DAY = np.datetime64("NaT", "D")


@dataclass(frozen=True, slots=True)
class Debts:
    """Debts of one regime: the principal, its due date, the day up to which interest is reckoned, decimals."""

    amount: Amounts
    due: Days
    until: Days
    places: ArrayLike = 2
    disputed_from: Days | None = None
    """First day of a dispute; interest stops after it, if the regime says so."""
    disputed_to: Days | None = None
    """Day on which the dispute was settled, NaT while it lasts."""


@dataclass(frozen=True, slots=True)
class Payments:
    """Payments in any order: which debt (position), when, how much; negative where one was called back."""

    debt: NDArray[np.intp]
    day: Days
    amount: Amounts


NO_PAYMENTS: Final = Payments(np.zeros(0, np.intp), np.zeros(0, "datetime64[D]"), np.zeros(0))


@dataclass(frozen=True, slots=True)
class Accrued:
    """What each debt has earned; NaN where amount or due date is missing or no rate is known."""

    interest: Amounts
    fixed_sum: Amounts
    rate: Amounts
    """The rate of the last day, per the regime's period."""
    since: Days
    """Since when the reference rate that was used last holds, NaT without one."""
    unknown: NDArray[np.bool_]
    """It is late on days before the first reference rate there is."""
    is_last_known: NDArray[np.bool_]
    """The reference is fixed on a day after the last rate there is; that one was used."""
    too_large: NDArray[np.bool_]
    """The interest could not be told to the minor unit; it is NaN."""
    late: Amounts
    """Of the principal, what was not paid by the due date; 0 where that has not passed yet."""


def simple(amount: Amounts, days: Amounts, rate: Amounts, year_days: Amounts, places: ArrayLike = 2) -> Amounts:
    """Simple interest, amount × rate × days ÷ days of the year, to the minor unit; none for days below 0.

    NaN where something is missing, or the interest is too large to be told to the minor unit.
    """
    minor = to_minor(amount, places) * rate * np.maximum(days, 0) / year_days
    missing = np.isnan(amount) | np.isnan(days) | np.isnan(rate) | np.isnan(year_days)
    return _rounded(np.where(missing, np.nan, minor), places)


def accrue(debts: Debts, payments: Payments, regime: Regime) -> Accrued:
    """Interest and fixed sum of each debt on its running balance; credits and what is not late earn none.

    Payments reduce the principal on their day, which still counts; those after ``until`` are
    not there yet, and what is paid beyond the debt earns nothing.

    Raises:
        OverflowError: an amount is too large for a float to tell its minor units.
    """
    principal = np.maximum(to_minor(debts.amount, debts.places), 0)
    paid = reductions(principal, debts, payments)
    early = paid.day <= debts.due[paid.debt]
    late = principal - sums(paid.minor[early], paid.debt[early], len(principal))
    is_late = (debts.until > debts.due) & (late > 0)
    fixed, since = regime.rates_on(fixing_days(debts, regime))
    every = np.arange(len(late))
    earned = late * _growth(every, debts.due, debts, regime, fixed)
    later = np.flatnonzero(~early)
    lost = paid.minor[later] * _growth(paid.debt[later], paid.day[later], debts, regime, fixed)
    earned -= np.bincount(paid.debt[later], weights=lost, minlength=len(late))
    missing = np.isnan(debts.amount) | np.isnat(debts.due) | np.isnat(debts.until)
    earned = np.where(missing, np.nan, np.where(is_late, earned, 0.0))
    charged = fixed_sums(to_major(late, debts.places), regime)
    return Accrued(
        interest=_rounded(earned, debts.places),
        fixed_sum=np.where(missing, np.nan, np.where(is_late, charged, 0.0)),
        rate=np.where(is_late, fixed, np.nan),
        since=np.where(is_late, since, _NO_DAY),
        unknown=is_late & np.isnan(earned),
        is_last_known=is_late & _beyond(debts, regime),
        too_large=np.abs(earned) >= EXACT,
        late=to_major(np.where(is_late, late, 0), debts.places),
    )


@dataclass(frozen=True, slots=True)
class Reductions:
    """By how much each payment lowers the balance, by debt and day; those after ``until`` are not there yet."""

    debt: NDArray[np.intp]
    day: Days
    minor: Minor


def fixed_sums(late: Amounts, regime: Regime) -> Amounts:
    """Sum that is charged once for each debt of which so much is late.

    Of an unknown amount (NaN) it is the sum that any amount is charged, NaN where that depends on the amount.
    """
    sums = np.array(regime.fixed_sums.outcomes)
    charged = sums[regime.fixed_sums.index(np.nan_to_num(late))]
    any_debt = sums[regime.fixed_sums.index(np.array([_LEAST]))[0] :]
    return np.where(np.isnan(late), any_debt[0] if (any_debt == any_debt[0]).all() else np.nan, charged)


def reductions(principal: Minor, debts: Debts, payments: Payments) -> Reductions:
    """What each payment takes off its debt, and a payment called back puts on it, never beyond nothing or the whole."""
    minor = to_minor(payments.amount, np.broadcast_to(debts.places, principal.shape)[payments.debt])
    counted = np.flatnonzero(payments.day <= debts.until[payments.debt])  # a missing day is no day
    order = counted[np.lexsort((payments.day[counted], payments.debt[counted]))]
    debt, day = payments.debt[order], payments.day[order]
    balance = np.clip(principal[debt] - running(minor[order], debt), 0, principal[debt])
    return Reductions(debt, day, -increases(balance, debt, principal[debt]))


def _semester(days: Days) -> Days:
    """The 1 January or 1 July that begins each day's semester."""
    months = days.astype("datetime64[M]")
    first: Days = (months - (months.astype(np.int64) % 6)).astype("datetime64[D]")
    return first


def fixing_days(debts: Debts, regime: Regime) -> Days:
    """The day whose reference rate holds at the end of each debt's time."""
    first = debts.due + 1
    match regime.fixing:
        case "daily":
            return debts.until
        case "semester":
            return _semester(debts.until)
        case "semester_before":
            return _semester(first) - 1
        case "first_day":
            return first


def _beyond(debts: Debts, regime: Regime) -> NDArray[np.bool_]:
    if regime.reference is None:
        return np.zeros(len(debts.due), dtype=np.bool_)
    return np.asarray(fixing_days(debts, regime) > regime.reference.days[-1])


def _growth(debt: NDArray[np.intp], start: Days, debts: Debts, regime: Regime, fixed: Amounts) -> Amounts:
    """What one unit owed after each start earns until its debt's last day; a dispute's days may not count."""
    end = debts.until[debt]
    grown = _earned(start, end, fixed[debt], regime)
    if regime.dispute == "runs" or debts.disputed_from is None:
        return grown
    last = end if debts.disputed_to is None else np.fmin(end, debts.disputed_to[debt])
    return grown - _earned(np.maximum(start, debts.disputed_from[debt]), last, fixed[debt], regime)


def _earned(start: Days, end: Days, fixed: Amounts, regime: Regime) -> Amounts:
    total = np.zeros(len(start))
    for begin, finish, rate in spells(start, end, fixed, regime):
        low, high = np.maximum(start, begin - 1), np.minimum(end, finish - 1)
        share = np.where(high > low, periods(low, high, regime), 0.0)
        total += np.where(share > 0, share * rate, 0.0)
    return total


def spells(
    start: Days, end: Days, fixed: Amounts, regime: Regime
) -> Iterator[tuple[np.datetime64, np.datetime64, ArrayLike]]:
    """Spells of one rate each: the first day, the first day after, and the rate."""
    if regime.is_fixed or regime.reference is None:
        yield _ALWAYS, _NEVER, fixed
        return
    begins = regime.reference.days
    late = end > start
    if regime.fixing == "semester" and late.any():
        first, last = _semester(np.array([start[late].min(), end[late].max()])).astype("datetime64[M]")
        begins = np.arange(first, last + 6, 6).astype("datetime64[D]")
    rates, _ = regime.rates_on(begins)
    yield from zip(begins, [*begins[1:], _NEVER], rates, strict=True)


def periods(start: Days, end: Days, regime: Regime) -> Amounts:
    """How often the rate is earned: years, months of 30 days, or days."""
    if regime.per == "year":
        return years(start, end, regime.day_count)
    return counted_days(start, end, regime.day_count) / (30 if regime.per == "month" else 1)


def _rounded(minor: Amounts, places: ArrayLike) -> Amounts:
    # Products of decimals leave binary dust far below a millionth of a cent; a half is to be a half.
    told = np.where(np.abs(minor) < EXACT, minor, np.nan)
    return np.where(np.isnan(told), np.nan, to_major(to_minor(np.round(told, 6), 0), places))
