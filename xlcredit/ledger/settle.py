"""Original amount and settled part of each item, from whichever money columns an export has.

With an open amount stated, settled = amount − open; else what the paid column says; else all of it where a
clearing date or the status says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.money import EXACT, decimals_of, to_major, to_minor
from xlcredit.ledger.amounts import Amounts
from xlcredit.ledger.findings import Finding
from xlcredit.ledger.place import Place
from xlcredit.ledger.tables import Flags, Money, Text

_CREDIT_WORDS = frozenset("h c cr credit haben k 贷 贷方".split())
_DEBIT_WORDS = frozenset("s d dr debit soll 借 借方".split())


@dataclass(frozen=True, slots=True)
class Marks:
    """What else a row says about being settled or being a credit."""

    settled_date: NDArray[np.datetime64]
    closed: Flags
    debit_credit: Text
    """Empty where there is no such column."""
    currency: Text


@dataclass(slots=True)
class Settled:
    """Original amounts and settled parts, and what had to be said about them."""

    amount: Money
    settled: Money
    findings: list[Finding] = field(default_factory=list)


def settle(columns: Mapping[str, Amounts], marks: Marks, place: Place, rows: NDArray[np.int64]) -> Settled:
    """The two figures of each item; ``rows`` are sheet rows counted from 0."""
    return _Settling(columns, marks, place, rows).result()


class _Settling:
    def __init__(self, columns: Mapping[str, Amounts], marks: Marks, place: Place, rows: NDArray[np.int64]) -> None:
        self.columns = columns
        self.marks = marks
        self.place = place
        self.rows = rows
        self.places = (
            decimals_of(marks.currency.tolist())
            if len(set(marks.currency.tolist())) > 1
            else _same_places(marks.currency)
        )
        self.sign = self._sign()
        self.findings: list[Finding] = []

    def result(self) -> Settled:
        amount, open_, paid = self._amount(), self._figures("open"), self._figures("paid")
        self._derive(amount, open_, paid)
        done = ~np.isnat(self.marks.settled_date) | self.marks.closed
        if open_ is None:
            settled = self._paid_or_done(amount, paid, done)
        else:
            self._fill_open(amount, open_, paid, done)
            settled = self._less(amount, open_)
        self._report(amount)
        return Settled(amount, np.where(np.isnan(amount), 0.0, np.nan_to_num(settled)), self.findings)

    def _figures(self, role: str) -> Money | None:
        """A column's figures under the indicator's sign, too large ones taken out."""
        column = self.columns.get(role)
        if column is None:
            return None
        values = column.values * self.sign
        huge = np.abs(values) * 10.0**self.places >= EXACT
        for position in np.flatnonzero(huge).tolist():
            self._say("error", "amount-too-large", role, position, text=str(values[position]))
        values[huge] = np.nan
        return values

    def _amount(self) -> Money:
        """The original amount: debits less credits where credits have their own column."""
        amount, credit, open_ = (self._figures(role) for role in ("amount", "credit", "open"))
        if amount is None:
            amount = np.full(len(self.rows), np.nan) if credit is not None or open_ is None else open_.copy()
        if credit is not None:
            either = ~(np.isnan(amount) & np.isnan(credit)) & ~self._faulty("amount") & ~self._faulty("credit")
            amount = np.where(either, self._less(np.nan_to_num(amount), np.nan_to_num(credit)), np.nan)
        return amount

    def _derive(self, amount: Money, open_: Money | None, paid: Money | None) -> None:
        """Fills an amount that is missing or unreadable from what is open and paid."""
        if open_ is None or "amount" not in self.columns:
            return
        gaps = np.isnan(amount) & ~np.isnan(open_)
        if not gaps.any():
            return
        whole = open_ if paid is None else self._less(open_, -np.nan_to_num(paid))
        amount[gaps] = whole[gaps]
        for position in np.flatnonzero(gaps).tolist():
            self._say("info", "amount-derived", "amount", position, amount=f"{amount[position]:.2f}")

    def _fill_open(self, amount: Money, open_: Money, paid: Money | None, done: Flags) -> None:
        """A blank open amount: less what is paid, nothing where the row is closed, else all of it, said."""
        faulty = self._faulty("open")
        blank = np.isnan(open_) & ~np.isnan(amount) & ~faulty
        if paid is not None:
            known = (blank | faulty) & ~np.isnan(paid)
            open_[known] = self._less(amount, paid)[known]
            blank &= ~known
            faulty = faulty & ~known
        amount[faulty] = np.nan
        open_[blank & done] = 0.0
        blank &= ~done
        open_[blank] = amount[blank]
        for position in np.flatnonzero(blank).tolist():
            self._say("warning", "open-blank", "open", position, amount=f"{amount[position]:.2f}")

    def _paid_or_done(self, amount: Money, paid: Money | None, done: Flags) -> Money:
        """What is settled where no open amount is stated."""
        if paid is None:
            return np.where(done, amount, 0.0)
        amount[self._faulty("paid")] = np.nan
        # Exports write a payment of a credit note with either sign; settling never enlarges an item.
        signed = np.copysign(np.abs(paid), np.nan_to_num(amount))
        return np.where(np.isnan(paid), np.where(done, amount, 0.0), signed)

    def _report(self, amount: Money) -> None:
        """Says of each row that has no amount why."""
        said = {finding.where for finding in self.findings if finding.severity == "error"}
        roles = [role for role in ("amount", "credit", "open", "paid") if role in self.columns]
        for position in np.flatnonzero(np.isnan(amount)).tolist():
            faults = [self.columns[role].faults[position] for role in roles if position in self.columns[role].faults]
            self.findings.extend(faults)
            if not faults and not said & {self.place.cell(role, int(self.rows[position])) for role in roles}:
                self._say("error", "amount-missing", roles[0], position)

    def _faulty(self, role: str) -> Flags:
        faulty = np.zeros(len(self.rows), dtype=np.bool_)
        if role in self.columns:
            faulty[list(self.columns[role].faults)] = True
        return faulty

    def _less(self, one: Money, other: Money) -> Money:
        """Exact difference; NaN where either is."""
        known = ~(np.isnan(one) | np.isnan(other))
        return np.where(known, to_major(to_minor(one, self.places) - to_minor(other, self.places), self.places), np.nan)

    def _sign(self) -> Money:
        """−1 for rows the indicator calls credits, unless the export already signs them."""
        if not self.marks.debit_credit.any():
            return np.ones(len(self.rows))
        words = [word.casefold() for word in self.marks.debit_credit.tolist()]
        credit = np.array([word in _CREDIT_WORDS for word in words], dtype=np.bool_)
        debit = np.array([word in _DEBIT_WORDS for word in words], dtype=np.bool_)
        signed = [bool((column.values[credit] < 0).any()) for column in self.columns.values()]
        known = (credit.any() or debit.any()) and not any(signed)
        return np.where(credit, -1.0, 1.0) if known else np.ones(len(self.rows))

    def _say(self, severity: str, code: str, role: str, position: int, **facts: object) -> None:
        role = role if role in self.columns else next(iter(self.columns))
        where = self.place.cell(role, int(self.rows[position]))
        self.findings.append(Finding(severity, code, where, {"heading": self.place.headings.get(role, role), **facts}))


def _same_places(currency: Text) -> NDArray[np.int64]:
    return decimals_of([str(currency[0]) if len(currency) else ""])
