"""A table of the pack as plain data: columns with their figures, the formulas among them, and what they look like.

A *row formula* names the columns of its own row in braces, ``ROUND({limit}-{exposure},2)``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from xlcredit.excel.additions import Column, Formula
from xlcredit.excel.headings import width_in_two_lines
from xlcredit.excel.styles import INPUT_FILL, WIDTHS
from xlcredit.kernel.money import to_major, to_minor
from xlcredit.locales import display_width

Look = Literal["", "bar", "ramp", "arrows", "rating", "line"]
"""What a cell shows beside its value; "line" is a small line over the figures at its left."""

TITLE_ROWS: Final = 3
"""Rows above a table's headings: title, where it comes from, totals of what is shown."""
WIDEST, WRAPPED, REMARK = 60.0, 48.0, 22.0
_FIGURES: Final = {"amount": ",.{places}f", "percent": ".1%", "decimal": ",.1f", "integer": ".0f", "ratio": ",.2f"}
"""Kind of a column → how its figures are written out, to see how wide they are."""
_MEASURED: Final = 2_000
_SPECIAL: Final = re.compile(r"(['#@\[\]])")


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column."""

    key: str
    heads: tuple[str, ...]
    """Its heading in each language, unique in the table."""
    kind: str
    """A key of ``styles.FORMATS``."""
    values: NDArray[Any]
    """float64 (NaN blank, dates as serials) or object of text; under a formula, its results."""
    formula: str = ""
    places: int = 2
    """Decimals of an amount."""
    totalled: bool = False
    """Whether the sum of what is shown stands above."""
    look: Look = ""
    ramp: tuple[str, ...] = ()
    """Texts from harmless to grave, for the look "ramp"."""
    choices: tuple[str, ...] = ()
    """What may be chosen in a cell to be filled in."""
    to_fill: bool | NDArray[np.bool_] = False
    """Whether its cells, or which of them, are meant to be filled in by the user."""

    hidden: bool = False
    """Whether only formulas look at it."""

    @property
    def total(self) -> float:
        """Exact sum of an amount's cells."""
        return float(to_major(to_minor(self.values, self.places).sum(), self.places))

    @property
    def width(self) -> float:
        """Width that shows its texts or figures, and headings."""
        texts = self.values[:_MEASURED].tolist() if self.values.dtype == object else []
        longest = max((display_width(str(text)) for text in texts if text is not None), default=0)
        head = max(map(width_in_two_lines, self.heads))
        remark = REMARK if self.to_fill is True and self.kind == "text" else 0.0
        least, most = (0.0, WRAPPED) if self.kind == "wrapped" else (WIDTHS[self.kind], WIDEST)
        return float(min(max(longest + 3, head + 4, least, remark, self.figures_width), most))

    @property
    def figures_width(self) -> float:
        """Room for the largest figure, and for the one furthest below nothing."""
        shape = _FIGURES.get(self.kind, "").format(places=self.places)
        if not shape or self.values.dtype == object or np.isnan(self.values).all():
            return 0.0
        return 2.0 + max(len(f"{extreme(self.values):{shape}}") for extreme in (np.nanmin, np.nanmax))


@dataclass(frozen=True, slots=True)
class PackTable:
    """One table, on a sheet of its own."""

    key: str
    """Its word in the group "pack_sheets" or "lists"."""
    titles: tuple[str, ...]
    """Its name in each language."""
    columns: tuple[TableColumn, ...]
    frozen: int = 1
    """Columns at the left that stay in sight."""
    sheet: str = ""
    """Key of the sheet that it shares with others, "" for one of its own."""
    rows_above: int = 0
    """Rows of that sheet that stand above the place it would have alone."""
    folded: NDArray[np.bool_] | None = None
    """Lines that fold under the line above them; None for none."""
    called: str = ""
    """Its name in formulas where something else has the usual one."""

    def __len__(self) -> int:
        return len(self.columns[0].values)

    def __getitem__(self, key: str) -> TableColumn:
        return next(column for column in self.columns if column.key == key)

    def __contains__(self, key: str) -> bool:
        return any(column.key == key for column in self.columns)

    @property
    def name(self) -> str:
        """Its name in formulas."""
        return self.called or "".join(part.capitalize() for part in self.key.split("_"))

    @property
    def place(self) -> str:
        """Key of the sheet it stands on."""
        return self.sheet or self.key

    @property
    def totals_row(self) -> int:
        """Row of the totals of what is shown, above all headings."""
        return self.rows_above + TITLE_ROWS - 1

    @property
    def header_row(self) -> int:
        """Row of its headings, counted from 0: a second language takes a row above them."""
        return self.rows_above + TITLE_ROWS + len(self.titles) - 1

    @property
    def last_row(self) -> int:
        """Last row of the table, which has at least one."""
        return self.header_row + max(len(self), 1)

    def wrapped(self, start: int, stop: int) -> list[tuple[NDArray[Any], float]]:
        """These rows' values, and the width, of each column whose texts break into lines."""
        columns = [column for column in self.columns if column.kind == "wrapped" and len(self)]
        return [(column.values[start:stop], column.width) for column in columns]

    def ref(self, key: str) -> str:
        """The structured reference to a column's cells."""
        return f"{self.name}[{escaped(self[key].heads[0])}]"

    def row_formula(self, column: TableColumn) -> str:
        """A column's formula with structured references to its own row."""
        here = {each.key: f"{self.name}[[#This Row],[{escaped(each.heads[0])}]]" for each in self.columns}
        return column.formula.format_map(here)

    def written(self) -> tuple[Column, ...]:
        """The columns as they are written into the sheet."""
        return tuple(self._written(column) for column in self.columns)

    def _written(self, column: TableColumn) -> Column:
        formula = self.row_formula(column) if len(self) else ""  # a table of nothing has a blank row
        values = column.values if len(self) else _blank(column.values)
        anything = column.to_fill is True and values.dtype == object  # whatever a user typed
        plain = Column(
            column.heads[0],
            "mixed" if anything else column.kind,
            values,
            formula=Formula(formula.replace("{", "{{").replace("}", "}}")) if formula else None,
        )
        if column.to_fill is False:
            return plain
        return replace(plain, tint=INPUT_FILL, tinted=np.broadcast_to(column.to_fill, len(values)))


def _blank(values: NDArray[Any]) -> NDArray[Any]:
    return np.array([""], dtype=object) if values.dtype == object else np.array([np.nan])


def escaped(heading: str) -> str:
    """A heading as structured references spell it."""
    return _SPECIAL.sub(r"'\1", heading)


def stacked(sheet: str, *tables: PackTable | None) -> list[PackTable]:
    """Those of the tables that are there one below the other on one sheet, a row between them, each under its title."""
    placed: list[PackTable] = []
    for table in filter(None, tables):
        above = placed[-1].last_row + 2 if placed else TITLE_ROWS
        placed.append(replace(table, sheet=sheet, rows_above=above - TITLE_ROWS + 1))
    return placed


class Free:
    """Gives names that nothing in a workbook has: tables and defined names share them."""

    def __init__(self, taken: Collection[str]) -> None:
        self._taken = {name.casefold() for name in taken}

    def __call__(self, wanted: str) -> str:
        """The wanted name, or one like it."""
        name = next(
            n for n in chain([wanted], map(f"{wanted}_{{}}".format, count(2))) if n.casefold() not in self._taken
        )
        self._taken.add(name.casefold())
        return name


class Tables(Mapping[str, PackTable]):
    """The tables of a pack by key, in the order of their sheets."""

    def __init__(self, tables: Sequence[PackTable]) -> None:
        self._tables = {table.key: table for table in tables}
        self.sheets: dict[str, list[PackTable]] = {}
        """Key of a sheet → the tables on it, one below the other."""
        for table in tables:
            self.sheets.setdefault(table.place, []).append(table)

    def __getitem__(self, key: str) -> PackTable:
        return self._tables[key]

    def beside(self, taken: Collection[str]) -> Tables:
        """The same tables under names that are not taken."""
        free = Free(taken)
        return Tables([replace(table, called=free(table.name)) for table in self._tables.values()])

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    def has(self, key: str, *columns: str) -> bool:
        """Whether there is such a table, with these columns."""
        return key in self._tables and all(column in self._tables[key] for column in columns)


def unique(columns: Sequence[TableColumn]) -> tuple[TableColumn, ...]:
    """The columns with headings that differ, as a table's must: the later of two equal ones gets a number."""
    seen: dict[str, int] = {}
    return tuple(replace(column, heads=_numbered(column.heads, seen)) for column in columns)


def _numbered(heads: tuple[str, ...], seen: dict[str, int]) -> tuple[str, ...]:
    first = heads[0].casefold()
    seen[first] = seen.get(first, 0) + 1
    return heads if seen[first] == 1 else tuple(f"{head} {seen[first]}" for head in heads)
