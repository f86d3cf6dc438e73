"""Settings: single figures given on the command line, ``--set grades.B.from=70``, over every other source."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from xlcredit.kernel.errors import PolicyError
from xlcredit.policy.addresses import address, unknown_key
from xlcredit.policy.keys import POLICY
from xlcredit.policy.paths import Path, dotted, split
from xlcredit.policy.shapes import Entries, Names, Open, Shape, Table, Text
from xlcredit.policy.sources import Marked, mark, overlay

LABEL = "--set"
_OTHER_SIDE = {"from": "above", "above": "from"}


def apply(tree: Marked, settings: Sequence[str]) -> tuple[Marked, tuple[PolicyError, ...]]:
    """The tree with all settings made, and the faults of those that could not be."""
    faults: list[PolicyError] = []
    for setting in settings:
        try:
            tree = _set(tree, setting)
        except PolicyError as fault:
            faults.append(fault)
    return tree, tuple(faults)


def _set(tree: Marked, setting: str) -> Marked:
    pair = split(setting)
    if pair is None:
        raise PolicyError("policy-set-malformed", LABEL, value=setting)
    path, text = pair
    return _assigned(tree, POLICY, path, (), text)


def _assigned(node: Marked | None, shape: Shape, path: Path, above: Path, text: str) -> Marked:
    """The node with the text's value at the path below it; ``above`` is the path so far."""
    if not path:
        value = mark(_value(text, shape), LABEL)
        return value if node is None else overlay(node, value)
    head, here = path[0], (*above, path[0])
    if isinstance(shape, Entries):
        return _assigned_entry(node if isinstance(node, list) else [], shape, path, above, text)
    held = node if isinstance(node, dict) else {}
    inner = _inner(shape, held, path, above)
    kept = {key: value for key, value in held.items() if key != _OTHER_SIDE.get(head)}
    return {**kept, head: _assigned(held.get(head), inner, path[1:], here, text)}


def _inner(shape: Shape, held: dict[str, Marked], path: Path, above: Path) -> Shape:
    if isinstance(shape, Table) and path[0] in shape.keys:
        return shape.keys[path[0]]
    # A name of the policy's own making is new only as a whole: a key within it means one that is there.
    if isinstance(shape, Open) and (len(path) == 1 or path[0] in held):
        return shape.shape
    if not isinstance(shape, Table | Open):
        raise PolicyError("policy-not-a-table", dotted(above), value=path[0], source=LABEL)
    known = shape.keys if isinstance(shape, Table) else held
    raise unknown_key(path[0], tuple(known), above, LABEL)


def _assigned_entry(entries: list[Marked], shape: Entries, path: Path, above: Path, text: str) -> Marked:
    addresses = [address(entry, shape.key, position) for position, entry in enumerate(entries, 1)]
    if path[0] not in addresses:
        raise unknown_key(path[0], tuple(addresses), above, LABEL)
    place = addresses.index(path[0])
    changed = _assigned(entries[place], shape.table, path[1:], (*above, path[0]), text)
    return [*entries[:place], changed, *entries[place + 1 :]]


def _value(text: str, shape: Shape) -> Any:  # noqa: ANN401 (what TOML holds)
    try:
        value = tomllib.loads(f"value = {text}", parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError):
        return text
    if set(value) != {"value"}:  # a line break smuggled a second key in
        return text
    # Where text is wanted, version=2 means the text: quotation marks rarely survive a shell.
    wanted_as_text = isinstance(shape, Text | Names) and not isinstance(value["value"], str | list | dict)
    return text if wanted_as_text else value["value"]
