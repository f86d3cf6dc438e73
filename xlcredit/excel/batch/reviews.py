"""Buttons that review: the whole workbook, its findings alone, or one table under one heading.

A button that writes part of a table's columns writes those again that an earlier one left, so that none of them
goes stale or is lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from xlcredit.control import Review, review
from xlcredit.control.lists import lists_of
from xlcredit.excel.additions import Columns
from xlcredit.excel.batch.press import Answer, Press
from xlcredit.excel.desk import Desk, open_ledger
from xlcredit.excel.enrich import CREDIT_REVIEW, CUSTOMERS, FINDINGS, LEDGER, Enrichment, enrichment
from xlcredit.excel.listsheets import with_lists
from xlcredit.excel.pack.marks import has_pack
from xlcredit.excel.workbook import grid_named
from xlcredit.kernel.errors import LayoutError
from xlcredit.ledger.findings import SEVERITIES
from xlcredit.locales import Words, without_currency
from xlcredit.policy import fingerprint

AGING = ("days_past_due", "bucket", "open")
DUNNING = ("days_past_due", "stage", "action")
SCORES = ("average_days_late", "card", "score", "completeness", "grade", "reasons")
LIMITS = ("exposure", "grade", "limit", "constraint", "headroom", "utilization")


def run_review(press: Press) -> Answer:
    """Our columns beside the ledger and its customers, and the sheets that go with them."""
    desk, found = reviewed(press)
    return _add(press, found, enrichment(found, desk, press.words))


def insert_formulas(press: Press) -> Answer:
    """The same columns as formulas, with the policy and the functions in the workbook, so that it lives on its own."""
    desk, found = reviewed(press)
    return _add(press, found, enrichment(found, desk, press.words, "native", press.workbook.grids()))


def _add(press: Press, found: Review, added: Enrichment) -> Answer:
    """Writes what is added, and the lists of the review with it; sheets of a pack stay, and are said to be older.

    They are those of a run with ``--pack``, and such a run makes them anew.
    """
    has_older = has_pack(press.workbook)
    whole = with_lists(added, lists_of(found), found.currency, press.words)
    press.workbook.add(whole.columns, whole.sheets, remove=whole.remove, names=whole.names)
    answer = told(press, found)
    more = [*(table.in_words(press.words) for table in added.live), *([press.say("pack_older")] if has_older else [])]
    return replace(answer, text=" · ".join((answer.text, *more)), kind="read" if has_older else answer.kind)


def check_data(press: Press) -> Answer:
    """What is wrong with the data, on the sheet of findings; nothing else is touched."""
    desk, found = reviewed(press)
    added = enrichment(found, desk, press.words)
    sheets = tuple(sheet for sheet in added.sheets if sheet.mark == FINDINGS)
    press.workbook.add((), sheets, remove=tuple(mark for mark in added.remove if mark == FINDINGS))
    return told(press, found)


def score_customers(press: Press) -> Answer:
    """Scores, grades and their reasons beside the customers."""
    return _customers(press, SCORES)


def suggest_limits(press: Press) -> Answer:
    """Suggested limits, what binds them and the headroom they leave, beside the customers."""
    return _customers(press, LIMITS)


def age_ledger(press: Press) -> Answer:
    """Days past due and aging bucket beside each item."""
    return _items(press, AGING)


def flag_dunning(press: Press) -> Answer:
    """Days past due, dunning stage and next action beside each item."""
    return _items(press, DUNNING)


def reviewed(press: Press) -> tuple[Desk, Review]:
    """The ledger that the selection or the workbook means, and its review."""
    press.step(0.0)
    desk = opened(press)
    press.step(0.4)
    found = review(desk.ledger, press.policy, press.as_of)
    press.step(0.6)
    return desk, found


def opened(press: Press) -> Desk:
    """The selected sheet as the ledger, else as the customers' sheet, else the sheets that look most like them."""
    held = press.workbook.grids()  # so that no sheet is parsed twice
    chosen = press.selection.sheet if press.selection else ""
    if any(grid.name == chosen for grid in held):
        for role in ({"sheet": chosen}, {"customers": chosen}):
            try:
                return open_ledger(press.workbook, **role, currency=press.policy.currency)
            except LayoutError:
                continue
    return open_ledger(press.workbook, currency=press.policy.currency)


def _items(press: Press, keys: Collection[str]) -> Answer:
    desk, found = reviewed(press)
    added = enrichment(found, desk, press.words)
    press.workbook.add([_part(columns, keys, press) for columns in added.columns if columns.mark == LEDGER])
    return told(press, found)


def _customers(press: Press, keys: Collection[str]) -> Answer:
    desk, found = reviewed(press)
    added = enrichment(found, desk, press.words)
    beside = [_part(columns, keys, press) for columns in added.columns if columns.mark == CUSTOMERS]
    # Where there is no table of customers, the sheet of ours that lists them is whole or not at all.
    sheets = () if beside else tuple(sheet for sheet in added.sheets if sheet.mark == CREDIT_REVIEW)
    press.workbook.add(beside, sheets)
    return told(press, found)


def _part(columns: Columns, keys: Collection[str], press: Press) -> Columns:
    """These columns and those of ours that stand there already."""
    wanted = {header for header in _headers_of_ours(columns, press) if header}
    names = {press.words("columns", key) for key in keys}
    kept = (c for c in columns.columns if c.header in wanted or without_currency(c.header) in names)
    return replace(columns, columns=tuple(kept))


def _headers_of_ours(columns: Columns, press: Press) -> list[str]:
    grid = grid_named(press.workbook.grids(), columns.sheet)
    if grid.own is None:
        return []
    first, last = grid.own
    row = next(iter(grid.rows(columns.header_row)), ())
    return [str(cell) for cell in row[first : last + 1] if cell is not None]


def told(press: Press, found: Review) -> Answer:
    """What was reviewed, under which policy, and how many findings there are of each severity."""
    policy = found.policy
    return Answer(
        press.say(
            "reviewed",
            items=len(found.ledger.items.row),
            customers=len(found.customers.customer),
            sheet=found.ledger.source.sheet,
            as_of=found.as_of,
            policy=f"{policy.name} {policy.version} ({fingerprint(policy)})",
            findings=_findings(found, press.words),
        )
    )


def _findings(found: Review, words: Words) -> str:
    """How many of each severity, the worst first."""
    counted = Counter(finding.severity for finding in found.findings)
    said = [f"{words('severities', severity)} {counted[severity]}" for severity in reversed(SEVERITIES)]
    return words.named(said)
