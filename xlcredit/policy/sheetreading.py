"""Reading a Policy sheet: its rows of cells → the mapping that they hold, each figure with the cell that says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from xlcredit.kernel.errors import PolicyError
from xlcredit.ledger.grid import address
from xlcredit.locales import LANGUAGES, Words
from xlcredit.policy.keys import POLICY
from xlcredit.policy.paths import Path, dotted, nearest, split
from xlcredit.policy.shapes import Entries, Names, Number, Open, Shape, Table, Text
from xlcredit.policy.sheet import AS_OF, HEADINGS, LISTS, SIDES, inner
from xlcredit.policy.sources import Given


def from_rows(rows: Sequence[Sequence[Any]], place: str, top: int = 0, left: int = 0) -> dict[str, Any]:
    """The mapping a Policy sheet's cells hold, for ``policy.load(sheet=…)``; each figure knows its cell.

    Args:
        rows: cells, the headings among them in English or Chinese, in any order; blank rows and rows before the
            headings do not count.
        place: the sheet's name.
        top: sheet row of the first of these rows, from 0.
        left: sheet column of their first column, from 0.

    Raises:
        PolicyError: there are no headings, or "policy-faults" with every row that cannot be understood.
    """
    header = next((number for number, row in enumerate(rows) if is_header(row)), None)
    if header is None:
        raise PolicyError("policy-sheet-no-headings", place, headings=", ".join(HEADINGS[:-1]))
    reader = _Reader(place, top, left, _columns(rows[header]))
    for number, row in enumerate(rows[header + 1 :], header + 1):
        reader.take(number, row)
    if reader.faults:
        raise PolicyError("policy-faults", place, faults=tuple(reader.faults), count=len(reader.faults))
    return reader.tree


def is_header(row: Sequence[Any]) -> bool:
    """Whether a row of cells holds the headings of a Policy table, in whatever language."""
    return {*HEADINGS[:-1]} <= _columns(row).keys()


def _columns(row: Sequence[Any]) -> dict[str, int]:
    said = {_word(cell): column for column, cell in reversed([*enumerate(row)])}
    return {heading: said[word] for heading in HEADINGS for word in _spellings(heading) if word in said}


def _spellings(heading: str) -> list[str]:
    return [heading, *(_word(Words.of(lang)("policy_sheet", heading)) for lang in LANGUAGES)]


def _word(cell: object) -> str:
    return cell.strip().casefold() if isinstance(cell, str) else ""


@dataclass(slots=True)
class _Reader:
    """Takes rows one by one and builds the mapping."""

    place: str
    top: int
    left: int
    columns: Mapping[str, int]
    tree: dict[str, Any] = field(default_factory=dict)
    faults: list[PolicyError] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def take(self, number: int, row: Sequence[Any]) -> None:
        cells = {heading: row[at] if at < len(row) else "" for heading, at in self.columns.items()}
        if all(_blank(cells[heading]) for heading in HEADINGS[:-1]) or _word(cells["key"]) == AS_OF:
            return
        try:
            self._put(number, cells)
        except PolicyError as fault:
            self.faults.append(fault)

    def _put(self, number: int, cells: Mapping[str, Any]) -> None:
        key = cells["key"] if isinstance(cells["key"], str) else ""
        path, _ = split(f"{key}=") or ((), "")
        shape, tree = self._at(number, key, path)
        if isinstance(shape, Entries):
            self._put_entry(number, cells, shape, tree)
        elif isinstance(shape, Names):
            tree.append(self._given(number, "value", cells["value"], Text()))
        elif isinstance(shape, Number | Text):
            self._put_figure(number, cells["value"], shape, path, tree)
        else:
            raise self._unknown(number, key, shape.keys if isinstance(shape, Table) else ())

    def _put_figure(self, number: int, value: Any, shape: Shape, path: Path, tree: dict[str, Any]) -> None:  # noqa: ANN401
        if dotted(path) in self.seen:
            raise PolicyError("policy-stands-twice", self._cell(number, "key"), key=dotted(path))
        self.seen.add(dotted(path))
        if not _blank(value) or (isinstance(shape, Text) and shape.empty):
            tree[path[-1]] = self._given(number, "value", value, shape)

    def _put_entry(self, number: int, cells: Mapping[str, Any], shape: Entries, entries: list[Any]) -> None:
        listed = next(listed for listed in LISTS.values() if (listed.value or listed.entry) in shape.table.keys)
        entry = {}
        if not _blank(cells["side"]) or not _blank(cells["bound"]):
            side = self._side(number, cells["side"])
            entry[side] = self._given(number, "bound", cells["bound"], shape.table.keys[side])
        for heading, name in (("entry", listed.entry), ("value", listed.value)):
            inner = shape.table.keys.get(name)
            if inner and (not _blank(cells[heading]) or (isinstance(inner, Text) and inner.empty)):
                entry[name] = self._given(number, heading, cells[heading], inner)
        entries.append(entry)

    def _side(self, number: int, cell: Any) -> str:  # noqa: ANN401 (what a cell holds)
        side = _word(cell)
        if side not in SIDES:
            near, known = nearest(side, SIDES), ", ".join(SIDES)
            where = self._cell(number, "side")
            raise PolicyError("policy-not-a-choice", where, value=f'"{cell}"', nearest=near, known=known)
        return side

    def _at(self, number: int, key: str, path: Path) -> tuple[Shape, Any]:
        """Shape at a path, and the table (for a figure) or list (for entries) of the mapping that it belongs to."""
        shape: Shape = POLICY
        held: Any = self.tree
        for position, part in enumerate(path):
            if isinstance(shape, Entries) and "attributes" in shape.table.keys:  # a characteristic, by its name
                shape, held = shape.table, _named(held, part)
                continue
            last = position == len(path) - 1
            if not isinstance(shape, Table | Open) or (isinstance(shape, Table) and part not in shape.keys):
                raise self._unknown(number, key, shape.keys if isinstance(shape, Table) else ())
            shape = inner(shape, part)
            if last and isinstance(shape, Number | Text):
                return shape, held
            held = held.setdefault(part, [] if isinstance(shape, Entries | Names) else {})
            if isinstance(shape, Table) and "characteristics" in shape.keys:
                shape, held = shape.keys["characteristics"], held.setdefault("characteristics", [])
        if isinstance(shape, Table) and "attributes" in shape.keys:
            return shape.keys["attributes"], held.setdefault("attributes", [])
        return shape, held

    def _given(self, number: int, heading: str, cell: Any, shape: Shape) -> Given:  # noqa: ANN401
        return Given(_figure(cell, shape), self._cell(number, heading))

    def _cell(self, number: int, heading: str) -> str:
        return address(self.place, self.top + number, self.left + self.columns[heading])

    def _unknown(self, number: int, key: str, known: Mapping[str, Shape] | tuple[str, ...]) -> PolicyError:
        names = tuple(known) or tuple(POLICY.keys)
        near, where = nearest(key.rpartition(".")[2], names), self._cell(number, "key")
        return PolicyError("policy-unknown-key", where, key=key, nearest=near, known=", ".join(names))


def _named(entries: list[dict[str, Any]], name: str) -> dict[str, Any]:
    """The characteristic of this name, new at the end where there is none."""
    for entry in entries:
        if entry["name"] == name:
            return entry
    entries.append({"name": name})
    return entries[-1]


def _figure(cell: Any, shape: Shape) -> Any:  # noqa: ANN401 (what a cell holds)
    """A cell as the shape wants it: numbers typed as text are numbers, text typed as a number is text."""
    if isinstance(shape, Number) and isinstance(cell, str):
        try:
            return Decimal(cell.strip())
        except InvalidOperation:
            return cell.strip()
    if isinstance(shape, Text):
        if _blank(cell):
            return ""
        whole = isinstance(cell, float) and cell.is_integer()
        return cell if isinstance(cell, str) else str(int(cell) if whole else cell)
    return Decimal(repr(cell)) if isinstance(cell, float) else cell


def _blank(cell: object) -> bool:
    return cell is None or cell == ""
