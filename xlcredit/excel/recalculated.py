"""A review's columns as formulas: live where cells of the workbook give what the review says, else values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from xlcredit.control import Review
from xlcredit.control.review import RATIOS
from xlcredit.excel.additions import Column, Columns, Formula
from xlcredit.excel.customercells import CustomerCells, Figure, Lines
from xlcredit.excel.itemcells import item_cells
from xlcredit.excel.native import classic, customers
from xlcredit.excel.native.customers import CustomerFormulas
from xlcredit.excel.native.items import item_formulas as native_items
from xlcredit.excel.native.ranges import Ranges
from xlcredit.ledger.grid import Grid
from xlcredit.ledger.place import Place
from xlcredit.ledger.tables import Flags, Money
from xlcredit.locales import Words
from xlcredit.rules import grade, scorecard
from xlcredit.rules.limit import ADMISSION

Kind = Literal["native", "classic"]
"""Which functions formulas call: our names, for Excel 365, or those that every spreadsheet program has."""


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
        reasons = ", ".join(f"{words('formulas', reason)} ({count:,})" for reason, count in self.values.items())
        return words("formulas", "with_values").format(said=said, reasons=reasons) if reasons else said


def live_items(
    block: Columns, review: Review, place: Place, grid: Grid, ranges: Ranges, kind: Kind
) -> tuple[Columns, Liveness]:
    """The ledger's columns with formulas."""
    rows = len(block.rows)
    cells = item_cells(review, place, grid, ranges.as_of)
    if cells is None:
        return block, Liveness(block.mark, rows, 0, {"no_columns": rows})
    formulas = classic.item_formulas(ranges, cells) if kind == "classic" else native_items(ranges, cells)
    masks = (cells.aged, cells.aged, cells.staged, cells.staged, cells.aged)
    # The last of them, the open amount, is there only where the ledger does not state it.
    columns = tuple(_with(*column) for column in zip(block.columns, formulas, masks, strict=False))
    return replace(block, columns=columns), Liveness(block.mark, rows, int(cells.staged.sum()), cells.values)


def live_customers(
    columns: Sequence[Column],
    before: int,
    review: Review,
    lines: Lines,
    sheet: tuple[Place, Grid] | None,
    ranges: Ranges,
    kind: Kind,
) -> tuple[tuple[Column, ...], Flags]:
    """The customers' columns with formulas, those they read beside them, and which customers are live throughout.

    Args:
        columns: the review's columns of these customers.
        before: how many columns of the same block stand before them.
        review: what the formulas are to say.
        lines: the customers, in the order of the rows.
        sheet: where the customers sheet stands, for customers who have rows there.
        ranges: the cells of the policy.
        kind: which functions the formulas call.
    """
    cells = CustomerCells(review, lines, *(sheet or (None, None)))
    said = _Customers(columns, before, review, lines, cells, ranges, kind)
    return tuple(said.columns()), said.live


class _Customers:
    def __init__(
        self,
        plain: Sequence[Column],
        before: int,
        review: Review,
        lines: Lines,
        cells: CustomerCells,
        ranges: Ranges,
        kind: Kind,
    ) -> None:
        self._plain, self._review, self._lines, self._cells, self._ranges = plain, review, lines, cells, ranges
        cards = tuple(review.policy.scorecards[name] for name in cells.cards)
        self._answers = cells.answers(ranges)
        made = CustomerFormulas(
            ranges, kind == "native", before, cards, tuple(f.key for f in self._answers), (), cells.to_base is not None
        )
        self._allowed = cells.allowed(ranges, made.rate)
        self._formulas = replace(made, allowed=tuple(figure.key for figure in self._allowed))

    @property
    def live(self) -> Flags:
        """Customers whose score, limit and constraint are formulas."""
        return (
            self._scored & self._uncapped & self._bounded
            if self._answers
            else np.zeros(len(self._lines), dtype=np.bool_)
        )

    def columns(self) -> Iterator[Column]:
        """The review's columns, then the answers, their points, and what the limit is made of."""
        of, shown = self._formulas, self._shown()
        formulas: dict[int, tuple[Formula, Flags | None]] = {
            customers.GRADED: (of.grade, None),
            customers.HEADROOM: (of.headroom, None),
            customers.UTILIZATION: (of.utilization, shown),
        }
        if self._answers:
            formulas |= {
                customers.SCORE: (of.score, self._scored & self._uncapped),
                customers.COMPLETENESS: (of.completeness, self._scored),
                customers.LIMIT: (of.limit, self._bounded),
                customers.CONSTRAINT: (of.constraint, self._bounded),
            }
        for at, column in enumerate(self._plain):
            yield _with(column, *formulas[at]) if at in formulas else column
        if self._answers:
            yield from self._read()

    @property
    def _scored(self) -> Flags:
        return ~self._cells.is_broken

    @property
    def _uncapped(self) -> Flags:
        return ~self._review.customers.capped[self._lines]

    @property
    def _bounded(self) -> Flags:
        found = self._review.customers
        barred = found.constraint[self._lines] == ADMISSION
        return np.asarray(~np.isinf(found.limit[self._lines]) & ~barred)

    def _shown(self) -> Flags:
        """Customers whose utilization their cells give: an unlimited limit is blank there, as unknown."""
        limit, share = self._plain[customers.LIMIT].values, self._plain[customers.UTILIZATION].values
        return np.asarray(~np.isnan(limit) | np.isnan(share))

    def _read(self) -> Iterator[Column]:
        """The columns that the formulas of score and limit read."""
        of, words, base = self._formulas, self._ranges.words, f" ({self._review.currency})"
        for figure in self._answers:
            header = words("columns", "answer").format(name=words("characteristics", figure.key))
            yield _figure(header, "percent" if figure.key in RATIOS else "decimal", figure)
        for figure, points in zip(self._answers, self._points(), strict=True):
            header = words("columns", "points").format(name=words("characteristics", figure.key))
            yield _with(Column(header, "decimal", points), of.points(figure.key), self._scored)
        if self._cells.to_base is not None:
            header = words("columns", "rate").format(currency=self._review.currency)
            yield Column(header, "mixed", self._cells.to_base.astype(object))
        for figure in self._allowed:
            header = words("columns", "allowed").format(name=words("constraints", figure.key))
            yield _figure(header + base, "amount", figure)
        basis = self._basis()
        yield _with(Column(words("columns", "basis") + base, "amount", basis), of.basis, self._bounded)
        factors = grade.limit_factor(self._review.customers.score[self._lines], self._review.policy.grades)
        yield _with(Column(words("columns", "factor"), "percent", factors), of.factor)
        scaled = np.where(factors == 0, 0.0, basis * factors)
        yield _with(Column(words("columns", "scaled") + base, "amount", scaled), of.scaled, self._bounded)

    def _points(self) -> list[Money]:
        """Points of each customer under each answer, NaN where its card does not ask or it is not scored."""
        found = {figure.key: figure.values for figure in self._answers}
        points = {key: np.full(len(self._lines), np.nan) for key in found}
        card_of = self._review.customers.card[self._lines]
        for card in self._formulas.cards:
            rows = np.flatnonzero((card_of == card.name) & self._scored)
            earned = scorecard.points(card, [found[name][rows] for name in card.names])
            for name, column in zip(card.names, earned.T, strict=True):
                points[name][rows] = column
        return list(points.values())

    def _basis(self) -> Money:
        amounts = np.column_stack([figure.values for figure in self._allowed])
        known = ~np.isnan(amounts)
        if self._review.policy.limit.combine == "average":
            found = np.where(known, amounts, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
        else:
            found = np.where(known, amounts, np.inf).min(axis=1)
        return np.where(known.any(axis=1), found, np.nan)


def _figure(header: str, kind: str, figure: Figure) -> Column:
    column = Column(header, kind, figure.values)
    return _with(column, figure.formula, figure.live) if figure.formula else column


def _with(column: Column, formula: Formula, live: Flags | None = None) -> Column:
    """The column with a formula in the rows where it is live; one that is nowhere live stays as it is."""
    return column if live is not None and not live.any() else replace(column, formula=formula, live=live)
