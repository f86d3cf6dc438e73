"""The customers' columns as formulas, and the columns that these read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from xlcredit.control import Review
from xlcredit.control.review import RATIOS
from xlcredit.excel.additions import Column, Formula
from xlcredit.excel.native import customers
from xlcredit.excel.native.customers import CustomerFormulas
from xlcredit.excel.native.ranges import Ranges
from xlcredit.excel.recalculated.accounts import AVERAGE, MEASURES, Accounts, Lines, Sum
from xlcredit.excel.recalculated.checkcells import CheckCells
from xlcredit.excel.recalculated.customercells import CustomerCells, Figure
from xlcredit.ledger.tables import Flags, Money
from xlcredit.rules import grade, scorecard
from xlcredit.rules.limit import ADMISSION

Kind = Literal["native", "classic"]
"""Which functions formulas call: our names, for Excel 365, or those that every spreadsheet program has."""


class CustomerBlock:
    """The columns of some customers: live where their cells give what the review says."""

    def __init__(
        self,
        plain: Sequence[Column],
        before: int,
        review: Review,
        lines: Lines,
        cells: CustomerCells,
        ranges: Ranges,
        kind: Kind,
        accounts: Accounts | None,
    ) -> None:
        self._plain, self._review, self._lines, self._cells, self._ranges = plain, review, lines, cells, ranges
        cards = tuple(review.policy.scorecards[name] for name in cells.cards)
        self._accounts, self._check = accounts, CheckCells(review, lines, cells, ranges)
        self._sums = _sums(accounts, native=kind == "native")
        average = f"{{own[{before + customers.AVERAGE}]}}{{row}}"
        beside = {AVERAGE: Sum(f'IF({average}="","",{average})', self._sums[AVERAGE].live)} if accounts else {}
        self._answers = cells.answers(ranges, self._sums | beside)
        made = CustomerFormulas(
            ranges, kind == "native", before, cards, tuple(f.key for f in self._answers), (), cells.to_base is not None
        )
        self._allowed = cells.allowed(ranges, made.rate)
        self._formulas = replace(made, allowed=tuple(figure.key for figure in self._allowed))
        self._exposed = cells.exposed(self._formulas.rate if self._answers else "")

    @property
    def live(self) -> Mapping[str, Flags]:
        """What keeps a value of a customer → the customers in whom it does not."""
        none = np.zeros(len(self._lines), dtype=np.bool_)
        summed = [live for _, live in self._summed().values() if live is not None]
        return {
            "admission": self._admitted,
            "cap": self._uncapped,
            "answer": self._scored & self._bounded if self._answers else none,
            "sums": np.logical_and.reduce(summed) if summed else none,
            "limit_in_force": self._check.live,
        }

    def columns(self) -> Iterator[Column]:
        """The review's columns, then the answers, their points, and what the limit is made of."""
        of, shown = self._formulas, self._shown()
        formulas: dict[int, tuple[Formula, Flags | None]] = {
            customers.GRADED: (of.grade, None),
            customers.HEADROOM: (of.headroom, None),
            customers.UTILIZATION: (of.utilization, shown),
            customers.CHECK: (of.check, self._check.live),
        }
        formulas |= self._summed()
        if self._answers:
            formulas |= {
                customers.SCORE: (of.score, self._scored & self._uncapped),
                customers.COMPLETENESS: (of.completeness, self._scored),
                customers.LIMIT: (of.limit, self._bounded),
                customers.CONSTRAINT: (of.constraint, self._bounded),
            }
        for at, column in enumerate(self._plain):
            yield with_formula(column, *formulas[at]) if at in formulas else column
        if self._answers:
            yield from self._read()
        yield from self._check.columns(self._accounts, of.rate if self._answers else "")
        for figure in self._exposed:
            yield _figure(self._in_base(figure.key), "amount", figure)

    def _summed(self) -> dict[int, tuple[Formula, Flags | None]]:
        """Exposure, overdue and average days late as sums over the ledger."""
        if self._accounts is None:
            return {}
        parts = tuple(figure.key for figure in self._exposed)
        exposure = self._accounts.exposure(lambda owed: self._formulas.exposure(owed, parts))
        overdue, average = self._accounts.overdue, self._sums[AVERAGE]
        return {
            customers.EXPOSURE: (exposure.formula, exposure.live & ~self._cells.unpriced_orders),
            customers.OVERDUE: (overdue.formula, overdue.live),
            customers.AVERAGE: (average.formula, average.live),
        }

    @property
    def _scored(self) -> Flags:
        return ~self._cells.is_broken

    @property
    def _uncapped(self) -> Flags:
        return ~self._review.customers.capped[self._lines]

    @property
    def _admitted(self) -> Flags:
        return np.asarray(self._review.customers.constraint[self._lines] != ADMISSION)

    @property
    def _bounded(self) -> Flags:
        return np.asarray(~np.isinf(self._review.customers.limit[self._lines]) & self._admitted)

    def _shown(self) -> Flags:
        """Customers whose utilization their cells give: an unlimited limit is blank there, as unknown."""
        limit, share = self._plain[customers.LIMIT].values, self._plain[customers.UTILIZATION].values
        return np.asarray(~np.isnan(limit) | np.isnan(share))

    def _read(self) -> Iterator[Column]:
        """The columns that the formulas of score and limit read."""
        of, words = self._formulas, self._ranges.words
        for figure in self._answers:
            header = words("columns", "answer").format(name=words("characteristics", figure.key))
            yield _figure(header, "percent" if figure.key in RATIOS else "decimal", figure)
        for figure, points in zip(self._answers, self._points(), strict=True):
            header = words("columns", "points").format(name=words("characteristics", figure.key))
            yield with_formula(Column(header, "decimal", points), of.points(figure.key), self._scored)
        if self._cells.to_base is not None:
            header = words("columns", "rate").format(currency=self._review.currency)
            yield Column(header, "mixed", self._cells.to_base.astype(object))
        for figure in self._allowed:
            header = words("columns", "allowed").format(name=words("constraints", figure.key))
            yield _figure(words.bracketed(header, self._review.currency), "amount", figure)
        basis = self._basis()
        yield with_formula(Column(self._in_base("basis"), "amount", basis), of.basis, self._bounded)
        factors = grade.limit_factor(self._review.customers.score[self._lines], self._review.policy.grades)
        yield with_formula(Column(words("columns", "factor"), "percent", factors), of.factor)
        scaled = np.where(factors == 0, 0.0, basis * factors)
        yield with_formula(Column(self._in_base("scaled"), "amount", scaled), of.scaled, self._bounded)

    def _in_base(self, key: str) -> str:
        """The heading of amounts in the review's currency."""
        return self._ranges.words.bracketed(self._ranges.words("columns", key), self._review.currency)

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


def _sums(accounts: Accounts | None, *, native: bool) -> dict[str, Sum]:
    """Measure → the figure as a sum over the ledger."""
    names = MEASURES if accounts else ()
    made = {name: accounts.measure(name, native=native) for name in names if accounts}
    return {name: figure for name, figure in made.items() if figure}


def _figure(header: str, kind: str, figure: Figure) -> Column:
    column = Column(header, kind, figure.values)
    return with_formula(column, figure.formula, figure.live) if figure.formula else column


def with_formula(column: Column, formula: Formula, live: Flags | None = None) -> Column:
    """The column with a formula in the rows where it is live; one that is nowhere live stays as it is."""
    return column if live is not None and not live.any() else replace(column, formula=formula, live=live)
