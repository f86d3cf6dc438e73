"""``xlcredit run``: a finance team's workbook goes in and comes back enriched."""

from __future__ import annotations

import argparse
import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from typing import TYPE_CHECKING

from xlcredit.cli.files import beside, refuse_other_ending, today
from xlcredit.cli.progress import progress
from xlcredit.excel.files import FileWorkbook
from xlcredit.kernel.errors import WorkbookError
from xlcredit.locales import Words

if TYPE_CHECKING:
    from pathlib import Path

    from xlcredit.control import Rates, Review
    from xlcredit.control.listing import Lists
    from xlcredit.excel.asofdate import AsOf
    from xlcredit.excel.donor import Donor
    from xlcredit.excel.enrich import Enrichment
    from xlcredit.ledger.grid import Grid
    from xlcredit.policy import Policy


@contextmanager
def collector_off() -> Iterator[None]:
    """Python's search for cycles off: a run makes millions of cells and no cycles, and searching took a sixth of it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@collector_off()
def run(options: argparse.Namespace, words: Words) -> int:
    """Reviews a ledger, writes the enriched workbook and says what was found."""
    workbook = _workbook(options)
    workbook.start_loading()  # parses in its own thread while numpy is imported
    from xlcredit.cli.summary import failing, print_review, print_targets
    from xlcredit.control import review
    from xlcredit.control.lists import lists_of
    from xlcredit.excel.desk import open_ledger
    from xlcredit.excel.enrich import enrichment
    from xlcredit.excel.pack.marks import has_pack
    from xlcredit.excel.policysheet import policy_grids, sheet_name

    grids = policy_grids(workbook)  # held, so that no sheet is parsed twice
    policy, when = _policy_and_day(options, grids)
    policy_sheet = sheet_name(grids)
    rates = _rates_from(options.rates)
    pack = options.pack or has_pack(workbook)
    with progress(workbook.name) as advance:
        desk = open_ledger(workbook, sheet=options.sheet, customers=options.customers, currency=policy.currency)
        sheets = workbook.grids() if options.formulas else ()
        del grids
        advance(0.6)
        found = review(desk.ledger, policy, when.day, rates)
        advance(0.7)
        lists = {} if options.no_lists and not pack else lists_of(found)
        with_sheets: Callable[..., AbstractContextManager[tuple[Enrichment, Donor | None]]] = _plain
        if pack:
            found, with_sheets = _packed(workbook, found, lists, policy_sheet, when)
        added = enrichment(found, desk, words, options.formulas, sheets)
        with (
            with_sheets(added, found, lists, words) as (added, donor),
            _record(options.json, found, lists, words),
        ):
            workbook.add(
                added.columns,
                added.sheets,
                remove=added.remove,
                names=added.names,
                donor=donor,
                progress=lambda part: advance(0.7 + 0.3 * part),
            )
    print_review(found, lists, words, when.source)
    print_targets(workbook.target, options.json, words, added.live)
    return failing(found.findings, options.fail_on)


@contextmanager
def _plain(added: Enrichment, found: Review, lists: Lists, words: Words) -> Iterator[tuple[Enrichment, None]]:
    """What is added with a plain sheet for each list."""
    from xlcredit.excel.listsheets import with_lists

    yield with_lists(added, lists, found.currency, words), None


def _packed(
    workbook: FileWorkbook, found: Review, lists: Lists, policy_sheet: str, when: AsOf
) -> tuple[Review, Callable[..., AbstractContextManager[tuple[Enrichment, Donor]]]]:
    """The review with what has no place in the next pack, and what adds the sheets of that pack."""
    from xlcredit.excel.pack.inside import pack_inside
    from xlcredit.excel.pack.typed import carried_over, read_typed

    found, carried = carried_over(read_typed(workbook), found, lists)
    day = when.day if when.source == "sheet" else None
    return found, partial(
        pack_inside,
        target=workbook.target,
        host=workbook.host(),
        carried=carried,
        policy_sheet=policy_sheet,
        day=day,
    )


def reviewed(options: argparse.Namespace, workbook: FileWorkbook) -> tuple[Review, AsOf]:
    """The review of a workbook that stays as it is, and where the day it looks from is from."""
    from xlcredit.control import review
    from xlcredit.excel.desk import open_ledger
    from xlcredit.excel.policysheet import policy_grids

    grids = policy_grids(workbook)
    policy, when = _policy_and_day(options, grids)
    desk = open_ledger(workbook, sheet=options.sheet, customers=options.customers, currency=policy.currency)
    return review(desk.ledger, policy, when.day, _rates_from(options.rates)), when


def _policy_and_day(options: argparse.Namespace, grids: Sequence[Grid]) -> tuple[Policy, AsOf]:
    """The policy, the workbook's Policy sheet among its sources, and the day to look from."""
    from xlcredit.excel.asofdate import as_of
    from xlcredit.excel.policysheet import sheet_name, sheet_policy
    from xlcredit.policy import load

    policy = load(options.policy, sheet=sheet_policy(grids), sheet_name=sheet_name(grids), sets=options.set)
    return policy, as_of(options.as_of, grids, today())


def _rates_from(path: Path | None) -> Rates | None:
    """The exchange rates of a file, None without one."""
    if path is None:
        return None
    from xlcredit.excel.rates import read_rates

    return read_rates(FileWorkbook(path))


def _record(path: Path | None, found: Review, lists: Lists, words: Words) -> AbstractContextManager[None]:
    if path is None:
        return nullcontext()
    from xlcredit.record import to_json

    return beside(path, to_json(found, lists, words))


def _workbook(options: argparse.Namespace) -> FileWorkbook:
    if not options.in_place:
        workbook = FileWorkbook(options.ledger, options.output)
        refuse_other_ending(options.output, workbook.suffix)
        return workbook
    workbook = FileWorkbook(options.ledger, options.ledger, in_place=True)
    if not workbook.can_enrich:
        raise WorkbookError("not-in-place", workbook.name, file=workbook.name, kind=workbook.kind)
    return workbook
