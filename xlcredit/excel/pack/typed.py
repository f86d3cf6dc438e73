"""What users typed into the cells to fill in of an earlier pack, carried over by what each row is about.

A row is known again by its customer and what tells the customer's rows apart, in whatever language the pack was.
Where nothing tells them apart, as many rows as before are taken to be the same ones, in their order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from xlcredit.control import Review
from xlcredit.control.listing import Lists
from xlcredit.excel.build import sheet_name
from xlcredit.excel.ooxml.contents import serial
from xlcredit.excel.pack.listed import TO_FILL
from xlcredit.excel.pack.marks import CARD, PREFIX
from xlcredit.excel.pack.speech import BOTH, Speech
from xlcredit.excel.pack.tables import PackTable, TableColumn
from xlcredit.excel.workbook import Workbook
from xlcredit.ledger.findings import Finding
from xlcredit.ledger.grid import Cell, Grid, letter
from xlcredit.locales import LANGUAGES, without_currency

_LIMITS: Final = "limits"
_FILLED: Final = {_LIMITS: ("verdict", "approved_limit", "decided_by", "decided_on"), **TO_FILL}
_TOLD_BY: Final = {
    _LIMITS: ("customer",),
    "calls": ("customer",),
    "orders": ("customer", "order"),
    "signals": ("customer", "signal"),
    "claims": ("customer", "cause"),
}
"""Table → columns that say what a row is about."""
_CHOICE: Final = (3, 1)
"""The card's cell in which a customer is chosen, from 0."""
_TITLES: Final = 10
"""Rows among which a table's headings stand."""

About = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TypedCell:
    """A cell that was filled in."""

    column: str
    heading: str
    value: Cell
    where: str


TypedRow = tuple[About, tuple[TypedCell, ...]]


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in an earlier pack."""

    rows: Mapping[str, Sequence[TypedRow]] = field(default_factory=dict)
    """Table → each of its rows, with what was filled in."""
    customer: str | None = None
    """The choice on the card."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What of it belongs into the next pack, and what has no place there."""

    cells: Mapping[str, Mapping[str, Mapping[int, Cell]]] = field(default_factory=dict)
    """Table → column → row → value."""
    gone: tuple[Finding, ...] = ()
    customer: str | None = None

    def put(self, tables: Sequence[PackTable]) -> list[PackTable]:
        """The tables with it."""
        return [_filled(table, self.cells[table.key]) if table.key in self.cells else table for table in tables]


NOTHING: Final = Carried()


def read_typed(workbook: Workbook, *, alone: bool = False) -> Typed:
    """What was typed into the pack that a run left in a workbook, or into one ``alone`` in its workbook.

    Sheets that a run left are marked; elsewhere "Limits" may be anybody's.
    """
    find = _called if alone else _marked
    rows = {key: tuple(_rows(key, sheet)) for key in _FILLED if (sheet := find(workbook, key))}
    card = find(workbook, CARD)
    return Typed(rows, _chosen(card) if card else None)


def carry(typed: Typed, review: Review, lists: Lists) -> Carried:
    """Finds the rows of the next pack that were filled in in the one before."""
    cells: dict[str, dict[str, dict[int, Cell]]] = {}
    gone: list[Finding] = []
    for key, rows in typed.rows.items():
        places = _places(key, review, lists)
        found: dict[str, dict[int, Cell]] = defaultdict(dict)
        for about, before in _by_about(rows).items():
            now = places.get(about, [])
            if len(now) == len(before):
                for at, typed_cells in zip(now, before, strict=True):
                    for cell in typed_cells:
                        found[cell.column][at] = cell.value
            else:
                gone += [_gone(about, cell) for typed_cells in before for cell in typed_cells]
        if found:
            cells[key] = found
    known = typed.customer in set(review.customers.customer.tolist())
    return Carried(cells, tuple(gone), typed.customer if known else None)


def carried_over(typed: Typed, review: Review, lists: Lists) -> tuple[Review, Carried]:
    """The review with findings of what has no place in the next pack, and what has."""
    carried = carry(typed, review, lists)
    return replace(review, findings=(*review.findings, *carried.gone)), carried


def _marked(workbook: Workbook, key: str) -> Grid | None:
    return workbook.own_sheet(f"{PREFIX}{key}")


def _called(workbook: Workbook, key: str) -> Grid | None:
    """The sheet that is called so in any language."""
    group = "lists" if key in TO_FILL else "pack_sheets"
    names = {sheet_name(" ".join(dict.fromkeys(speech.heads(group, key))), ()) for speech in _speeches()}
    return next((grid for grid in workbook.grids() if grid.name in names), None)


def _speeches() -> Iterator[Speech]:
    return map(Speech.of, (*LANGUAGES, BOTH))


def _chosen(card: Grid) -> str | None:
    row = next(iter(card.rows(_CHOICE[0])), ())
    return _text(row[_CHOICE[1]]) if len(row) > _CHOICE[1] else None


def _rows(key: str, sheet: Grid) -> Iterator[TypedRow]:
    """The rows below the headings, nothing where there are none."""
    headings = _headings(key)
    heads = [(at, _columns(row, headings)) for at, row in enumerate(islice(sheet.rows(), _TITLES))]
    told = [(at, columns) for at, columns in heads if set(_TOLD_BY[key]) <= columns.keys()]
    if not told:
        return
    top, columns = told[-1]
    titles = next(iter(sheet.rows(top)))
    filled = [(column, columns[column]) for column in _FILLED[key] if column in columns]
    for at, row in enumerate(sheet.rows(top + 1), top + 2):
        about = tuple(_text(row[columns[column]]) if columns[column] < len(row) else "" for column in _TOLD_BY[key])
        cells = tuple(
            TypedCell(column, str(titles[place]), row[place], f"{sheet.name}!{letter(place)}{at}")
            for column, place in filled
            if place < len(row) and row[place] not in (None, "")
        )
        if cells or any(about):
            yield about, cells


def _headings(key: str) -> dict[str, str]:
    """Heading, in each language → column."""
    columns = (*_TOLD_BY[key], *_FILLED[key])
    return {Speech.of(lang).headings(column)[0]: column for lang in LANGUAGES for column in columns}


def _columns(row: Sequence[Cell], headings: Mapping[str, str]) -> dict[str, int]:
    """Column → its place in a row of headings; an amount's heading has a currency."""
    found: dict[str, int] = {}
    for at, cell in enumerate(row):
        column = headings.get(without_currency(_text(cell)))
        if column:
            found.setdefault(column, at)
    return found


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def _by_about(rows: Sequence[TypedRow]) -> dict[About, list[tuple[TypedCell, ...]]]:
    grouped: dict[About, list[tuple[TypedCell, ...]]] = defaultdict(list)
    for about, cells in rows:
        grouped[about].append(cells)
    return grouped


def _places(key: str, review: Review, lists: Lists) -> dict[About, list[int]]:
    """What the rows of the next pack are about, in each language → their places."""
    places: dict[About, list[int]] = {}
    for speech in _speeches():
        told: dict[About, list[int]] = defaultdict(list)
        for at, about in enumerate(_abouts(key, review, lists, speech)):
            told[about].append(at)
        places = {**told, **places}
    return places


def _abouts(key: str, review: Review, lists: Lists, speech: Speech) -> Iterator[About]:
    if key == _LIMITS:
        return ((_text(customer),) for customer in review.customers.customer.tolist())
    if key not in lists:
        return iter(())
    fields = {field.key: field for field in lists[key].fields}
    texts = [speech.column(lambda words, of=fields[column]: of.said(words).tolist()) for column in _TOLD_BY[key]]  # type: ignore[misc]
    return (tuple(map(_text, row)) for row in zip(*(column.tolist() for column in texts), strict=True))


def _gone(about: About, cell: TypedCell) -> Finding:
    text = cell.value.isoformat()[:10] if isinstance(cell.value, date) else _text(cell.value)
    facts = {"about": ", ".join(filter(None, about)), "column": cell.heading, "text": text}
    return Finding("warning", "typed-row-gone", cell.where, facts)


def _filled(table: PackTable, typed: Mapping[str, Mapping[int, Cell]]) -> PackTable:
    columns = (
        _with(column, typed[column.key]) if column.to_fill is True and column.key in typed else column
        for column in table.columns
    )
    return replace(table, columns=tuple(columns))


def _with(column: TableColumn, typed: Mapping[int, Cell]) -> TableColumn:
    """The column with what was typed, which may be of another kind than was asked for."""
    cells: dict[int, Any] = {at: _as(column.kind, cell) for at, cell in typed.items()}
    values: NDArray[Any] = column.values.copy()
    if values.dtype != object and not all(type(cell) is float for cell in cells.values()):
        values = np.where(np.isnan(values), None, values.astype(object))  # type: ignore[call-overload]
    for at, cell in cells.items():
        values[at] = cell
    return replace(column, values=values)


def _as(kind: str, cell: Cell) -> Cell:
    """A value as a column of this kind holds it."""
    if kind == "date" and isinstance(cell, date):
        return serial(cell)
    return float(cell) if isinstance(cell, int) and not isinstance(cell, bool) else cell
