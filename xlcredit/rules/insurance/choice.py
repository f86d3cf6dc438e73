"""Choice of product: which kind of insurance fits a portfolio.

S4 names three dimensions, concentration of customers, nature of the risk and the capital to bear it
(客户集中度、风险特性、企业风险承受力), and two ways to insure, all of the turnover or named buyers; the table between
them is our own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Figures = NDArray[np.float64]

OWN_RISK, EXCESS_OF_LOSS = "own_risk", "excess_of_loss"
WHOLE_TURNOVER, NAMED_BUYERS, WHOLE_AND_NAMED = "whole_turnover", "named_buyers", "whole_turnover_and_named"

PROPOSALS = {
    (False, False, False): OWN_RISK,
    (False, False, True): EXCESS_OF_LOSS,
    (False, True, False): WHOLE_TURNOVER,
    (False, True, True): WHOLE_TURNOVER,
    (True, False, False): NAMED_BUYERS,
    (True, False, True): NAMED_BUYERS,
    (True, True, False): NAMED_BUYERS,
    (True, True, True): WHOLE_AND_NAMED,
}
"""Concentrated, risky, strained → proposal."""


@dataclass(frozen=True, slots=True)
class ChoiceRule:
    """From where on a portfolio is concentrated, risky, and a strain on the capital that bears it."""

    concentrated_from: float
    """Sum of the squared shares of the customers (HHI), 0 to 1."""
    risky_from: float
    """Share of the sales, or of the customers, that default in a year."""
    strained_from: float
    """Largest exposure as a share of the seller's equity."""
    equity: float = np.nan
    """The seller's equity in the review's currency, NaN where it is not known."""

    def __post_init__(self) -> None:
        if min(self.concentrated_from, self.risky_from, self.strained_from) < 0:
            raise ValueError("what a portfolio is judged by cannot be negative")


def proposal(hhi: Figures, default_risk: Figures, largest_to_equity: Figures, rule: ChoiceRule) -> NDArray[np.object_]:
    """Kind of insurance proposed for each portfolio, "" where one of the three figures is not known."""
    figures = np.column_stack([hhi, default_risk, largest_to_equity])
    reached = figures >= np.array([rule.concentrated_from, rule.risky_from, rule.strained_from])
    said = [PROPOSALS[concentrated, risky, strained] for concentrated, risky, strained in reached.tolist()]
    return np.where(np.isnan(figures).any(axis=1), "", np.array(said, dtype=object))
