"""Cover: the insured part of each buyer's exposure, and what is left with the seller."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.money import Minor, sums, to_major, to_minor

Amounts = NDArray[np.float64]
Flags = NDArray[np.bool_]

COVERED, PARTLY, NOT_COVERED = "covered", "partly_covered", "not_covered"


def share_of(minor: Minor, share: Amounts | float) -> Minor:
    """A share of amounts in minor units, halves away from zero."""
    return to_minor(minor * share, 0)


def insured(exposure: Amounts, limit: Amounts, cover: Amounts | float, places: int = 2) -> Amounts:
    """Insured part of each exposure: cover × the lesser of exposure and insured limit; nothing of a net credit.

    NaN where exposure, limit or cover is not known.
    """
    carried = np.clip(to_minor(exposure, places), 0, np.maximum(to_minor(limit, places), 0))
    amounts = to_major(share_of(carried, cover), places)
    return np.where(np.isnan(exposure) | np.isnan(limit) | np.isnan(cover), np.nan, amounts)


def remainder(exposure: Amounts, part: Amounts, places: int = 2) -> Amounts:
    """Exposure less its insured part, to the cent: what the seller bears; nothing of a net credit, NaN if not known."""
    left = np.maximum(to_minor(exposure, places), 0) - to_minor(part, places)
    return np.where(np.isnan(exposure) | np.isnan(part), np.nan, to_major(left, places))


@dataclass(frozen=True, slots=True)
class Carried:
    """What the insurer carries of each item, and what it would pay of that: minor units."""

    carried: Minor
    insured: Minor


def insured_items(
    minor: Minor,
    owners: NDArray[np.intp],
    limit: Minor,
    cover: Amounts,
    first: NDArray[np.intp],
    secured: Minor,
) -> Carried:
    """What is carried and insured of each item: its owner's limit is used up by the items as they come ``first``.

    What is owed on older items counts against the limit of younger ones, so that of two limits, one after the other,
    the greater bounds the whole. Credits, and what is secured otherwise, are set off against what comes first.

    Args:
        minor: open amounts.
        owners: owner of each item.
        limit: insured limit in force when each item was sold, 0 for none.
        cover: insured share that goes with it.
        first: positions of all items in the order in which they use up the limit.
        secured: what else is to be set off, one amount per owner.
    """
    before, after = np.zeros((2, len(minor)), dtype=np.int64)
    left = (secured + sums(np.maximum(-minor, 0), owners, len(secured))).tolist()
    used = [0] * len(left)
    owed, owner_of, limits = minor.tolist(), owners.tolist(), limit.tolist()
    for at in first[(minor > 0)[first]].tolist():
        owner = owner_of[at]
        off = min(left[owner], owed[at])
        left[owner] -= off
        before[at] = used[owner]
        if used[owner] < limits[at]:
            used[owner] = min(used[owner] + owed[at] - off, limits[at])
        after[at] = used[owner]
    paid = share_of(after, np.nan_to_num(cover)) - share_of(before, np.nan_to_num(cover))
    return Carried(after - before, paid)


def coverage(exposure: Amounts, part: Amounts) -> Amounts:
    """Insured part as a share of the exposure; NaN where nothing is owed."""
    owed = np.where(exposure > 0, exposure, np.nan)
    return np.asarray(part / owed)


def status(exposure: Amounts, carried: Amounts) -> NDArray[np.object_]:
    """Whether the insurer carries all of each buyer's exposure (as an insured limit above it does), a part or nothing.

    "" where nothing is owed.
    """
    none = np.isnan(carried) | (carried <= 0)
    said = np.select([none, exposure > carried], [NOT_COVERED, PARTLY], default=COVERED).astype(object)
    said[~(exposure > 0)] = ""
    return said


def in_scope(
    named: Flags, declared: Flags, scope: Literal["whole_turnover", "named_buyers"], basis: Literal["annual", "order"]
) -> Flags:
    """Whether each order or item is insured at all.

    Args:
        named: whether its buyer is named in the contract.
        declared: whether it was itself declared, which insurance by the order asks for.
        scope: whether all buyers are insured, or those named.
        basis: whether what is sold in the year is insured, or single orders.
    """
    buyers = named if scope == "named_buyers" else np.ones(len(named), dtype=np.bool_)
    return buyers & declared if basis == "order" else buyers


def before_stop(sold: NDArray[np.datetime64], stopped: NDArray[np.datetime64]) -> Flags:
    """Whether each sale lies on or before its buyer's stop-shipment date; NaT for none stops nothing.

    A sale without a date is not covered once shipments had to stop: nothing shows that it came before.
    """
    return np.asarray(np.isnat(stopped) | (sold <= stopped))
