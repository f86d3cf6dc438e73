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
    return ("", *(policy.letters.letter(level.action, level.letter) for level in policy.dunning.levels))


def fees(case: Case) -> Minor:
    """Fees of the notices that go out to each party, one for each level that one of its items has newly reached."""
    found, places = case.found.dunned, case.valuation.places
    fee = to_minor(np.array([0.0, *(level.fee for level in case.policy.dunning.levels)]), places)
    going = found.new & (found.stage > 0)
    notices = np.unique(np.column_stack([case.parties.owner[going], found.stage[going]]), axis=0)
    return sums(fee[notices[:, 1]], notices[:, 0], len(case.parties))


def regimes(case: Case) -> Text:
    """Regime of the interest that a notice about each item claims, "" where none is: its level's, else the usual."""
    claiming, usual = case.policy.letters, usual_regimes(case.ledger, case.parties, case.policy)
    claimed = np.full((len(case.policy.dunning.levels) + 1, len(usual)), "", dtype=object)
    for stage, (level, letter) in enumerate(zip(case.policy.dunning.levels, letters(case.policy)[1:], strict=True), 1):
        if level.interest or claiming.kind(letter).interest:
            claimed[stage] = level.interest if level.interest not in ("", dunning.OF_COUNTRY) else usual
    return claimed[case.found.dunned.stage, case.parties.owner]


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
