"""Provided: the expected loss of each item, with the rate it came from and what the rate was taken of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xlcredit.control.case import Case
from xlcredit.control.insurance.insured import grants
from xlcredit.control.listing import texts
from xlcredit.control.once import once
from xlcredit.control.parties import key
from xlcredit.control.review import Review
from xlcredit.kernel.money import Minor
from xlcredit.ledger.tables import Flags, Money, Text
from xlcredit.rules.provision import losses


@dataclass(frozen=True, slots=True)
class Provided:
    """Columns by item; minor units of the review's currency."""

    open: Minor
    insured: Minor
    """What insurance takes off before the loss is reckoned."""
    base: Minor
    """What the rate is taken of; 0 where nothing is provided for."""
    rate: Money
    loss: Minor
    segment: Text
    """Segment of the policy that its customer is in, "" for none."""
    graded: Flags
    """Whether the rate is PD × LGD of the customer's grade."""
    retained: Flags


@once
def provided(review: Review) -> Provided:
    """What is provided for each item: none of a customer that owes nothing net."""
    case, rule, owner = review.case, review.policy.provision, review.case.parties.owner
    minor = case.valuation.in_base(case.found.open_minor)
    grades, retained, segment = review.customers.grade[owner], retains_title(case)[owner], segments(case)[owner]
    insured = grants(case).parts(case, minor).insured if rule.cover_is_integral else np.zeros_like(minor)
    off = losses.covered(minor, insured, rule)
    base = losses.provided_for(minor, off, rule)
    rate = losses.rates(case.found.days_past_due, rule, grades, retained, segment)
    lines = losses.lost(base, rate)
    kept = losses.is_kept(lines, minor, owner, len(case.parties))
    graded = np.isin(grades, [*rule.pd])
    loss, base = np.where(kept, lines, 0), np.where(kept, base, 0)
    return Provided(minor, off, base, rate, loss, segment, graded, retained)


def segments(case: Case) -> Text:
    """Segment of the policy that each party is in, "" for none: the matrix as it is holds there."""
    rule = case.policy.provision
    told = case.parties.text(case.ledger.customers.texts.get(rule.segment_by))
    known = {key(name): name for name in rule.segments}
    return texts([known.get(key(name), "") for name in told.tolist()])


def retains_title(case: Case) -> Flags:
    """Whether title to the goods is retained of each party."""
    return case.parties.flag(case.ledger.customers.marks.get("retention_of_title"))
