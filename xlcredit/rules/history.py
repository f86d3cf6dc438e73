"""History: what was open at the end of each month, and what was sold in it, from the items alone.

A month's figures are those of that day: the documents dated by then, less what was settled by then. Exact minor units.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.bands import Bands
from xlcredit.kernel.dates import Days, days_between, days_past_due
from xlcredit.kernel.money import Minor, sums


@dataclass(frozen=True, slots=True)
class Postings:
    """Items of all groups (customers, or the company as one): whose, dated, aged from, how much, settled when.

    ``minor`` and ``settled`` are minor units of one currency; ``sold`` says which items are sales (payments on
    account are not). A missing document date was always there, a missing settlement date was always settled.
    """

    owners: NDArray[np.intp]
    document_date: Days
    due_date: Days
    minor: Minor
    settled: Minor
    settled_date: Days
    sold: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class History:
    """Month ends, oldest first, and at each of them by group and bucket what was open; sales of its month."""

    ends: Days
    buckets: NDArray[np.int64]
    """Minor units open: month ends × groups × buckets, the undated last."""
    current: NDArray[np.int64]
    """Of what was open, not past due: month ends × groups."""
    sales: NDArray[np.int64]
    """Minor units sold in the month: month ends × groups."""

    @property
    def open(self) -> NDArray[np.int64]:
        """Minor units open: month ends × groups."""
        return np.asarray(self.buckets.sum(axis=2))

    @property
    def days(self) -> NDArray[np.float64]:
        """Days of each month."""
        first = self.ends.astype("datetime64[M]").astype("datetime64[D]")
        return days_between(first, self.ends) + 1


def month_ends(as_of: np.datetime64, months: int) -> Days:
    """The last month ends on or before a day, oldest first."""
    after = (as_of.astype("datetime64[D]") + 1).astype("datetime64[M]")
    ends: Days = (after + np.arange(1 - months, 1)).astype("datetime64[D]") - 1
    return ends


def open_at(items: Postings, day: np.datetime64) -> Minor:
    """Minor units of each item open on a day; 0 for a document dated after it."""
    there = np.isnat(items.document_date) | (items.document_date <= day)
    settled = np.isnat(items.settled_date) | (items.settled_date <= day)
    return np.where(there, items.minor - np.where(settled, items.settled, 0), 0)


def history(items: Postings, ends: Days, bands: Bands, n_owners: int) -> History:
    """What was open at each of these month ends, by bucket of days past due, and what was sold in their months."""
    width = len(bands.outcomes) + 1
    buckets = np.zeros((len(ends), n_owners, width), dtype=np.int64)
    current = np.zeros((len(ends), n_owners), dtype=np.int64)
    for row, end in enumerate(ends):
        minor, days = open_at(items, end), days_past_due(items.due_date, end)
        column = bands.index(days).astype(np.intp)
        column[column < 0] += width
        buckets[row] = sums(minor, items.owners * width + column, n_owners * width).reshape(n_owners, width)
        current[row] = sums(np.where(days > 0, 0, minor), items.owners, n_owners)
    return History(ends, buckets, current, _sales(items, ends, n_owners))


def _sales(items: Postings, ends: Days, n_owners: int) -> NDArray[np.int64]:
    months = ends.astype("datetime64[M]")
    dated = items.sold & ~np.isnat(items.document_date)
    row = np.searchsorted(months, items.document_date[dated].astype("datetime64[M]"))
    inside = row < len(months)
    inside[inside] = months[row[inside]] == items.document_date[dated][inside].astype("datetime64[M]")
    groups = row[inside] * n_owners + items.owners[dated][inside]
    return sums(items.minor[dated][inside], groups, len(ends) * n_owners).reshape(len(ends), n_owners)


def looked_back(values: NDArray[np.float64], months: int) -> NDArray[np.float64]:
    """Each month (rows, oldest first) with so many months back, the newest first; NaN before the history."""
    longer = np.concatenate([np.full(months - 1, np.nan), values])
    return np.lib.stride_tricks.sliding_window_view(longer, months)[:, ::-1]
