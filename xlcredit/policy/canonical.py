"""The canonical form of a policy: TOML with every key, in one order, each figure written in one way."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import reduce
from hashlib import sha256
from typing import Any

from xlcredit.policy.paths import Path, split
from xlcredit.policy.policy import Policy

ENTRY_KEYS = ("key", "grade", "name")
"""By which of their figures entries of lists are addressed."""

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def canonical(policy: Policy) -> str:
    """The policy as TOML text; the same figures give the same text, and loading it gives the same policy."""
    return "\n".join(_table(policy.tree, ())) + "\n"


def fingerprint(policy: Policy) -> str:
    """First 8 hex digits of the canonical form's SHA-256."""
    return sha256(canonical(policy).encode()).hexdigest()[:8]


def figures(policy: Policy) -> Iterator[tuple[str, str, str]]:
    """Dotted key, value as TOML, and the source that won it, of every figure."""
    for key, source in policy.origin.items():
        path, _ = split(f"{key}=") or ((), "")
        yield key, _value(reduce(_below, path, policy.tree)), source


def _below(node: Any, part: str) -> Any:  # noqa: ANN401 (what TOML holds)
    if isinstance(node, Mapping):
        return node.get(part)
    named = (entry for entry in node if isinstance(entry, Mapping) and part in map(entry.get, ENTRY_KEYS))
    return next(named, None) or node[int(part) - 1]


def _table(table: Mapping[str, Any], path: Path) -> list[str]:
    """Lines of a table: its figures, then the tables in it, as TOML wants them."""
    lines = [f"{_key(key)} = {_value(value)}" for key, value in table.items() if not _headed(value)]
    for key, value in table.items():
        here = (*path, key)
        name = ".".join(map(_key, here))
        if isinstance(value, Mapping):
            # A table of nothing but tables needs no header of its own.
            header = [] if value and all(map(_headed, value.values())) else ["", f"[{name}]"]
            lines += [*header, *_table(value, here)]
        elif _headed(value):
            for entry in value:
                lines += ["", f"[[{name}]]", *_table(entry, here)]
    return lines


def _headed(value: object) -> bool:
    """Whether a value stands under a header of its own: tables, and lists of tables that hold lists."""
    if isinstance(value, list):
        return any(isinstance(held, list) for entry in value if isinstance(entry, Mapping) for held in entry.values())
    return isinstance(value, Mapping)


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # JSON's escapes are TOML's


def _value(value: object) -> str:
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        return "[\n" + "".join(f"  {_value(entry)},\n" for entry in value) + "]"
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{_key(key)} = {_value(held)}' for key, held in value.items())} }}"
    if isinstance(value, str):
        return _text(value)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
