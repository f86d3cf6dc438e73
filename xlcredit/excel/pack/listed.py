"""The lists of a review as tables of the pack: any listing gets one."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from xlcredit.control import Review
from xlcredit.control.listing import Field, Listing
from xlcredit.excel.pack.columns import serials
from xlcredit.excel.pack.speech import Speech
from xlcredit.excel.pack.tables import Look, PackTable, TableColumn, unique
from xlcredit.kernel.money import decimals
from xlcredit.locales import display_width

_LONG: Final = 30
"""Texts wider than this break into lines."""
_BARS: Final = frozenset(
    "to_collect order_value exposure uninsured_part expected_loss interest insured_part share open".split()
)
"""Columns with a bar behind the figure, the first of them in a list."""
_ADDS_UP_BY_LINE: Final = frozenset({"order_value", "disputed", "interest", "fixed_sum"})
"""Amounts of a line itself: they add up even where a customer has several lines."""
_HOLD_EACH_OTHER: Final = frozenset({"sales_reached"})
"""Amounts that are part of those in the lines before: they do not add up."""
_GRAVE: Final = {"level": ("info", "watch", "warn", "stop"), "decision": ("release", "hold")}
TO_FILL: Final = {
    "calls": ("contacted", "new_promise", "remark"),
    "orders": ("released_by", "remark"),
    "signals": ("done", "remark"),
    "claims": ("remark",),
}
"""List → columns that whoever works through it fills in."""
_DAYS: Final = frozenset({"contacted", "new_promise", "done"})


def listed(listing: Listing, review: Review, speech: Speech) -> PackTable:
    """The table of a listing, words for its codes, columns to be filled in at the right."""
    columns = [_column(field, listing, review, speech) for field in listing.fields]
    blank = (_blank(key, len(listing), speech) for key in TO_FILL.get(listing.key, ()))
    columns = [*_barred(columns), *blank]
    return PackTable(listing.key, speech.heads("lists", listing.key), unique(columns), listing.naming)


def _column(field: Field, listing: Listing, review: Review, speech: Speech) -> TableColumn:
    heads = speech.heads("columns", field.key, review.currency if field.in_base else "")
    if field.kind == "text":
        texts = speech.column(lambda words: field.said(words).tolist())
        grave = tuple(speech(field.group, code) for code in _GRAVE.get(field.key, ()))
        if field.key == "grade":
            grave = review.policy.grades.names
        kind = "wrapped" if _is_long(texts) else "text"
        return TableColumn(field.key, heads, kind, texts, look="ramp" if grave else "", ramp=grave)
    if field.kind == "date":
        return TableColumn(field.key, heads, "date", serials(field.cells))
    return TableColumn(
        field.key,
        heads,
        field.kind,
        np.where(np.isfinite(field.cells), field.cells, np.nan),
        places=decimals(review.currency),
        totalled=field.in_base and _adds_up(field, listing),
        look=_look(field.key),
    )


def _look(key: str) -> Look:
    return "arrows" if key == "change" else "rating" if key == "score" else ""


def _is_long(texts: np.ndarray[tuple[int], np.dtype[np.object_]]) -> bool:
    return max(map(display_width, texts.tolist()), default=0) > _LONG


def _adds_up(field: Field, listing: Listing) -> bool:
    """Whether the cells may be added: each line is of another customer, group or country, and none of a day."""
    first = listing.fields[0]
    if field.key in _ADDS_UP_BY_LINE | _HOLD_EACH_OTHER:
        return field.key in _ADDS_UP_BY_LINE
    lines = [str(cell) for cell in listing.fields[1 if first.key == "rank" else 0].cells.tolist()]
    return first.kind in ("text", "integer") and len(set(lines)) == len(lines)


def _barred(columns: list[TableColumn]) -> list[TableColumn]:
    """The columns, the first that a bar suits with one."""
    wanted = next(
        (column.key for column in columns if column.key in _BARS and column.kind in ("amount", "percent")), ""
    )
    return [replace(column, look="bar") if column.key == wanted else column for column in columns]


def _blank(key: str, n: int, speech: Speech) -> TableColumn:
    heads, is_day = speech.headings(key), key in _DAYS
    values = np.full(n, np.nan) if is_day else np.full(n, "", dtype=object)
    return TableColumn(key, heads, "date" if is_day else "text", values, to_fill=True)
