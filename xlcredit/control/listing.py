"""A listing: a table that a review makes of what it found, such as whom to call; sorted by what comes first.

Cells hold figures and codes; words for the codes are found by whoever shows them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

    from xlcredit.locales import Words

Kind = Literal["text", "amount", "decimal", "integer", "percent", "rate", "ratio", "index", "date"]


_NAMING = frozenset({"rank", "customer", "name"})
SHARES = frozenset(
    "p fall share exposure_share debt_ratio debt_ratio_change net_income_change net_margin return_on_assets "
    "overdue_share on_time_share retained_earnings_to_assets".split()
)
"""Figures that are fractions and said in per cent."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure with its name, said in a text."""

    group: str
    """Group of words that its name is in."""
    key: str
    value: float

    def __str__(self) -> str:
        return f"{self.key}: {self._figure}"

    @property
    def _figure(self) -> str:
        return f"{self.value:.1%}" if self.key in SHARES else f"{round(self.value, 2):.10g}"

    def in_words(self, words: Words) -> str:
        """Its name in words and the figure."""
        return words("order", "named").format(name=words(self.group, self.key), said=self._figure)


@dataclass(frozen=True, slots=True)
class Lacking:
    """A check that is not passed, with its state."""

    check: str
    state: str

    def __str__(self) -> str:
        return f"{self.check}: {self.state}"

    def in_words(self, words: Words) -> str:
        """The check and its state in words."""
        said = {"check": words("checks", self.check), "state": words("check_states", self.state)}
        return words("admission", "lacking").format(**said)


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a listing."""

    key: str
    """Its word in the group "columns"."""
    kind: Kind
    cells: NDArray[Any]
    """Text and codes as objects ("" = none, a tuple = several), dates as datetime64[D], all else float64."""
    group: str = ""
    """Group of the words that say its codes; "" for texts as they are."""
    in_base: bool = False
    """Whether amounts are in the review's currency."""

    def said(self, words: Words) -> NDArray[np.object_]:
        """The texts in words."""
        return np.array([_said(value, self.group, words) for value in self.cells.tolist()], dtype=object)


def _said(value: object, group: str, words: Words) -> str:
    if isinstance(value, Fact | Lacking):
        return value.in_words(words)
    if isinstance(value, tuple):
        return words.listed(_said(each, group, words) for each in value)
    return words(group, str(value)) if group and value else str(value)


@dataclass(frozen=True, slots=True)
class Listing:
    """A table of a review."""

    key: str
    """Its word in the groups "lists" (the sheet's name) and, in the JSON, its key."""
    fields: tuple[Field, ...]

    def __post_init__(self) -> None:
        if len({len(field.cells) for field in self.fields}) > 1:
            raise ValueError(f"the columns of the listing {self.key} are not of one length")

    def __len__(self) -> int:
        return len(self.fields[0].cells) if self.fields else 0

    def __getitem__(self, key: str) -> NDArray[Any]:
        return next(field.cells for field in self.fields if field.key == key)

    @property
    def naming(self) -> int:
        """Columns at the left that say what a line is about: whom, by rank, number and name, else the first."""
        named = takewhile(lambda field: field.key in _NAMING, self.fields)
        return max(1, len([*named]))

    def take(self, order: NDArray[np.intp] | NDArray[np.bool_]) -> Listing:
        """The lines in this order, or those that are wanted."""
        return replace(self, fields=tuple(replace(field, cells=field.cells[order]) for field in self.fields))

    def by(self, *keys: NDArray[Any]) -> Listing:
        """The lines sorted by these keys, the first the most important, equal ones as they were."""
        return self.take(np.lexsort(keys[::-1])) if len(self) else self

    def filled(self) -> Listing:
        """Without the columns that say nothing in any line; whom a line is about stays, and be it nobody.

        A listing without lines keeps them all.
        """
        if not len(self):
            return self
        said = tuple(field for field in self.fields if field.key == "customer" or _says(field.cells))
        return replace(self, fields=said) if said else self

    def frame(self) -> pd.DataFrame:
        """The listing as a pandas DataFrame, codes as they are."""
        import pandas as pd

        return pd.DataFrame({field.key: field.cells for field in self.fields})


def _says(cells: NDArray[Any]) -> bool:
    if cells.dtype == object:
        return any(value not in ("", (), None) for value in cells.tolist())
    blank = np.isnat(cells) if cells.dtype.kind == "M" else np.isnan(cells)
    return not bool(blank.all())


def texts(cells: Sequence[object]) -> NDArray[np.object_]:
    """A column of texts, codes or tuples of codes."""
    column = np.empty(len(cells), dtype=object)
    column[:] = list(cells)
    return column


def stacked(key: str, parts: Sequence[Listing]) -> Listing:
    """Listings of the same columns one below the other, without columns if there are none."""
    first = parts[0].fields if parts else ()
    cells = (np.concatenate([part.fields[at].cells for part in parts]) for at in range(len(first)))
    return Listing(key, tuple(replace(field, cells=column) for field, column in zip(first, cells, strict=True)))


def listing(key: str, *fields: Field) -> Listing:
    """A listing of these columns."""
    return Listing(key, fields)


Lists = Mapping[str, Listing]
"""Key → listing, in the order they are shown."""
