"""Paths: where a figure stands in a policy, written with dots: ``limit.step``, ``grades.B.from``.

An entry of a list is addressed by its key (a grade, a bucket, a characteristic) or, where it has
none, by its position from 1 (levels, attributes).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

Path = tuple[str, ...]

_KEY = r'(?:"(?:[^"\\]|\\.)*"|[^."=]+)'
_SETTING = re.compile(rf"\s*({_KEY}(?:\.{_KEY})*)=(.*)", re.DOTALL)
_QUOTED = re.compile(r'[."=\\\s]|^$')


def dotted(path: Path) -> str:
    """A path as text; parts that hold a dot, a blank or an equals sign stand in quotation marks."""
    return ".".join(_quoted(part) if _QUOTED.search(part) else part for part in path)


def _quoted(part: str) -> str:
    escaped = part.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def split(setting: str) -> tuple[Path, str] | None:
    """Path and value of a ``key=value`` text, None where it is none."""
    match = _SETTING.fullmatch(setting)
    if not match:
        return None
    path = tuple(_unquoted(part.strip()) for part in re.findall(_KEY, match[1]))
    return (path, match[2].strip()) if all(path) else None


def _unquoted(part: str) -> str:
    return re.sub(r"\\(.)", r"\1", part[1:-1]) if part.startswith('"') else part


def nearest(name: str, known: Iterable[str]) -> str:
    """Of the known names the one most like this, "" where none is known."""
    wanted = name.casefold()
    return max(known, key=lambda other: SequenceMatcher(None, wanted, other.casefold()).ratio(), default="")
