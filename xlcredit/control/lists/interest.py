"""Late interest: what each customer owes for paying late, under the regime of its country or else of the policy."""

from __future__ import annotations

import numpy as np

from xlcredit.control.listing import Field, Listing
from xlcredit.control.review import Review
from xlcredit.kernel.money import Minor, to_major, to_minor
from xlcredit.ledger.tables import Flags, Money, Text
from xlcredit.rules import country
from xlcredit.rules import interest as rules


def late_interest(review: Review) -> Listing:
    """One line per customer with overdue items: interest as of the day on what is overdue, and the fixed sums.

    What was paid late and is settled by now is not in it: the ledger does not say whether its interest was claimed.
    """
    case, people = review.case, review.customers
    regimes, owner = _regimes(review), case.parties.owner
    overdue = case.found.is_overdue & (case.found.open_minor > 0)
    interest, fixed = np.zeros(len(case.items)), np.zeros(len(case.items))
    for regime in set(regimes[owner[overdue]].tolist()):
        chosen = overdue & (regimes[owner] == regime)
        interest[chosen], fixed[chosen] = _accrued(review, chosen, regime)
    earned, sums = (_of_party(review, amounts, overdue) for amounts in (interest, fixed))
    late = case.of_party(case.valuation.in_base(np.where(overdue, case.found.open_minor, 0)))
    lines = Listing(
        "interest",
        (
            Field("customer", "text", people.customer),
            Field("name", "text", people.names_beside),
            Field("overdue", "amount", to_major(late, case.valuation.places), in_base=True),
            Field("interest", "amount", earned, in_base=True),
            Field("fixed_sum", "amount", sums, in_base=True),
            Field("regime", "text", regimes, "regimes"),
        ),
    ).take((late > 0) & ~((earned == 0) & (sums == 0)))
    return lines.by(-np.nan_to_num(lines["interest"]), lines["customer"].astype(str))


def _regimes(review: Review) -> Text:
    case = review.case
    codes = case.parties.text(case.ledger.customers.texts.get("country"))
    return country.regimes(codes, case.policy.countries, case.policy.interest.regime)


def _accrued(review: Review, chosen: Flags, regime: str) -> tuple[Money, Money]:
    case = review.case
    places = case.valuation.currencies.places[case.valuation.currencies.of_item[chosen]]
    due = case.found.due_date[chosen]
    debts = rules.Debts(case.found.open[chosen], due, np.full(len(due), case.as_of), places)
    found = rules.accrue(debts, rules.NO_PAYMENTS, case.policy.interest.regimes[regime])
    return found.interest, found.fixed_sum


def _of_party(review: Review, amounts: Money, overdue: Flags) -> Money:
    """Sum of each customer in the review's currency; NaN where a rate of one of its items is not known."""
    case = review.case
    currencies = case.valuation.currencies
    unknown = overdue & (np.isnan(amounts) | np.isnan(case.valuation.rates[currencies.of_item]))
    minor: Minor = to_minor(np.where(overdue & ~unknown, amounts, 0.0), currencies.places[currencies.of_item])
    total = to_major(case.of_party(case.valuation.in_base(minor)), case.valuation.places)
    return np.where(case.of_party(unknown.astype(np.int64)) > 0, np.nan, total)
