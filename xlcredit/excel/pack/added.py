"""What of the pack goes into a workbook that is not ours: its tables as sheets, its first figures as a list.

Such a sheet has formulas, colours, filters and frozen headings. Only a pack of its own has charts, the customer card,
tables by name, lists to choose from and cells to fill in: the next run replaces these sheets, and would take what
was filled in with them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from xlcredit.control import Review
from xlcredit.control.listing import Lists
from xlcredit.excel.additions import Column, Formula, Shade, Sheet
from xlcredit.excel.enrich import Enrichment
from xlcredit.excel.pack.dashboard import Tile, tiles
from xlcredit.excel.pack.live import Live, number
from xlcredit.excel.pack.marks import ADDED, DASHBOARD, PREFIX
from xlcredit.excel.pack.palette import ON_RAMP, RAMP, step
from xlcredit.excel.pack.recipe import pack_tables
from xlcredit.excel.pack.speech import Speech
from xlcredit.excel.pack.tables import PackTable, TableColumn, Tables
from xlcredit.excel.reviewcolumns import text_column
from xlcredit.locales import Words


def with_pack(added: Enrichment, review: Review, lists: Lists, words: Words) -> Enrichment:
    """What is added with the sheets of the pack."""
    speech = Speech((words,))
    tables = Tables(pack_tables(review, lists, speech))
    sheets = (_figures(tables, review, speech), *(_sheet(tables[key]) for key in ADDED if len(tables[key])))
    made = {sheet.mark for sheet in sheets}
    gone = tuple(f"{PREFIX}{key}" for key in ADDED if f"{PREFIX}{key}" not in made)
    return replace(added, sheets=(*sheets, *added.sheets), remove=(*added.remove, *gone))


def _sheet(table: PackTable) -> Sheet:
    columns = [column for column in table.columns if column.to_fill is False]
    return Sheet(f"{PREFIX}{table.key}", table.titles[0], tuple(_column(table, column, columns) for column in columns))


def _column(table: PackTable, column: TableColumn, among: Sequence[TableColumn]) -> Column:
    formula = table.plain_formula(column, among)
    steps = [step(place, len(column.ramp)) for place in range(len(column.ramp))]
    return Column(
        column.heads[0],
        column.kind,
        column.values,
        tuple(Shade((text,), RAMP[at], ON_RAMP[at]) for text, at in zip(column.ramp, steps, strict=True)),
        column.width,
        Formula(formula) if formula else None,
    )


def _figures(tables: Tables, review: Review, speech: Speech) -> Sheet:
    """The dashboard's figures: what it is, the amount, the share, the number."""
    shown = list(tiles(tables))
    names = np.array([speech("pack_tiles", tile.key) for tile in shown], dtype=object)
    kinds = (("amount", f" ({review.currency})"), ("percent", ""), ("decimal", ""))
    columns = (
        text_column(speech("pack", "figure"), names),
        *(
            Column(speech("pack", f"as_{kind}") + more, kind, np.array([_of_kind(tile, kind) for tile in shown]))
            for kind, more in kinds
        ),
    )
    return Sheet(f"{PREFIX}{DASHBOARD}", speech("pack_sheets", DASHBOARD), columns)


def _of_kind(tile: Tile, kind: str) -> float:
    """The tile's figure, or the one below it, that is of this kind; NaN for none."""
    told: tuple[tuple[str, Live | None], ...] = ((tile.kind, tile.figure), (tile.note_kind, tile.note))
    plain = {"customers": "decimal", "orders": "decimal", "signals": "", "best": "", "integer": "decimal"}
    return next((number(live) for of, live in told if live and plain.get(of, of) == kind), float("nan"))
