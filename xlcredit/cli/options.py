"""The parser of every command and its options; it imports nothing that takes time."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from xlcredit import __version__
from xlcredit.locales import LANGUAGES

BOTH = "both"
"""Two languages side by side, where a command can write them."""


def parser() -> argparse.ArgumentParser:
    """The parser of every command and option."""
    top = argparse.ArgumentParser(prog="xlcredit", description="Trade-credit control inside Excel.")
    top.add_argument("--version", action="version", version=f"xlcredit {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_run(commands)
    _add_build(commands)
    _add_check(commands)
    _add_letters(commands)
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
    _add_formulas(run, None, "put the policy and live formulas into the workbook")
    run.add_argument(
        "--pack",
        action="store_true",
        help="add the sheets of the credit pack; what was typed into those that are there stays",
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
    purpose = "build a workbook: the credit pack of a ledger, or an input workbook to start from"
    build = commands.add_parser("build", help=purpose, description=f"{purpose.capitalize()}.")  # type: ignore[attr-defined]
    kinds = build.add_subparsers(dest="what", required=True, metavar="WHAT")
    pack = _add(kinds, "pack", "build the credit pack of a ledger: a sheet for each question", BOTH)
    _add_source(pack)
    _add_review(pack)
    pack.add_argument("-o", "--output", type=Path, metavar="PACK.xlsx", help="default: LEDGER.pack.xlsx")
    pack.add_argument(
        "--force",
        action="store_true",
        help="replace a pack that is there; what was typed into its cells to fill in stays",
    )
    template = _add(kinds, "template", "build an input workbook to fill in, with functions in place")
    template.add_argument(
        "-o", "--output", type=Path, metavar="OUT.xlsx", help="default: credit-input.xlsx; never one that is there"
    )
    _add_as_of(template)
    _add_formulas(template, "native", "formulas of the functions")


def _add_check(commands: Commands) -> None:  # type: ignore[valid-type]
    check = _add(
        commands, "check", "show which sheet, header row, layout and columns are recognised, and every finding"
    )
    _add_source(check)
    _add_as_of(check)


def _add_letters(commands: Commands) -> None:  # type: ignore[valid-type]
    letters = _add(
        commands, "letters", "write letters to customers who are late: one for each dunning level, and a merge list"
    )
    source = letters.add_mutually_exclusive_group(required=True)
    _add_ledger(source, nargs="?")
    source.add_argument(
        "--save-templates", type=Path, metavar="FOLDER", help="save the builtin templates there, to change them in Word"
    )
    _add_sheets(letters)
    _add_review(letters)
    letters.add_argument(
        "--out", type=Path, default=Path("letters"), metavar="FOLDER", help="where they go; default: letters"
    )
    letters.add_argument(
        "--stage",
        type=int,
        action="append",
        default=[],
        metavar="N",
        help="letters of this dunning stage only; may be repeated",
    )
    letters.add_argument("--templates", type=Path, metavar="FOLDER", help="templates that go before the builtin ones")
    letters.add_argument(
        "--pdf",
        action=argparse.BooleanOptionalAction,
        help="print each letter as a .pdf, too, with LibreOffice; default: where it is installed",
    )
    letters.add_argument("--force", action="store_true", help="replace files that are there")


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


def _add_formulas(command: argparse.ArgumentParser, default: str | None, purpose: str) -> None:
    command.add_argument(
        "--formulas",
        nargs="?",
        choices=("native", "classic"),
        const="native",
        default=default,
        help=f"{purpose}: native (the default) ones call functions it brings along, for Excel 365; classic ones use "
        "only what every Excel, LibreOffice and WPS knows",
    )


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
    _add_ledger(command)
    _add_sheets(command)


def _add_ledger(command: argparse._ActionsContainer, nargs: str | None = None) -> None:
    command.add_argument("ledger", type=Path, nargs=nargs, metavar="LEDGER", help=".xlsx .xlsm .xls .xlsb .ods or .csv")


def _add_sheets(command: argparse.ArgumentParser) -> None:
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
