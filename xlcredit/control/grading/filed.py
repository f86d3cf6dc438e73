"""Filed: what the last statement that each customer had sent by the day says of it.

What the customers sheet states goes before it; a statement too old for the policy answers nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.parties import Parties
from xlcredit.control.recorded import owners
from xlcredit.control.valuation import Valuation
from xlcredit.kernel.dates import add_months
from xlcredit.ledger.ledger import Ledger
from xlcredit.ledger.tables import Customers, Flags, Money
from xlcredit.rules import statements as financial
from xlcredit.rules.statements import AMOUNTS, MADE_OF, StatementRule, Statements, Trend

FIGURES = ("revenue", "net_income", "ebit", "total_assets", "current_assets", "inventory", "cash",
           "current_liabilities", "total_liabilities", "equity", "retained_earnings")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filed:
    """The last statement of each customer who had sent one, with what changed since the one before it."""

    statements: Statements
    trend: Trend
    broken: Mapping[str, Flags]
    """Figure → where its cell in the last statement holds an error or text that is no number."""
    valid: Flags
    """Whether the last statement is young enough to answer a scorecard."""

    @property
    def party(self) -> NDArray[np.intp]:
        """Position of each customer among the parties."""
        return self.trend.customer.astype(np.intp)

    @property
    def last(self) -> Statements:
        """The last statement of each."""
        return self.statements.taken(self.trend.last)

    def answers(self, valuation: Valuation, to_base: Money) -> dict[str, Money]:
        """What a customers sheet would hold of each party: ratios, and amounts in the currency of its figures.

        Args:
            valuation: factors to the review's currency; a statement that names no currency is in that of the sheet.
            to_base: factor from the currency of each party's figures to the review's.
        """
        factors = np.array([valuation.factors.get(code, np.nan) for code in self.last.currency.tolist()])
        scale = np.where(self.last.currency == "", 1.0, factors / to_base[self.party])
        return {
            role: self._of_party(values * scale if role in AMOUNTS else values, len(to_base))
            for role, values in financial.customer_figures(self.last).items()
        }

    def faults(self, n_parties: int) -> dict[str, Flags]:
        """Ratio → parties whose last statement has an error, or text that is no number, in a figure it takes."""
        found = {}
        for ratio in financial.RATIOS:
            masks = [self.broken[figure] for figure in MADE_OF[ratio] if figure in self.broken]
            found[ratio] = np.zeros(n_parties, dtype=np.bool_)
            found[ratio][self.party[np.any(masks, axis=0) & self.valid]] = True
        return found

    def currencies(self, capped: Collection[str], customers: Customers, parties: Parties) -> set[str]:
        """Currencies of the amounts that caps on the limit take from statements, the customers sheet being silent."""
        wanted = np.zeros(len(parties), dtype=np.bool_)
        for role in {*capped} & {*AMOUNTS}:
            wanted |= np.isnan(parties.figure(customers.figures.get(role)))
        return set(self.last.currency[self.valid & wanted[self.party]].tolist()) - {""}

    def _of_party(self, values: Money, n_parties: int) -> Money:
        column = np.full(n_parties, np.nan)
        column[self.party[self.valid]] = values[self.valid]
        return column


def filed(ledger: Ledger, parties: Parties, as_of: np.datetime64, rule: StatementRule) -> Filed:
    """The statements that customers had sent by the day; one without a period is of no day and not among them."""
    records = ledger.recorded("statements")
    owner = owners(parties, records)
    rows = np.flatnonzero((owner >= 0) & ~(records.day("received") > as_of))
    period = records.day("period")
    period = np.where(np.isnat(period), financial.year_ends(records.figure("year")), period)
    figures = {name: records.figure(name)[rows] for name in FIGURES}
    told = Statements(owner[rows].astype(str), period[rows], records.text("currency")[rows], **figures)
    trend = financial.trend(told, as_of, rule)
    return Filed(
        statements=told,
        trend=trend,
        broken={name: mask[rows][trend.last] for name, mask in records.broken.items() if name in FIGURES},
        valid=add_months(told.period_end[trend.last], rule.valid_months) >= as_of,
    )
