"""Terms of payment: due dates, what a discount is worth, and what each grade is granted."""

from __future__ import annotations

import numpy as np

from xlcredit.excel.cells import Given, Table
from xlcredit.excel.functions.rows import Column, Columns, Rows, by_row
from xlcredit.rules import terms as rules

YEAR = 365.0


def due_date(document_date: Given, terms: Given) -> Table:
    """Due date of each document under its terms, "" without a date or terms."""
    return by_row(_due, Rows({"document_date": document_date, "terms": terms}))


def discount_cost(
    rate: Given, discount_days: Given, net_days: Given, year_days: Given = None, compound: Given = None
) -> Table:
    """Yearly cost of not taking each discount, and beside it the base it is reckoned on."""
    arguments = {"rate": rate, "discount_days": discount_days, "net_days": net_days}
    return by_row(_cost, Rows({**arguments, "year_days": year_days, "compound": compound}))


def credit_terms(grade: Given, policy: Given = None) -> Table:
    """Net days, prepayment share, discount, discount days, instalments and approver of each grade."""
    return by_row(_granted, Rows({"grade": grade}, policy))


def prepayment_gap(contract: Given, prepaid: Given, grade: Given = None, policy: Given = None) -> Table:
    """What is missing of the share of each contract to be prepaid, 0 where it is reached."""
    return by_row(_gap, Rows({"contract": contract, "prepaid": prepaid, "grade": grade}, policy))


def _due(rows: Rows) -> Column:
    said = rows.texts("terms")
    due, unknown = rules.due_dates(rows.days("document_date"), said)
    for row in np.flatnonzero(unknown):
        rows.note(int(row), "unknown-terms", argument="terms", value=said[row])
    return due


def _cost(rows: Rows) -> Columns:
    rates, early, net, year = map(rows.numbers, ("rate", "discount_days", "net_days", "year_days"))
    compound = rows.flags("compound")
    year = np.where(np.isnan(year), YEAR, year)
    _note_where(rows, (rates < 0) | (rates >= 1), "no-discount", "rate", rates)
    _note_where(rows, year <= 0, "not-above-zero", "year_days", year)
    _note_where(rows, early < 0, "negative", "discount_days", early)
    for row in np.flatnonzero(net <= early):
        rows.note(int(row), "discount-after-due", value=f"{early[row]:g}", net=f"{net[row]:g}")
    costs = rules.cost(rates, early, net, year, compound)
    bases = {flag: rows.words("discount_base", "compound" if flag else "simple") for flag in (False, True)}
    said = [
        bases[bool(flag)].format(days=f"{days:g}") if known else ""
        for flag, days, known in zip(compound, year, ~np.isnan(costs), strict=True)
    ]
    return costs, np.array(said, dtype=object)


def _note_where(rows: Rows, wrong: Column, code: str, argument: str, values: Column) -> None:
    for row in np.flatnonzero(wrong):
        rows.note(int(row), code, argument=argument, value=f"{values[row]:g}")


def _granted(rows: Rows) -> Columns:
    found = rules.granted(_grades(rows), rows.policy.terms)
    approvers = [rows.words("approvers", approver) for approver in found.approver.tolist()]
    figures = (found.net_days, found.prepayment, found.discount, found.discount_days, found.instalments)
    return (*figures, np.array(approvers, dtype=object))


def _gap(rows: Rows) -> Column:
    contracts, prepaid = rows.amounts("contract"), rows.unsigned("prepaid")
    return rules.prepayment_gap(contracts, prepaid, _grades(rows), rows.policy.terms, rows.places)


def _grades(rows: Rows) -> Column:
    """Grades that have terms, in whatever case they are typed; one that has none is its row's error."""
    known = {grade.casefold(): grade for grade in rows.policy.terms.grades}
    said = rows.texts("grade")
    for row, grade in enumerate(said.tolist()):
        if grade and grade.casefold() not in known:
            rows.note(row, "unknown-grade", value=grade, known=", ".join(known.values()))
    return np.array([known.get(grade.casefold(), "") for grade in said.tolist()], dtype=object)
