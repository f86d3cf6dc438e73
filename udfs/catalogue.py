"""The catalogue of worksheet functions, read from their declarations.

It reads the source of ``udfs.functions``, since xlwings' decorators leave no trace outside Windows. The help in
Chinese is in ``zh.toml`` beside it.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

MODULE = "udfs.functions"
LANGUAGES = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a worksheet function, with the line of help the function wizard shows."""

    name: str
    help: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Function:
    """A worksheet function: its name, its purpose in a line, and its arguments in order."""

    name: str
    purpose: str
    arguments: tuple[Argument, ...]

    @property
    def signature(self) -> str:
        """The function as a user types it, optional arguments in brackets."""
        names = (f"[{each.name}]" if each.optional else each.name for each in self.arguments)
        return f"{self.name}({', '.join(names)})"


@cache
def functions(lang: str = "en") -> tuple[Function, ...]:
    """Every worksheet function in the order of its declaration, with help in one of ``LANGUAGES``."""
    declared = tuple(_declared(ast.parse(_text("functions.py"))))
    return (
        declared if lang == "en" else tuple(_in_words(each, tomllib.loads(_text(f"{lang}.toml"))) for each in declared)
    )


def _text(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")


def _declared(module: ast.Module) -> Iterator[Function]:
    helps = dict(_helps(module))
    for node in module.body:
        if isinstance(node, ast.FunctionDef):
            yield Function(node.name, _purpose(node), tuple(_arguments(node, helps)))


def _purpose(node: ast.FunctionDef) -> str:
    return (ast.get_docstring(node) or "").partition("\n")[0]


def _helps(module: ast.Module) -> Iterator[tuple[str, str]]:
    """Name and help of each declared argument: ``due = cells("due", doc="…")``."""
    for node in module.body:
        match node:
            case ast.Assign(
                value=ast.Call(
                    func=ast.Name(id="cells"),
                    args=[ast.Constant(value=str(name))],
                    keywords=[ast.keyword(arg="doc", value=ast.Constant(value=str(text)))],
                )
            ):
                yield name, text


def _arguments(node: ast.FunctionDef, helps: Mapping[str, str]) -> Iterator[Argument]:
    names = [argument.arg for argument in node.args.args]
    needed = len(names) - len(node.args.defaults)
    for position, name in enumerate(names):
        yield Argument(name, helps[name], optional=position >= needed)


def _in_words(function: Function, words: Mapping[str, Mapping[str, str]]) -> Function:
    arguments = tuple(Argument(each.name, words["arguments"][each.name], each.optional) for each in function.arguments)
    return Function(function.name, words["functions"][function.name], arguments)
