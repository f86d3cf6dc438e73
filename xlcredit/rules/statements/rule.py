"""What a policy says of statements."""

from __future__ import annotations

from dataclasses import dataclass

from xlcredit.kernel.bands import Bands, Bound

SAFE, GREY, DISTRESS = "safe", "grey", "distress"


@dataclass(frozen=True, slots=True)
class StatementRule:
    """Where the zones of Z'' begin, and what is worth a warning in two statements that follow each other."""

    grey_from: float
    safe_above: float
    debt_ratio_above: float
    """A debt ratio above this is high."""
    debt_ratio_rise: float
    """A debt ratio that rose by at least this share of the assets is rising."""
    profit_fall: float
    """Net income that fell by at least this share of its former size is falling."""
    period_days: tuple[int, int]
    """Least and most days between two period ends that are compared."""
    valid_months: int
    """Months from the end of its period in which a statement answers a scorecard."""

    def __post_init__(self) -> None:
        if self.grey_from > self.safe_above:
            raise ValueError(f"the grey zone begins at {self.grey_from}, beyond where it ends: {self.safe_above}")
        if self.period_days[0] > self.period_days[1]:
            raise ValueError(f"periods are {self.period_days[0]} days apart at least and {self.period_days[1]} at most")

    @property
    def zones(self) -> Bands:
        """Z'' → zone; both bounds belong to the grey zone."""
        return Bands((Bound(self.grey_from), Bound(self.safe_above, "above")), (DISTRESS, GREY, SAFE))
