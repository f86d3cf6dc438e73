"""The policy as a table to be edited: cells to change are tinted and take only what the policy takes there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from xlcredit.control import Review
from xlcredit.excel.additions import Column
from xlcredit.excel.pack.speech import Speech
from xlcredit.excel.pack.tables import PackTable, TableColumn
from xlcredit.excel.policysheet import MARK, policy_sheet
from xlcredit.policy.keys import POLICY
from xlcredit.policy.paths import split
from xlcredit.policy.shapes import Number, Open, Shape, Table, Text
from xlcredit.policy.sheet import ENTRY, HEADINGS, VALUE

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_LONGEST_LIST: Final = 255
"""Characters that Excel takes for a list of choices."""


def policy_table(review: Review, speech: Speech, day: date | None) -> PackTable:
    """The Policy sheet's table, headed in the first language alone, so that the next run finds it again."""
    sheets = [policy_sheet(review.policy, day, words) for words in speech.languages]
    meanings = zip(*(sheet.columns[-1].values.tolist() for sheet in sheets), strict=True)
    meaning = replace(sheets[0].columns[-1], values=np.array(list(map(speech.beside, meanings)), dtype=object))
    columns = tuple(map(_column, HEADINGS, (*sheets[0].columns[:-1], meaning)))
    return PackTable(MARK, (speech.languages[0]("sheets", MARK),), columns, folded=sheets[0].folded)


def _column(key: str, column: Column) -> TableColumn:
    to_fill = column.tinted if column.tinted is not None else False
    kind = "wrapped" if key == "meaning" else column.kind
    return TableColumn(key, (column.header,), kind, column.values, to_fill=to_fill)


def validate(sheet: Worksheet, table: PackTable) -> None:
    """Lets the cells of single figures take only the words, or the range of numbers, that the policy takes there."""
    rows_of: dict[Shape, list[int]] = defaultdict(list)
    keys, entries = (table.columns[at].values.tolist() for at in (0, ENTRY))
    for at, (key, entry) in enumerate(zip(keys, entries, strict=True)):
        shape = _shape(str(key)) if entry == "" else None
        if shape is not None and _rule(shape):
            rows_of[shape].append(table.header_row + 1 + at)
    for shape, rows in rows_of.items():
        cells = [[row, VALUE, row, VALUE] for row in rows]
        sheet.data_validation(*cells[0], _rule(shape) | {"other_cells": cells})


def _shape(key: str) -> Shape | None:
    """The shape at a dotted key, None where the policy makes up what stands there."""
    shape: Shape | None = POLICY
    for part in map(str, split(key) or ()):
        match shape:
            case Table():
                shape = shape.keys.get(part)
            case Open():
                shape = shape.shape
            case _:
                return None
    return shape


def _rule(shape: Shape) -> dict[str, Any]:
    match shape:
        case Text(choices=choices) if choices and len(",".join(choices)) <= _LONGEST_LIST:
            return {"validate": "list", "source": list(choices)}
        case Number(words=()):
            kind = "integer" if shape.whole else "decimal"
            return {"validate": kind, "criteria": "between", "minimum": shape.least, "maximum": shape.most}
    return {}
