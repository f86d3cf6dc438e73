"""The case: what is reviewed, as far as it is worked out when customers are looked at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.grading.filed import Filed
from xlcredit.control.once import Keeper
from xlcredit.control.parties import Parties
from xlcredit.control.receivables import Receivables
from xlcredit.control.valuation import Valuation
from xlcredit.kernel.money import Minor, sums
from xlcredit.ledger.ledger import Ledger
from xlcredit.ledger.tables import Days, Flags, Money, OpenItems
from xlcredit.policy import Policy


@dataclass(frozen=True, slots=True)
class Case(Keeper):
    """A ledger under a policy as of a day, its parties, receivables, their valuation, and statements."""

    ledger: Ledger
    policy: Policy
    as_of: np.datetime64
    parties: Parties
    found: Receivables
    valuation: Valuation
    filed: Filed

    @property
    def items(self) -> OpenItems:
        """The ledger's items."""
        return self.ledger.items

    def of_party(self, minor: NDArray[np.int64]) -> Minor:
        """Sum of each party over its items."""
        return sums(minor, self.parties.owner, len(self.parties))

    def oldest(self, among: Flags | bool = True) -> Money:
        """Days past due of each party's oldest open debit among these items; negative before its day, NaN for none."""
        days = self.found.days_past_due
        owed = among & (self.found.open_minor > 0) & ~np.isnan(days)
        oldest = np.full(len(self.parties), np.nan)
        np.fmax.at(oldest, self.parties.owner[owed], days[owed])
        return oldest

    @property
    def to_base(self) -> NDArray[np.float64]:
        """Factor from the currency of each party's figures to the review's; a party that names none is in it."""
        factors = self.valuation.factors
        by_line = np.array([factors[code] if code else 1.0 for code in self.ledger.customers.currency])
        return np.where(self.parties.sheet_line >= 0, self.parties.figure(by_line), 1.0)

    @property
    def last_review(self) -> Days:
        """Day of each party's last review; one after the day was not there yet."""
        last = self.parties.day(self.ledger.customers.days.get("last_review"))
        return np.where(last <= self.as_of, last, np.datetime64("NaT", "D"))
