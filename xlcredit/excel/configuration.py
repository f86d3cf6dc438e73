"""Configuration: the policy in force, the language and the kind of errors, as the user chose them on this machine.

It is read from the user's own folder alone, never from a workbook or from the folder a program was started in.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from platformdirs import user_config_dir

from xlcredit.kernel.errors import PolicyError
from xlcredit.locales import LANGUAGES
from xlcredit.policy import Policy, builtin_names, load
from xlcredit.policy.paths import nearest
from xlcredit.policy.sources import STANDARD, parse, text_of

FILE = "config.toml"
CHOICES = {"lang": LANGUAGES, "errors": ("reason", "plain")}


@dataclass(frozen=True, slots=True)
class Configuration:
    """What ``config.toml`` says, or what holds without it."""

    policy: str = STANDARD
    """Name of the active policy: a builtin one, or a file in the folder ``policies``."""
    lang: str = LANGUAGES[0]
    errors: str = "reason"
    """Whether an error cell's text goes on to say what is wrong ("reason") or is the bare code ("plain")."""


def folder() -> Path:
    """Folder of the user's configuration: XLCREDIT_HOME, or where the system keeps such files."""
    chosen = os.environ.get("XLCREDIT_HOME")
    return Path(chosen) if chosen else Path(user_config_dir("xlcredit", appauthor=False))


@cache
def configuration() -> Configuration:
    """The user's configuration, read once; ``reload`` forgets it.

    Raises:
        PolicyError: the file is no TOML, or a key or value in it is not known.
    """
    file = folder() / FILE
    if not file.is_file():
        return Configuration(errors=_errors("reason"))
    table = parse(text_of(file), FILE)
    for key, value in table.items():
        _check(key, value)
    return Configuration(**{**table, "errors": _errors(table.get("errors", "reason"))})


def _errors(chosen: str) -> str:
    # Excel on the web has no wrapper of ours that would turn a reason into an error.
    return "plain" if sys.platform == "emscripten" else chosen


def _check(key: str, value: Any) -> None:  # noqa: ANN401 (what TOML holds)
    keys = ("policy", *CHOICES)
    if key not in keys:
        near = nearest(key, keys)
        raise PolicyError("policy-unknown-key", key, source=FILE, key=key, nearest=near, known=", ".join(keys))
    if not isinstance(value, str):
        raise PolicyError("policy-not-text", key, source=FILE, value=str(value))
    known = CHOICES.get(key, (value,))
    if value not in known:
        near, said = nearest(value, known), f'"{value}"'
        raise PolicyError("policy-not-a-choice", key, source=FILE, value=said, nearest=near, known=", ".join(known))


def policy_names() -> tuple[str, ...]:
    """Names of the policies there are: the user's, then the builtin ones."""
    own = sorted(path.stem for path in (folder() / "policies").glob("*.toml"))
    return tuple(dict.fromkeys([*own, *builtin_names()]))


@cache
def named_policy(name: str) -> Policy:
    """The policy of this name; a user's own goes before a builtin one.

    Raises:
        PolicyError: there is none of this name, or it has faults.
    """
    known = policy_names()
    if name not in known:
        raise PolicyError("unknown-policy", name=name, nearest=nearest(name, known), known=", ".join(known))
    own = folder() / "policies"
    file = own / f"{name}.toml"
    return load(file if file.is_file() else name, folder=own)


def active_policy() -> Policy:
    """The policy that holds where a call names none."""
    return named_policy(configuration().policy)


def reload() -> None:
    """Forgets configuration and policies, so that the next call reads them anew."""
    configuration.cache_clear()
    named_policy.cache_clear()
