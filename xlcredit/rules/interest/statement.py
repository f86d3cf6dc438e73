"""Statement: interest on late payment line by line, one for each stretch of days with one balance and one rate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.dates import Days
from xlcredit.kernel.money import Amounts, Minor, increases, running, sums, to_minor
from xlcredit.rules.interest.accrual import Accrued, Debts, Payments, fixing_days, periods, reductions, spells
from xlcredit.rules.interest.regimes import Regime


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of a statement, debt by debt, the oldest first; those of a debt foot to its interest."""

    debt: NDArray[np.intp]
    """Position of the debt."""
    first: Days
    """First day that bears interest."""
    last: Days
    """Last day that does."""
    balance: Minor
    rate: Amounts
    """Per the regime's period."""
    interest: Minor


def statement(debts: Debts, payments: Payments, regime: Regime, accrued: Accrued) -> Lines:
    """The lines behind what debts without disputed days have earned, none for a debt whose interest is not known.

    Each line is what the interest so far rounds to, less the lines before it, so that no cent is lost or found; the
    last one goes up to the interest of the debt.

    Args:
        debts: as for ``accrue``.
        payments: as for ``accrue``.
        regime: as for ``accrue``.
        accrued: what ``accrue`` made of them.
    """
    debt, day, balance = _balances(debts, payments, regime, (accrued.late > 0) & ~np.isnan(accrued.interest))
    line = np.flatnonzero((debt[1:] == debt[:-1]) & (day[1:] > day[:-1]) & (balance[:-1] > 0))
    of, start, end = debt[line], day[line], day[line + 1]
    rate = _rates(of, start, debts, regime)
    so_far = _running(balance[line] * periods(start, end, regime) * rate, of)
    whole = np.rint(np.round(so_far, 6)).astype(np.int64)
    last = np.r_[of[1:] != of[:-1], True][: len(of)]
    whole[last] = to_minor(accrued.interest, debts.places)[of[last]]
    return Lines(of, start + 1, end, balance[line], rate, increases(whole, of))


def _balances(
    debts: Debts, payments: Payments, regime: Regime, bears: NDArray[np.bool_]
) -> tuple[NDArray[np.intp], Days, Minor]:
    """Days after which balance or rate of a debt change, its due date first, and the balance from then on."""
    principal = np.maximum(to_minor(debts.amount, debts.places), 0)
    paid = reductions(principal, debts, payments)
    early = paid.day <= debts.due[paid.debt]
    late = principal - sums(paid.minor[early], paid.debt[early], len(principal))
    is_paid = bears[paid.debt] & ~early
    every = np.flatnonzero(bears)
    turned = [(every[inside], begin - 1) for begin, inside in _turns(debts, every, regime)]
    nothing = [np.zeros(len(of), dtype=np.int64) for of in (every, *(of for of, _ in turned))]
    debt = np.concatenate([every, paid.debt[is_paid], every, *(of for of, _ in turned)])
    day = np.concatenate(
        [debts.due[every], paid.day[is_paid], debts.until[every], *(np.full(len(of), on) for of, on in turned)]
    )
    change = np.concatenate([late[every], -paid.minor[is_paid], *nothing])
    order = np.lexsort((day, debt))
    return debt[order], day[order], running(change[order], debt[order])


def _turns(debts: Debts, every: NDArray[np.intp], regime: Regime) -> list[tuple[np.datetime64, NDArray[np.bool_]]]:
    """First days of the spells of one rate, and which of these debts are late before and on each."""
    due, until = debts.due[every], debts.until[every]
    found = spells(due, until, np.zeros(len(every)), regime)
    return [(begin, (due < begin - 1) & (until >= begin)) for begin, _, _ in found]


def _rates(of: NDArray[np.intp], start: Days, debts: Debts, regime: Regime) -> Amounts:
    """The rate of each line, which is that of its first day."""
    fixed, _ = regime.rates_on(fixing_days(debts, regime))
    rates = np.full(len(of), np.nan)
    for begin, finish, rate in spells(debts.due[of], debts.until[of], fixed[of], regime):
        inside = (start >= begin - 1) & (start < finish - 1)
        rates[inside] = np.broadcast_to(rate, rates.shape)[inside]
    return rates


def _running(earned: Amounts, of: NDArray[np.intp]) -> Amounts:
    """Earned so far of each debt; added debt by debt, as floats of several debts would lend each other their dust."""
    so_far = earned.copy()
    first = np.r_[True, of[1:] != of[:-1]][: len(of)]
    for row in np.flatnonzero(~first).tolist():
        so_far[row] += so_far[row - 1]
    return so_far
