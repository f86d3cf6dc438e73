"""``xlcredit build pack``: a ledger goes in, and the workbook that a controller opens on Monday morning comes out."""

from __future__ import annotations

import argparse
from pathlib import Path

from xlcredit.cli.files import refuse_other_ending
from xlcredit.cli.run import collector_off, reviewed
from xlcredit.excel.files import FileWorkbook
from xlcredit.excel.pack.place import pack_beside
from xlcredit.kernel.errors import WorkbookError
from xlcredit.locales import Words


@collector_off()
def pack(options: argparse.Namespace, words: Words) -> int:
    """Reviews a ledger, writes its credit pack and says what was found."""
    workbook = FileWorkbook(options.ledger)
    refuse_other_ending(options.output)
    target = options.output or pack_beside(options.ledger)
    _refuse_what_is_there(options.ledger, target, force=options.force)
    from xlcredit.cli.summary import print_review
    from xlcredit.control.lists import lists_of
    from xlcredit.excel.pack.book import build_anew

    found, when = reviewed(options, workbook)
    lists = lists_of(found)
    found = build_anew(found, lists, target, options.lang)
    print_review(found, lists, words, when.source)
    print(words.phrase("written", file=target))
    return 0


def _refuse_what_is_there(source: Path, target: Path, *, force: bool) -> None:
    """A pack has cells to fill in: what was decided in an earlier one is not written over unasked."""
    if target.exists() and target.samefile(source):
        raise WorkbookError("same-file", str(target), file=target.name)
    if target.exists() and not force:
        raise WorkbookError("target-exists", str(target), file=target.name)
