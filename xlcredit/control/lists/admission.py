"""Admission: which new customers may have a limit, what their checks lack, and which step of an assessment is next."""

from __future__ import annotations

from typing import Final

import numpy as np

from xlcredit.control.case import Case
from xlcredit.control.grading.assessed import Assessed, assessed
from xlcredit.control.grading.rated import rated
from xlcredit.control.listing import Field, Lacking, Listing, texts
from xlcredit.control.lists.tiers import tiers_of
from xlcredit.control.review import Review
from xlcredit.kernel.dates import days_between
from xlcredit.ledger.tables import Text
from xlcredit.rules import admission as rules
from xlcredit.rules.admission import Progress

_FACTORS: Final = ("reference_score", "site_visit", "market_position")


def admission(review: Review) -> Listing:
    """One line per customer who is new, or of whom the sheets of checks and ratings say anything; the barred first.

    Without either sheet there is none: nobody is barred for a check that is not kept here.
    """
    case, people, policy = review.case, review.customers, review.policy
    checked, rating = assessed(case, people.answers["years_of_relationship"]), rated(case)
    new = checked.new
    tier, stands = tiers_of(case), _progress(checked, case)
    depth = rules.template(tier)
    gate = np.where(checked.asked & new, np.where(checked.barred, rules.CASH_ONLY, rules.ADMIT), "").astype(object)
    lines = Listing(
        "admission",
        (
            Field("customer", "text", people.customer),
            Field("name", "text", people.names_beside),
            Field("new_customer", "text", np.where(new, "yes", "").astype(object), "yes_no"),
            Field("gate", "text", gate, "admission"),
            Field("lacking", "text", _lacking(checked, review)),
            Field("register", "text", checked.register, "register"),
            Field("next_step", "text", stands.next_step, "steps"),
            Field("step_due", "date", stands.due),
            Field("days_overdue", "integer", np.where(stands.overdue, days_between(stands.due, case.as_of), np.nan)),
            Field("tier", "text", tier),
            Field("template", "text", depth, "templates"),
            Field("review_cost", "amount", rules.review_costs(depth, policy.tiers), in_base=True),
            Field("agency", "text", rating.agency),
            Field("rating", "text", rating.rating),
            Field("rated_on", "date", rating.rated_on),
            Field("rating_age", "integer", days_between(rating.rated_on, case.as_of)),
            Field("rating_state", "text", rating.state, "rating_states"),
            Field("rating_score", "decimal", rating.score),
            Field("rating_amount", "amount", rating.amount),
            *(Field(name, "decimal", people.answers[name]) for name in _FACTORS),
            Field("limit", "amount", np.where(np.isfinite(people.limit), people.limit, np.nan), in_base=True),
            Field("constraint", "text", people.constraint, "constraints"),
            Field("exposure", "amount", people.exposure, in_base=True),
        ),
    )
    asked = checked.asked or bool((rating.rating != "").any())
    lines = lines.take(asked & (new | checked.known | (rating.rating != "")))
    urgency = lines["gate"] != rules.CASH_ONLY
    return lines.by(urgency, -np.nan_to_num(lines["days_overdue"]), lines["customer"].astype(str)).filled()


def _lacking(checked: Assessed, review: Review) -> Text:
    """Checks not passed, with their states: of new customers all, of others those that the sheet has."""
    if not checked.asked:
        return np.full(len(checked.new), "", dtype=object)
    lacks = rules.missing(checked.states, review.policy.admission)
    return texts(
        [
            tuple(Lacking(*pair) for pair in pairs if new or pair[1] != rules.OPEN)
            for pairs, new in zip(lacks, checked.new.tolist(), strict=True)
        ]
    )


def _progress(checked: Assessed, case: Case) -> Progress:
    """The next step of whoever's assessment has begun."""
    stands = rules.progress(checked.opened, checked.steps, case.as_of, case.policy.steps)
    return Progress(
        np.where(checked.begun, stands.next_step, "").astype(object),
        np.where(checked.begun, stands.due, np.datetime64("NaT", "D")),
        stands.overdue & checked.begun,
    )
