"""Policy: every key with its kind, default, meaning and source, then the standard policy as it is written."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any

from pages import code, table
from xlcredit import policy
from xlcredit.policy.keys import POLICY
from xlcredit.policy.shapes import Entries, Names, Number, Open, Shape, Table, Text

MEANINGS = Path(__file__).with_name("policy.toml")
INTRODUCTION = """\
# Policy

Every figure that decides anything. A later source wins over an earlier one: the builtin policy, your file (`--policy`),
the workbook's Policy sheet, `--set KEY=VALUE`. Tables merge key by key; a list replaces the whole list, but `--set`
reaches into it. `xlcredit policy show --origin` says who won each key. All faults are told at once, each with its key;
a key that is not known is refused with the nearest known one.

In the keys below, NAME is a name the policy makes up, KEY the key of an entry (a bucket's, a grade's, a
characteristic's) and N the position of an entry, counted from 1: `--set grades.B.from=70`,
`--set dunning.procedures.prompt.levels.2.from=10`. Wherever an entry begins, `from` includes the number and `above`
does not; an entry has one of the two, and the one that holds all the rest has neither.

Sources: S0 to S4 are the articles on receivables practice that the defaults come from (S0 recognising and preventing
arrears, S1 protecting receivables, S2 credit terms and bad debt, S3 credit checks and poor scores, S4 default and the
break of the cash chain); A12, W11 and the like number what they ask for. "Ours" is a figure nobody published; "check
before use" means what it says, before anything rests on it.
"""


def page() -> str:
    """The keys, then the text of the builtin policies."""
    meanings = tomllib.loads(MEANINGS.read_text(encoding="utf-8"))
    standard = policy.load()
    keys = [*_keys(POLICY, standard.tree)]
    rows = [(code(key), kind, code(default), *_said(key, meanings)) for key, kind, default in keys]
    sections = {name: list(lines) for name, lines in groupby(rows, lambda row: _section(row[0]))}
    tables = "\n".join(
        f"### {name}\n\n{table(('key', 'holds', 'default', 'meaning', 'source'), lines)}"
        for name, lines in sections.items()
    )
    links = " · ".join(f"[{name}](#{name.replace(' ', '-')})" for name in sections)
    unused = set(meanings) - {key for key, *_ in keys}
    if unused:
        raise ValueError(f"{MEANINGS.name} explains keys that no policy has: {', '.join(sorted(unused))}")
    text = files(policy).joinpath("builtin", "standard.toml").read_text(encoding="utf-8")
    others = ", ".join(f"`{name}`" for name in policy.builtin_names() if name != "standard")
    return (
        f"{INTRODUCTION}\n## The keys\n\n{links}\n\n{tables}\n"
        f"## The standard policy\n\nVersion {standard.version}, fingerprint `{policy.fingerprint(standard)}`. "
        f"{others} are the same with another dunning procedure in use.\n\n```toml\n{text.rstrip()}\n```\n"
    )


def _section(key: str) -> str:
    """The table of the policy that a key stands in."""
    return key.strip("`").split(".")[0] if "." in key else "the policy itself"


def _said(key: str, meanings: Mapping[str, Any]) -> tuple[str, str]:
    said = meanings[key]
    return (said, "") if isinstance(said, str) else (said["meaning"], said["source"])


def _keys(shape: Shape, held: Any, path: str = "") -> Iterator[tuple[str, str, str]]:  # noqa: ANN401 (a policy's tree)
    """Key, what it holds, default ("" inside lists, where it differs from entry to entry)."""
    match shape:
        case Table():
            for key, inner in shape.keys.items():
                within = held.get(key) if isinstance(held, Mapping) else None
                yield from _keys(inner, within, f"{path}.{key}".lstrip("."))
        case Open():
            yield from _keys(shape.shape, None, f"{path}.NAME")
        case Entries():
            yield from _keys(shape.table, None, f"{path}.{'KEY' if shape.key else 'N'}")
        case _:
            yield path, _kind(shape), _shown(held if held is not None else getattr(shape, "default", None))


def _kind(shape: Shape) -> str:
    match shape:
        case Number():
            kind = "whole number" if shape.whole else "number"
            number = f"{kind} {shape.range(Decimal(shape.least))}".rstrip()
            return ", or ".join([number, *map(code, shape.words)])
        case Names():
            return "list of names"
        case Text() if shape.choices and len(shape.choices) < 10:
            return " or ".join(map(code, shape.choices))
        case _:
            return "text"


def _shown(value: object) -> str:
    if value is None:
        return ""
    return '""' if value == "" else ", ".join(value) if isinstance(value, list) else str(value)
