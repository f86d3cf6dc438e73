"""Detection: which sheet of a workbook is the ledger, which the customers sheet, and what their columns mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xlcredit.kernel.errors import LayoutError, LedgerError
from xlcredit.layouts.beside import find_records, is_named_so
from xlcredit.layouts.layout import GENERIC, Layout
from xlcredit.layouts.match import Match, best_match, match, nearest_layout
from xlcredit.layouts.titles import Titles, titles_of
from xlcredit.ledger.grid import Grid, grid_named
from xlcredit.ledger.place import Place


@dataclass(frozen=True, slots=True)
class Recognised(Place):
    """Where a table stands in a sheet, what its columns mean, and by what it was recognised."""

    layout: str = GENERIC
    kind: str = "ledger"
    why: tuple[str, ...] = ()
    """Headings that decided."""
    others: tuple[str, ...] = ()
    """Sheets that would have done as well."""


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheets of a workbook that a review reads."""

    ledger: Recognised
    customers: Recognised | None
    records: tuple[Recognised, ...]
    """Payments, orders, events and the like, one sheet a kind."""


def recognise(grids: Sequence[Grid], *, sheet: str | None = None, customers: str | None = None) -> Sheets:
    """The ledger, the customers sheet if there is one, and the sheets of records beside them.

    Raises:
        LayoutError: no sheet holds the headings of a ledger, or only totals by customer.
        LedgerError: a sheet named is not there, or there are no cells at all.
    """
    records = find_records([grid for grid in grids if grid.name not in (sheet, customers)])
    said = {found.titles.grid.name for found in records.values() if is_named_so(found)}
    wanted = [grid_named(grids, sheet)] if sheet else [grid for grid in grids if grid.name not in said] or list(grids)
    ledgers = [found for grid in wanted if grid.name != customers and (found := find_ledger(grid)) is not None]
    if not ledgers:
        raise _no_ledger(wanted)
    seen = [found for found in ledgers if not found.titles.grid.hidden] or ledgers
    best = max(seen, key=lambda found: len(found.columns))
    others = tuple(found.titles.grid.name for found in seen if found is not best)
    ledger = best.titles.grid.name
    beside = {kind: found for kind, found in records.items() if found.titles.grid.name != ledger}
    taken = {ledger, *(found.titles.grid.name for found in beside.values())}
    party = _customers([grid for grid in grids if grid.name not in taken], grids, customers)
    known = (_recognised(found, ()) for kind, found in sorted(beside.items()))
    return Sheets(_recognised(best, others), party, tuple(known))


def find_ledger(grid: Grid) -> Match | None:
    """The first headings of a sheet that make a ledger of items, if any do; from the top of its first 30 rows."""
    found = None
    for titles in titles_of(grid):
        if found is not None and (titles.row > found.titles.row):
            return found
        better = best_match(titles)
        if not better.lacks and (found is None or len(better.columns) > len(found.columns)):
            found = better
    return found


def _customers(grids: Sequence[Grid], every: Sequence[Grid], name: str | None) -> Recognised | None:
    """The customers sheet: the one named, else the one with the most columns known."""
    if name:
        grid = grid_named(every, name)
        found = _find_customers(grid)
        if found is None:
            raise LayoutError("no-customers-sheet", grid.name, sheet=grid.name)
        return _recognised(found, ())
    matches = [found for grid in grids if not grid.hidden and (found := _find_customers(grid)) is not None]
    best = max(matches, key=lambda found: len(found.columns), default=None)
    return None if best is None else _recognised(best, ())


def _find_customers(grid: Grid) -> Match | None:
    layouts = [layout for layout in Layout.all() if layout.kind == "customers"]
    generic = Layout.named(GENERIC)
    for titles in titles_of(grid):
        for layout in layouts:
            found = match(titles, layout)
            items = match(titles, generic).columns.keys() & {"document", "due_date", "open"}
            if titles.height == 1 and not found.lacks and not items:
                return found
    return None


def _recognised(found: Match, others: tuple[str, ...]) -> Recognised:
    titles, columns = found.titles, found.columns
    first, last = _extent(titles, [*columns.values(), *([] if found.labels is None else [found.labels])])
    headings = {role: titles.texts.get(column, "") for role, column in columns.items()}
    why = found.distinctive or tuple(text for text in headings.values() if text)
    return Recognised(
        titles.grid.name, titles.row + titles.height - 1, first, last, columns, headings, titles.row + titles.height,
        layout=found.layout.name, kind=found.layout.kind, why=why, others=others,
    )  # fmt: skip


def _extent(titles: Titles, columns: Iterable[int]) -> tuple[int, int]:
    """First and last column of the table: it ends where two headings in a row are blank."""
    first, last = min(columns), max(columns)
    while {first - 1, first - 2} & titles.texts.keys():
        first -= 1 if first - 1 in titles.texts else 2
    while {last + 1, last + 2} & titles.texts.keys():
        last += 1 if last + 1 in titles.texts else 2
    return first, last


def _no_ledger(grids: Sequence[Grid]) -> LedgerError:
    """Why no sheet is a ledger: no cells, totals only, or what the nearest headings lack."""
    titles = [titles for grid in grids for titles in titles_of(grid)]
    if not any(any(cell not in (None, "") for cell in row) for grid in grids for row in grid.rows()):
        return LedgerError("no-cells", "", sheets=", ".join(grid.name for grid in grids))
    nearest = max((nearest_layout(t) for t in titles), key=lambda m: len(m.columns), default=None)
    if nearest is None or not nearest.columns:
        return LayoutError("no-headings", "", sheets=", ".join(grid.name for grid in grids))
    where = f"{nearest.titles.grid.name}!{nearest.titles.row + 1}"
    found = ", ".join(nearest.titles.texts.values())[:300]
    if nearest.is_summary:
        return LayoutError("summary-only", where, sheet=nearest.titles.grid.name, found=found)
    facts = {
        "found": found,
        "row": nearest.titles.row + 1,
        "layout": nearest.layout.titles,
        "known": ", ".join(text for at in sorted(nearest.columns.values()) if (text := nearest.titles.texts.get(at))),
    }
    return LayoutError("no-ledger", where, sheet=nearest.titles.grid.name, **facts)
