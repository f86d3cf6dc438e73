"""Growing days to pay: Mann–Kendall test with the correction for ties and for continuity, and Sen's slope."""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, sqrt

import numpy as np
from numpy.typing import NDArray

from xlcredit.rules.signals.rule import Limits

Column = NDArray[np.float64]

GROWING, STEADY, TOO_FEW = "growing", "steady", "too_few"
_PAIRS = 4_000_000
"""Pairs of figures compared at a time, which keeps the memory of long series within bounds."""


@dataclass(frozen=True, slots=True)
class Trends:
    """Test of each series: figures in it, S, its variance, z, one-sided p of a growth, tau, slope a step."""

    n: NDArray[np.int64]
    s: NDArray[np.int64]
    variance: Column
    z: Column
    p: Column
    """Probability of so much growth by chance; the two-sided one is twice the smaller of p and 1 − p."""
    tau: Column
    slope: Column
    """Median of the slopes of all pairs; NaN below two figures."""


def mann_kendall(series: Column) -> Trends:
    """Trend of each series (rows), oldest first; blanks (NaN) are left out and the others move up.

    Var S = [n(n−1)(2n+5) − Σ t(t−1)(2t+5)] ÷ 18 over groups of t ties; z = (S ∓ 1) ÷ √Var. Source: docs.rs u-analytics.
    """
    width = series.shape[1]
    moved = np.take_along_axis(series, np.argsort(np.isnan(series), axis=1, kind="stable"), 1)
    step = max(1, _PAIRS // max(width * width, 1))
    parts = [_of_block(moved[start : start + step]) for start in range(0, max(len(moved), 1), step)]
    s, ties, slope = (np.concatenate(part) for part in zip(*parts, strict=True))
    n = (~np.isnan(series)).sum(axis=1)
    variance = (n * (n - 1) * (2 * n + 5) - ties) / 18
    with np.errstate(invalid="ignore", divide="ignore"):
        z = np.where(variance > 0, (s - np.sign(s)) / np.sqrt(variance), 0.0)
        tau = np.where(n > 1, s / (n * (n - 1) / 2), np.nan)
    p = np.array([erfc(each / sqrt(2)) / 2 for each in z.tolist()])
    return Trends(n, s, variance, z, p, tau, slope)


def _of_block(series: Column) -> tuple[NDArray[np.int64], NDArray[np.int64], Column]:
    """S, Σ t(t−1)(2t+5) and slope of each series."""
    first, second = np.triu_indices(series.shape[1], 1)
    rises = series[:, second] - series[:, first]
    s = np.nan_to_num(np.sign(rises)).sum(axis=1).astype(np.int64)
    alike = (series[:, :, None] == series[:, None, :]).sum(axis=2)
    # Every one of t equal figures adds (t−1)(2t+5); together they add t(t−1)(2t+5).
    ties = np.where(alike > 0, (alike - 1) * (2 * alike + 5), 0).sum(axis=1)
    slopes = rises / (second - first)
    known = ~np.isnan(slopes).all(axis=1)
    slope = np.full(len(series), np.nan)
    slope[known] = np.nanmedian(slopes[known], axis=1) if known.any() else np.nan
    return s, ties, slope


def payment_trends(trends: Trends, limits: Limits) -> NDArray[np.object_]:
    """GROWING, STEADY or TOO_FEW for each series: too few payments are said so, and never flagged."""
    growing = (trends.p < limits.p) & (trends.slope >= limits.slope)
    said = np.where(growing, GROWING, STEADY).astype(object)
    said[trends.n < limits.least_payments] = TOO_FEW
    return said
