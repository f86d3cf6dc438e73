"""Orders out of the ordinary: robust z of the latest month against the months before, in both directions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xlcredit.rules.signals.rule import Limits

Column = NDArray[np.float64]

HIGH, LOW, USUAL, TOO_FEW, NO_SPREAD = "high", "low", "usual", "too_few", "no_spread"
_MAD = 0.6745
"""Median absolute deviation of a normal distribution, in standard deviations (Iglewicz and Hoaglin)."""
_MEAN_DEVIATION = 0.797885
"""Its mean absolute deviation, √(2 ÷ π): what stands in where more than half of the months are alike."""


@dataclass(frozen=True, slots=True)
class Anomalies:
    """Robust z of each value, NaN where it has none, and what it says; "" without a value."""

    n: NDArray[np.int64]
    z: Column
    said: NDArray[np.object_]


def order_anomalies(history: Column, values: Column, limits: Limits) -> Anomalies:
    """How far each value is from its history (rows, NaN left out): z = 0.6745 × (value − median) ÷ MAD.

    Beyond ± the limit it is HIGH or LOW. With a MAD of 0 the mean absolute deviation takes its place; with none at all
    there is NO_SPREAD and no z.
    """
    n = (~np.isnan(history)).sum(axis=1)
    spread, middle = np.full(len(history), np.nan), np.full(len(history), np.nan)
    some = n > 0
    if some.any():
        middle[some] = np.nanmedian(history[some], axis=1)
        off = np.abs(history[some] - middle[some, None])
        mad, mean = np.nanmedian(off, axis=1) / _MAD, np.nanmean(off, axis=1) / _MEAN_DEVIATION
        spread[some] = np.where(mad > 0, mad, mean)
    enough = n >= limits.least_orders
    with np.errstate(invalid="ignore", divide="ignore"):
        z = np.where(enough & (spread > 0), (values - middle) / spread, np.nan)
    tests = [np.isnan(values), ~enough, ~(spread > 0), z > limits.order_z, z < -limits.order_z]
    said = np.select(tests, ["", TOO_FEW, NO_SPREAD, HIGH, LOW], default=USUAL).astype(object)
    return Anomalies(n, z, said)
