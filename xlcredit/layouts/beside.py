"""Sheets beside the ledger: which of them hold payments, orders, events, statements, checks, cover and the like.

A sheet is recognised by its name, or by headings that nothing else has; either way it needs the columns of its kind.
"""

from __future__ import annotations

from collections.abc import Sequence

from xlcredit.layouts.layout import Layout
from xlcredit.layouts.match import Match, match
from xlcredit.layouts.titles import titles_of
from xlcredit.ledger.grid import Grid
from xlcredit.ledger.headings import normalised
from xlcredit.ledger.records import NEEDED


def find_records(grids: Sequence[Grid]) -> dict[str, Match]:
    """Kind → the sheet that holds such records: the one so named, else the one with the most of its columns."""
    found: dict[str, Match] = {}
    for grid in grids:
        best = None if grid.hidden else _records_in(grid)
        if best is not None and _rank(best) > _rank(found.get(best.layout.kind)):
            found[best.layout.kind] = best
    return found


def is_named_so(found: Match) -> bool:
    """Whether the sheet's own name says what it holds."""
    return normalised(found.titles.grid.name) in found.layout.spelled_sheets


def _rank(found: Match | None) -> tuple[bool, int]:
    return (False, 0) if found is None else (is_named_so(found), len(found.columns))


def _records_in(grid: Grid) -> Match | None:
    """What a sheet holds: as it is named, else as its headings say."""
    layouts = [layout for layout in Layout.all() if layout.kind in NEEDED]
    named = [layout for layout in layouts if normalised(grid.name) in layout.spelled_sheets]
    matches = [
        found
        for titles in titles_of(grid)
        if titles.height == 1
        for layout in named or layouts
        if not (found := match(titles, layout)).lacks and (named or _is_told_by_headings(found))
    ]
    return max(matches, key=lambda found: (len(found.distinctive), len(found.columns)), default=None)


def _is_told_by_headings(found: Match) -> bool:
    """Whether headings alone tell: those of a customers sheet may name an insured limit or total assets, too."""
    of_customers = max(len(match(found.titles, each).columns) for each in Layout.all() if each.kind == "customers")
    return len(found.distinctive) >= found.layout.needs and len(found.columns) > of_customers
