"""Late interest: what each customer owes for paying late, under the regime of its country or else of the policy."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from xlcredit.control.case import Case
from xlcredit.control.collection.interest import Claim, claims, fixed_sums, interest_in_base, of_party, regimes_of
from xlcredit.control.listing import Field, Listing, stacked, texts
from xlcredit.control.review import Review
from xlcredit.kernel.dates import days_between
from xlcredit.kernel.money import Minor, to_major
from xlcredit.ledger.tables import Money


def late_interest(review: Review) -> Listing:
    """One line per customer that owes interest: on what is overdue, on what was paid late, and the fixed sums."""
    case, people, made = review.case, review.customers, claims(review.case)
    interest, charged = (of_party(case, made, figure) for figure in (interest_in_base, fixed_sums))
    late = np.where(case.found.is_overdue, np.maximum(case.found.open_minor, 0), 0)
    lines = Listing(
        "interest",
        (
            Field("customer", "text", people.customer),
            Field("name", "text", people.names_beside),
            Field("overdue", "amount", _in_base(case, late), in_base=True),
            Field("paid_late", "amount", _paid_late(case, made), in_base=True),
            Field("interest", "amount", interest, in_base=True),
            Field("fixed_sum", "amount", charged, in_base=True),
            Field("regime", "text", regimes_of(case.ledger, case.parties, case.policy), "regimes"),
        ),
    ).take(~((interest == 0) & (charged == 0)))
    return lines.by(-np.nan_to_num(lines["interest"]), lines["customer"].astype(str))


def _in_base(case: Case, minor: Minor) -> Money:
    return to_major(case.of_party(case.valuation.in_base(minor)), case.valuation.places)


def _paid_late(case: Case, made: Sequence[Claim]) -> Money:
    """What each customer paid after its due date of what interest is claimed on."""
    parts, n = case.found.settlements, len(case.items)
    items = np.concatenate([np.zeros(0, np.intp), *(claim.items for claim in made)])
    late = (parts.day > case.found.due_date[parts.item]) & (parts.day <= case.as_of) & np.isin(parts.item, items)
    return _in_base(case, parts.of_item(late, n))


def interest_statement(review: Review) -> Listing:
    """One line per item and stretch of days with one balance and one rate, an item's fixed sum on its first.

    They foot to the customers' lines of late interest. Balance and interest owed are in the item's currency, what
    stands beside them in the review's. An item without a reference rate has no line, but a finding.
    """
    lines = stacked("interest_items", [_statement(review, claim) for claim in claims(review.case)])
    return lines.by(lines["customer"].astype(str), lines["due_date"], lines["document"].astype(str)) if lines else lines


def _statement(review: Review, claim: Claim) -> Listing:
    case, lines = review.case, claim.lines
    item, places = claim.items[lines.debt], np.broadcast_to(claim.debts.places, claim.items.shape)[lines.debt]
    begins = np.r_[True, lines.debt[1:] != lines.debt[:-1]][: len(item)]
    worth = to_major(case.valuation.parts_in_base(lines.interest, item), case.valuation.places)
    priced = ~np.isnan(case.valuation.rates[case.valuation.currencies.of_item[item]])
    return Listing(
        "interest_items",
        (
            Field("customer", "text", review.customers.customer[case.parties.owner[item]]),
            Field("document", "text", case.items.document[item]),
            Field("due_date", "date", case.found.due_date[item]),
            Field("currency", "text", review.items.currency[item]),
            Field("balance", "amount", to_major(lines.balance, places)),
            Field("first_day", "date", lines.first),
            Field("last_day", "date", lines.last),
            Field("days", "integer", days_between(lines.first, lines.last) + 1),
            Field("interest_rate", "rate", lines.rate),
            Field("per", "text", texts([claim.regime.per] * len(item)), "periods"),
            Field("regime", "text", texts([claim.regime.name] * len(item)), "regimes"),
            Field("interest_owed", "amount", to_major(lines.interest, places)),
            Field("interest", "amount", np.where(priced, worth, np.nan), in_base=True),
            Field("fixed_sum", "amount", np.where(begins, fixed_sums(case, claim)[lines.debt], np.nan), in_base=True),
        ),
    )
