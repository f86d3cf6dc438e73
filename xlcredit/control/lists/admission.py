"""Admission: which new customers may have a limit, what their checks lack, and which step of an assessment is next."""

from __future__ import annotations

from typing import Final

import numpy as np

from xlcredit.control.case import Case
from xlcredit.control.grading.assessed import Assessed, assessed
from xlcredit.control.grading.rated import Rated, rated
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
    people = review.customers
    checked, rating = assessed(review.case, people.answers["years_of_relationship"]), rated(review.case)
    lines = Listing(
        "admission",
        (
            Field("customer", "text", people.customer),
            Field("name", "text", people.names_beside),
            *_checks(checked, review),
            *_steps(_progress(checked, review.case), review.case),
            *_effort(review),
            *_ratings(rating, review.case),
            *(Field(name, "decimal", people.answers[name]) for name in _FACTORS),
            Field("limit", "amount", np.where(np.isfinite(people.limit), people.limit, np.nan), in_base=True),
            Field("constraint", "text", people.constraint, "constraints"),
            Field("exposure", "amount", people.exposure, in_base=True),
        ),
    )
    is_rated = rating.rating != ""
    asked = checked.asked or bool(is_rated.any())
    lines = lines.take(asked & (checked.new | checked.known | is_rated))
    urgency = lines["gate"] != rules.CASH_ONLY
    return lines.by(urgency, -np.nan_to_num(lines["days_overdue"]), lines["customer"].astype(str)).filled()


def _checks(checked: Assessed, review: Review) -> tuple[Field, ...]:
    new = checked.new
    gate = np.where(checked.asked & new, np.where(checked.barred, rules.CASH_ONLY, rules.ADMIT), "").astype(object)
    return (
        Field("new_customer", "text", np.where(new, "yes", "").astype(object), "yes_no"),
        Field("gate", "text", gate, "admission"),
        Field("lacking", "text", _lacking(checked, review)),
        Field("register", "text", checked.register, "register"),
    )


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


def _steps(stands: Progress, case: Case) -> tuple[Field, ...]:
    return (
        Field("next_step", "text", stands.next_step, "steps"),
        Field("step_due", "date", stands.due),
        Field("days_overdue", "integer", np.where(stands.overdue, days_between(stands.due, case.as_of), np.nan)),
    )


def _progress(checked: Assessed, case: Case) -> Progress:
    """The next step of whoever's assessment has begun."""
    stands = rules.progress(checked.opened, checked.steps, case.as_of, case.policy.steps)
    return Progress(
        np.where(checked.begun, stands.next_step, "").astype(object),
        np.where(checked.begun, stands.due, np.datetime64("NaT", "D")),
        stands.overdue & checked.begun,
    )


def _effort(review: Review) -> tuple[Field, ...]:
    tier = tiers_of(review.case)
    depth = rules.template(tier)
    return (
        Field("tier", "text", tier),
        Field("template", "text", depth, "templates"),
        Field("review_cost", "amount", rules.review_costs(depth, review.policy.tiers), in_base=True),
    )


def _ratings(found: Rated, case: Case) -> tuple[Field, ...]:
    return (
        Field("agency", "text", found.agency),
        Field("rating", "text", found.rating),
        Field("rated_on", "date", found.rated_on),
        Field("rating_age", "integer", days_between(found.rated_on, case.as_of)),
        Field("rating_state", "text", found.state, "rating_states"),
        Field("rating_score", "decimal", found.score),
        Field("rating_amount", "amount", found.amount),
    )
