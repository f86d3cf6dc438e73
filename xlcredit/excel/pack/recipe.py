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
from xlcredit.excel.pack.listed import listed
from xlcredit.excel.pack.policytable import policy_table
from xlcredit.excel.pack.shown import with_card_key
from xlcredit.excel.pack.speech import Speech
from xlcredit.excel.pack.tables import PackTable

WORK: Final = ("calls", "orders", "signals", "claims")
"""Lists that somebody works through, after the aging."""


def pack_tables(review: Review, lists: Lists, speech: Speech, day: date | None = None) -> list[PackTable]:
    """The tables: aging, what to do, limits, every other list, what the card looks up, and what it all rests on.

    ``day`` is the as-of date that the Policy sheet states for reviews to come.
    """
    make, told = Maker(review, speech), {key: listed(listing, review, speech) for key, listing in lists.items()}
    if "signals" in told:
        told["signals"] = with_card_key(told["signals"], speech)
    return [
        aging(make),
        aging_by_currency(make),
        *(told[key] for key in WORK if key in told),
        limits(make, lists),
        *(table for key, table in told.items() if key not in (*WORK, CAPABILITIES)),
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
