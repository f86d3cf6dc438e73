"""Dunning: a procedure of levels that an open item climbs as it grows overdue.

A *stage* is the number of the level reached, 0 before the first; a *dunning block* freezes an item
at the stage it had, without cancelling it.
"""

from __future__ import annotations

from xlcredit.rules.dunning.cases import (
    MEASURES,
    CaseRule,
    as_measured,
    is_held,
    measures,
    next_step,
    tasks,
    unknown_reasons,
)
from xlcredit.rules.dunning.notices import (
    agency_fee,
    broken,
    check_run,
    dunned,
    fees,
    is_new,
    of_customers,
    of_kind,
    too_soon,
    waiting,
    worth_a_notice,
)
from xlcredit.rules.dunning.procedure import ESCALATIONS, KINDS, OF_COUNTRY, UNITS, Level, Procedure
from xlcredit.rules.dunning.stages import (
    action,
    channel,
    interest,
    letter,
    next_dates,
    next_stage_from,
    reached,
    stage,
)

__all__ = [
    "ESCALATIONS",
    "KINDS",
    "MEASURES",
    "OF_COUNTRY",
    "UNITS",
    "CaseRule",
    "Level",
    "Procedure",
    "action",
    "agency_fee",
    "as_measured",
    "broken",
    "channel",
    "check_run",
    "dunned",
    "fees",
    "interest",
    "is_held",
    "is_new",
    "letter",
    "measures",
    "next_dates",
    "next_stage_from",
    "next_step",
    "of_customers",
    "of_kind",
    "reached",
    "stage",
    "tasks",
    "too_soon",
    "unknown_reasons",
    "waiting",
    "worth_a_notice",
]
