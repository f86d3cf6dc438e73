"""The Policy sheet: a policy as rows of cells; ``sheetreading`` takes them back without loss.

One table: key · entry · side · bound · value · meaning. A single figure stands under its dotted path; a list
under its path, one row an entry, in the policy's order. A characteristic's path leaves out "characteristics".
Its first row is the as-of date, which formulas read and the policy does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from xlcredit.locales import Words
from xlcredit.policy.keys import POLICY
from xlcredit.policy.paths import Path, dotted
from xlcredit.policy.policy import Policy
from xlcredit.policy.shapes import Entries, Names, Open, Shape, Table

AS_OF: Final = "as_of"
HEADINGS: Final = ("key", "entry", "side", "bound", "value", "meaning")
ENTRY, SIDE, BOUND, VALUE = range(1, 5)
SIDES: Final = ("from", "above")

Row = list[Any]


@dataclass(frozen=True, slots=True)
class Listed:
    """Which figure of a list's entries stands in which column, and under which word the meaning is."""

    entry: str
    value: str
    group: str


LISTS: Final = {
    "grades": Listed("grade", "limit_factor", ""),
    "buckets": Listed("key", "", "buckets"),
    "levels": Listed("action", "channel", "actions"),
    "attributes": Listed("", "points", "characteristics"),
}
"""By the last part of a list's path."""


def to_rows(policy: Policy, words: Words, as_of: date | None = None) -> list[Row]:
    """The table's cells: a row of headings, the as-of date, then every figure of the policy in canonical order.

    Cells are text, int, float and date; "" is blank. A figure that no float holds exactly stands as text.
    """
    headings = [words("policy_sheet", heading) for heading in HEADINGS]
    first = [AS_OF, "", "", "", as_of or "", words("meanings", AS_OF)]
    return [headings, first, *_rows(policy.tree, POLICY, (), words)]


def _rows(node: Any, shape: Shape, path: Path, words: Words) -> Iterator[Row]:  # noqa: ANN401 (what TOML holds)
    match shape:
        case Table() | Open():
            for key, held in node.items():
                yield from _rows(held, inner(shape, key), (*path, key), words)
        case Entries() if path[-1] == "characteristics":
            for entry in node:
                figures = {key: held for key, held in entry.items() if key != "name"}
                yield from _rows(figures, shape.table, (*path[:-1], entry["name"]), words)
        case Entries():
            listed = LISTS[path[-1]]
            key = path[:-1] if path[-1] == "attributes" else path
            for entry in node:
                yield _entry_row(entry, listed, key, words)
        case Names():
            for position, name in enumerate(node, 1):
                yield [dotted(path), position, "", "", name, _meaning(path, words)]
        case _:
            yield [dotted(path), "", "", "", _cell(node), _meaning(path, words)]


def inner(shape: Table | Open, key: str) -> Shape:
    """Shape of what a table holds under a key."""
    return shape.keys[key] if isinstance(shape, Table) else shape.shape


def _entry_row(entry: Mapping[str, Any], listed: Listed, key: Path, words: Words) -> Row:
    side = next((side for side in SIDES if side in entry), "")
    bound, value = _cell(entry.get(side, "")), _cell(entry.get(listed.value, ""))
    name = entry.get(listed.entry, "")
    meaning = words(listed.group, name or key[-1]) if listed.group else words("meanings", dotted(key))
    if listed.value == "channel" and value:
        meaning = f"{meaning} · {words('channels', value)}"
    return [dotted(key), name, side, bound, value, meaning]


def _meaning(path: Path, words: Words) -> str:
    """What a single figure is: by its path, the table whose keys the policy makes up, or its last part."""
    known = words.table["meanings"]
    said = (
        known.get(key)
        for key in (dotted(path), dotted(path[:-1]), path[-1], path[-2] if path[1:] else "", dotted(path[:-2]))
    )
    return next(filter(None, said), path[-1])


def _cell(value: Any) -> Any:  # noqa: ANN401 (what TOML holds)
    if not isinstance(value, Decimal | int):
        return value
    number = float(value)
    if Decimal(repr(number)) != value:
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    return int(value) if number.is_integer() and abs(number) < 2**53 else number
