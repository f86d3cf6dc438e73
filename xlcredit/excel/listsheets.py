"""The lists of a review as sheets of their own, words in the user's language."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from xlcredit.control.listing import Field, Listing, Lists
from xlcredit.control.lists import KEYS
from xlcredit.excel.additions import Column, Sheet
from xlcredit.excel.enrich import Enrichment
from xlcredit.excel.reviewcolumns import sheet_text_column
from xlcredit.locales import Words

PREFIX = "list_"
"""What the marks of such sheets begin with."""

_DAY_0 = np.datetime64("1899-12-30", "D")


def with_lists(added: Enrichment, lists: Lists, currency: str, words: Words) -> Enrichment:
    """What is added with a sheet for each list; sheets of lists that have no line any more go."""
    gone = tuple(f"{PREFIX}{key}" for key in KEYS if key not in lists)
    return replace(added, sheets=(*added.sheets, *list_sheets(lists, currency, words)), remove=(*added.remove, *gone))


def list_sheets(lists: Lists, currency: str, words: Words) -> tuple[Sheet, ...]:
    """A sheet for each list; amounts in the review's currency say so in their heading."""
    return tuple(_sheet(listing, currency, words) for listing in lists.values())


def _sheet(listing: Listing, currency: str, words: Words) -> Sheet:
    columns = tuple(_column(field, currency, words) for field in listing.fields)
    return Sheet(f"{PREFIX}{listing.key}", words("lists", listing.key), columns, frozen=listing.naming)


def _column(field: Field, currency: str, words: Words) -> Column:
    header = words("columns", field.key)
    header = words.bracketed(header, currency) if field.in_base else header
    if field.kind == "text":
        return sheet_text_column(header, field.said(words))
    if field.kind == "date":
        days = (field.cells - _DAY_0).astype(np.float64)
        return Column(header, "date", np.where(np.isnat(field.cells), np.nan, days))
    return Column(header, field.kind, field.cells)
