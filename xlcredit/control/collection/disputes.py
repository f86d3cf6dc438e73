"""Disputes: what of each item is in dispute on a day; it is not dunned, the rest is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.parties import Parties
from xlcredit.control.recorded import items_of
from xlcredit.kernel.money import Minor, to_minor
from xlcredit.ledger.ledger import Ledger
from xlcredit.ledger.tables import Days, Flags

MARKS = ("disput", "争议")
"""What the heading of a block that means a dispute has in it."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """A dispute that is going on, and what it takes of which items."""

    record: int
    """Position in the Disputes sheet, -1 for what only the ledger says."""
    items: NDArray[np.intp]
    minor: Minor
    """Minor units of each item's currency."""


@dataclass(frozen=True, slots=True)
class Disputed:
    """What is in dispute on a day."""

    minor: Minor
    """Disputed part of each item, never more than is open."""
    disputes: tuple[Dispute, ...]


def disputed(
    ledger: Ledger, parties: Parties, due: Days, open_minor: Minor, places: NDArray[np.int64], as_of: np.datetime64
) -> Disputed:
    """The disputes of a ledger's items that are going on.

    A dispute that states no amount is about all of its document; one that names no document, about the customer's
    oldest items. Where the Disputes sheet knows an item it decides, and not the ledger's column, which has no day.
    """
    most = np.maximum(open_minor, 0)
    found = np.minimum(to_minor(np.nan_to_num(ledger.items.disputed), places), most)
    told = ledger.recorded("disputes")
    record, item = items_of(parties, ledger.items, told)
    opened = told.day("opened")
    there = ~(opened[record] > as_of) & ~(ledger.items.document_date[item] > opened[record])
    record, item = record[there], item[there]
    found[item] = 0
    disputes = _of_ledger_alone(ledger, found, most, item)
    for each in np.flatnonzero(~(opened > as_of) & ~(told.day("resolved") <= as_of)).tolist():
        about = item[record == each]
        about = about[np.argsort(due[about], kind="stable")]
        taken = _taken((most - found)[about], told.figure("amount")[each], places[about])
        found[about] += taken
        disputes.append(Dispute(each, about, taken))
    return Disputed(found, tuple(disputes))


def _of_ledger_alone(ledger: Ledger, found: Minor, most: Minor, told: NDArray[np.intp]) -> list[Dispute]:
    """Items that the ledger says to be disputed, and no sheet: a part of them, or all where a mark says so."""
    marked = ledger.items.blocked & _means_dispute(ledger) & (most > 0)
    own = (found > 0) | marked
    own[told] = False
    parts = np.where(found > 0, found, most)
    return [Dispute(-1, np.array([at]), parts[[at]]) for at in np.flatnonzero(own).tolist()]


def _taken(left: Minor, amount: float, places: NDArray[np.int64]) -> Minor:
    """What an amount takes of items, the first first; all of them where it is not stated."""
    if np.isnan(amount) or not len(left):
        return left
    before = np.cumsum(left) - left
    return np.asarray(np.clip(to_minor(np.array([amount]), places[:1])[0] - before, 0, left))


def is_block_of_part(ledger: Ledger, open_minor: Minor, disputed_minor: Minor) -> Flags:
    """Items whose block is a dispute of which a part is stated: the rest of them goes on."""
    return np.asarray(_means_dispute(ledger) & (disputed_minor > 0) & (disputed_minor < open_minor))


def _means_dispute(ledger: Ledger) -> bool:
    """Whether a block in the ledger is a dispute, as its heading says."""
    heading = ledger.source.place.headings.get("blocked", "") if ledger.source.place else ""
    return any(mark in heading.casefold() for mark in MARKS)
