"""The command line: the only place that knows today's date, prints, and turns errors into exit codes.

Exit codes: 0 done, 1 findings at or above ``--fail-on``, 2 usage, policy, ledger or file error.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TextIO, cast

from xlcredit import __version__
from xlcredit.kernel.errors import XlcreditError
from xlcredit.locales import LANGUAGES, Words

FAILED = 2
BOTH = "both"
"""Two languages side by side, where a command can write them."""
INTERRUPTED, PIPE_CLOSED = 128 + 2, 128 + 13  # as shells report the signals


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command and returns its exit code."""
    for stream in (sys.stdout, sys.stderr):  # a console that cannot show 信用 must not stop the work
        if hasattr(stream, "reconfigure"):
            cast("TextIO", stream).reconfigure(errors="replace")  # type: ignore[attr-defined]
    options = parser().parse_args(arguments)
    words = Words.of(options.lang if options.lang in LANGUAGES else LANGUAGES[0])
    try:
        return _run(options, words)
    except XlcreditError as error:
        print(f"xlcredit: {error.in_words(words)}", file=sys.stderr)
        return FAILED
    except BrokenPipeError:  # the reader, `head` say, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except KeyboardInterrupt:
        print(f"xlcredit: {words('summary', 'interrupted')}", file=sys.stderr)
        return INTERRUPTED


def _run(options: argparse.Namespace, words: Words) -> int:
    code = int(_command(options.command)(options, words))
    sys.stdout.flush()
    return code


def _command(name: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
    # Commands are imported when they run: `xlcredit --help` needs neither numpy nor a workbook.
    if name == "run":
        from xlcredit.cli.run import run as command
    elif name == "build":
        from xlcredit.cli.pack import pack as command
    elif name == "check":
        from xlcredit.cli.check import check as command
    elif name == "policy":
        from xlcredit.cli.policies import policy as command
    elif name == "addin":
        from xlcredit.cli.addin import addin as command
    elif name == "doctor":
        from xlcredit.cli.doctor import doctor as command
    else:
        from xlcredit.cli.demo import demo as command
    return command


def parser() -> argparse.ArgumentParser:
    """The parser of every command and option."""
    top = argparse.ArgumentParser(prog="xlcredit", description="Trade-credit control inside Excel.")
    top.add_argument("--version", action="version", version=f"xlcredit {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_run(commands)
    _add_build(commands)
    _add_check(commands)
    _add_policy(commands)
    _add_demo(commands)
    _add_addin(commands)
    _add(commands, "doctor", "check what the Excel add-in needs, and say what to do about each fault")
    return top


Commands = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _add_run(commands: Commands) -> None:  # type: ignore[valid-type]
    run = _add(commands, "run", "review a ledger and give the workbook back with buckets, stages, scores and limits")
    _add_source(run)
    _add_review(run)
    target = run.add_mutually_exclusive_group()
    target.add_argument("-o", "--output", type=Path, metavar="OUT.xlsx", help="default: LEDGER.reviewed.xlsx")
    target.add_argument(
        "--in-place", action="store_true", help="change the ledger's own file; a backup stays beside it"
    )
    run.add_argument(
        "--formulas",
        nargs="?",
        choices=("native", "classic"),
        const="native",
        help="put the policy and live formulas into the workbook: native (the default) ones call functions it brings "
        "along, for Excel 365; classic ones use only what every Excel, LibreOffice and WPS knows",
    )
    run.add_argument(
        "--pack",
        action="store_true",
        help="add sheets of the credit pack: first figures, aging, limits, scores, matrix",
    )
    run.add_argument("--no-lists", action="store_true", help="add no sheets of what to do: columns and findings alone")
    run.add_argument("--json", type=Path, metavar="REVIEW.json", help="write the whole review as JSON, too")
    run.add_argument(
        "--fail-on",
        choices=("error", "warning", "never"),
        default="error",
        help="exit with 1 when there is a finding at least this severe (default: error)",
    )


def _add_build(commands: Commands) -> None:  # type: ignore[valid-type]
    build = _add(
        commands, "build", "build a workbook from a ledger: pack is the credit pack, a sheet for each question", BOTH
    )
    build.add_argument("what", choices=("pack",))
    _add_source(build)
    _add_review(build)
    build.add_argument("-o", "--output", type=Path, metavar="PACK.xlsx", help="default: LEDGER.pack.xlsx")


def _add_check(commands: Commands) -> None:  # type: ignore[valid-type]
    check = _add(
        commands, "check", "show which sheet, header row, layout and columns are recognised, and every finding"
    )
    _add_source(check)
    _add_as_of(check)


def _add_policy(commands: Commands) -> None:  # type: ignore[valid-type]
    policy = _add(commands, "policy", "show, validate or export a policy")
    policy.add_argument("action", choices=("show", "validate", "export"))
    policy.add_argument(
        "policy", nargs="?", metavar="FILE|NAME", help="a policy file or builtin policy; default: standard"
    )
    _add_set(policy)
    policy.add_argument("--origin", action="store_true", help="show who won each key")
    policy.add_argument(
        "-o", "--output", type=Path, metavar="POLICY.toml", help="where export writes; default: the screen"
    )


def _add_demo(commands: Commands) -> None:  # type: ignore[valid-type]
    demo = _add(commands, "demo", "build the demo ledger and review it")
    demo.add_argument("-o", "--output", type=Path, default=Path("dist"), metavar="FOLDER", help="default: dist")


def _add_addin(commands: Commands) -> None:  # type: ignore[valid-type]
    addin = _add(commands, "addin", "build the Excel add-in, or put it into the user's Excel")
    addin.add_argument("action", choices=("build", "install", "uninstall", "status"))
    addin.add_argument(
        "--out", type=Path, default=Path("dist"), metavar="FOLDER", help="where build writes; default: dist"
    )


def _add(commands: Commands, name: str, purpose: str, *more: str) -> argparse.ArgumentParser:  # type: ignore[valid-type]
    command: argparse.ArgumentParser = commands.add_parser(  # type: ignore[attr-defined]
        name, help=purpose, description=f"{purpose[0].upper()}{purpose[1:]}."
    )
    languages = (*LANGUAGES, *more)
    command.add_argument("--lang", choices=languages, default="en", help="language of words and headers (default: en)")
    return command


def _add_source(command: argparse.ArgumentParser) -> None:
    command.add_argument("ledger", type=Path, metavar="LEDGER", help=".xlsx .xlsm .xls .xlsb .ods or .csv")
    command.add_argument("--sheet", metavar="NAME", help="the ledger's sheet; default: the one that looks most like it")
    command.add_argument(
        "--customers", metavar="NAME", help="the customers' sheet; default: the one that looks like it"
    )


def _add_review(command: argparse.ArgumentParser) -> None:
    _add_as_of(command)
    command.add_argument("--policy", metavar="FILE|NAME", help="a policy file or builtin policy; default: standard")
    _add_set(command)
    command.add_argument(
        "--rates", type=Path, metavar="FILE", help="table of currency, rate and date (.csv or a workbook)"
    )


def _add_as_of(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--as-of",
        type=_date,
        metavar="YYYY-MM-DD",
        help="the day to look from; default: the Policy sheet's, else today",
    )


def _add_set(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="override one key of the policy; may be repeated",
    )


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write it like 2026-10-31") from None
