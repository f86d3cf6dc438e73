"""The contract: what every worksheet function gives, whichever host calls it.

tests/contract/*.toml hold cases: ``name``, ``function``, ``arguments`` as lists of rows (a single value is a single
cell, "" a blank, "#N/A" an error cell; arguments left out at the end are omitted) and ``expected``, a list of rows.
They hold under the builtin policy "standard" and English words.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "contract"
CLOSE = 1e-9

Table = list[list[object]]


@dataclass(frozen=True)
class Case:
    """A call and the cells it gives."""

    name: str
    function: str
    arguments: tuple[Table, ...]
    expected: Table

    def __str__(self) -> str:
        return f"{self.function}: {self.name}"


def cases(function: str | None = None) -> list[Case]:
    """Every case, or those of one function."""
    found = [_case(table) for path in sorted(FOLDER.glob("*.toml")) for table in _tables(path)]
    return [case for case in found if function in (None, case.function)]


def named(name: str) -> Case:
    """The case of this name."""
    return next(case for case in cases() if case.name == name)


def parametrized(chosen: Sequence[Case] | None = None) -> pytest.MarkDecorator:
    """A test over each of the cases, which it takes as ``case``."""
    return pytest.mark.parametrize("case", cases() if chosen is None else chosen, ids=str)


def _tables(path: Path) -> list[Mapping[str, object]]:
    return tomllib.loads(path.read_text(encoding="utf-8"))["case"]


def _case(table: Mapping[str, object]) -> Case:
    return Case(table["name"], table["function"], tuple(map(_rows, table["arguments"])), table["expected"])


def _rows(argument: object) -> Table:
    return argument if isinstance(argument, list) else [[argument]]


def check(case: Case, result: object, *, reasons: bool = True) -> None:
    """Fails unless the cells are those expected; a host that loses the reason of an error tells its code alone."""
    said = [[_plain(cell) for cell in row] for row in _table(result)]
    shown = f"{case}\n  gives    {said}\n  expected {case.expected}"
    assert [len(row) for row in said] == [len(row) for row in case.expected], shown
    for got, wanted in zip(_cells(said), _cells(case.expected), strict=True):
        assert agree(got, wanted, reasons=reasons), f"{shown}\n  {got!r} is not {wanted!r}"


def agree(got: object, wanted: object, *, reasons: bool = True) -> bool:
    """Whether a cell is the one expected."""
    if isinstance(wanted, str) and wanted.startswith("#"):
        whole = reasons and " " in wanted
        return isinstance(got, str) and (got if whole else got.partition(" ")[0]) == (
            wanted if whole else wanted.partition(" ")[0]
        )
    if isinstance(wanted, int | float) and not isinstance(wanted, bool):
        number = isinstance(got, int | float) and not isinstance(got, bool)
        return number and got == pytest.approx(wanted, rel=CLOSE, abs=CLOSE)
    return type(got) is type(wanted) and got == wanted


def _table(result: object) -> Table:
    return result if isinstance(result, list) else [[result]]


def _cells(table: Table) -> list[object]:
    return [cell for row in table for cell in row]


def _plain(cell: object) -> object:
    """A cell as TOML states it: blank is "", a date has no time."""
    if cell is None:
        return ""
    return cell.date() if isinstance(cell, datetime) else cell


def with_dates(case: Case, result: object) -> object:
    """Serial numbers as dates where dates are expected: a cell that holds a date is a number to its host."""
    origin = date(1899, 12, 30).toordinal()
    rows = [list(row) for row in _table(result)]
    for row, wanted in zip(rows, case.expected, strict=False):
        for place, cell in enumerate(wanted[: len(row)]):
            if isinstance(cell, date) and isinstance(row[place], int | float):
                row[place] = date.fromordinal(origin + int(row[place]))
    return rows
