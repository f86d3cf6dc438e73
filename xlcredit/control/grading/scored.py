"""Scored: what each customer's questions are answered with as of the case's day, and the score that follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xlcredit.control.case import Case
from xlcredit.control.grading import credit
from xlcredit.control.grading.assessed import assessed
from xlcredit.control.grading.credit import Scoring
from xlcredit.control.grading.rated import rated
from xlcredit.control.history.behaviour import behaviour
from xlcredit.control.insurance.insured import grants
from xlcredit.ledger.tables import Flags, Money


@dataclass(frozen=True, slots=True)
class Scored:
    """Columns over the parties."""

    measured: Mapping[str, Money]
    """What the ledger says of how they pay."""
    answers: dict[str, Money]
    """Those, what the customers sheet states, and what the sheets beside say."""
    scoring: Scoring
    barred: Flags
    """Not admitted to credit."""


def scored(case: Case) -> Scored:
    """The scores of a case."""
    parties, customers, policy = case.parties, case.ledger.customers, case.policy
    measured = behaviour(case)
    filed = case.filed.answers(case.valuation, case.to_base)
    answers = credit.answers(customers, parties, measured, filed, case.as_of)
    if len(case.ledger.recorded("insurance")):
        answers["insured_limit"] = grants(case).new.counting / case.to_base
    checked = assessed(case, answers["years_of_relationship"])
    answers |= {**checked.factors, "external_rating": rated(case).factor}
    broken = credit.broken(customers, parties, case.filed.faults(len(parties)))
    scoring = credit.cap(credit.score(answers, broken, policy), customers, parties, policy)
    return Scored(measured, answers, scoring, checked.barred)
