"""Groups of companies: customers that stand or fall together, what they owe together, and the limit they share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.once import once
from xlcredit.control.parties import coded
from xlcredit.control.review import Review
from xlcredit.kernel.money import sums, to_major
from xlcredit.ledger.tables import Money, Text


@dataclass(frozen=True, slots=True)
class Groups:
    """A row per group, by name; amounts in the review's currency."""

    name: Text
    of_party: NDArray[np.intp]
    """Group of each party, -1 for none."""
    members: Money
    limit: Money
    """The lowest limit that a member states for its group, NaN for none."""
    exposure: Money
    """NaN where a member's is not known."""

    def of_members(self, column: Money) -> Money:
        """A column of the groups, one value per party; NaN for who is in none."""
        return np.append(column, np.nan)[self.of_party]


@once
def company_groups(review: Review) -> Groups:
    """The groups that the customers sheet names."""
    case, people = review.case, review.customers
    of_party, names = coded(case.parties.text(case.ledger.customers.texts.get("group")))
    inside = np.flatnonzero(of_party >= 0)
    of, n = of_party[inside], len(names)
    limit = np.full(n, np.nan)
    np.fmin.at(limit, of, (people.answers["group_limit"] * people.to_base)[inside])
    owed = to_major(sums(review.exposure_minor[inside], of, n), case.valuation.places)
    unknown = np.bincount(of[np.isnan(people.exposure[inside])], minlength=n) > 0
    members = np.bincount(of, minlength=n).astype(np.float64)
    return Groups(names, of_party, members, limit, np.where(unknown, np.nan, owed))
