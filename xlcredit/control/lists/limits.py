"""Which limit to change, and who must approve it: limits in force that differ from what the review suggests."""

from __future__ import annotations

import numpy as np

from xlcredit.control.listing import Field, Listing
from xlcredit.control.review import Review
from xlcredit.control.vocabulary import told_codes
from xlcredit.kernel.money import rounded
from xlcredit.ledger.tables import Flags, Money, Text
from xlcredit.rules import approval

RAISE, LOWER, RENEW = "raise", "lower", "renew"
DECISIONS = (RAISE, LOWER, RENEW)


def limit_changes(review: Review) -> Listing:
    """One line per customer whose limit in force is not the suggested one, or whose approval is not good any more.

    Those who owe more than allowed come first.
    """
    found, places = review.customers, review.case.valuation.places
    present, suggested = found.answers["credit_limit"] * found.to_base, found.limit
    bounded = np.isfinite(suggested)
    change = np.where(bounded, rounded(np.where(bounded, suggested, 0.0) - present, places), np.inf)
    excess = np.maximum(rounded(found.exposure - suggested, places), 0)
    approved = _approvals(review, present)
    lines = Listing(
        "limit_changes",
        (
            Field("customer", "text", found.customer),
            Field("name", "text", found.names_beside),
            Field("limit_in_force", "amount", present, in_base=True),
            Field("requested", "amount", found.answers["need"] * found.to_base, in_base=True),
            Field("limit", "amount", np.where(bounded, suggested, np.nan), in_base=True),
            Field("change", "amount", np.where(np.isfinite(change), change, np.nan), in_base=True),
            Field("decision", "text", _decision(change), "decisions"),
            Field("constraint", "text", found.constraint, "constraints"),
            Field("score", "decimal", found.score),
            Field("grade", "text", found.grade),
            Field("exposure", "amount", found.exposure, in_base=True),
            Field("excess", "amount", np.where(excess > 0, excess, np.nan), in_base=True),
            *_to_approve(review),
            *approved,
        ),
    ).take(~np.isnan(present) & ~np.isnan(suggested) & ((change != 0) | _is_no_good(approved[-1].cells)))
    by_size = -np.where(np.isnan(lines["change"]), np.inf, np.abs(lines["change"]))
    return lines.by(-np.nan_to_num(lines["excess"]), by_size, lines["customer"].astype(str)).filled()


def _decision(change: Money) -> Text:
    """What is to be done; a limit that stays is listed for its approval."""
    decisions = np.select([np.isnan(change), change > 0, change < 0], ["", RAISE, LOWER], RENEW)
    return decisions.astype(object)


def _to_approve(review: Review) -> tuple[Field, ...]:
    """Who must approve the suggested limit, and who besides (C1, C2)."""
    found, rule = review.customers, review.policy.approval
    first = approval.approvers(found.limit, found.grade, rule)
    second = approval.second_approvers(found.limit, first, rule)
    return Field("approver", "text", first, "approvers"), Field("second_approver", "text", second, "approvers")


def _approvals(review: Review, present: Money) -> tuple[Field, ...]:
    """Who approved the limit in force from when to when, and how that stands (L11)."""
    case, rule = review.case, review.policy.approval
    sheet, parties = case.ledger.customers, case.parties
    by = told_codes(parties.text(sheet.texts.get("approved_by")), rule.ranks, "approvers")
    begins, ends = (parties.day(sheet.days.get(role)) for role in ("limit_valid_from", "limit_valid_to"))
    needed = approval.approvers(present, review.customers.grade, rule)
    return (
        Field("approved_by", "text", by, "approvers"),
        Field("valid_from", "date", begins),
        Field("valid_to", "date", ends),
        Field("approval", "text", approval.state(by, needed, begins, ends, case.as_of, rule), "approvals"),
    )


def _is_no_good(states: Text) -> Flags:
    return np.isin(states.astype(str), (approval.EXPIRED, approval.TOO_LOW))
