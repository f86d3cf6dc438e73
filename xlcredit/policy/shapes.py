"""Shapes: what a policy may hold at a key, and what it holds where nothing is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

LARGEST = 10**12
"""No figure of a policy is larger; money of this size still has exact minor units."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a range, or one of a few words that stand for none."""

    least: int = -LARGEST
    most: int = LARGEST
    above: bool = False
    """The least itself is left out."""
    whole: bool = False
    places: int = 30
    words: tuple[str, ...] = ()
    needed: bool = True
    default: int | str | None = None

    def range(self, value: Decimal) -> str:
        """The range as text, free of language; ends that only guard against the absurd if the value is beyond them."""
        low = self.least != -LARGEST or value < self.least
        high = self.most != LARGEST or value > self.most
        ends = (f"{'>' if self.above else '≥'} {self.least}" if low else "", f"≤ {self.most}" if high else "")
        return ", ".join(filter(None, ends))

    def holds(self, value: Decimal) -> bool:
        """Whether a value lies in the range."""
        return self.least <= value <= self.most and not (self.above and value == self.least)


@dataclass(frozen=True, slots=True)
class Text:
    """A text, or one of a few."""

    choices: tuple[str, ...] = ()
    empty: bool = False
    code: str = "policy-not-a-choice"
    """What the fault is called where the text is none of the choices."""
    needed: bool = True
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """A list of texts, each once."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with these keys and no others."""

    keys: Mapping[str, Shape]


@dataclass(frozen=True, slots=True)
class Open:
    """A table whose keys the policy makes up."""

    shape: Shape
    needed: bool = True
    """One that is not needed is left out where it holds nothing."""


@dataclass(frozen=True, slots=True)
class Entries:
    """A list of tables, each addressed by the value of one of its keys, or by position."""

    table: Table
    key: str = ""


Shape: TypeAlias = Number | Text | Names | Table | Open | Entries

SHARE = Number(least=0, most=1)
COUNT = Number(least=0, whole=True)
SPAN = Number(least=1, whole=True)
BOUND = {"from": Number(needed=False), "above": Number(needed=False)}
