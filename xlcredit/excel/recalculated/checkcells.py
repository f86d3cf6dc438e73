"""What a customer's credit check reads: the limit in force, its last day, what a person says, and how much is late."""

from __future__ import annotations

from functools import cached_property
from itertools import compress
from typing import Final

import numpy as np

from xlcredit.control import Review
from xlcredit.control.grading.assessed import MONTHS_A_YEAR
from xlcredit.control.orders.inforce import further_business, in_force, statuses, unpriced_limits
from xlcredit.excel.additions import Column, Formula
from xlcredit.excel.native.ranges import Ranges
from xlcredit.excel.recalculated.accounts import Accounts, Lines
from xlcredit.excel.recalculated.customercells import CustomerCells, equal
from xlcredit.excel.reviewcolumns import text_column
from xlcredit.ledger.tables import Flags, Money, Text
from xlcredit.rules.order import BLACKLISTED, BLOCKED, CASH_ONLY, NEAR_LISTED, ON_HOLD, REASONS, REDUCED, UNKNOWN

LIMIT, LAST_DAY, STOPPED, LATE = 0, 1, 2, 3
"""Places of the columns, among themselves."""
_SAID: Final = (BLOCKED, BLACKLISTED, NEAR_LISTED, ON_HOLD, CASH_ONLY)
"""Reasons that no figure gives."""
_DAY_0: Final = np.datetime64("1899-12-30", "D")
_YEARS: Final = "years_of_relationship"


class CheckCells:
    """The columns that the checks of some customers read, and who of them can be checked by formula."""

    def __init__(self, review: Review, lines: Lines, cells: CustomerCells, ranges: Ranges) -> None:
        self._review, self._lines, self._cells, self._ranges = review, lines, cells, ranges
        self._bound = in_force(review)[0]

    def columns(self, accounts: Accounts | None, rate: str) -> tuple[Column, ...]:
        """Limit in force, its last day, what a person says against business, and the number of late items."""
        words = self._ranges.words
        header = words.bracketed(words("columns", "limit_in_force"), self._review.currency)
        limit = Column(header, "amount", self._limit)
        last = Column(words("columns", "limit_valid_to"), "date", self._last_day)
        late = Column(words("columns", "late_items"), "integer", self._late)
        stopped = text_column(words("columns", "stopped_because"), self._stopped)
        ways = ((limit, self._limit_text(rate), self._reads_limit), (last, self._day_text, self._reads_day))
        read = [_live(*way) for way in ways]
        if accounts:
            late = _live(late, accounts.late_items(self._ranges.cell("order.tolerance_days")), accounts.is_sure)
        return (*read, stopped, late)

    @property
    def live(self) -> Flags:
        """Customers whose check follows from their cells; a temporary limit puts off the last day of the own one."""
        half_known = self._is_unpriced & ~np.isnan(self._limit)
        return np.asarray(~half_known & np.isnan(self._answer("temporary_limit")))

    @property
    def _to_base(self) -> Money:
        return self._review.customers.to_base[self._lines]

    def _answer(self, role: str) -> Money:
        return self._review.customers.answers[role][self._lines]

    @property
    def _limit(self) -> Money:
        return self._bound.limit[self._lines]

    @cached_property
    def _tenure(self) -> tuple[str, Money]:
        """The years of a customer's relationship as a formula reads them, and what it says."""
        ways = [(way.text, said) for way, said in self._cells.readings(_YEARS, self._ranges)]
        years = self._answer(_YEARS)
        return max(ways, key=lambda way: int(equal(way[1], years).sum()), default=('""', np.full(len(years), np.nan)))

    def _limit_text(self, rate: str) -> str:
        own, years, order = '""', self._tenure[0], f'{self._ranges.cell("order.new_customers")}="insured"'
        if self._cells.has("credit_limit"):
            cell = self._cells.cell("credit_limit")
            own = f'IF(OR({cell}="",{rate}=""),"",{cell}*{rate})' if rate else f'IF({cell}="","",{cell})'
        new = f"{years}*{MONTHS_A_YEAR}<{self._ranges.cell('order.new_months')}"
        return f"IF(IF(AND({order},ISNUMBER({years})),{new},FALSE),0,{own})"

    @cached_property
    def _reads_limit(self) -> Flags:
        """Customers with their own limit and no other, nothing that widens or cuts it, and years that a cell says."""
        case, rule = self._review.case, self._review.policy.order
        own = np.full(len(self._lines), np.nan)
        if self._cells.has("credit_limit"):
            own = self._cells.numbers("credit_limit") * self._to_base
        years = self._tenure[1]
        new = (years * MONTHS_A_YEAR < rule.new_months) & (rule.new_customers == "insured")
        plain = ~case.parties.flag(case.ledger.customers.marks.get("core"))[self._lines]
        plain &= np.isnan(self._answer("insured_limit")) & equal(years, self._answer(_YEARS))
        said = np.where(new, 0.0, own)
        return np.asarray(plain & equal(said, self._limit) & (self._is_whole(own) | np.isnan(own)) & ~self._is_reduced)

    def _is_whole(self, amounts: Money) -> Flags:
        """Amounts in whole minor units, from which nothing is cut."""
        scaled = amounts * 10.0**self._review.case.valuation.places
        return np.asarray(equal(scaled, np.rint(scaled)))

    @property
    def _is_unpriced(self) -> Flags:
        return unpriced_limits(self._review)[self._lines]

    @property
    def _is_reduced(self) -> Flags:
        return np.asarray(statuses(self._review)[self._lines] == REDUCED)

    @property
    def _last_day(self) -> Money:
        """The last day of the own limit as a serial, where it ends."""
        case = self._review.case
        days = case.parties.day(case.ledger.customers.days.get("limit_valid_to"))[self._lines]
        ends = ~np.isnat(days) & ~np.isnan(self._answer("credit_limit"))
        return np.where(ends, (days - _DAY_0).astype(np.float64), np.nan)

    @property
    def _day_text(self) -> str:
        if not self._cells.has("limit_valid_to"):
            return '""'
        cell = self._cells.cell("limit_valid_to")
        return f'IF({cell}="","",INT({cell}))'

    @property
    def _reads_day(self) -> Flags:
        if not self._cells.has("limit_valid_to"):
            return np.zeros(len(self._lines), dtype=np.bool_)
        return equal(self._cells.serials("limit_valid_to"), self._last_day)

    @property
    def _stopped(self) -> Text:
        holds = further_business(self._review).holds[self._lines]
        said = {reason: self._ranges.words("order", reason) for reason in _SAID}
        join = self._ranges.words("order", "join")
        # A limit without a rate is blank, which reads as none: what it makes of the check is said here.
        unknown = np.where(self._is_unpriced, self._ranges.words("order", UNKNOWN), "").tolist()
        told = [
            [*(said[key] for key in compress(REASONS, row) if key in said), *filter(None, [other])]
            for row, other in zip(holds.tolist(), unknown, strict=True)
        ]
        return np.array([join.join(reasons) for reasons in told], dtype=object)

    @property
    def _late(self) -> Money:
        case = self._review.case
        late = (case.found.open_minor > 0) & (case.found.days_past_due > case.policy.order.tolerance_days)
        return case.of_party(late.astype(np.int64))[self._lines].astype(np.float64)


def _live(column: Column, text: str, live: Flags) -> Column:
    return Column(column.header, column.kind, column.values, formula=Formula(text), live=live) if live.any() else column
