"""The figures that a customer's score and limit are made of, and the cells of the customers sheet that say them.

What the sheet says is read there by a formula; what the ledger shows, and a figure whose spelling had to be understood,
stands as a value in a cell of our own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import numpy as np

from xlcredit.control import Review
from xlcredit.control.grading.credit import DAYS_A_YEAR
from xlcredit.control.orders.openorders import open_orders
from xlcredit.excel.additions import Formula
from xlcredit.excel.native.ranges import Ranges
from xlcredit.excel.recalculated.accounts import Key, Lines, Sum
from xlcredit.kernel.money import rounded, to_major
from xlcredit.ledger.grid import Cell, Grid, letter
from xlcredit.ledger.place import Place
from xlcredit.ledger.tables import Flags, Money

_NUMBERS: Final = (int, float)
_EXACT: Final = 1e-12
"""Relative; a rate or a share that is multiplied in another order differs by less."""
_DAY_ZERO: Final = date(1899, 12, 30)
_YEARS: Final = "years_of_relationship"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of each customer, the formula that reads it from the sheet, and the rows in which it does."""

    key: str
    values: Money
    formula: Formula | None = None
    live: Flags | None = None


class CustomerCells:
    """The customers sheet's cells by role, beside what was read of them."""

    def __init__(self, review: Review, lines: Lines, place: Place | None, grid: Grid | None) -> None:
        self._review, self._lines = review, lines
        self._columns = place.columns if place and grid else {}
        found = review.customers.sheet_line[lines]
        rows = review.ledger.customers.row[found] - 1 if self._columns else np.zeros(len(lines), dtype=np.int64)
        held = list(grid.rows()) if grid else []
        self._rows = [held[row] if row < len(held) else () for row in rows.tolist()]
        self._broken = {role: mask[found] for role, mask in review.ledger.customers.broken.items()}

    @property
    def cards(self) -> tuple[str, ...]:
        """The scorecards in use, in the policy's order of them."""
        used = set(self._review.customers.card[self._lines].tolist())
        return tuple(name for name in self._review.policy.scorecards if name in used)

    @property
    def to_base(self) -> Money | None:
        """The rate of each customer's figures, None where all are in the review's currency."""
        rates = self._review.customers.to_base[self._lines]
        return None if bool((rates == 1).all()) else rates

    @property
    def is_broken(self) -> Flags:
        """Customers who get no score because an answer is an error, or text that is no number."""
        found = self._review.customers
        return np.asarray(np.isnan(found.score[self._lines]) & (found.card[self._lines] != ""))

    def answers(self, ranges: Ranges, summed: Mapping[str, Sum]) -> tuple[Figure, ...]:
        """Answers to the cards in use, each customer's to its own card; ``summed``: those that the ledger gives."""
        cards = self._review.policy.scorecards
        names = dict.fromkeys(name for card in self.cards for name in cards[card].names)
        return tuple(self._answer(name, ranges, summed.get(name)) for name in names)

    def allowed(self, ranges: Ranges, rate: str) -> tuple[Figure, ...]:
        """What each constraint of the limit allows; ``rate`` refers to the cell of the customer's rate, "" for none."""
        told = self._review.customers.allowed
        shares = {
            "need": "",
            **{name: f"*{ranges.cell(f'limit.caps.{name}')}" for name in self._review.policy.limit.caps},
            "insured_limit": f"/{ranges.cell('insurance.cover')}",
        }
        return tuple(
            self._constraint(key, told[key][self._lines], rate, shares[key])
            for key in shares
            if key == "need" or key in self._columns or not np.isnan(told[key][self._lines]).all()
        )

    def _answer(self, name: str, ranges: Ranges, summed: Sum | None) -> Figure:
        found, policy = self._review.customers, self._review.policy
        asking = [card for card in self.cards if name in policy.scorecards[card].names]
        asked = np.isin(found.card[self._lines], asking)
        values = np.where(asked, found.answers[name][self._lines], np.nan)
        shown = found.measured.get(name)
        free = asked if shown is None else asked & np.isnan(shown[self._lines])
        free = free & ~self._broken.get(name, np.zeros(len(values), dtype=np.bool_))
        ways = [(formula, free & equal(said, values)) for formula, said in self.readings(name, ranges)]
        if summed:
            ways.append((summed.formula, asked & summed.live & self._is_silent(name)))
        formula, live = max(ways, key=lambda way: int(way[1].sum()), default=(None, free))
        return Figure(name, values, formula, live) if formula and live.any() else Figure(name, values)

    def _is_silent(self, name: str) -> Flags:
        """Customers of whom the sheet states no answer, so that what the ledger shows has none behind it."""
        if not self.has(name):
            return np.ones(len(self._lines), dtype=np.bool_)
        return np.array([cell in (None, "") for cell in self._of(name)], dtype=np.bool_) & ~self._broken[name]

    def readings(self, name: str, ranges: Ranges) -> Iterator[tuple[Formula, Money]]:
        """Ways a formula can read an answer, and what it then says."""
        if name in self._columns:
            cell, said = self.cell(name), self.numbers(name)
            yield Formula(f'IF({cell}="","",{cell})'), said
            yield Formula(f'IF({cell}="","",{cell}/100)'), said / 100
        elif name == _YEARS and "since" in self._columns:
            cell, day = self.cell("since"), ranges.as_of
            years = f"({day}-{cell})/{DAYS_A_YEAR}"
            yield Formula(f'IF({cell}="","",IF({cell}>{day},"",{years}))'), self._years()

    def _years(self) -> Money:
        today = self._review.as_of
        days = [(today - day).days if type(day) is date else np.nan for day in self._of("since")]
        return np.array([np.nan if days_ < 0 else days_ / DAYS_A_YEAR for days_ in days], dtype=np.float64)

    def _constraint(self, key: str, values: Money, rate: str, share: str) -> Figure:
        if key not in self._columns:
            return Figure(key, values)
        cell = self.cell(key)
        blank, amount = (f'OR({cell}="",{rate}="")', f"{cell}*{rate}") if rate else (f'{cell}=""', cell)
        formula = Formula(f'IF({blank},"",MAX(0,{amount}{share}))')
        said = np.maximum(self.numbers(key) * self._review.customers.to_base[self._lines] * self._share(key), 0.0)
        live = np.asarray(equal(said, values) & ~self._broken[key])
        return Figure(key, values, formula, live) if live.any() else Figure(key, values)

    def exposed(self, rate: str) -> tuple[Figure, ...]:
        """What is exposed besides the open items, as far as the policy counts it and anybody has it."""
        rule = self._review.policy.exposure
        counted = {"open_orders": rule.orders, "unbilled": rule.unbilled, "guarantees": rule.guarantees}
        found = [self._exposed(role, rate) for role, counts in counted.items() if counts]
        return tuple(figure for figure in found if not np.isnan(figure.values).all())

    def _exposed(self, role: str, rate: str) -> Figure:
        places = self._review.case.valuation.places
        factor = self._review.customers.to_base[self._lines]
        values = rounded(self._review.customers.answers[role][self._lines] * factor, places)
        if role == "open_orders":
            values = np.where(np.isnan(values), self._ordered, values)
        if not self.has(role):
            return Figure(role, values)
        cell = self.cell(role)
        blank, amount = (f'OR({cell}="",{rate}="")', f"{cell}*{rate}") if rate else (f'{cell}=""', cell)
        live = np.asarray(equal(rounded(self.numbers(role) * factor, places), values) & ~self._broken[role])
        return Figure(role, values, Formula(f'IF({blank},"",ROUND({amount},{places}))'), live)

    @property
    def unpriced_orders(self) -> Flags:
        """Customers with an open order of unknown value, whose exposure is not known."""
        case = self._review.case
        stated = ~np.isnan(self._review.customers.answers["open_orders"][self._lines])
        unknown = open_orders(case).unpriced(len(case.parties))[self._lines]
        return np.asarray(unknown & ~stated & self._review.policy.exposure.orders)

    @property
    def _ordered(self) -> Money:
        """What the Orders sheet has open for each customer on the day, NaN for nothing."""
        case = self._review.case
        minor = open_orders(case).of_party(len(case.parties), case.valuation.places)[self._lines]
        return np.where(minor > 0, to_major(minor, case.valuation.places), np.nan)

    def _share(self, key: str) -> float:
        rule = self._review.policy.limit
        return 1.0 / rule.cover if key == "insured_limit" else rule.caps.get(key, 1.0)

    def cell(self, role: str) -> str:
        """Reference to a role's cell in the row."""
        return f"${letter(self._columns[role])}{{row}}"

    def has(self, role: str) -> bool:
        """Whether the customers sheet has a column of the role."""
        return role in self._columns

    def keys(self, before: int) -> tuple[Key, ...]:
        """Ways to name the customers: cells of their sheet, or of the columns of our own before the review's."""
        if self._columns:
            return tuple(Key(self.cell(role), self._of(role)) for role in ("customer", "name") if self.has(role))
        told = (self._review.customers.customer, self._review.customers.name)[:before]
        return tuple(Key(f"{{own[{at}]}}{{row}}", names[self._lines].tolist()) for at, names in enumerate(told))

    def serials(self, role: str) -> Money:
        """Days in the cells as the numbers that a formula takes them for; infinity for what is no day."""
        return np.array([_serial(cell) for cell in self._of(role)], dtype=np.float64)

    def _of(self, role: str) -> list[Cell]:
        at = self._columns[role]
        return [row[at] if at < len(row) else None for row in self._rows]

    def numbers(self, role: str) -> Money:
        """Numbers in the cells; NaN for a blank one, infinity for what a formula would not take for a number."""
        return np.array([_number(cell) for cell in self._of(role)], dtype=np.float64)


def _number(cell: Cell) -> float:
    if cell is None or cell == "":
        return float("nan")
    return float(cell) if type(cell) in _NUMBERS else float("inf")  # type: ignore[arg-type]


def _serial(cell: Cell) -> float:
    if isinstance(cell, datetime):
        cell = cell.date()
    return float((cell - _DAY_ZERO).days) if isinstance(cell, date) else _number(cell)


def equal(said: Money, wanted: Money) -> Flags:
    """Which figures are the same, unknown ones included."""
    with np.errstate(invalid="ignore"):
        near = np.abs(said - wanted) <= _EXACT * np.maximum(np.abs(wanted), 1.0)
    return np.asarray(near | (np.isnan(said) & np.isnan(wanted)))
