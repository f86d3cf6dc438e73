"""Contracts: the clauses without which a claim is hard to enforce, and when a lawyer has to read one."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.money import to_minor

Amounts = NDArray[np.float64]
Text = NDArray[np.object_]

JURISDICTION_MISSING, FORUM_MISSING, LAW_MISSING = "jurisdiction_missing", "forum_missing", "law_missing"
LEGAL_REVIEW = "legal_review"
FLAGS: Final = (JURISDICTION_MISSING, FORUM_MISSING, LAW_MISSING, LEGAL_REVIEW)


def contract_flags(
    jurisdictions: Text,
    forums: Text,
    laws: Text,
    amounts: Amounts,
    unusual: NDArray[np.bool_],
    legal_review: float,
    places: int = 2,
) -> list[tuple[str, ...]]:
    """What each contract lacks, and whether a lawyer must review it: from the threshold on, or for unusual terms.

    Args:
        jurisdictions: whose courts decide, "" where the contract does not say.
        forums: court or arbitration body, "" likewise.
        laws: governing law, "" likewise.
        amounts: value of each contract, NaN where it is not known.
        unusual: whether its terms are not the usual ones.
        legal_review: threshold, itself included; infinite for none.
        places: decimals of the currency.
    """
    large = np.zeros(len(amounts), dtype=np.bool_)
    if np.isfinite(legal_review):
        large = ~np.isnan(amounts) & (to_minor(amounts, places) >= to_minor(legal_review, places))
    said = (jurisdictions == "", forums == "", laws == "", large | unusual)
    return [tuple(flag for flag, holds in zip(FLAGS, row, strict=True) if holds) for row in zip(*said, strict=True)]
