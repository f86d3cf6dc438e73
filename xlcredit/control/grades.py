"""Grades of the past: what each customer would have been graded on an earlier day, from what the ledger knew of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from xlcredit.control import credit
from xlcredit.control.behaviour import behaviour
from xlcredit.control.case import Case
from xlcredit.control.receivables import receivables
from xlcredit.ledger.tables import Text
from xlcredit.rules import grade


def graded_on(case: Case, day: np.datetime64) -> Text:
    """Grade of each party as of a day; "" for who had no document by then.

    Payments and documents are those of the day. The customers sheet has no dates: its figures are today's.
    """
    currencies, customers = case.valuation.currencies, case.ledger.customers
    found, _ = receivables(case.ledger, case.parties, currencies, case.policy, day, case.found.settlements)
    then = replace(case, as_of=day, found=found)
    answers = credit.answers(customers, case.parties, behaviour(then), day)
    graded = grade.grade(credit.score(answers, customers, case.parties, case.policy).score, case.policy.grades)
    known = case.of_party((case.items.document_date <= day).astype(np.int64)) > 0
    return np.where(known, graded, "").astype(object)
