"""Concentration: how much of the receivables depends on how few.

Only what is owed counts: a balance in credit is nobody's dependence and is left out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.money import Minor, sums


@dataclass(frozen=True, slots=True)
class Stress:
    """What is lost if the largest default at once: who they are, what is lost of each, and what share of all owed."""

    customers: NDArray[np.intp]
    lost: Minor
    share: float


def shares(minor: Minor) -> NDArray[np.float64]:
    """Each amount's share of all that is owed, 0 for a credit; NaN where nothing is owed."""
    owed = np.maximum(minor, 0)
    total = int(owed.sum())
    return owed / total if total else np.full(len(owed), np.nan)


def hhi(minor: Minor) -> float:
    """Herfindahl–Hirschman index: Σ share², from 0 to 1 (one customer); NaN where nothing is owed.

    In percent points squared, as competition authorities write it, it is 10 000 times as much.
    """
    held = shares(minor)
    return float(held @ held) if len(held) else float("nan")


def effective_number(minor: Minor) -> float:
    """Number of equal customers that would give the same index: 1 ÷ HHI."""
    return 1 / hhi(minor)


def top_share(minor: Minor, top: int) -> float:
    """Share of the largest so many in all that is owed; NaN where nothing is owed."""
    held = shares(minor)
    return float(np.sort(held)[::-1][:top].sum()) if len(held) else float("nan")


def of_groups(minor: Minor, groups: NDArray[np.intp], n_groups: int) -> Minor:
    """Minor units of each group of related customers: whoever stands or falls together counts as one."""
    return sums(minor, groups, n_groups)


def stress(minor: Minor, insured: Minor, top: int) -> Stress:
    """The loss if the largest so many default at once, less what is insured of each (S4: 三家下游客户同时拖欠).

    Args:
        minor: exposure of each customer or group, minor units.
        insured: what insurance pays of it, minor units.
        top: how many default.
    """
    owed = np.maximum(minor, 0)
    largest = np.argsort(-owed, kind="stable")[:top]
    largest = largest[owed[largest] > 0]
    lost = np.maximum(owed[largest] - np.maximum(insured[largest], 0), 0)
    total = int(owed.sum())
    return Stress(largest, lost, int(lost.sum()) / total if total else float("nan"))
