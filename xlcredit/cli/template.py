"""``xlcredit build template``: an input workbook to start from."""

from __future__ import annotations

import argparse
from pathlib import Path

from xlcredit.cli.files import refuse_other_ending, today
from xlcredit.kernel.errors import WorkbookError
from xlcredit.locales import Words

TEMPLATE = Path("credit-input.xlsx")


def template(options: argparse.Namespace, words: Words) -> int:
    """Builds the input workbook; one that is there already, and may have been filled in, is never written over."""
    from workbooks.template import build_template

    refuse_other_ending(options.output)
    target = options.output or TEMPLATE
    if target.exists():
        raise WorkbookError("target-exists", str(target), file=target.name)
    build_template(target, options.as_of or today(), options.lang, options.formulas)
    print(words.phrase("written", file=target))
    return 0
