"""A grid whose rows are read as they are asked for, so that a large sheet is not held as cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlcredit.ledger.grid import Cell, Grid, Range

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class StreamedGrid(Grid):
    """A Grid whose subclass brings ``rows``, ``n_rows`` and ``n_columns``; equal to itself only."""

    __slots__ = ("__weakref__",)

    def __init__(
        self, name: str, *, own: tuple[int, int] | None = None, epoch_1904: bool = False, hidden: bool = False
    ) -> None:
        for field, value in (("name", name), ("own", own), ("epoch_1904", epoch_1904), ("hidden", hidden)):
            object.__setattr__(self, field, value)

    @property
    def cells(self) -> Sequence[Sequence[Cell]]:
        """All rows at once; ``rows`` needs far less memory."""
        return list(self.rows())

    @property
    def broken(self) -> Mapping[tuple[int, int], str]:
        """(row, column) → the error value there."""
        return {}

    @property
    def merged(self) -> tuple[Range, ...]:
        """Merged ranges."""
        return ()

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.name!r})"
