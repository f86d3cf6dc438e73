"""Live figures: a formula over the pack's tables with the value it has when the pack is made."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xlcredit.excel.pack.tables import PackTable, TableColumn, Tables
from xlcredit.kernel.money import to_major, to_minor

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Live:
    """A formula without "=", and its value: a number, a text, or "" for nothing."""

    formula: str
    value: float | str


Cell = str | float | Live


def total(table: PackTable, key: str) -> Live:
    """The sum of a column of amounts."""
    column = table[key]
    return Live(f"ROUND(SUM({table.ref(key)}),{column.places})", column.total)


def total_where(table: PackTable, key: str, by: str, criterion: str, wanted: Flags) -> Live:
    """The sum of the amounts in lines that meet a criterion, which ``wanted`` says of each line."""
    column = table[key]
    formula = f"ROUND(SUMIFS({table.ref(key)},{table.ref(by)},{criterion}),{column.places})"
    return Live(formula, _sum(column, wanted))


def count(table: PackTable) -> Live:
    """The number of lines; a table without any still has a blank row."""
    counted = "ROWS" if len(table) else "COUNTA"
    return Live(f"{counted}({table.ref(table.columns[0].key)})", float(len(table)))


def number_of(table: PackTable, key: str) -> Live:
    """The number of lines in which a column has a number or a day."""
    return Live(f"COUNT({table.ref(key)})", float((~np.isnan(table[key].values)).sum()))


def earliest(table: PackTable, key: str) -> Live:
    """The first day of a column, "" where it has none."""
    cells, days = table.ref(key), table[key].values
    value = "" if np.isnan(days).all() else float(np.nanmin(days))
    return Live(f'IF(COUNT({cells})=0,"",MIN({cells}))', value)


def total_of(table: PackTable, key: str, by: str, text: str) -> Live:
    """The sum of the amounts in lines that say a text."""
    return total_where(table, key, by, _criterion(text), table[by].values == text)


def count_of(table: PackTable, by: str, text: str) -> Live:
    """The number of lines that say a text."""
    return Live(f"COUNTIF({table.ref(by)},{_criterion(text)})", float((table[by].values == text).sum()))


def _criterion(text: str) -> str:
    """What SUMIFS and COUNTIF take for "is this text", whose wildcards and operators are none."""
    plain = re.sub("([~*?])", r"~\1", text).replace('"', '""')
    return f'"={plain}"'


def share(part: Live, whole: Live) -> Live:
    """One figure as a share of another, 0 of nothing."""
    value = number(part) / number(whole) if number(whole) else 0.0
    return Live(f"IF({whole.formula}=0,0,{part.formula}/{whole.formula})", value)


def nth(table: PackTable, key: str, line: int) -> Live:
    """A column's cell in a line counted from 0; "" where it is blank."""
    cell = f"INDEX({table.ref(key)},{line + 1})"
    if table[key].values.dtype == object:
        return Live(f'{cell}&""', str(table[key].values[line]))
    return Live(f'IF({cell}="","",{cell})', known(table[key].values[line]))


def number(cell: Live) -> float:
    """The value of a figure that is a number."""
    return cell.value if isinstance(cell.value, float) else float(str(cell.value) or "nan")


def known(value: float) -> float | str:
    """A number, "" for none."""
    return "" if np.isnan(value) else float(value)


def _sum(column: TableColumn, wanted: Flags) -> float:
    return float(to_major(to_minor(column.values[wanted], column.places).sum(), column.places))


def column_total(tables: Tables, key: str, column: str) -> Live | None:
    """The sum of a column if there is such a table with it."""
    return total(tables[key], column) if tables.has(key, column) else None
