"""Late interest: what each customer owes for paying late, under the regime of its country or else of the policy."""

from __future__ import annotations

import numpy as np

from xlcredit.control.accrued import accrued, of_party, own_regimes
from xlcredit.control.listing import Field, Listing
from xlcredit.control.review import Review
from xlcredit.kernel.money import to_major


def late_interest(review: Review) -> Listing:
    """One line per customer with overdue items: interest as of the day on what is overdue, and the fixed sums.

    What was paid late and is settled by now is not in it: the ledger does not say whether its interest was claimed.
    """
    case, people = review.case, review.customers
    regimes, owner = own_regimes(case), case.parties.owner
    overdue = case.found.is_overdue & (case.found.open_minor > 0)
    interest, fixed = accrued(case, overdue, regimes[owner])
    earned, sums = (of_party(case, amounts, overdue) for amounts in (interest, fixed))
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
