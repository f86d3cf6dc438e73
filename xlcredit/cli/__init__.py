"""The command line: the only place that knows today's date, prints, and turns errors into exit codes.

Exit codes: 0 done, 1 findings at or above ``--fail-on``, 2 usage, policy, ledger or file error.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TextIO, cast

from xlcredit.cli.options import parser
from xlcredit.kernel.errors import XlcreditError
from xlcredit.locales import LANGUAGES, Words

FAILED = 2
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
    code = _command(options)(options, words)
    sys.stdout.flush()
    return code


def _command(options: argparse.Namespace) -> Callable[[argparse.Namespace, Words], int]:
    """The function that does a command; it and its module are named after the command's last word."""
    name = options.what if options.command == "build" else options.command
    # Commands are imported when they run: `xlcredit --help` needs neither numpy nor a workbook.
    command: Callable[[argparse.Namespace, Words], int] = getattr(import_module(f"xlcredit.cli.{name}"), name)
    return command
