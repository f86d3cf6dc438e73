"""Worksheet functions in both languages: from their declarations, with examples that the contract's tests compute."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import zip_longest
from string import ascii_uppercase

from pages import code, table
from tests.support.contract import Case, Table, cases
from udfs.catalogue import Function, functions

INTRODUCTION = {
    "en": """\
# Worksheet functions

[中文](functions-zh.md)

Arguments in brackets are optional; leave one out, or point it at a single blank cell. A column gives a column: one call
over all rows spills, and is many times faster than a call in each row. A single cell serves every row.

A blank is missing, a text that is a number or a date counts as one, and an error cell is its row's error. What is
wrong with a row is that row's error: `#VALUE!` for a value that cannot be used, `#N/A` for a column that is too short;
`CREDIT_EXPLAIN` says why and what to do about it. No function reads anything but its arguments, the policy and the
configuration, and none recalculates without need.

The function wizard shows this help in English or in Chinese, as Excel is set; the names of functions and arguments are
the same in both. The examples hold under the builtin policy `standard` and English words; the tests compute every one
of them.
""",
    "zh": """\
# 工作表函数

[English](functions.md)

方括号中的参数可以省略，也可以指向一个空单元格。给一列得一列：对所有行只写一个公式，结果自动溢出，比逐行书写快许多倍。
单个单元格对每一行都适用。

空白表示缺失；内容是数字或日期的文本按数字或日期处理；错误单元格只影响所在行。某一行有问题，该行就返回错误：
值无法使用时为 `#VALUE!`，列太短时为 `#N/A`；`CREDIT_EXPLAIN` 说明原因与处理办法。
函数只读取自己的参数、信用政策和配置，不做无谓的重算。

函数向导按 Excel 的语言显示中文或英文帮助；函数名与参数名两种语言相同。
示例采用内置政策 `standard` 与英文用词，并全部由测试计算验证。
""",
}

WORDS = {
    "en": {
        "function": "function",
        "purpose": "gives",
        "argument": "argument",
        "optional": "optional",
        "meaning": "meaning",
        "example": "Example: {name}.",
        "gives": "gives",
    },
    "zh": {
        "function": "函数",
        "purpose": "用途",
        "argument": "参数",
        "optional": "可省略",
        "meaning": "含义",
        "example": "示例：",
        "gives": "结果",
    },
}

EXAMPLES = {
    "PAYDEX": "weighted by amount",
    "CREDIT_CHECK": "items past due beyond the tolerance hold an order",
}
"""Function → the case that shows it; elsewhere its first one."""


def page(lang: str = "en") -> str:
    """What every function is for, then a section for each, in a language."""
    declared, say = functions(lang), WORDS[lang]
    rows = [(f"[{each.name}](#{each.name.lower()})", each.purpose) for each in declared]
    contents = table((say["function"], say["purpose"]), rows)
    return "\n".join([INTRODUCTION[lang], contents, *(_section(each, say) for each in declared)])


def _section(function: Function, say: Mapping[str, str]) -> str:
    rows = [(code(each.name), say["optional"] if each.optional else "", each.help) for each in function.arguments]
    parts = [
        f"## {function.name}",
        f"```\n={function.signature}\n```",
        function.purpose,
        table((say["argument"], "", say["meaning"]), rows),
        *_example(_case(function), say),
    ]
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def _case(function: Function) -> Case:
    known = cases(function.name)
    name = EXAMPLES.get(function.name, known[0].name)
    return next(case for case in known if case.name == name)


def _example(case: Case, say: Mapping[str, str]) -> Iterator[str]:
    """The cells it reads, the formula and what it gives; beside each other where they have as many rows."""
    ranges, formula = _laid_out(case)
    cells = [[_shown(cell) for cell in row] for row in _beside(ranges)]
    answer = [[_shown(cell) for cell in row] for row in case.expected]
    letters = ascii_uppercase[: len(cells[0])] if cells else ""
    yield say["example"].format(name=case.name)
    if len(cells) == len(answer) > 1:
        rows = [[*row, *given] for row, given in zip(cells, answer, strict=True)]
        heading = [say["gives"], *[""] * (len(answer[0]) - 1)]
        yield f"```\n{formula}\n```"
        yield _grid([*letters, *heading], rows)
        return
    if cells:
        yield _grid(list(letters), cells)
    yield f"```\n{formula}\n```"
    yield _grid([say["gives"], *[""] * (len(answer[0]) - 1)], answer, numbered=False)


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
