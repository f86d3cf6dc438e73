"""A donor: a workbook of ours whose sheets go into one that is not ours, with all that hangs on them.

Its sheets, tables and names are called as they will be there: nothing in the other workbook is called so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class DonorSheet:
    """A sheet of the donor; it replaces the one an earlier run left under its mark."""

    mark: str
    name: str
    filled: Callable[[bytes], Iterable[bytes]]
    """Makes the sheet's part of what stands in the donor, its styles being the other workbook's already."""
    table: Callable[[bytes], bytes]
    """The same of the part of its table."""


@dataclass(frozen=True, slots=True)
class Donor:
    """The workbook, its sheets in order, and the comment that marks its defined names."""

    path: Path
    sheets: tuple[DonorSheet, ...]
    comment: str


@dataclass(frozen=True, slots=True)
class Host:
    """What the workbook that takes a donor's sheets has already."""

    sheets: tuple[str, ...] = ()
    own: Mapping[str, str] = field(default_factory=dict)
    """Mark → name of the sheets of ours among them."""
    tables: Mapping[str, str] = field(default_factory=dict)
    """Table → sheet that it stands on."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Defined name → its comment."""
    epoch_1904: bool = False
