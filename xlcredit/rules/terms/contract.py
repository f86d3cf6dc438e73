"""Contracts: the clauses without which a claim is hard to enforce, and why a lawyer has to read one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.money import to_minor

Amounts = NDArray[np.float64]
Flags = NDArray[np.bool_]
Text = NDArray[np.object_]

JURISDICTION_MISSING, FORUM_MISSING, LAW_MISSING = "jurisdiction_missing", "forum_missing", "law_missing"
LEGAL_REVIEW = "legal_review"
FLAGS: Final = (JURISDICTION_MISSING, FORUM_MISSING, LAW_MISSING, LEGAL_REVIEW)

LARGE, STATED, LONGER_TERMS = "large", "stated", "longer_terms"
RISKY_METHOD, UNUSUAL_JURISDICTION, NO_RETENTION = "risky_method", "unusual_jurisdiction", "no_retention"
REVIEW_REASONS: Final = (LARGE, STATED, LONGER_TERMS, RISKY_METHOD, UNUSUAL_JURISDICTION, NO_RETENTION)
"""Why a lawyer reads a contract, in the order they are told."""


@dataclass(frozen=True, slots=True)
class UnusualRule:
    """What makes the terms of a contract unusual (T6), besides that somebody says so."""

    days_beyond: float = np.inf
    """Net days that its terms may be longer than the customer's grade is granted."""
    methods: frozenset[str] = frozenset()
    """Methods of payment of high risk."""
    jurisdictions: frozenset[str] = frozenset()
    """The usual ones: another, or none at all, is unusual; nothing is where none is named."""
    retention_from: float = np.inf
    """Contracts from this amount on are unusual where the goods do not stay ours until they are paid."""


@dataclass(frozen=True, slots=True)
class Contracts:
    """Contracts as columns; an omitted one is not known of any."""

    amounts: Amounts
    """Value of each, NaN where it is not known."""
    unusual: Flags
    """Whether its terms are said to be unusual."""
    days: Amounts
    """Net days of its terms, NaN where they state none that are known."""
    granted: Amounts
    """Net days that the customer's grade is granted, NaN for a grade without terms."""
    methods: Text
    jurisdictions: Text | None = None
    retained: Flags | None = None
    """Whether the goods stay ours until they are paid."""


def review_reasons(
    contracts: Contracts, rule: UnusualRule, legal_review: float, places: int = 2
) -> list[tuple[str, ...]]:
    """Every reason for a lawyer to review each contract (T6): its amount, or one of its terms that is unusual.

    Without an amount there is no contract to look at, unless somebody says that its terms are unusual.

    Args:
        contracts: the contracts.
        rule: what is unusual.
        legal_review: threshold, itself included; infinite for none.
        places: decimals of the currency.
    """
    known = ~np.isnan(contracts.amounts)
    foreign = unsecured = np.zeros(len(known), dtype=np.bool_)
    if contracts.jurisdictions is not None and rule.jurisdictions:
        foreign = ~np.isin(contracts.jurisdictions.astype(str), sorted(rule.jurisdictions))
    if contracts.retained is not None:
        unsecured = ~contracts.retained & _reaches(contracts.amounts, rule.retention_from, places)
    found = {
        LARGE: _reaches(contracts.amounts, legal_review, places),
        STATED: contracts.unusual,
        LONGER_TERMS: known & (contracts.days - contracts.granted > rule.days_beyond),
        RISKY_METHOD: known & np.isin(contracts.methods.astype(str), sorted(rule.methods)),
        UNUSUAL_JURISDICTION: known & foreign,
        NO_RETENTION: unsecured,
    }
    table = np.column_stack([found[reason] for reason in REVIEW_REASONS])
    return [tuple(compress(REVIEW_REASONS, row)) for row in table.tolist()]


def contract_flags(jurisdictions: Text, forums: Text, laws: Text, reviewed: Sequence[object]) -> list[tuple[str, ...]]:
    """What each contract lacks (T4), and whether a lawyer must review it.

    Args:
        jurisdictions: whose courts decide, "" where the contract does not say.
        forums: court or arbitration body, "" likewise.
        laws: governing law, "" likewise.
        reviewed: what asks for the review of each, empty for nothing.
    """
    asked = np.array([bool(each) for each in reviewed], dtype=np.bool_)
    said = (jurisdictions == "", forums == "", laws == "", asked)
    return [tuple(compress(FLAGS, row)) for row in zip(*said, strict=True)]


def _reaches(amounts: Amounts, threshold: float, places: int) -> Flags:
    if not np.isfinite(threshold):
        return np.zeros(len(amounts), dtype=np.bool_)
    return np.asarray(~np.isnan(amounts) & (to_minor(amounts, places) >= to_minor(threshold, places)))
