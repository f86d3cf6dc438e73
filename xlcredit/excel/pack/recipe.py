"""Which tables a pack has, in the order of their sheets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from xlcredit.control import Review
from xlcredit.control.capabilities import CAPABILITIES, lacking
from xlcredit.control.listing import Lists
from xlcredit.excel.pack.columns import Maker
from xlcredit.excel.pack.customers import aging, aging_by_currency, limits
from xlcredit.excel.pack.details import balances, events, open_items, points, scores
from xlcredit.excel.pack.findings import findings
from xlcredit.excel.pack.insurance import TAKEN, insurance
from xlcredit.excel.pack.listed import listed
from xlcredit.excel.pack.policytable import policy_table
from xlcredit.excel.pack.shown import with_card_key
from xlcredit.excel.pack.speech import Speech
from xlcredit.excel.pack.tables import PackTable, stacked

WORK: Final = ("calls", "orders", "claims", "signals")
"""Lists that somebody works through, before everything else."""
PROVISIONS: Final = "provisions"
RATES: Final = "provision_rates"
"""Sheet of the matrix and of what it is measured by."""
_RATES: Final = ("provision_matrix", "roll_rates", "loss_rates")


def pack_tables(review: Review, lists: Lists, speech: Speech, day: date | None = None) -> list[PackTable]:
    """The tables: what to do, limits, aging, insurance, provisions, every other list, and what it all rests on.

    ``day`` is the as-of date that the Policy sheet states for reviews to come.
    """
    make, told = Maker(review, speech), {key: listed(listing, review, speech) for key, listing in lists.items()}
    if "signals" in told:
        told["signals"] = with_card_key(told["signals"], speech)
    placed = (*WORK, *TAKEN, PROVISIONS, *_RATES, CAPABILITIES)
    return [
        *(told[key] for key in WORK if key in told),
        limits(make, lists),
        aging(make),
        aging_by_currency(make),
        *insurance(make, lists),
        *stacked(RATES, *(told.get(key) for key in _RATES)),
        *([make.named(told[PROVISIONS])] if PROVISIONS in told else []),
        *(table for key, table in told.items() if key not in placed),
        *_looked_up(make),
        *([findings(review, speech)] if review.findings else []),
        told[CAPABILITIES],
        policy_table(review, speech, day),
    ]


def _looked_up(make: Maker) -> Iterator[PackTable]:
    keyed = (open_items(make), points(make), events(make))
    yield scores(make)
    yield from (with_card_key(table, make.speech) for table in keyed if len(table) or table.key == "open_items")
    if not lacking(make.review.ledger)["key_figures"]:
        yield balances(make)
