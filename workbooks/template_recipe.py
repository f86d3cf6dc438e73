"""What the input workbook holds, read from its recipe in one language."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from xlcredit.excel.recalculated.customerblock import Kind
from xlcredit.locales import LANGUAGES

Value = str | int | float


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """A column to fill in."""

    role: str
    heading: str
    look: str
    width: int
    note: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TemplateSheet:
    """A sheet to fill in, with rows that show how."""

    key: str
    name: str
    table: str
    purpose: str
    columns: tuple[TemplateColumn, ...]
    rows: tuple[tuple[Value, ...], ...]
    """Days as whole numbers of days from the as-of date; "" is a blank cell."""


@dataclass(frozen=True, slots=True)
class Template:
    """The recipe in one language."""

    title: str
    start: str
    steps: str
    lines: tuple[str, ...]
    headings: tuple[str, str]
    sheets: tuple[TemplateSheet, ...]


def template(lang: str, formulas: Kind = "native") -> Template:
    """The recipe of the input workbook in a language, for formulas of a kind."""
    told = tomllib.loads(files(__package__).joinpath("template.toml").read_text(encoding="utf-8"))
    at = LANGUAGES.index(lang)
    choices = {key: tuple(_said(choice, at) for choice in offered) for key, offered in told["choices"].items()}
    return Template(
        title=told["title"][at],
        start=told["start"][at],
        steps=told["steps"][at],
        lines=tuple(line[at] for line in (*told["lines"], *([told["native"]] if formulas == "native" else []))),
        headings=(told["sheets_heading"][at], told["purpose_heading"][at]),
        sheets=tuple(_sheet(sheet, at, choices) for sheet in told["sheets"]),
    )


def _sheet(told: dict[str, Any], at: int, choices: dict[str, tuple[str, ...]]) -> TemplateSheet:
    columns = tuple(
        TemplateColumn(role, headings[at], look, width, notes[at], choices[offered[0]] if offered else ())
        for role, *headings, look, width, notes, offered in map(_split, told["columns"])
    )
    rows = tuple(tuple(_said(value, at) for value in row) for row in told["rows"])
    return TemplateSheet(told["key"], told["name"][at], told["table"], told["purpose"][at], columns, rows)


def _split(column: Sequence[Any]) -> tuple[Any, ...]:
    """A column's line with its notes and choices gathered."""
    role, english, chinese, look, width, note, note_in_chinese, *offered = column
    return role, english, chinese, look, width, (note, note_in_chinese), offered


def _said(value: Value | list[str], at: int) -> Any:  # noqa: ANN401 - a cell is what it is
    return value[at] if isinstance(value, list) else value
