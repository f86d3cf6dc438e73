"""Where a pack goes: a workbook of its own, or one that has sheets, tables and names already."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from xlcredit.excel.build import sheet_name
from xlcredit.excel.donor import Host
from xlcredit.excel.pack.marks import COMMENT, PREFIX
from xlcredit.excel.pack.page import sheet_title
from xlcredit.excel.pack.speech import Speech
from xlcredit.excel.pack.tables import PackTable, TableColumn, Tables
from xlcredit.excel.policysheet import MARK

_SINCE_1904: Final = timedelta(days=1462)


@dataclass(frozen=True, slots=True)
class Room:
    """What of a workbook a pack has to heed; by default one of its own."""

    standing: Mapping[str, str] = field(default_factory=dict)
    """Key → name of the pack's sheet that stands there, which keeps its place and its name."""
    sheets: Collection[str] = ()
    """Names of the other sheets."""
    names: Collection[str] = ()
    """Tables and defined names that are not the pack's."""
    epoch_1904: bool = False
    has_policy: bool = False
    """Whether the workbook has a Policy sheet that is not the pack's: it stays the one."""

    @classmethod
    def within(cls, host: Host, going: Collection[str], coming: Collection[str], *, has_policy: bool) -> Self:
        """The room in a workbook; ``going``: marks of sheets that go, ``coming``: names of others that come."""
        standing = {mark.removeprefix(PREFIX): name for mark, name in host.own.items() if mark.startswith(PREFIX)}
        gone = {*standing.values(), *(name for mark, name in host.own.items() if mark in going)}
        names = (
            *(table for table, sheet in host.tables.items() if sheet not in gone),
            *(name for name, comment in host.names.items() if comment != COMMENT),
        )
        sheets = (*(name for name in host.sheets if name not in gone), *coming)
        return cls(standing, sheets, names, host.epoch_1904, has_policy)

    def placed(self, tables: Sequence[PackTable]) -> Tables:
        """The tables as they are written here."""
        wanted = [table for table in tables if not (self.has_policy and table.key == MARK)]
        return Tables([_in_1904(table) for table in wanted] if self.epoch_1904 else wanted).beside(self.names)

    def tabs(self, order: Sequence[str], tables: Tables, speech: Speech) -> dict[str, str]:
        """Key → name of each sheet."""
        tabs = {key: self.standing.get(key, "") for key in order}
        for key in order:
            others = (*self.sheets, *(name for name in tabs.values() if name))
            tabs[key] = tabs[key] or sheet_name(sheet_title(key, tables, speech), others)
        return tabs


def _in_1904(table: PackTable) -> PackTable:
    """The table with its days counted from 1904."""
    return replace(table, columns=tuple(_moved(column) for column in table.columns))


def _moved(column: TableColumn) -> TableColumn:
    if column.values.dtype != object:
        moved = column.values - _SINCE_1904.days if column.kind == "date" else column.values
        return replace(column, values=moved)
    values: NDArray[Any] = np.empty(len(column.values), dtype=object)
    values[:] = [_moved_cell(cell, column.kind) for cell in column.values.tolist()]
    return replace(column, values=values)


def _moved_cell(cell: object, kind: str) -> object:
    if isinstance(cell, date):
        return cell - _SINCE_1904
    return cell - _SINCE_1904.days if kind == "date" and isinstance(cell, float) else cell
