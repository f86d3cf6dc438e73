"""Grades of the past: what each customer would have been graded on an earlier day, from what the ledger knew of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from xlcredit.control.case import Case
from xlcredit.control.grading.filed import filed
from xlcredit.control.grading.scored import scored
from xlcredit.control.receivables import receivables
from xlcredit.ledger.tables import Text
from xlcredit.rules import grade


def graded_on(case: Case, day: np.datetime64) -> Text:
    """Grade of each party as of a day; "" for who had no document by then.

    Payments and documents are those of the day. The customers sheet has no dates: its figures are today's.
    """
    ledger, parties = case.ledger, case.parties
    found, _ = receivables(ledger, parties, case.valuation.currencies, case.policy, day, case.found.settlements)
    told = filed(ledger, parties, day, case.policy.statements)
    then = replace(case, as_of=day, found=found, filed=told)
    graded = grade.grade(scored(then).scoring.score, case.policy.grades)
    known = case.of_party((case.items.document_date <= day).astype(np.int64)) > 0
    return np.where(known, graded, "").astype(object)
