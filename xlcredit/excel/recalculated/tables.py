"""A review's columns as formulas: live where cells of the workbook give what the review says, else values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from xlcredit.control import Review
from xlcredit.excel.additions import Column, Columns
from xlcredit.excel.native import classic
from xlcredit.excel.native.items import item_formulas as native_items
from xlcredit.excel.native.ranges import Ranges
from xlcredit.excel.recalculated.accounts import MOST_SUMMED, Accounts, Lines
from xlcredit.excel.recalculated.customerblock import CustomerBlock, Kind, with_formula
from xlcredit.excel.recalculated.customercells import CustomerCells
from xlcredit.excel.recalculated.itemcells import ItemCells, item_cells
from xlcredit.excel.recalculated.summed import OPEN, SummedColumns
from xlcredit.excel.reviewcolumns import open_column
from xlcredit.ledger.grid import Grid
from xlcredit.ledger.place import Place
from xlcredit.ledger.tables import Flags
from xlcredit.locales import Words


@dataclass(frozen=True, slots=True)
class Liveness:
    """How many rows of a table are live throughout, and why the others keep a value."""

    mark: str
    rows: int
    live: int
    values: Mapping[str, int]
    """Reason → rows."""

    def in_words(self, words: Words) -> str:
        """How many rows are live, and what keeps the others from it."""
        table = words("formulas", self.mark)
        said = words("formulas", "rows").format(table=table, live=f"{self.live:,}", rows=f"{self.rows:,}")
        reasons = words.named(words.bracketed(words("formulas", why), f"{n:,}") for why, n in self.values.items())
        return words("formulas", "with_values").format(said=said, reasons=reasons) if reasons else said


@dataclass(frozen=True, slots=True)
class Summed:
    """The ledger's items with formulas, and the columns of them that customers' figures are sums of."""

    cells: ItemCells
    columns: SummedColumns


def live_items(
    block: Columns, review: Review, place: Place, grid: Grid, ranges: Ranges, kind: Kind
) -> tuple[Columns, Liveness, Summed | None]:
    """The ledger's columns with formulas, and what customers' figures can be sums of; None where they cannot."""
    rows = len(block.rows)
    cells = item_cells(review, place, grid, ranges.as_of)
    if cells is None:
        return block, Liveness(block.mark, rows, 0, {"no_columns": rows}), None
    formulas = classic.item_formulas(ranges, cells) if kind == "classic" else native_items(ranges, cells)
    masks = (cells.aged, cells.aged, cells.staged, cells.staged, cells.aged)
    # The last of them, the open amount, is there only where the ledger does not state it.
    columns = tuple(with_formula(*column) for column in zip(block.columns, formulas, masks, strict=False))
    told = Liveness(block.mark, rows, int(cells.staged.sum()), cells.values)
    named = {"customer", "name"} & place.columns.keys()
    if not rows or not named or rows * len(review.customers.customer) > MOST_SUMMED:
        return replace(block, columns=columns), told, None
    summed = SummedColumns(review, cells, ranges)
    owed = with_formula(open_column(review, ranges.words), formulas[OPEN], cells.aged)
    return replace(block, columns=(*columns[:OPEN], owed, *summed.columns())), told, Summed(cells, summed)


def live_customers(
    columns: Sequence[Column],
    before: int,
    review: Review,
    lines: Lines,
    sheet: tuple[Place, Grid] | None,
    ranges: Ranges,
    kind: Kind,
    summed: Summed | None = None,
) -> tuple[tuple[Column, ...], Mapping[str, Flags]]:
    """The customers' columns with formulas, those they read beside them, and which customers are live in what.

    Args:
        columns: the review's columns of these customers.
        before: how many columns of the same block stand before them.
        review: what the formulas are to say.
        lines: the customers, in the order of the rows.
        sheet: where the customers sheet stands, for customers who have rows there.
        ranges: the cells of the policy.
        kind: which functions the formulas call.
        summed: the ledger's columns that figures can be sums of.
    """
    cells = CustomerCells(review, lines, *(sheet or (None, None)))
    keys = cells.keys(before)
    accounts = Accounts(review, lines, keys, summed.cells.found, summed.columns, ranges) if summed and keys else None
    said = CustomerBlock(columns, before, review, lines, cells, ranges, kind, accounts)
    return tuple(said.columns()), said.live
