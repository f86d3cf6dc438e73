"""Enrich: a review as columns beside the ledger and its customers, and as sheets of its own.

Only what is ours is described here; ``patch`` puts it into the workbook and leaves the rest alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from xlcredit.control import Review
from xlcredit.excel.additions import Column, Columns, Name, Sheet
from xlcredit.excel.desk import Desk
from xlcredit.excel.native import names
from xlcredit.excel.native.ranges import Ranges
from xlcredit.excel.policysheet import policy_sheet
from xlcredit.excel.recalculated.accounts import Lines
from xlcredit.excel.recalculated.customerblock import Kind
from xlcredit.excel.recalculated.itemcells import first_reasons
from xlcredit.excel.recalculated.tables import Liveness, Summed, live_customers, live_items
from xlcredit.excel.reviewcolumns import customer_columns, item_columns, sheet_text_column, text_column
from xlcredit.ledger.findings import SEVERITIES, Finding
from xlcredit.ledger.grid import Grid, grid_named
from xlcredit.ledger.place import Place
from xlcredit.ledger.tables import Flags
from xlcredit.locales import Words

LEDGER, CUSTOMERS, CREDIT_REVIEW, FINDINGS = "ledger", "customers", "credit_review", "findings"
"""Marks of our additions."""

MOST_OF_A_KIND = 10_000
"""Findings of one code that the sheet lists; the JSON has them all."""


@dataclass(frozen=True, slots=True)
class Enrichment:
    """What a review adds to a workbook, and the sheets of ours it no longer needs."""

    columns: tuple[Columns, ...]
    sheets: tuple[Sheet, ...]
    remove: tuple[str, ...]
    names: tuple[Name, ...] = ()
    live: tuple[Liveness, ...] = ()
    """How far the tables are formulas."""


def enrichment(
    review: Review, desk: Desk, words: Words, formulas: Kind | None = None, grids: Sequence[Grid] = ()
) -> Enrichment:
    """What this review adds to the workbook whose ledger it is of.

    With ``formulas`` the policy comes with it, and the columns are live: "native" ones call the worksheet functions,
    which come with them. ``grids`` are the workbook's sheets, whose cells the formulas read: where they do not say what
    the review says, the value stands.
    """
    if formulas is not None:
        return _Live(review, desk, words, formulas, grids).enrichment()
    in_sheet, others = _lines(review, desk)
    beside = [_ledger(review, desk, words)]
    if len(in_sheet):
        beside.append(_beside_customers(review, desk, in_sheet, customer_columns(review, in_sheet, words)))
    own = _credit_review(review, others, customer_columns(review, others, words), words)
    return _whole(beside, own, review, words)


class _Live:
    """The same with formulas."""

    def __init__(self, review: Review, desk: Desk, words: Words, kind: Kind, grids: Sequence[Grid]) -> None:
        self._review, self._desk, self._words, self._kind, self._grids = review, desk, words, kind, grids
        self._policy = replace(review.policy, currency=review.currency)  # its decimals are those that are rounded to
        self._ranges = Ranges(self._policy, words)

    def enrichment(self) -> Enrichment:
        review, desk, words = self._review, self._desk, self._words
        in_sheet, others = _lines(review, desk)
        grid = grid_named(self._grids, desk.recognised.sheet)
        plain = _ledger(review, desk, words)
        ledger, said, summed = live_items(plain, review, desk.recognised, grid, self._ranges, self._kind)
        beside, live = [ledger], [said]
        if desk.customers and len(in_sheet):
            sheet = (desk.customers, grid_named(self._grids, desk.customers.sheet))
            columns, flags = self._customers(in_sheet, 0, sheet, summed)
            beside.append(_beside_customers(review, desk, in_sheet, columns))
            live.append(_customers_live(CUSTOMERS, flags))
        columns, flags = self._customers(others, len(_named(review, others, words)), None, summed)
        own = _credit_review(review, others, columns, words)
        live += [_customers_live(CREDIT_REVIEW, flags)] if own else []
        policy = policy_sheet(review.policy, review.as_of, words)
        defined = names(self._policy, words) if self._kind == "native" else ()
        whole = _whole(beside, own, review, words)
        return replace(whole, sheets=(*whole.sheets, policy), names=defined, live=tuple(live))

    def _customers(
        self, lines: Lines, before: int, sheet: tuple[Place, Grid] | None, summed: Summed | None
    ) -> tuple[tuple[Column, ...], Mapping[str, Flags]]:
        plain = customer_columns(self._review, lines, self._words)
        return live_customers(plain, before, self._review, lines, sheet, self._ranges, self._kind, summed)


def _customers_live(mark: str, live: Mapping[str, Flags]) -> Liveness:
    everywhere = np.logical_and.reduce(list(live.values()))
    return Liveness(mark, len(everywhere), int(everywhere.sum()), first_reasons(live))


def _whole(beside: Sequence[Columns], own: Sheet | None, review: Review, words: Words) -> Enrichment:
    sheets = tuple(sheet for sheet in (own, _findings(review.findings, words)) if sheet)
    kept = {sheet.mark for sheet in sheets}
    return Enrichment(tuple(beside), sheets, tuple(mark for mark in (CREDIT_REVIEW, FINDINGS) if mark not in kept))


def _lines(review: Review, desk: Desk) -> tuple[Lines, Lines]:
    """Customers with a row in the customers sheet, in the order of its rows, and those without."""
    line = review.customers.sheet_line
    in_sheet = np.flatnonzero(line >= 0) if desk.customers else np.zeros(0, dtype=np.intp)
    return in_sheet[np.argsort(line[in_sheet])], np.flatnonzero(line < 0)


def _ledger(review: Review, desk: Desk, words: Words) -> Columns:
    rows = review.ledger.items.row
    return _beside(LEDGER, desk.recognised, desk.reading.last_row, rows, item_columns(review, words))


def _beside(mark: str, place: Place, last_row: int, rows: NDArray[np.int64], columns: tuple[Column, ...]) -> Columns:
    return Columns(mark, place.sheet, place.header_row, last_row, place.last_column, rows - 1, columns)


def _beside_customers(review: Review, desk: Desk, lines: Lines, columns: tuple[Column, ...]) -> Columns:
    place = desk.customers or desk.recognised
    rows = review.ledger.customers.row[review.customers.sheet_line[lines]]
    return _beside(CUSTOMERS, place, int(review.ledger.customers.row.max()) - 1, rows, columns)


def _credit_review(review: Review, lines: Lines, columns: tuple[Column, ...], words: Words) -> Sheet | None:
    """One row for each customer that no customers sheet shows."""
    if not len(lines):
        return None
    named = _named(review, lines, words)
    return Sheet(CREDIT_REVIEW, words("sheets", CREDIT_REVIEW), (*named, *columns), frozen=len(named))


def _named(review: Review, lines: Lines, words: Words) -> list[Column]:
    """Who the customers are; a ledger without numbers knows them by name."""
    found = review.customers
    named = [text_column(words("columns", "customer"), found.customer[lines])]
    if (found.name[lines] != found.customer[lines]).any():
        named.append(text_column(words("columns", "name"), found.name[lines]))
    return named


def _findings(findings: Sequence[Finding], words: Words) -> Sheet | None:
    if not findings:
        return None
    ordered = worst_first(findings)
    said = {
        "severity": [words("severities", finding.severity) for finding in ordered],
        "code": [finding.code for finding in ordered],
        "where": [finding.where for finding in ordered],
        "message": [finding.message(words) for finding in ordered],
        "remedy": [finding.remedy(words) for finding in ordered],
    }
    columns = tuple(
        sheet_text_column(words("columns", key), np.array(texts, dtype=object)) for key, texts in said.items()
    )
    return Sheet(FINDINGS, words("sheets", FINDINGS), columns)


def worst_first(findings: Sequence[Finding]) -> list[Finding]:
    """Findings by severity, the worst first; of each kind no more than anybody reads, so that the sheet holds them."""
    of_kind: Counter[str] = Counter()
    listed = []
    for finding in sorted(findings, key=lambda finding: -SEVERITIES.index(finding.severity)):
        of_kind[finding.code] += 1
        if of_kind[finding.code] <= MOST_OF_A_KIND:
            listed.append(finding)
    dropped = {code: count - MOST_OF_A_KIND for code, count in of_kind.items() if count > MOST_OF_A_KIND}
    return [
        *listed,
        *(Finding("info", "more-of-a-kind", "", {"code": code, "count": n}) for code, n in dropped.items()),
    ]
