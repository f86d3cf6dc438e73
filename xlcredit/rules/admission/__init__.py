"""Admission: what a new customer has to show before it may buy on credit, and how deeply it is looked into.

The *gate* asks for checks with evidence and date; *steps* say where an assessment stands; *tiers* say how deep it
goes; *factors* turn what people judged into scores.
"""

from __future__ import annotations

from xlcredit.rules.admission.factors import BEST, WORST, capped, judged, referenced, visited
from xlcredit.rules.admission.gate import (
    ADMIT,
    CASH_ONLY,
    EXPIRED,
    FAILED,
    NO_DATE,
    NO_EVIDENCE,
    OPEN,
    PASSED,
    AdmissionRule,
    decide,
    missing,
    registration_faults,
    states,
    with_evidence,
)
from xlcredit.rules.admission.steps import STEPS, Progress, StepRule, progress
from xlcredit.rules.admission.tiers import CUSTOMERS, DEEP, STANDARD, VALUE, TierRule, review_costs, template, tiers

__all__ = [
    "ADMIT",
    "BEST",
    "CASH_ONLY",
    "CUSTOMERS",
    "DEEP",
    "EXPIRED",
    "FAILED",
    "NO_DATE",
    "NO_EVIDENCE",
    "OPEN",
    "PASSED",
    "STANDARD",
    "STEPS",
    "VALUE",
    "WORST",
    "AdmissionRule",
    "Progress",
    "StepRule",
    "TierRule",
    "capped",
    "decide",
    "judged",
    "missing",
    "progress",
    "referenced",
    "registration_faults",
    "review_costs",
    "states",
    "template",
    "tiers",
    "visited",
    "with_evidence",
]
