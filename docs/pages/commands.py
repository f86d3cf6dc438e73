"""Commands: from the parser itself, option by option, so that no page shows an option that is not there."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from pages import code, table
from xlcredit.cli.options import parser

INTRODUCTION = """\
# Commands

Exit codes: 0 done, 1 findings at or above `--fail-on`, 2 a usage, policy, ledger or file error (the message names the
place, the thing and the remedy; [errors and findings](errors.md) lists them all).
"""


def page() -> str:
    """Every command with its arguments and options."""
    return "\n".join([INTRODUCTION, *(_command(name, command) for name, command in _commands(parser()))])


def _commands(top: argparse.ArgumentParser, before: str = "") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command below a parser, those that have commands of their own by these."""
    for action in top._actions:  # noqa: SLF001
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for name, command in action.choices.items():
                below = list(_commands(command, f"{before}{name} "))
                yield from below or [(f"{before}{name}", command)]


def _command(name: str, command: argparse.ArgumentParser) -> str:
    actions = [action for action in command._actions if action.dest != "help"]  # noqa: SLF001
    rows = [(code(_spelled(action)), "; ".join(_said(action))) for action in actions]
    positions = [_spelled(action) for action in actions if not action.option_strings]
    usage = " ".join(["xlcredit", name, *positions, "[options]"])
    return f"## xlcredit {name}\n\n{command.description}\n\n```\n{usage}\n```\n\n{table(('argument', 'meaning'), rows)}"


def _spelled(action: argparse.Action) -> str:
    value = action.metavar or ("|".join(map(str, action.choices)) if action.choices else action.dest.upper())
    if not action.option_strings:
        return f"[{value}]" if action.nargs == "?" else str(value)
    takes_none = action.nargs == 0
    return ", ".join(action.option_strings) + ("" if takes_none else f" {value}")


def _said(action: argparse.Action) -> Iterator[str]:
    if action.help:
        yield action.help
    elif action.choices:
        yield f"one of {', '.join(map(str, action.choices))}"
