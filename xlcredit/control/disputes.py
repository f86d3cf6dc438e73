"""Disputes: what of each item is in dispute on a day; it is not dunned, the rest is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.parties import Parties
from xlcredit.control.recorded import items_of
from xlcredit.kernel.money import Minor, to_minor
from xlcredit.ledger.ledger import Ledger
from xlcredit.ledger.records import Records
from xlcredit.ledger.tables import Days, Flags

MARKS = ("disput", "争议")
"""What the heading of a block that means a dispute has in it."""


def is_going_on(disputes: Records, as_of: np.datetime64) -> Flags:
    """Disputes raised by a day and not settled on it."""
    return ~(disputes.day("opened") > as_of) & ~(disputes.day("resolved") <= as_of)


def disputed(
    ledger: Ledger, parties: Parties, due: Days, open_minor: Minor, places: NDArray[np.int64], as_of: np.datetime64
) -> Minor:
    """Disputed part of each item in minor units, never more than is open.

    A dispute that states no amount is about all of its document; one that names no document, about the customer's
    oldest items. Where the Disputes sheet knows an item it decides, and not the ledger's column, which has no day.
    """
    most = np.maximum(open_minor, 0)
    found = np.minimum(to_minor(np.nan_to_num(ledger.items.disputed), places), most)
    told = ledger.recorded("disputes")
    record, item = items_of(parties, ledger.items, told)
    there = ~(told.day("opened")[record] > as_of) & ~(ledger.items.document_date[item] > told.day("opened")[record])
    record, item = record[there], item[there]
    found[item] = 0
    for each in np.flatnonzero(is_going_on(told, as_of)).tolist():
        about = item[record == each]
        about = about[np.argsort(due[about], kind="stable")]
        _take(found, most, about, told.figure("amount")[each], places)
    return found


def _take(found: Minor, most: Minor, about: NDArray[np.intp], amount: float, places: NDArray[np.int64]) -> None:
    """Adds an amount to the disputed parts of these items, the first first, as far as they are open."""
    if np.isnan(amount):
        found[about] = most[about]
        return
    left = int(to_minor(np.array([amount]), places[about[:1]])[0]) if len(about) else 0
    for at in about.tolist():
        taken = min(max(left, 0), int(most[at] - found[at]))
        found[at] += taken
        left -= taken


def is_block_of_part(ledger: Ledger, open_minor: Minor, disputed_minor: Minor) -> Flags:
    """Items whose block is a dispute of which a part is stated: the rest of them goes on."""
    place = ledger.source.place
    heading = place.headings.get("blocked", "").casefold() if place else ""
    means_dispute = any(mark in heading for mark in MARKS)
    return np.asarray(means_dispute & (disputed_minor > 0) & (disputed_minor < open_minor))
