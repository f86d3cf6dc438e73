"""Notices: which stages call for one today, what is held back, and what it costs."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xlcredit.kernel.dates import Date, Days
from xlcredit.kernel.errors import LedgerError
from xlcredit.kernel.money import Amounts, Minor, rounded, sums, to_major, to_minor
from xlcredit.rules.dunning.procedure import Kind, Procedure
from xlcredit.rules.dunning.stages import Stages

Flags = NDArray[np.bool_]


def check_run(as_of: Date, sent: Days) -> None:
    """Refuses a run dated before a notice that was sent (NaT: none was): it would dun twice for the same.

    Raises:
        LedgerError: "dunning-run-too-early".
    """
    if (later := sent[sent > as_of]).size:
        raise LedgerError("dunning-run-too-early", as_of=str(as_of), last=str(later.max()))


def dunned(open_minor: Minor, disputed_minor: Minor) -> Minor:
    """What of each open amount is dunned: all but the part in dispute; credits stay as they are."""
    return np.where(open_minor > 0, open_minor - np.clip(disputed_minor, 0, np.maximum(open_minor, 0)), open_minor)


def too_soon(since_last: NDArray[np.float64], procedure: Procedure) -> Flags:
    """Whether the last notice is too few days ago (NaN: there was none) for another; one a day at most."""
    return np.asarray(since_last < max(procedure.days_between, 1))


def waiting(promised: Days, as_of: Date, procedure: Procedure) -> Flags:
    """Whether a payment is promised for a day that is still to come, or for today; NaT: no promise."""
    return np.asarray(promised + procedure.promise_days >= as_of)


def broken(promised: Days, open_minor: Minor, as_of: Date, procedure: Procedure) -> Flags:
    """Whether the promised day is over and something is still open."""
    return np.asarray((promised + procedure.promise_days < as_of) & (open_minor > 0))


def of_customers(
    stages: Stages, blocked: Flags, owner: NDArray[np.intp], customers: int, procedure: Procedure
) -> Stages:
    """Stage of each item, where a customer's items are dunned together: the highest of any.

    A blocked item neither lifts the others nor is lifted, and one without a stage (not due, settled, below the
    minimum) stays without.
    """
    if procedure.per == "item":
        return stages
    highest = np.zeros(customers, dtype=np.int64)
    free = ~blocked
    np.maximum.at(highest, owner[free], stages[free])
    return np.where(free & (stages > 0), highest[owner], stages)


def worth_a_notice(
    stages: Stages, dunned_minor: Minor, account: NDArray[np.intp], accounts: int, minimum: Minor | int
) -> Stages:
    """Stage of each item, 0 throughout an account (a customer's items in one currency) that owes less than the minimum.

    Only what has a stage counts towards the minimum, which is in minor units.
    """
    owed = sums(np.where(stages > 0, dunned_minor, 0), account, accounts)
    return np.where((owed >= minimum)[account], stages, 0)


def is_new(stages: Stages, last_stage: NDArray[np.float64]) -> Flags:
    """Whether a notice goes out: the stage is above the one it had; a second run on a day gives nothing new."""
    return np.asarray(stages > np.nan_to_num(last_stage, nan=0.0))


def fees(stages: Stages, new: Flags, procedure: Procedure, places: ArrayLike = 2) -> Amounts:
    """Fee of each notice that goes out."""
    fee = np.array([0.0, *(level.fee for level in procedure.levels)])[stages]
    return to_major(to_minor(np.where(new, fee, 0.0), places), places)


def of_kind(stages: Stages, procedure: Procedure, kind: Kind) -> Flags:
    """Whether a stage is an agency's (D11), a legal step (D10) or a claim on the insurer (I11)."""
    return np.array([each == kind for each in procedure.kinds])[stages]


def agency_fee(amounts: Amounts, shares: Amounts, places: ArrayLike = 2) -> Amounts:
    """What the agency asks of each amount that is handed over to it (D11), NaN where no share is known."""
    return rounded(amounts * shares, places)
