"""Plausible: findings about the inputs of a score that are out of proportion, of no day, or do not add up."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from xlcredit.control.vocabulary import unknown
from xlcredit.ledger.findings import Finding
from xlcredit.ledger.ledger import Ledger
from xlcredit.ledger.place import Place
from xlcredit.ledger.records import Records
from xlcredit.policy import Policy
from xlcredit.rules import plausible as rules
from xlcredit.rules.admission import BEST, WORST
from xlcredit.rules.plausible import ANYTHING, PlausibleRule, Range


def input_findings(ledger: Ledger, policy: Policy) -> Iterator[Finding]:
    """Figures of customers, marks and statements that should be looked at; all but the marks count as they stand."""
    customers = ledger.customers
    for role, figures in customers.figures.items():
        span = policy.plausible.ranges.get(role, ANYTHING)
        for at in np.flatnonzero(span.outside(figures)).tolist():
            yield _outside("figure-implausible", role, figures[at], span, customers.place, int(customers.row[at]))
    yield from unknown(customers, "risk_class", "risk_classes", policy.admission.score_caps)
    checks, marks = ledger.recorded("checks"), Range(WORST, BEST)
    for at in np.flatnonzero(marks.outside(checks.figure("mark"))).tolist():
        mark = checks.figure("mark")[at]
        yield _outside("mark-out-of-range", "mark", mark, marks, checks.place, int(checks.row[at]))
    yield from _statements(ledger.recorded("statements"), policy.plausible)


def _statements(records: Records, rule: PlausibleRule) -> Iterator[Finding]:
    undated = np.isnat(records.day("period")) & np.isnan(records.figure("year"))
    for at in np.flatnonzero(undated).tolist():
        yield Finding("warning", "statement-undated", _where(records.place, "total_assets", int(records.row[at])))
    figures = {name: records.figure(name) for name in ("total_assets", "total_liabilities", "equity")}
    off = rules.unbalanced(figures["total_assets"], figures["total_liabilities"], figures["equity"], rule)
    for at in np.flatnonzero(off).tolist():
        facts = {name: f"{column[at]:,.10g}" for name, column in figures.items()}
        yield Finding("warning", "balance-differs", _where(records.place, "total_assets", int(records.row[at])), facts)


def _outside(code: str, role: str, figure: float, span: Range, place: Place | None, row: int) -> Finding:
    facts = {
        "value": f"{figure:g}",
        "heading": place.headings.get(role, role) if place else role,
        "least": f"{span.least:g}",
        "most": f"{span.most:g}",
    }
    return Finding("warning", code, _where(place, role, row), facts)


def _where(place: Place | None, role: str, row: int) -> str:
    return place.cell(role, row - 1) if place and role in place.columns else ""
