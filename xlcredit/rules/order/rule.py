"""The rule of orders: what may hold one, and what is let pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

OPEN, REDUCED, ON_HOLD, CASH_ONLY = "open", "reduced", "on_hold", "cash_only"
STATUSES: Final = (OPEN, REDUCED, ON_HOLD, CASH_ONLY)
"""Credit status of a customer: the whole limit, a share of it, no orders, or none but for cash."""

OWN, GROUP, INSURED, TEMPORARY, NONE = "credit_limit", "group_limit", "insured_limit", "temporary_limit", "none"

NAME: Final = "name"
NEAR_NAME: Final = "near_name"


@dataclass(frozen=True, slots=True)
class OrderRule:
    """What an order may do before it is held."""

    tolerance_days: int
    """Days past due that hold nothing yet."""
    core_tolerance: float = 0.0
    """Share of its own limit by which a core customer may exceed it."""
    reduced_share: float = 1.0
    """Share of the limit left to a customer whose status is reduced."""
    new_customers: Literal["insured", "limit"] = "insured"
    """What bounds a new customer: the insured amount, or its limit as everybody's."""
    new_months: int = 0
    """A customer is new for so many months."""
    holds_unknown: bool = True
    """Orders wait of customers that neither the ledger nor the customers sheet knows."""
    holds_listed: Literal["near_name", "name", "off"] = NEAR_NAME
    """Whose orders wait for a person: those listed by number or name, and by a near name, or nobody's."""
    holds_dunning_block: bool = False
    """A dunning block, which is no more than that, holds orders, too."""
    holds_short_prepayment: bool = True
    """Orders wait whose contract is not prepaid as far as it should be."""
    risk_shares: Mapping[str, float] = field(default_factory=dict)
    """Method of payment → share of an order that is at the customer's risk; 1 for every other."""
    good_banks: frozenset[str] = frozenset()
    """Ratings of issuing banks whose letters of credit lower the risk; of others they do not."""

    def __post_init__(self) -> None:
        if self.tolerance_days < 0 or self.new_months < 0 or self.core_tolerance < 0:
            raise ValueError(f"tolerances count forward: {self}")
        if not all(0 <= share <= 1 for share in (self.reduced_share, *self.risk_shares.values())):
            raise ValueError("a reduced limit, and the part of an order at risk, are shares from 0 to 1")
