"""Check of a policy's tree against its shape: every key present, each of the right type, every fault noted.

What comes out is plain and in canonical order: numbers without trailing zeros, defaults filled in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from operator import eq
from typing import Any
from unicodedata import category

from xlcredit.kernel.errors import PolicyError
from xlcredit.policy.addresses import address, unknown_key
from xlcredit.policy.paths import Path, dotted, nearest
from xlcredit.policy.shapes import Entries, Names, Number, Open, Shape, Table, Text
from xlcredit.policy.sources import Given, Marked

Plain = Any
"""What a checked tree holds: tables, lists, text, int and Decimal. None stands for what is faulty or left out."""

DEFAULT = "default"
_EXACT = Context(prec=60, Emin=MIN_EMIN, Emax=MAX_EMAX)
_SHOWN = 60


def minimal(value: int | Decimal) -> int | Decimal:
    """The same number in its one form: 1.0 is 1, 0.10 is 0.1."""
    short = Decimal(value).normalize(_EXACT)
    return int(short) if short == short.to_integral_value() else short


@dataclass(slots=True)
class Check:
    """What was found while a tree was checked: the faults, and which source won each key."""

    faults: list[PolicyError] = field(default_factory=list)
    origin: dict[str, str] = field(default_factory=dict)
    unsound: list[Path] = field(default_factory=list)

    def read(self, shape: Shape, node: Marked, path: Path = ()) -> Plain:
        """The plain value of a node, None where it is faulty."""
        match shape:
            case Table():
                return self._table(shape, node, path)
            case Open():
                return self._open(shape, node, path)
            case Entries():
                return self._entries(shape, node, path)
            case Names():
                return self._names(node, path)
            case Number() | Text():
                return self._figure(shape, node, path)

    def sound(self, *path: str) -> bool:
        """Whether the values at, above and below a path are what they should be."""
        return not any(all(map(eq, place, path)) for place in self.unsound)

    def fault(self, code: str, path: Path, **facts: object) -> None:
        """Notes a fault that leaves no usable value at the path."""
        self.unsound.append(path)
        self.contradiction(code, path, **facts)

    def contradiction(self, code: str, path: Path, **facts: object) -> None:
        """Notes a fault of values that are each right by themselves."""
        facts.setdefault("source", self.source(path))
        self.faults.append(PolicyError(code, dotted(path), faults=(), **facts))

    def source(self, path: Path) -> str:
        """The sources of what stands at a path, each once."""
        here = dotted(path)
        below = [won for key, won in self.origin.items() if key == here or key.startswith(f"{here}.")]
        return ", ".join(dict.fromkeys(won for won in below if won != DEFAULT))

    def _table(self, shape: Table, node: Marked, path: Path) -> Plain:
        if not isinstance(node, dict):
            return self._wrong("policy-not-a-table", node, path)
        for key in node.keys() - shape.keys.keys():
            self.faults.append(unknown_key(key, tuple(shape.keys), path, _source(node[key])))
        read = {key: self._member(inner, node, (*path, key)) for key, inner in shape.keys.items()}
        return {key: value for key, value in read.items() if value is not None}

    def _member(self, shape: Shape, table: dict[str, Marked], path: Path) -> Plain:
        if path[-1] in table:
            return self.read(shape, table[path[-1]], path)
        default = shape.default if isinstance(shape, Number | Text) else None
        if default is not None:
            self.origin[dotted(path)] = DEFAULT
        elif not isinstance(shape, Number | Text | Open) or shape.needed:
            self.fault("policy-missing-key", path, key=path[-1], source=_source(table))
        return default

    def _open(self, shape: Open, node: Marked, path: Path) -> Plain:
        if not isinstance(node, dict):
            return self._wrong("policy-not-a-table", node, path)
        read = {key: self.read(shape.shape, node[key], (*path, key)) for key in sorted(node)}
        for key in read:
            self._legible(key, _source(node[key]), (*path, key))
        kept = {key: value for key, value in read.items() if value is not None}
        return kept if kept or shape.needed else None

    def _entries(self, shape: Entries, node: Marked, path: Path) -> Plain:
        if not isinstance(node, list) or not node:
            return self._wrong("policy-not-a-list", node, path)
        places = [(*path, address(entry, shape.key, position)) for position, entry in enumerate(node, 1)]
        entries = [self.read(shape.table, entry, place) or {} for entry, place in zip(node, places, strict=True)]
        self._once([place[-1] for place in places], path)
        return entries

    def _names(self, node: Marked, path: Path) -> Plain:
        if not isinstance(node, list) or not node:
            return self._wrong("policy-not-a-list", node, path)
        names = [self._figure(Text(), name, (*path, str(position))) for position, name in enumerate(node, 1)]
        self._once(names, path)
        return names

    def _once(self, names: list[str], path: Path) -> None:
        for name in dict.fromkeys(name for name in names if names.count(name) > 1):
            self.contradiction("policy-stands-twice", (*path, name), key=name, source=self.source(path))

    def _figure(self, shape: Number | Text, node: Marked, path: Path) -> Plain:
        text = isinstance(shape, Text)
        if not isinstance(node, Given):
            return self._wrong("policy-not-text" if text else "policy-not-a-number", node, path)
        self.origin[dotted(path)] = node.source
        return self._text(shape, node, path) if isinstance(shape, Text) else self._number(shape, node, path)

    def _text(self, shape: Text, given: Given, path: Path) -> Plain:
        if not isinstance(given.value, str):
            return self._wrong("policy-not-text", given, path)
        if not given.value and not shape.empty:
            return self._wrong("policy-empty-text", given, path)
        if shape.choices and given.value not in shape.choices:
            known = [choice for choice in shape.choices if choice]
            return self._wrong(shape.code, given, path, nearest=nearest(given.value, known), known=", ".join(known))
        return given.value if self._legible(given.value, given.source, path) else None

    def _legible(self, text: str, source: str, path: Path) -> bool:
        # A control character or half a surrogate pair would not survive the way through a cell or a file.
        strange = [f"U+{ord(letter):04X}" for letter in text if category(letter) in ("Cc", "Cs")]
        if strange:
            self.fault("policy-strange-character", path, character=strange[0], source=source)
        return not strange

    def _number(self, shape: Number, given: Given, path: Path) -> Plain:
        value = given.value
        if isinstance(value, str) and value in shape.words:
            return value
        if isinstance(value, bool) or not isinstance(value, int | Decimal) or not Decimal(value).is_finite():
            words = ", ".join(f'"{word}"' for word in shape.words)
            return self._wrong(
                "policy-not-a-number-or-word" if words else "policy-not-a-number", given, path, words=words
            )
        if not shape.holds(Decimal(value)):
            return self._wrong("policy-out-of-range", given, path, range=shape.range(Decimal(value)))
        return self._fine(shape, given, minimal(value), path)

    def _fine(self, shape: Number, given: Given, value: int | Decimal, path: Path) -> Plain:
        if shape.whole and not isinstance(value, int):
            return self._wrong("policy-not-whole", given, path)
        exponent = Decimal(value).as_tuple().exponent
        if isinstance(exponent, int) and -exponent > shape.places:
            return self._wrong("policy-too-many-decimals", given, path, places=shape.places)
        return value

    def _wrong(self, code: str, node: Marked, path: Path, **facts: object) -> Plain:
        self.fault(code, path, value=shown(node), source=_source(node), **facts)


def shown(node: Marked) -> str:
    """A node as a message shows it: text in quotation marks, long ones cut."""
    if isinstance(node, dict | list):
        return "{ … }" if isinstance(node, dict) else f"[ … ] ({len(node)})"
    value = node.value
    text = f'"{value}"' if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _source(node: Marked) -> str:
    if isinstance(node, Given):
        return node.source
    below = node.values() if isinstance(node, Mapping) else node
    return next((source for source in map(_source, below) if source), "")
