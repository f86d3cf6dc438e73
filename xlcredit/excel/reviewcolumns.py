"""What a review says of its items and customers, as columns in the user's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xlcredit.control import Review
from xlcredit.control.orders.inforce import further_business
from xlcredit.excel.additions import Column, Shade
from xlcredit.excel.decisions import in_words
from xlcredit.excel.styles import FILLS, FONTS, WIDTHS
from xlcredit.ledger.tables import Text
from xlcredit.locales import Words, display_width

WIDEST: Final = 150
"""Characters the widest column beside a table of the user's shows at once: wrapped, its rows would grow."""

WRAPPED_AT: Final = WIDTHS["wrapped"]
"""Characters from which a text on a sheet of ours goes on in a next line."""


def item_columns(review: Review, words: Words) -> tuple[Column, ...]:
    """Days past due, bucket, stage and next action of each item; its open amount where the ledger does not state it."""
    items, policy = review.items, review.policy
    buckets = {words("buckets", key): place for place, key in enumerate(policy.buckets.keys[:-1])}
    stages = {float(stage): stage for stage in range(1, len(policy.dunning.actions))}
    columns = (
        Column(words("columns", "days_past_due"), "integer", items.days_past_due),
        text_column(words("columns", "bucket"), _worded(items.bucket, "buckets", words), _ramp(buckets)),
        Column(
            words("columns", "stage"), "integer", np.where(items.open_minor != 0, items.stage, np.nan), _ramp(stages)
        ),
        text_column(words("columns", "action"), _worded(items.action, "actions", words)),
    )
    if not _open_is_derived(review):
        return columns
    return (*columns, open_column(review, words))


def open_column(review: Review, words: Words) -> Column:
    """What is open of each item on the day."""
    return Column(words("columns", "open"), "amount", review.items.open)


def _open_is_derived(review: Review) -> bool:
    items = review.ledger.items
    if not review.ledger.source.states("open"):
        return True
    stated = items.amount - items.settled
    return bool((np.abs(stated - review.items.open) > 1e-9).any())  # a past date: other amounts were open then


def customer_columns(review: Review, lines: NDArray[np.intp], words: Words) -> tuple[Column, ...]:
    """What the review says of these customers."""
    found = review.customers
    grades = {name: place for place, name in enumerate(review.policy.grades.names)}

    def money(key: str, values: NDArray[np.float64]) -> Column:
        return Column(words.bracketed(words("columns", key), review.currency), "amount", _finite(values[lines]))

    return (
        money("exposure", found.exposure),
        money("overdue", found.overdue),
        Column(words("columns", "average_days_late"), "decimal", found.average_days_late[lines]),
        text_column(words("columns", "card"), _worded(found.card[lines], "scorecards", words)),
        Column(words("columns", "score"), "decimal", found.score[lines]),
        Column(words("columns", "completeness"), "percent", found.completeness[lines]),
        text_column(words("columns", "grade"), found.grade[lines], _ramp(grades)),
        money("limit", found.limit),
        text_column(words("columns", "constraint"), _worded(found.constraint[lines], "constraints", words)),
        money("headroom", found.headroom),
        Column(words("columns", "utilization"), "percent", _finite(found.utilization[lines])),
        text_column(words("columns", "check"), _checked(review, words)[lines]),
        text_column(words("columns", "reasons"), _reasons(review, lines, words)),
    )


def _checked(review: Review, words: Words) -> Text:
    """What is decided about further business of each customer, with every reason against it."""
    return in_words(further_business(review), words)


def _reasons(review: Review, lines: NDArray[np.intp], words: Words) -> Text:
    said = [words.listed(reason.in_words(words) for reason in review.customers.reasons[line]) for line in lines]
    return np.array(said, dtype=object)


def _finite(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Infinity, as of an unlimited limit, cannot stand in a cell: it stays blank, and the constraint says why."""
    return np.where(np.isfinite(values), values, np.nan)


def _worded(keys: Text, group: str, words: Words) -> Text:
    worded = {key: words(group, key) if key else "" for key in set(keys.tolist())}
    return np.array([worded[key] for key in keys.tolist()], dtype=object)


def _ramp(places: Mapping[str, int] | Mapping[float, int]) -> tuple[Shade, ...]:
    """Colours from good to severe over values from best to worst."""
    moods = tuple(FILLS)
    last = max(places.values(), default=0)
    return tuple(
        Shade((value,), FILLS[mood], FONTS[mood])
        for value, place in places.items()
        if (mood := moods[round(place * (len(moods) - 1) / max(last, 1))])
    )


def text_column(header: str, texts: Text, shades: tuple[Shade, ...] = ()) -> Column:
    """A column wide enough for its texts, within reason."""
    longest = max(map(display_width, set(texts.tolist())), default=0)
    return Column(header, "text", texts, shades, float(min(longest + 2, WIDEST)))


def sheet_text_column(header: str, texts: Text) -> Column:
    """A column of a sheet of ours: one that shows its texts whole, the long ones in several lines."""
    column = text_column(header, texts)
    if column.width <= WRAPPED_AT:
        return column
    return replace(column, kind="wrapped", width=WRAPPED_AT)
