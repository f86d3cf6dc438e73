"""``xlcredit check``: what would be read, and everything found on the way; nothing is written."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from xlcredit.cli.files import today
from xlcredit.excel.files import FileWorkbook
from xlcredit.locales import Words

if TYPE_CHECKING:
    from xlcredit.layouts import Recognised


def check(options: argparse.Namespace, words: Words) -> int:
    """Prints sheet, header row, layout and columns of ledger and customers, the rows by kind, and every finding."""
    workbook = FileWorkbook(options.ledger)
    workbook.start_loading()
    from xlcredit.cli.summary import print_findings
    from xlcredit.control import review
    from xlcredit.excel.asofdate import as_of
    from xlcredit.excel.desk import open_ledger
    from xlcredit.excel.policysheet import policy_grids
    from xlcredit.policy import load

    when = as_of(options.as_of, policy_grids(workbook), today())
    desk = open_ledger(workbook, sheet=options.sheet, customers=options.customers)
    for found in (desk.recognised, desk.customers, *desk.records):
        if found:
            _print_recognised(found, words)
        else:
            print(words.phrase("no_customers"))
    counts = {"item": 0, **desk.reading.subtotals}
    rows = (f"{words('rows', kind)} {count}" for kind, count in counts.items() if count or kind == "item")
    print(words.phrase("rows", rows=words.named(rows)))
    print_findings(review(desk.ledger, load(), when.day).findings, words)
    return 0


def _print_recognised(found: Recognised, words: Words) -> None:
    """Which sheet it is, in which layout and why, and which of its columns are known."""
    from xlcredit.cli.summary import print_table
    from xlcredit.layouts import Layout
    from xlcredit.ledger.grid import letter

    say = words.phrase
    layout = Layout.named(found.layout).titles[words.lang]
    kind = found.kind if found.kind in ("ledger", "customers") else "records"
    print(say(f"recognised_{kind}", sheet=found.sheet, row=found.header_row + 1, layout=layout))
    print(say("why", headings=words.named(found.why)))
    by_column = sorted(found.columns.items(), key=lambda column: column[1])
    rows = [[letter(at), found.headings[role], words("roles", role)] for role, at in by_column]
    print_table([[say("column"), say("heading"), say("role")], *rows], text_columns=3)
    print()
