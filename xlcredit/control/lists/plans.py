"""Payment plans: which are kept and which are broken, what is to be paid next, and a plan anew for the broken ones."""

from __future__ import annotations

from typing import Final

import numpy as np

from xlcredit.control.case import Case
from xlcredit.control.collection.plans import Agreed
from xlcredit.control.listing import Field, Listing, stacked, texts
from xlcredit.control.review import Review
from xlcredit.kernel.dates import days_between
from xlcredit.kernel.money import decimals, rounded, to_major
from xlcredit.ledger.tables import Money
from xlcredit.rules import plan as rules

PAID_OFF: Final = "paid_off"
"""A plan all of whose instalments are paid."""


def payment_plans(review: Review) -> Listing:
    """One line per plan agreed by the day: how it stands, and its next instalment."""
    case, found = review.case, review.customers
    plans = case.found.dunned.plans
    party = np.array([plan.party for plan in plans], dtype=np.intp)
    state = texts([_state(plan) for plan in plans])
    is_open = state != PAID_OFF
    due = np.array([plan.next_due for plan in plans], dtype="datetime64[D]")
    due[~is_open] = np.datetime64("NaT", "D")
    late = days_between(due, case.as_of)
    counted = {name: _count(plans, name) for name in (rules.KEPT, rules.LATE, rules.BROKEN)}
    lines = Listing(
        "payment_plans",
        (
            Field("customer", "text", found.customer[party]),
            Field("name", "text", found.names_beside[party]),
            Field("plan", "text", texts([plan.number for plan in plans])),
            Field("agreed", "date", np.array([plan.agreed for plan in plans], dtype="datetime64[D]")),
            Field("plan_state", "text", state, "plan"),
            Field("instalments_agreed", "integer", np.array([len(plan.states) for plan in plans], dtype=np.float64)),
            *(Field(name, "integer", count) for name, count in counted.items()),
            Field("paid", "amount", _in_base([plan.paid for plan in plans], plans, case), in_base=True),
            Field("left", "amount", _in_base([plan.left for plan in plans], plans, case), in_base=True),
            Field("next_instalment", "date", due),
            Field("next_amount", "amount", _in_base([p.next_minor for p in plans], plans, case), in_base=True),
            Field("days_overdue", "integer", np.where(late > 0, late, np.nan)),
        ),
    )
    order = np.array([(rules.BROKEN, rules.LATE, rules.KEPT, rules.PENDING, PAID_OFF).index(each) for each in state])
    return lines.by(order, lines["next_instalment"], lines["customer"].astype(str)).filled()


def plans_anew(review: Review) -> Listing:
    """One line per instalment of the plan that is proposed for what a broken plan leaves owed; they foot to it.

    Amounts are in the plan's currency.
    """
    broken = (plan for plan in review.case.found.dunned.plans if not plan.holds and plan.left)
    return stacked("plans_anew", [_anew(review, plan) for plan in broken]).filled()


def _anew(review: Review, plan: Agreed) -> Listing:
    case, found, places = review.case, review.customers, decimals(plan.currency)
    made = rules.replan(plan.schedule, plan.states, plan.paid, case.as_of, case.policy.plan)
    n = len(made.due)
    customer, name = (texts([str(column[plan.party])] * n) for column in (found.customer, found.names_beside))
    return Listing(
        "plans_anew",
        (
            Field("customer", "text", customer),
            Field("name", "text", name),
            Field("plan", "text", texts([plan.number] * n)),
            Field("instalment", "integer", np.arange(1.0, n + 1)),
            Field("due_date", "date", made.due),
            Field("currency", "text", texts([plan.currency] * n)),
            Field("amount", "amount", to_major(made.minor, places)),
            Field("left", "amount", to_major(made.left, places)),
        ),
    )


def _state(plan: Agreed) -> str:
    """How a plan stands: paid off, broken (which ends it), late, kept so far, or pending until its first instalment."""
    if plan.left == 0:
        return PAID_OFF
    if not plan.holds:
        return rules.BROKEN
    said = (name for name in (rules.BROKEN, rules.LATE, rules.KEPT) if name in plan.states)
    return next(said, rules.PENDING)


def _count(plans: tuple[Agreed, ...], state: str) -> Money:
    return np.array([(plan.states == state).sum() for plan in plans], dtype=np.float64)


def _in_base(minor: list[int], plans: tuple[Agreed, ...], case: Case) -> Money:
    """Minor units of each plan's currency in the review's; NaN where there is no rate."""
    factors = [case.valuation.factors.get(p.currency, np.nan) / 10 ** decimals(p.currency) for p in plans]
    return rounded(np.array(minor, dtype=np.float64) * np.array(factors), case.valuation.places)
