"""Notices: what those that go out to each customer cost and claim, and when the next may follow."""

from __future__ import annotations

import numpy as np

from xlcredit.control.case import Case
from xlcredit.control.collection.interest import claims_under, interest_in_base, of_party
from xlcredit.control.collection.interest import regimes_of as usual_regimes
from xlcredit.control.collection.plans import asked_for
from xlcredit.control.collection.standing import NO_DAY
from xlcredit.kernel.money import Minor, sums, to_minor
from xlcredit.ledger.tables import Days, Money, Text
from xlcredit.policy import Policy
from xlcredit.rules import dunning


def to_collect(case: Case) -> Minor:
    """What each party is asked for, in the review's currency: what is dunned, of a payment plan the next instalment."""
    found = case.found.dunned
    asked = asked_for(found.plans, np.where(found.stage > 0, found.dunned_minor, 0))
    return case.of_party(case.valuation.in_base(asked))


def letters(policy: Policy) -> tuple[str, ...]:
    """Letter of each stage, "" for those that have none."""
    stages, procedure = np.arange(len(policy.dunning.levels) + 1), policy.dunning
    told = zip(dunning.action(stages, procedure), dunning.letter(stages, procedure), strict=True)
    return tuple(policy.letters.letter(action, own) for action, own in told)


def fees(case: Case) -> Minor:
    """Fees of the notices that go out to each party, one for each level that one of its items has newly reached."""
    found, places = case.found.dunned, case.valuation.places
    going = found.new & (found.stage > 0)
    party, stage = np.unique(np.column_stack([case.parties.owner[going], found.stage[going]]), axis=0).T
    fee = dunning.fees(stage, np.ones(len(stage), dtype=np.bool_), case.policy.dunning, places)
    return sums(to_minor(fee, places), party, len(case.parties))


def regimes(case: Case) -> Text:
    """Regime of the interest that a notice about each item claims, "" where none is: its level's, else the usual."""
    stage, policy = case.found.dunned.stage, case.policy
    own = dunning.interest(stage, policy.dunning)
    claims = np.array([policy.letters.kind(letter).interest for letter in letters(policy)])
    usual = usual_regimes(case.ledger, case.parties, policy)[case.parties.owner]
    return np.where((own == dunning.OF_COUNTRY) | ((own == "") & claims[stage]), usual, own)


def interest(case: Case) -> Money:
    """Interest for late payment that each party's notices claim; NaN for none."""
    made = list(claims_under(case, regimes(case), case.found.dunned.dunned_minor))
    earned = of_party(case, made, interest_in_base)
    return np.where(earned == 0, np.nan, earned)


def next_dates(case: Case) -> Days:
    """Day on which the next notice to each party may go out, NaT for none.

    An item whose payment is promised waits for that; when a block or a reason that holds one ends, nobody knows.
    """
    found, procedure = case.found.dunned, case.policy.dunning
    told, apart = found.standing, max(procedure.days_between, 1)
    last = np.where(found.new | np.isnat(told.last_dunned), case.as_of, told.last_dunned)
    dates = np.maximum(dunning.next_dates(found.stage, found.due, last, procedure), last + apart)
    dates = np.where(found.waiting, told.promised + procedure.promise_days + 1, dates)
    dates[found.frozen | (found.dunned_minor <= 0)] = NO_DAY
    first = np.full(len(case.parties), NO_DAY)
    np.fmin.at(first, case.parties.owner, dates)
    return first
