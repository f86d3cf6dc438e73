"""Credit limits, what is left of them, and whether an order goes out."""

from __future__ import annotations

import numpy as np

from xlcredit.excel.cells import Given, Table
from xlcredit.excel.functions.rows import Column, Rows, by_row
from xlcredit.kernel.money import EXACT, rounded
from xlcredit.ledger.tables import Money, Text
from xlcredit.rules import exposure as exposures
from xlcredit.rules import grade
from xlcredit.rules import limit as limits
from xlcredit.rules import order as orders


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


def credit_check(
    exposure: Given,
    limit: Given,
    order: Given,
    days_past_due: Given = None,
    valid_to: Given = None,
    as_of: Given = None,
    policy: Given = None,
) -> Table:
    """RELEASE, or HOLD with the reason, for each order; "" where there is none."""
    arguments = {"exposure": exposure, "limit": limit, "order": order}
    arguments |= {"days_past_due": days_past_due, "valid_to": valid_to, "as_of": as_of}
    return by_row(_checked, Rows(arguments, policy))


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
    left = exposures.headroom(rows.amounts("limit"), rows.amounts("exposure"))
    # Two amounts that can each be told to the cent may lie too far apart for it; their row alone says so.
    far = np.abs(left) >= EXACT / 10.0**rows.places
    for row in np.flatnonzero(far):
        rows.note(int(row), "sum-too-large")
    return rounded(np.where(far, np.nan, left), rows.places)


def _checked(rows: Rows) -> Column:
    owed, allowed, ordered = map(rows.amounts, ("exposure", "limit", "order"))
    past_due, valid_to = rows.numbers("days_past_due"), rows.days("valid_to")
    as_of = rows.needed_days("as_of", where=~np.isnat(valid_to))
    tolerance = rows.policy.tolerance_days
    said = orders.check(owed, allowed, ordered, past_due, valid_to < as_of, tolerance, rows.places)
    words = {key: _decision(key, rows) for key in set(said.tolist())}
    return np.array([words[key] for key in said.tolist()], dtype=object)


def _decision(key: str, rows: Rows) -> str:
    said = rows.words("order", key)
    return said if key in ("", orders.RELEASE) else rows.words("order", "hold").format(reason=said)
