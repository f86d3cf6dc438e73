"""Claims to notify: insured customers who are late or insolvent, and by when the insurer is told; soonest first."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.case import Case
from xlcredit.control.handovers import insolvent
from xlcredit.control.insured import grants
from xlcredit.control.listing import Field, Listing
from xlcredit.control.review import Review
from xlcredit.kernel.money import Minor, to_major
from xlcredit.ledger.tables import Days, Flags, Text
from xlcredit.rules.insurance import claims as rules
from xlcredit.rules.insurance import clock
from xlcredit.rules.insurance import cover as covers


def claims(review: Review) -> Listing:
    """One line per insured customer with overdue items that cover extends to; insolvent ones with all that is open.

    Nothing shows that a loss has been notified: dates that count from the notification take it to be the day itself.
    """
    case, found, granted = review.case, review.customers, grants(review.case)
    rule, places = case.policy.insurance.clock, case.valuation.places
    bankrupt = ~np.isnat(insolvent(case))
    lost = np.where(bankrupt[case.parties.owner], case.found.is_open, case.found.is_overdue)
    told = lost & granted.extends(case) & (case.found.open_minor > 0)
    loss, carried = _sums(lost, case), _sums(lost & granted.extends(case), case)
    cause = np.where(bankrupt, rules.INSOLVENCY, rules.PROTRACTED_DEFAULT).astype(object)
    notified = np.full(len(found.customer), np.datetime64("NaT", "D"))
    notify_by = _earliest(clock.notify_by(case.items.document_date, case.found.due_date, rule), told, case)
    waiting = _earliest(_waiting_ends(cause, case), told, case)
    part = covers.insured(to_major(np.minimum(carried, loss), places), granted.limit, granted.cover, places)
    lines = Listing(
        "claims",
        (
            Field("customer", "text", found.customer),
            Field("name", "text", found.names_beside),
            Field("cause", "text", cause, "causes"),
            Field("notify_by", "date", notify_by),
            Field("days_left", "integer", rules.days_left(notify_by, notified, case.as_of)),
            Field(
                "claim_action",
                "text",
                rules.action(cause, rule.waiting_days, notify_by, notified, waiting, case.as_of),
                "claims",
            ),
            Field("loss", "amount", to_major(loss, places), in_base=True),
            Field("insured_part", "amount", part, in_base=True),
            Field("uninsured_part", "amount", covers.remainder(to_major(loss, places), part, places), in_base=True),
            Field("waiting_end", "date", waiting),
            Field("pay_by", "date", clock.pay_by(np.maximum(waiting, case.as_of), rule)),
        ),
    ).take(part > 0)
    return lines.by(lines["notify_by"], -lines["insured_part"], lines["customer"].astype(str)).filled()


def _sums(which: Flags, case: Case) -> Minor:
    return case.of_party(case.valuation.in_base(np.where(which, case.found.open_minor, 0)))


def _waiting_ends(cause: Text, case: Case) -> Days:
    """Day on which each item's waiting period ends, were it notified today."""
    today = np.full(len(case.items), case.as_of)
    return clock.waiting_ends(cause[case.parties.owner], case.found.due_date, today, case.policy.insurance.clock)


def _earliest(days: Days, which: Flags, case: Case) -> NDArray[np.datetime64]:
    """The first of these days of each party's items."""
    first = np.full(len(case.parties), np.datetime64("NaT", "D"))
    np.fmin.at(first, case.parties.owner[which], days[which])
    return first
