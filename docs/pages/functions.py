"""Worksheet functions: from their declarations, with an example of each from the contract its tests compute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import zip_longest
from string import ascii_uppercase

from pages import code, table
from tests.support.contract import Case, Table, cases
from udfs.catalogue import Function, functions

INTRODUCTION = """\
# Worksheet functions

Arguments in brackets are optional; leave one out, or point it at a single blank cell. A column gives a column: one call
over all rows spills, and is many times faster than a call in each row. A single cell serves every row.

A blank is missing, a text that is a number or a date counts as one, and an error cell is its row's error. What is
wrong with a row is that row's error: `#VALUE!` for a value that cannot be used, `#N/A` for a column that is too short;
`CREDIT_EXPLAIN` says why and what to do about it. No function reads anything but its arguments, the policy and the
configuration, and none recalculates without need.

The function wizard shows this help in English or in Chinese, as Excel is set; the names of functions and arguments are
the same in both. Each section ends with its line of help in Chinese. The examples hold under the builtin policy
`standard` and English words; the tests compute every one of them.
"""

EXAMPLES = {
    "PAYDEX": "weighted by amount",
    "CREDIT_CHECK": "items past due beyond the tolerance hold an order",
}
"""Function → the case that shows it; elsewhere its first one."""


def page() -> str:
    """Links to every function, then a section for each."""
    declared = functions()
    links = " · ".join(f"[{each.name}](#{each.name.lower()})" for each in declared)
    sections = (_section(*both) for both in zip(declared, functions("zh"), strict=True))
    return "\n".join([INTRODUCTION, f"{links}\n", *sections])


def _section(function: Function, chinese: Function) -> str:
    rows = [(code(each.name), "optional" if each.optional else "", each.help) for each in function.arguments]
    parts = [
        f"## {function.name}",
        f"```\n={function.signature}\n```",
        function.purpose,
        table(("argument", "", "meaning"), rows),
        *_example(_case(function)),
        f"In Chinese: {chinese.purpose}",
    ]
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def _case(function: Function) -> Case:
    known = cases(function.name)
    name = EXAMPLES.get(function.name, known[0].name)
    return next(case for case in known if case.name == name)


def _example(case: Case) -> Iterator[str]:
    """The cells it reads, the formula and what it gives; beside each other where they have as many rows."""
    ranges, formula = _laid_out(case)
    cells = [[_shown(cell) for cell in row] for row in _beside(ranges)]
    answer = [[_shown(cell) for cell in row] for row in case.expected]
    letters = ascii_uppercase[: len(cells[0])] if cells else ""
    yield f"Example: {case.name}."
    if len(cells) == len(answer) > 1:
        rows = [[*row, *given] for row, given in zip(cells, answer, strict=True)]
        heading = ["gives", *[""] * (len(answer[0]) - 1)]
        yield f"```\n{formula}\n```"
        yield _grid([*letters, *heading], rows)
        return
    if cells:
        yield _grid(list(letters), cells)
    yield f"```\n{formula}\n```"
    yield _grid(["gives", *[""] * (len(answer[0]) - 1)], answer, numbered=False)


def _laid_out(case: Case) -> tuple[list[Table], str]:
    """The arguments of more than one cell, which stand side by side from A1 on, and the formula that reads them."""
    ranges: list[Table] = []
    spelled = []
    for given in case.arguments:
        if len(given) == len(given[0]) == 1:
            spelled.append(_literal(given[0][0]))
        else:
            first = sum(len(each[0]) for each in ranges)
            last = first + len(given[0]) - 1
            spelled.append(f"{ascii_uppercase[first]}1:{ascii_uppercase[last]}{len(given)}")
            ranges.append(given)
    return ranges, f"={case.function}({', '.join(spelled)})"


def _beside(ranges: Sequence[Table]) -> Iterator[list[object]]:
    widths = [len(each[0]) for each in ranges]
    for rows in zip_longest(*ranges):
        yield [cell for row, width in zip(rows, widths, strict=True) for cell in row or [""] * width]


def _literal(value: object) -> str:
    """A value as a formula writes it."""
    if isinstance(value, date):
        return f"DATE({value.year}, {value.month}, {value.day})"
    if isinstance(value, str):
        doubled = value.replace('"', '""')
        return f'"{doubled}"' if value else ""
    return f"{value:.15g}"


def _shown(value: object) -> str:
    """A cell as a worksheet shows it."""
    return f"{value:.10g}" if isinstance(value, int | float) else str(value)


def _grid(heading: Sequence[str], rows: Sequence[Sequence[str]], *, numbered: bool = True) -> str:
    """Cells under their letters, rows by number."""
    if not numbered:
        return table(heading, rows)
    return table(["", *heading], [[str(number), *row] for number, row in enumerate(rows, 1)])
