"""Credit limits, and what is left of them."""

from __future__ import annotations

import numpy as np

from xlcredit.excel.cells import Given, Table
from xlcredit.excel.functions.rows import Column, Rows, by_row
from xlcredit.kernel.money import EXACT
from xlcredit.ledger.tables import Money, Text
from xlcredit.rules import exposure as exposures
from xlcredit.rules import grade
from xlcredit.rules import limit as limits


def credit_limit(
    score: Given, need: Given, net_worth: Given = None, insured_limit: Given = None, policy: Given = None
) -> Table:
    """Suggested limit of each row, "" without a score or anything to base it on."""
    return by_row(lambda rows: _suggested(rows)[0], _limit_rows(score, need, net_worth, insured_limit, policy))


def credit_limit_reason(
    score: Given, need: Given, net_worth: Given = None, insured_limit: Given = None, policy: Given = None
) -> Table:
    """Constraint that bound each suggested limit, in words."""
    return by_row(_constraint, _limit_rows(score, need, net_worth, insured_limit, policy))


def credit_headroom(limit: Given, exposure: Given) -> Table:
    """Limit less exposure to the cent, "" where the limit is unlimited or the exposure not known."""
    return by_row(_headroom, Rows({"limit": limit, "exposure": exposure}))


def _limit_rows(score: Given, need: Given, net_worth: Given, insured_limit: Given, policy: Given) -> Rows:
    arguments = {"score": score, "need": need, "net_worth": net_worth, "insured_limit": insured_limit}
    return Rows(arguments, policy)


def _suggested(rows: Rows) -> tuple[Money, Text]:
    scores, rule = rows.scores("score"), rows.policy.limit
    needs, net_worth, insured = map(rows.amounts, ("need", "net_worth", "insured_limit"))
    allowed = limits.candidates(needs, {"net_worth": net_worth}, insured, rule)
    return limits.suggest(allowed, grade.limit_factor(scores, rows.policy.grades), rule, rows.places)


def _constraint(rows: Rows) -> Column:
    _, constraint = _suggested(rows)
    return np.array([rows.words("constraints", name) for name in constraint], dtype=object)


def _headroom(rows: Rows) -> Column:
    left = exposures.headroom(rows.amounts("limit"), rows.amounts("exposure"), rows.places)
    # Two amounts that can each be told to the cent may lie too far apart for it; their row alone says so.
    far = np.abs(left) >= EXACT / 10.0**rows.places
    for row in np.flatnonzero(far):
        rows.note(int(row), "sum-too-large")
    return left
