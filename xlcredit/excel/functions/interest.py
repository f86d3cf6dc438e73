"""Interest for late payment: a debt a row, with one payment on it at most."""

from __future__ import annotations

import numpy as np

from xlcredit.excel.cells import Given, Table
from xlcredit.excel.functions.rows import Column, Columns, Rows, by_row
from xlcredit.kernel.money import EXACT
from xlcredit.ledger.tables import Money, Text
from xlcredit.policy.paths import nearest
from xlcredit.rules import interest
from xlcredit.rules.interest import Accrued, Debts, Payments

YEAR_DAYS = 365.0


def simple_interest(amount: Given, days: Given, rate: Given, year_days: Given = None) -> Table:
    """Amount × rate × days ÷ days of the year to the cent, "" where one is blank; none for days below 0."""
    arguments = {"amount": amount, "days": days, "rate": rate, "year_days": year_days}
    return by_row(_simple, Rows(arguments))


def late_interest(
    amount: Given,
    due: Given,
    as_of: Given,
    regime: Given = None,
    paid_on: Given = None,
    paid: Given = None,
    policy: Given = None,
) -> Table:
    """Interest and fixed sum of each debt, two columns; "" without an amount or a due date."""
    arguments = {"amount": amount, "due": due, "as_of": as_of, "regime": regime, "paid_on": paid_on, "paid": paid}
    return by_row(_late, Rows(arguments, policy))


def _simple(rows: Rows) -> Column:
    amounts, days, rates, year = rows.amounts("amount"), *map(rows.numbers, ("days", "rate", "year_days"))
    year = np.where(np.isnan(year), YEAR_DAYS, year)
    for row in np.flatnonzero(year <= 0):
        rows.note(int(row), "not-above-zero", argument="year_days", value=f"{year[row]:g}")
    year = np.where(year > 0, year, np.nan)
    far = np.abs(amounts * rates * np.maximum(days, 0) / year) >= EXACT / 10.0**rows.places
    for row in np.flatnonzero(far):
        rows.note(int(row), "sum-too-large")
    return interest.simple(np.where(far, np.nan, amounts), days, rates, year, rows.places)


def _late(rows: Rows) -> Columns:
    amounts, due = rows.amounts("amount"), rows.days("due")
    until = rows.needed_days("as_of", where=~(np.isnan(amounts) | np.isnat(due)))
    debts, payments = Debts(amounts, due, until, rows.places), _payments(rows, amounts)
    names = _regimes(rows)
    earned, sums = np.full(rows.n, np.nan), np.full(rows.n, np.nan)
    for name in sorted({*names.tolist()} - {""}):
        places = np.flatnonzero(names == name)
        found = interest.accrue(
            _taken(debts, places), _taken_payments(payments, places), rows.policy.interest.regimes[name]
        )
        _note_unknown(rows, places, found, name)
        for row in places[found.too_large].tolist():
            rows.note(row, "sum-too-large")
        earned[places], sums[places] = found.interest, found.fixed_sum
    return earned, sums


def _payments(rows: Rows, amounts: Money) -> Payments:
    """One payment a row: of the whole debt where there is a day and no amount."""
    paid = rows.unsigned("paid")
    day = rows.needed_days("paid_on", where=~np.isnan(paid) & (paid != 0))
    return Payments(np.arange(rows.n), day, np.where(np.isnan(paid), np.nan_to_num(amounts), paid))


def _regimes(rows: Rows) -> Text:
    """The regime of each row: the policy's where none is named, "" where there is none of that name."""
    rule = rows.policy.interest
    known = {name.casefold(): name for name in rule.regimes} | {"": rule.regime}
    said = rows.texts("regime")
    for row, text in enumerate(said.tolist()):
        if text.casefold() not in known:
            facts = {"nearest": nearest(text, rule.regimes), "known": ", ".join(rule.regimes)}
            rows.note(row, "unknown-regime", value=text, **facts)
    return np.array([known.get(text.casefold(), "") for text in said.tolist()], dtype=object)


def _taken(debts: Debts, places: Column) -> Debts:
    return Debts(debts.amount[places], debts.due[places], debts.until[places], debts.places)


def _taken_payments(payments: Payments, places: Column) -> Payments:
    return Payments(np.arange(len(places)), payments.day[places], payments.amount[places])


def _note_unknown(rows: Rows, places: Column, found: Accrued, name: str) -> None:
    reference = rows.policy.interest.regimes[name].reference
    for row in places[found.unknown].tolist():
        rows.note(row, "no-reference-rate", regime=name, table=reference.name if reference else "")
