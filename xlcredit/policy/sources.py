"""Sources of a policy: each knows where its figures come from and marks every one with it.

In rising order of precedence: builtin policy, policy file, the workbook's Policy sheet, --set.
A file starts from the policy it ``extends`` (a builtin or a file beside it), "standard" if it does not say.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from xlcredit.kernel.errors import PolicyError
from xlcredit.policy.paths import nearest

STANDARD = "standard"


@dataclass(frozen=True, slots=True)
class Given:
    """A figure and the source that gave it."""

    value: Any
    source: str


Marked: TypeAlias = "Given | dict[str, Marked] | list[Marked]"


def mark(value: Any, source: str) -> Marked:  # noqa: ANN401 (what TOML and cells hold)
    """Tables and lists as they are, each figure with its source; blanks (None) left out.

    A figure that already says where it is from, as one of a Policy sheet does, is kept.
    """
    if isinstance(value, Given):
        return value
    if isinstance(value, Mapping):
        return {str(key): mark(held, source) for key, held in value.items() if held is not None}
    if isinstance(value, list | tuple):
        return [mark(held, source) for held in value]
    # Cells hold floats; their shortest text is what the user typed.
    return Given(Decimal(repr(value)) if isinstance(value, float) else value, source)


def overlay(base: Marked, top: Marked) -> Marked:
    """Top over base: tables merge key by key, anything else, lists too, is replaced whole."""
    if not (isinstance(base, dict) and isinstance(top, dict)):
        return top
    merged = {key: overlay(base[key], held) if key in base else held for key, held in top.items()}
    return {**base, **merged}


class Source(Protocol):
    """Where figures come from."""

    def over(self, tree: Marked) -> Marked:
        """A policy's tree with this source's figures over it."""
        ...


@dataclass(frozen=True, slots=True)
class TomlSource:
    """A policy in TOML, builtin or the user's, and those it extends."""

    place: Traversable
    label: str
    extended_by: tuple[TomlSource, ...] = ()

    def over(self, tree: Marked) -> Marked:
        """The extended policy's figures first, then this one's."""
        table = parse(text_of(self.place), self.place.name)
        base = self._extended(table.pop("extends", STANDARD))
        named = {"name": Path(self.place.name).stem, "version": "", **table}
        return overlay(base.over(tree) if base else tree, mark(named, self.label))

    def _extended(self, name: object) -> TomlSource | None:
        if self.place == _builtin(STANDARD):
            return None
        folder = self.place.parent if isinstance(self.place, Path) else Path()
        if not isinstance(name, str):
            raise PolicyError("policy-not-text", "extends", value=str(name), source=self.label)
        source = toml_source(name, folder, (*self.extended_by, self))
        if source.place in [extender.place for extender in source.extended_by]:
            chain = " → ".join(each.place.name for each in (*source.extended_by, source))
            raise PolicyError("policy-extends-itself", self.place.name, chain=chain)
        return source


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name too long, a folder that may not be entered
        return False


def _builtin(name: str) -> Traversable:
    return files(__package__).joinpath("builtin", f"{name}.toml")


def builtin_names() -> tuple[str, ...]:
    """Names of the policies that come with xlcredit."""
    folder = files(__package__).joinpath("builtin")
    return tuple(sorted(Path(each.name).stem for each in folder.iterdir() if each.name.endswith(".toml")))


def toml_source(policy: str | Path, folder: Path, extended_by: tuple[TomlSource, ...] = ()) -> TomlSource:
    """The builtin policy or the file of this name, relative to the folder.

    On the command line a file that exists wins; in ``extends`` the builtin does, so that a file called
    "standard" which lies about changes nothing.
    """
    file, known = folder / policy, builtin_names()
    builtin = str(policy) in known
    if _is_file(file) and not (builtin and extended_by):
        return TomlSource(file.resolve(), file.name, extended_by)
    if builtin:
        return TomlSource(_builtin(str(policy)), f"builtin {policy}", extended_by)
    where = extended_by[-1].place.name if extended_by else ""
    raise PolicyError(
        "unknown-policy", where, name=str(policy), nearest=nearest(str(policy), known), known=", ".join(known)
    )


def text_of(file: Traversable) -> str:
    """What a TOML file holds; PolicyError where it cannot be read or is not in UTF-8."""
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PolicyError("policy-not-utf8", file.name, file=file.name) from None
    except OSError as error:
        raise PolicyError("policy-not-readable", file.name, file=file.name, reason=error.strerror) from None


_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)")


def parse(text: str, file: str) -> dict[str, Any]:
    """A TOML text as a mapping, its decimals exact."""
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except (ValueError, ArithmeticError) as error:
        reason = str(error)
    except RecursionError:
        reason = "nested too deeply"
    place = _PLACE.search(reason)
    last = text.count("\n") + 1, len(text) - text.rfind("\n")
    line, column = (int(place[1]), int(place[2])) if place and place[1] else last
    where = f"{file}:{line}:{column}"
    raise PolicyError("policy-syntax", where, file=file, line=line, column=column, reason=_PLACE.sub("", reason))


@dataclass(frozen=True, slots=True)
class SheetSource:
    """The mapping a workbook's Policy sheet holds."""

    table: Mapping[str, Any]

    def over(self, tree: Marked) -> Marked:
        """The sheet's figures over the file's."""
        return overlay(tree, mark(self.table, "Policy sheet"))
