"""``xlcredit check``: what would be read, and everything found on the way; nothing is written."""

from __future__ import annotations

import argparse

from xlcredit.cli.files import today
from xlcredit.excel.files import FileWorkbook
from xlcredit.locales import Words


def check(options: argparse.Namespace, words: Words) -> int:
    """Prints sheet, header row, layout and columns of ledger and customers, the rows by kind, and every finding."""
    workbook = FileWorkbook(options.ledger)
    workbook.start_loading()
    from xlcredit.cli.summary import print_findings, print_table
    from xlcredit.control import review
    from xlcredit.excel.asofdate import as_of
    from xlcredit.excel.desk import open_ledger
    from xlcredit.excel.policysheet import policy_grids
    from xlcredit.ledger.grid import letter
    from xlcredit.policy import load

    when = as_of(options.as_of, policy_grids(workbook), today())
    desk = open_ledger(workbook, sheet=options.sheet, customers=options.customers)
    say = words.phrase
    for found in (desk.recognised, desk.customers, *desk.records):
        if not found:
            print(say("no_customers"))
            continue
        kind = found.kind if found.kind in ("ledger", "customers") else "records"
        print(say(f"recognised_{kind}", sheet=found.sheet, row=found.header_row + 1, layout=found.title))
        print(say("why", headings=", ".join(found.why)))
        rows = [
            [letter(at), found.headings[role], role] for role, at in sorted(found.columns.items(), key=lambda c: c[1])
        ]
        print_table([[say("column"), say("heading"), say("role")], *rows], text_columns=3)
        print()
    print(
        say(
            "rows",
            rows=", ".join(f"{words('rows', kind)} {count}" for kind, count in desk.reading.subtotals.items() if count),
        )
    )
    print_findings(review(desk.ledger, load(), when.day).findings, words)
    return 0
