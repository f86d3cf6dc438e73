"""Late interest: what each customer owes for paying late, under the regime of its country or else of the policy."""

from __future__ import annotations

import numpy as np

from xlcredit.control.charges import late_charges, usual_regimes
from xlcredit.control.listing import Field, Listing
from xlcredit.control.review import Review
from xlcredit.kernel.money import Minor, to_major, to_minor
from xlcredit.ledger.tables import Flags, Money


def late_interest(review: Review) -> Listing:
    """One line per customer with overdue items: interest as of the day on what is overdue, and the fixed sums.

    What was paid late and is settled by now is not in it: the ledger does not say whether its interest was claimed.
    """
    case, people = review.case, review.customers
    regimes = usual_regimes(case)
    overdue = case.found.is_overdue & (case.found.open_minor > 0)
    charges = late_charges(case, case.found.open, np.where(overdue, regimes[case.parties.owner], ""))
    earned, sums = (_of_party(review, amounts, overdue) for amounts in (charges.interest, charges.fixed_sum))
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


def _of_party(review: Review, amounts: Money, overdue: Flags) -> Money:
    """Sum of each customer in the review's currency; NaN where a rate of one of its items is not known."""
    case = review.case
    currencies = case.valuation.currencies
    unknown = overdue & (np.isnan(amounts) | np.isnan(case.valuation.rates[currencies.of_item]))
    minor: Minor = to_minor(np.where(overdue & ~unknown, amounts, 0.0), currencies.places[currencies.of_item])
    total = to_major(case.of_party(case.valuation.in_base(minor)), case.valuation.places)
    return np.where(case.of_party(unknown.astype(np.int64)) > 0, np.nan, total)
