"""The policy: every figure a credit review depends on besides the ledger and the date.

It is data with one canonical form, TOML; its *fingerprint* is the first 8 hex digits of that form's SHA-256.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from xlcredit.rules.admission import AdmissionRule, StepRule, TierRule
from xlcredit.rules.aging import Buckets
from xlcredit.rules.approval import ApprovalRule
from xlcredit.rules.country import Countries
from xlcredit.rules.dunning import CaseRule, Procedure
from xlcredit.rules.exposure import ExposureRule
from xlcredit.rules.grade import Grades
from xlcredit.rules.insurance import InsuranceRule
from xlcredit.rules.interest import InterestRule
from xlcredit.rules.letters import LetterRule
from xlcredit.rules.limit import LimitRule
from xlcredit.rules.metrics import MetricsRule
from xlcredit.rules.order import OrderRule
from xlcredit.rules.plan import PlanRule
from xlcredit.rules.plausible import PlausibleRule
from xlcredit.rules.provision import ProvisionRule
from xlcredit.rules.ratings import Scale
from xlcredit.rules.reviews import ReviewRule
from xlcredit.rules.scorecard import Scorecard
from xlcredit.rules.signals import SignalRule
from xlcredit.rules.statements import StatementRule
from xlcredit.rules.terms import TermsRule

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
    exposure: ExposureRule
    """Which components of the exposure count, the shock to rates, and the caps of countries."""
    order: OrderRule
    """What holds an order, and what is let pass."""
    terms: TermsRule
    """Terms of payment by grade, and the share of a contract to be prepaid."""
    plan: PlanRule
    """When an instalment of a payment plan is broken, and what ends the plan."""
    window_days: int
    recent_days: int
    review: ReviewRule
    """When customers are looked at again."""
    approval: ApprovalRule
    """Who approves limits, and for how long."""
    statements: StatementRule
    """Zones of Altman's Z'' and what is worth a warning between two statements."""
    admission: AdmissionRule
    """What a new customer has to show before it may buy on credit."""
    steps: StepRule
    """How long each step of an assessment may take."""
    tiers: TierRule
    """How deeply customers are looked into, by their sales."""
    ratings: Mapping[str, Scale]
    """Scale of each rating agency."""
    rating_months: int
    """Months that an external rating counts."""
    plausible: PlausibleRule
    """Ranges outside which an input of a score is asked about."""
    insurance: InsuranceRule
    """The insurance contract: cover, premium, indemnity and its dates."""
    provision: ProvisionRule
    """The provision matrix, over the buckets of the aging, and what lowers a loss."""
    metrics: MetricsRule
    """Which months the key figures look at."""
    signals: SignalRule
    """Limits, levels and responses of the early-warning signals."""
    interest: InterestRule
    """Regimes of interest for late payment."""
    countries: Countries
    """ISO 3166 code → what collecting in that country takes."""
    letters: LetterRule
    """Who writes letters to customers, and what they say."""
    tree: Mapping[str, Any] = field(repr=False, compare=False)
    """The same as the mapping it was decoded from, every key present."""
    origin: Mapping[str, str] = field(repr=False, compare=False)
    """Dotted key → the source that won it."""

    @property
    def dunning(self) -> Procedure:
        """The dunning procedure in use."""
        return self.procedures[self.procedure]
