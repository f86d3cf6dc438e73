"""Claims to notify: insured customers who are late or insolvent, and by when the insurer is told; soonest first."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.case import Case
from xlcredit.control.insurance.claimfile import claim_file
from xlcredit.control.insurance.losses import Losses, deadlines, losses
from xlcredit.control.insurance.premiums import indemnity_rule, premiums
from xlcredit.control.listing import Field, Listing, texts
from xlcredit.control.once import once
from xlcredit.control.review import Review
from xlcredit.kernel.money import to_major
from xlcredit.ledger.tables import Days, Money
from xlcredit.policy.workdays import workdays
from xlcredit.rules.insurance import claims as rules
from xlcredit.rules.insurance import clock
from xlcredit.rules.insurance import cover as covers
from xlcredit.rules.insurance.indemnity import settle


@once
def claims(review: Review) -> Listing:
    """One line per insured customer with overdue items that cover extends to; insolvent ones with all that is open.

    Where no claim file says that a loss was notified, dates that count from the notification take it to be the day.
    """
    case, found, filed = review.case, review.customers, claim_file(review.case)
    lost, rule, places = losses(case), case.policy.insurance.clock, case.valuation.places
    notify_by, waiting = deadlines(lost, filed.notified, case)
    at = np.lexsort((found.customer.astype(str), -lost.insured, notify_by))
    at = at[lost.insured[at] > 0]
    loss, part = to_major(lost.minor, places), to_major(lost.insured, places)
    action = rules.action(lost.cause, rule.waiting_days, notify_by, filed.notified, waiting, case.as_of)
    missing = rules.missing(case.policy.insurance.evidence, lost.cause, filed.held)
    due = np.maximum(waiting, case.as_of)[at]
    advanced, settled = _working_days(due, case)
    return Listing(
        "claims",
        (
            Field("customer", "text", found.customer[at]),
            Field("name", "text", found.names_beside[at]),
            Field("cause", "text", lost.cause[at], "causes"),
            Field("notify_by", "date", notify_by[at]),
            Field("days_left", "integer", rules.days_left(notify_by, filed.notified, case.as_of)[at]),
            Field("notified", "date", filed.notified[at]),
            Field("claim_action", "text", action[at], "claims"),
            Field("loss", "amount", loss[at], in_base=True),
            Field("insured_part", "amount", part[at], in_base=True),
            Field("uninsured_part", "amount", covers.remainder(loss, part, places)[at], in_base=True),
            Field("indemnity", "amount", _indemnities(review, lost, at), in_base=True),
            Field("missing_documents", "text", texts(missing)[at], "evidence"),
            Field("waiting_end", "date", waiting[at]),
            Field("advanced_by", "date", advanced),
            Field("settled_by", "date", settled),
            Field("pay_by", "date", clock.pay_by(due, rule)),
        ),
    ).filled()


def _indemnities(review: Review, lost: Losses, at: NDArray[np.intp]) -> Money:
    """What the contract pays of each loss, settled in this order: a first loss or a maximum of the year is shared."""
    places = review.case.valuation.places
    share = lost.insured[at] / np.maximum(lost.carried[at], 1)
    premium = premiums(review).total
    loss, carried = to_major(lost.minor[at], places), to_major(lost.carried[at], places)
    return settle(loss, carried, share, indemnity_rule(review, premium), premium, places)


def _working_days(filed: Days, case: Case) -> tuple[Days, Days]:
    """By when an advance on claims filed on these days is paid, and when they are settled, in working days (I8)."""
    insurance, years = case.policy.insurance, (filed if len(filed) else np.array([case.as_of])).astype("datetime64[Y]")
    first, last = (int(year.astype(np.int64)) + 1970 for year in (years.min(), years.max()))
    # A year more: what is filed in December is settled in January.
    days = workdays(insurance.holidays, first, last + 1)
    rule = insurance.clock
    return clock.advanced_by(filed, rule, days.off, days.worked), clock.settled_by(filed, rule, days.off, days.worked)
