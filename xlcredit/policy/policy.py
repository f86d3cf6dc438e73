"""The policy: every figure a credit review depends on besides the ledger and the date.

It is data with one canonical form, TOML; its *fingerprint* is the first 8 hex digits of that form's SHA-256.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from xlcredit.rules.aging import Buckets
from xlcredit.rules.country import Countries
from xlcredit.rules.dunning import CaseRule, Procedure
from xlcredit.rules.grade import Grades
from xlcredit.rules.interest import InterestRule
from xlcredit.rules.limit import LimitRule
from xlcredit.rules.scorecard import Scorecard

AUTO = "auto"


@dataclass(frozen=True, slots=True)
class Policy:
    """A decoded policy; made by ``policy.load``."""

    name: str
    version: str
    currency: str
    buckets: Buckets
    procedures: Mapping[str, Procedure]
    procedure: str
    cases: CaseRule
    """What is done about a customer who does not pay, beside the procedure."""
    scorecards: Mapping[str, Scorecard]
    scorecard: str
    """Name of the scorecard in use, or AUTO: of ``scorecard_order`` the one the data answer best."""
    scorecard_order: tuple[str, ...]
    enough: float
    """Completeness from which the first card in the order is taken; else the most complete one is."""
    reasons: int
    grades: Grades
    limit: LimitRule
    tax: float
    tolerance_days: int
    """Orders are held where an open item is more days past due than this."""
    window_days: int
    recent_days: int
    premium: tuple[float, float]
    """Least and greatest premium rate on the insured amount."""
    prepayment: float
    review_every_months: int
    interest: InterestRule
    """Regimes of interest for late payment."""
    countries: Countries
    """ISO 3166 code → what collecting in that country takes."""
    tree: Mapping[str, Any] = field(repr=False, compare=False)
    """The same as the mapping it was decoded from, every key present."""
    origin: Mapping[str, str] = field(repr=False, compare=False)
    """Dotted key → the source that won it."""

    @property
    def dunning(self) -> Procedure:
        """The dunning procedure in use."""
        return self.procedures[self.procedure]
