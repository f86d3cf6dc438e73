"""Which tables a pack has, in the order of their sheets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xlcredit.control import Review
from xlcredit.control.capabilities import CAPABILITIES, lacking
from xlcredit.control.listing import Lists
from xlcredit.excel.pack.customers import aging, aging_by_currency, limits
from xlcredit.excel.pack.details import balances, events, open_items, points, scores
from xlcredit.excel.pack.evidence import findings
from xlcredit.excel.pack.listed import listed
from xlcredit.excel.pack.policytable import policy_table
from xlcredit.excel.pack.shown import with_card_key
from xlcredit.excel.pack.speech import Speech
from xlcredit.excel.pack.tables import PackTable

WORK: Final = ("calls", "orders", "signals", "claims")
"""Lists that somebody works through, after the aging."""


def pack_tables(review: Review, lists: Lists, speech: Speech) -> list[PackTable]:
    """The tables: aging, what to do, limits, every other list, evidence, and what the card looks up."""
    told = {key: listed(listing, review, speech) for key, listing in lists.items()}
    if "signals" in told:
        told["signals"] = with_card_key(told["signals"], speech)
    return [
        aging(review, speech),
        aging_by_currency(review, speech),
        *(told[key] for key in WORK if key in told),
        limits(review, lists, speech),
        *(table for key, table in told.items() if key not in (*WORK, CAPABILITIES)),
        *_looked_up(review, speech),
        *([findings(review, speech)] if review.findings else []),
        told[CAPABILITIES],
        policy_table(review, speech),
    ]


def _looked_up(review: Review, speech: Speech) -> Iterator[PackTable]:
    keyed = (open_items(review, speech), points(review, speech), events(review, speech))
    yield scores(review, speech)
    yield from (with_card_key(table, speech) for table in keyed if len(table) or table.key == "open_items")
    if not lacking(review.ledger)["key_figures"]:
        yield balances(review, speech)
