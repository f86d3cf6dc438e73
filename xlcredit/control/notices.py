"""Notices: what those that go out to each customer cost and claim, and when the next may follow."""

from __future__ import annotations

import numpy as np

from xlcredit.control.accrued import accrued, of_party, own_regimes
from xlcredit.control.case import Case
from xlcredit.control.plans import asked_for
from xlcredit.control.standing import NO_DAY
from xlcredit.kernel.money import Minor, sums, to_minor
from xlcredit.ledger.tables import Days, Money
from xlcredit.rules import dunning


def to_collect(case: Case) -> Minor:
    """What each party is asked for, in the review's currency: what is dunned, of a payment plan the next instalment."""
    found = case.found.dunned
    asked = asked_for(found.plans, np.where(found.stage > 0, found.dunned_minor, 0))
    return case.of_party(case.valuation.in_base(asked))


def fees(case: Case) -> Minor:
    """Fees of the notices that go out to each party; of items that are dunned together the highest one."""
    found, procedure = case.found.dunned, case.policy.dunning
    each = to_minor(dunning.fees(found.stage, found.new, procedure, case.valuation.places), case.valuation.places)
    if procedure.per == "item":
        return sums(each, case.parties.owner, len(case.parties))
    highest = np.zeros(len(case.parties), dtype=np.int64)
    np.maximum.at(highest, case.parties.owner, each)
    return highest


def interest(case: Case) -> Money:
    """Interest for late payment that each party's notices claim, under the regimes of their levels; NaN for none."""
    found = case.found.dunned
    regimes = dunning.interest(found.stage, case.policy.dunning)
    regimes = np.where(regimes == dunning.OF_COUNTRY, own_regimes(case)[case.parties.owner], regimes)
    claimed = (regimes != "") & case.found.is_overdue & (case.found.open_minor > 0)
    earned = of_party(case, accrued(case, claimed, regimes)[0], claimed)
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
