"""Trade credit insurance: the insured part, the premium, the indemnity, and the last day to notify."""

from __future__ import annotations

import numpy as np

from xlcredit.excel.cells import Given, Table
from xlcredit.excel.functions.rows import Column, Rows, by_row
from xlcredit.ledger.tables import Money
from xlcredit.rules.insurance import clock
from xlcredit.rules.insurance import cover as covers
from xlcredit.rules.insurance import indemnity as indemnities
from xlcredit.rules.insurance import premium as premiums


def insured_amount(exposure: Given, limit: Given, cover: Given) -> Table:
    """Insured part of each exposure to the cent, "" where exposure, limit or cover is not known."""
    return by_row(_insured, Rows({"exposure": exposure, "limit": limit, "cover": cover}))


def premium(base: Given, rate: Given, minimum: Given = None) -> Table:
    """Premium of each base to the cent, "" where base or rate is not known."""
    return by_row(_premium, Rows({"base": base, "rate": rate, "minimum": minimum}))


def indemnity(loss: Given, limit: Given, cover: Given, excess: Given = None, excess_first: Given = None) -> Table:
    """What is paid of each loss after limit, cover and excess, "" where one of the first three is not known."""
    arguments = {"loss": loss, "limit": limit, "cover": cover, "excess": excess, "excess_first": excess_first}
    return by_row(_indemnity, Rows(arguments))


def notify_by(document_date: Given, due: Given, policy: Given = None) -> Table:
    """Last day to notify each unpaid invoice, "" for a row without dates."""
    return by_row(_notify_by, Rows({"document_date": document_date, "due": due}, policy))


def _insured(rows: Rows) -> Column:
    exposures, limits = rows.amounts("exposure"), rows.amounts("limit")
    return covers.insured(exposures, limits, rows.shares("cover"), rows.places)


def _premium(rows: Rows) -> Column:
    return premiums.premium(rows.amounts("base"), rows.shares("rate"), _deduction("minimum", rows), rows.places)


def _indemnity(rows: Rows) -> Column:
    losses, limits, share = rows.amounts("loss"), rows.amounts("limit"), rows.shares("cover")
    first = rows.decisions("excess_first")
    return indemnities.indemnity(losses, limits, share, _deduction("excess", rows), first, rows.places)


def _deduction(name: str, rows: Rows) -> Money:
    """A column of money that cannot be negative; a blank deducts nothing."""
    return np.nan_to_num(rows.unsigned(name))


def _notify_by(rows: Rows) -> Column:
    rule = rows.policy.insurance.clock
    documents, due = rows.days("document_date"), rows.days("due")
    filled = ~(np.isnat(documents) & np.isnat(due))
    rows.needed_days("due" if rule.notify_from == "due_date" else "document_date", where=filled)
    return clock.notify_by(documents, due, rule)
