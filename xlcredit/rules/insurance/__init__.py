"""Trade credit insurance: what is covered, what it costs, what a loss brings, and by when each step is due.

A *buyer* is an insured customer; the *insured limit* is what the insurer carries for it, the *cover* the insured share
of a loss. What the insurer does not carry is *uninsured*. A *cause of loss* decides how long the insurer waits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from xlcredit.rules.insurance.choice import ChoiceRule
from xlcredit.rules.insurance.claims import EVERY_CLAIM
from xlcredit.rules.insurance.clock import ClockRule
from xlcredit.rules.insurance.indemnity import IndemnityRule
from xlcredit.rules.insurance.premium import PremiumRule


@dataclass(frozen=True, slots=True)
class InsuranceRule:
    """The insurance contract: what it takes in, and the rules of its premium, its indemnity and its dates."""

    cover: float
    """Insured share of a loss."""
    premium: PremiumRule
    indemnity: IndemnityRule
    clock: ClockRule
    choice: ChoiceRule
    basis: Literal["annual", "order"] = "annual"
    scope: Literal["whole_turnover", "named_buyers"] = "whole_turnover"
    evidence: Mapping[str, str] = field(default_factory=dict)
    """Document → the cause of loss it is needed for, or EVERY_CLAIM."""
    holidays: str = ""
    """Country whose holidays the insurer keeps, as ISO 3166 writes it; "" for weekends alone."""

    def __post_init__(self) -> None:
        if not 0 < self.cover <= 1:
            raise ValueError(f"cover is a fraction up to 1, not {self.cover}")
        for document, cause in self.evidence.items():
            if cause != EVERY_CLAIM and cause not in self.clock.waiting_days:
                raise ValueError(f"{document} is evidence for {cause}, which is no cause of loss")
