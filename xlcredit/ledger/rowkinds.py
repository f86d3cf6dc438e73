"""What each row below the headings is: an item, or something printed between the items.

item · group (a customer or bucket above its items) · subtotal · total · header (repeated) · blank · note
maybe: figures with neither document nor date, a subtotal if they add up, else an item
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from operator import itemgetter

import numpy as np

from xlcredit.ledger.grid import Grid
from xlcredit.ledger.labels import is_bucket, is_grand_total, is_page_note, is_total, starts_or_ends_total, total_of
from xlcredit.ledger.place import Place
from xlcredit.ledger.tables import ITEM_ROLES
from xlcredit.ledger.textcells import as_text

BATCH = 512


class RowKind(StrEnum):
    """What a row is."""

    ITEM = "item"
    MAYBE = "maybe"
    GROUP = "group"
    SUBTOTAL = "subtotal"
    TOTAL = "total"
    HEADER = "header"
    BLANK = "blank"
    NOTE = "note"


_REPEATED = frozenset(
    (
        "customer",
        "name",
        "document_type",
        "terms",
        "currency",
        "status",
        "blocked",
        "settled_date",
        "due_date",
        "document_date",
    )
)
MONEY_ROLES = tuple(role for role, (kind, _) in ITEM_ROLES.items() if kind == "money")
DATE_ROLES = tuple(role for role, (kind, _) in ITEM_ROLES.items() if kind == "date")
TEXT_ROLES = tuple(role for role, (kind, _) in ITEM_ROLES.items() if kind in ("text", "flag"))


@dataclass(slots=True)
class Body:
    """The rows below the headings: the cells of each role, and the kind and label of each row that is no plain item."""

    place: Place
    cells: dict[str, list[object]]
    kinds: dict[int, RowKind] = field(default_factory=dict)
    """Position (counted below the headings) → kind; a position that is missing here is an item."""
    labels: dict[int, str] = field(default_factory=dict)
    length: int = 0

    def sheet_row(self, position: int) -> int:
        """Row of the sheet, counted from 0."""
        return position + self.place.first_row

    def positions(self, *kinds: RowKind) -> list[int]:
        """Positions of the rows of these kinds that are no plain items, in order."""
        return [position for position, kind in self.kinds.items() if kind in kinds]


def read_body(grid: Grid, place: Place) -> Body:
    """The rows below the headings, each role's cells kept, each row classified; blank rows at the end left out."""
    body = Body(place, {role: [] for role in place.columns})
    classify = _Classifier(grid, place)
    memo: dict[object, object] = {}
    rows, blank = iter(grid.rows(place.first_row)), 0
    while batch := list(islice(rows, BATCH)):
        start = body.sheet_row(body.length + blank)
        if not any(map(any, batch)) and classify.broken.keys().isdisjoint(range(start, start + len(batch))):
            blank += len(batch)  # a sheet may be formatted down to row 1,048,576
            continue
        if blank:
            _append_blank(body, blank)
            blank = 0
        _append(body, classify, batch, memo)
    _part_groups_from_notes(body)
    return body


def _append_blank(body: Body, count: int) -> None:
    body.kinds |= dict.fromkeys(range(body.length, body.length + count), RowKind.BLANK)
    for cells in body.cells.values():
        cells.extend([None] * count)
    body.length += count


def _append(body: Body, classify: _Classifier, batch: Sequence[Sequence[object]], memo: dict[object, object]) -> None:
    """Adds a batch of rows: picks the roles' cells, and looks closely at the unusual rows alone."""
    place = body.place
    pick = itemgetter(*place.columns.values(), place.first_column)
    if min(map(len, batch)) <= place.last_column:
        batch = [[*row, *([None] * (place.last_column + 1 - len(row)))] for row in batch]
    columns = dict(zip(place.columns, zip(*map(pick, batch), strict=True), strict=False))
    for position in classify.unusual(columns, len(batch)):
        at = body.length + position
        kind, label = classify.kind(batch[position], body.sheet_row(at))
        if kind is not RowKind.ITEM:
            body.kinds[at] = kind
            body.labels[at] = label
    for role, column in columns.items():
        body.cells[role].extend(_shared(column, memo) if role in _REPEATED else column)
    body.length += len(batch)


def _shared(column: Sequence[object], memo: dict[object, object]) -> Sequence[object]:
    """The same column with equal texts as one object: a ledger repeats them a hundredfold."""
    # 1, 1.0 and True are equal too, and must stay apart.
    return list(map(memo.setdefault, column, column)) if set(map(type, column)) == {str} else column


def _part_groups_from_notes(body: Body) -> None:
    """A line of text stands above items (a group) or below the last of them (a note)."""
    unusual = body.kinds
    last = next((p for p in range(body.length - 1, -1, -1) if unusual.get(p) in (None, RowKind.MAYBE)), -1)
    groups: set[str] = set()
    for position, kind in unusual.items():
        if kind is RowKind.GROUP and total_of(body.labels[position]) in groups:
            unusual[position] = RowKind.SUBTOTAL
        elif kind is RowKind.GROUP and position > last:
            unusual[position] = RowKind.NOTE
        elif kind is RowKind.GROUP:
            groups.add(body.labels[position])
    totals = [p for p, kind in unusual.items() if kind is RowKind.SUBTOTAL and is_grand_total(body.labels[p])]
    for position in totals:
        followed = position != totals[-1] or last > position
        unusual[position] = RowKind.SUBTOTAL if followed else RowKind.TOTAL


class _Classifier:
    """Tells the kind of a row; only unusual ones are looked at closely."""

    def __init__(self, grid: Grid, place: Place) -> None:
        self.place = place
        self.grid = grid
        self.broken: dict[int, dict[int, object]] = {}
        for (row, at), error in grid.broken.items():
            if place.first_column <= at <= place.last_column:
                self.broken.setdefault(row, {})[at] = error
        self.document = place.columns.get("document")
        self.dates = [place.columns[role] for role in DATE_ROLES if role in place.columns]
        self.money = [place.columns[role] for role in MONEY_ROLES if role in place.columns]
        self.people = [place.columns[role] for role in ("customer", "name") if role in place.columns]
        self.titles = {at: title for role, at in place.columns.items() if (title := place.headings.get(role, ""))}

    def unusual(self, columns: Mapping[str, Sequence[object]], length: int) -> list[int]:
        """Positions of rows without document, date or amount, and of repeated headings."""
        due = columns.get("document_date") or columns.get("due_date")
        wanted = [c for c in (columns.get("document"), due, columns.get("amount") or columns.get("open")) if c]
        if len(wanted) < 2:
            return list(range(length))
        odd = ~np.logical_and.reduce([np.fromiter(map(bool, column), np.bool_, length) for column in wanted])
        heading = self.place.headings.get("document") or self.place.headings.get("document_date", "")
        if heading in wanted[0]:  # seldom true, and faster asked of the whole list
            odd |= np.fromiter((cell == heading for cell in wanted[0]), np.bool_, length)
        return [int(position) for position in np.flatnonzero(odd)]

    def kind(self, row: Sequence[object], sheet_row: int) -> tuple[RowKind, str]:
        """Kind of a row, and its label if it has one."""
        cells = self._cells(row, sheet_row) if any(row) or sheet_row in self.broken else {}
        if not cells:
            return RowKind.BLANK, ""
        if self._repeats_headings(cells):
            return RowKind.HEADER, ""
        return self._kind_of_content(cells, self.broken.get(sheet_row, {}).keys())

    def _kind_of_content(self, cells: Mapping[int, object], broken: Collection[int]) -> tuple[RowKind, str]:
        texts = {at: cell for at, cell in cells.items() if isinstance(cell, str) and at not in broken}
        words = {at: text for at, text in texts.items() if any(map(_is_letter, text))}
        label = next(iter(words.values()), "")
        document = self._document(cells)
        dated = any(at in cells and _could_be_date(cells[at]) for at in self.dates)
        figures = any(at in cells and _could_be_amount(cells[at]) for at in self.money)
        if not document and not dated and is_page_note(label):
            return RowKind.NOTE, label
        # A line of one text may be the customer Total Energies above its items.
        total = self._total_label(words, certain=not document and not dated and (figures or len(cells) > 1))
        if total and not (document and dated):
            return RowKind.SUBTOTAL, total
        if figures:
            return self._kind_with_figures(cells, label, document=document, dated=dated)
        named = any(at in cells for at in self.people)
        return (RowKind.ITEM, "") if document and (dated or named) else self._text_row(cells, label)

    def _kind_with_figures(
        self, cells: Mapping[int, object], label: str, *, document: bool, dated: bool
    ) -> tuple[RowKind, str]:
        # A customer's name with its total may stand in the document column.
        unnumbered = not self.people or not any(map(str.isdigit, as_text(cells.get(self.document or 0))))
        if dated or (document and not (self.dates and unnumbered)):
            return RowKind.ITEM, ""
        return (RowKind.MAYBE if label else RowKind.SUBTOTAL), label

    def _cells(self, row: Sequence[object], sheet_row: int) -> dict[int, object]:
        """The row's cells that are not blank, column → cell, left to right; error values as their text."""
        first, last = self.place.first_column, self.place.last_column
        own = self.grid.own or (-1, -2)
        cells = {
            at: row[at]
            for at in range(first, last + 1)
            if row[at] is not None and row[at] != "" and not own[0] <= at <= own[1]
        }
        cells |= self.broken.get(sheet_row, {})
        return {at: cell for at, cell in sorted(cells.items()) if not isinstance(cell, str) or cell.strip()}

    def _document(self, cells: Mapping[int, object]) -> bool:
        cell = cells.get(self.document) if self.document is not None else None
        return cell is not None and not (isinstance(cell, str) and is_total(cell))

    def _repeats_headings(self, cells: Mapping[int, object]) -> bool:
        same = sum(
            isinstance(cell := cells.get(at), str) and cell.strip() == title for at, title in self.titles.items()
        )
        return same >= max(2, len(self.titles) / 2)

    def _total_label(self, words: Mapping[int, str], *, certain: bool) -> str:
        """The text that labels a total; one that could be a name counts only where nothing speaks for an item."""
        for text in words.values():
            if is_total(text) or (certain and starts_or_ends_total(text)):
                return text.strip()
        return ""

    def _text_row(self, cells: Mapping[int, object], label: str) -> tuple[RowKind, str]:
        if not label:
            return RowKind.NOTE, ""
        first = next(iter(cells))
        headed = first in self.people or first == min((self.place.first_column, *self.people)) or is_bucket(label)
        return (RowKind.GROUP if headed and len(label) <= 120 else RowKind.NOTE), label.strip()


def _is_letter(character: str) -> bool:
    return character.isalpha() or character == "*"


def _could_be_date(cell: object) -> bool:
    return not isinstance(cell, str) or any(c.isdigit() for c in cell) or cell.startswith("#")


def _could_be_amount(cell: object) -> bool:
    return (
        not isinstance(cell, str)
        or any(c.isdigit() for c in cell)
        or cell.startswith(("#", "("))
        or cell.strip() in "-—－"
    )
