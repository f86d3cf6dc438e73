"""PAYDEX against the points D&B publishes."""

from __future__ import annotations

import numpy as np

from xlcredit.rules.paydex import index, weighted


def test_the_published_points():
    """Worked number ``paydex-nodes``."""
    days = np.array([-30.0, -20, 0, 15, 22, 30, 60, 90, 120])
    assert index(days).tolist() == [100, 90, 80, 70, 60, 50, 40, 30, 20]


def test_between_the_points_as_on_the_published_chart():
    """Worked number ``paydex-interp``."""
    assert index(np.array([45.0, -10, 48, 33, 23])).tolist() == [45, 85, 44, 49, 58.75]


def test_beyond_both_ends():
    assert index(np.array([-400.0, 130, 310, 4000])).tolist() == [100, 19, 1, 1]


def test_weighted_by_amount_without_credits_and_unknown_days():
    """Worked number ``paydex-weighted``."""
    days = np.array([0.0, 15, 45, 300, np.nan])
    assert weighted(days, np.array([500000, 300000, 200000, -100, 900000])) == 70.0


def test_nothing_to_weigh():
    assert np.isnan(weighted(np.array([np.nan]), np.array([100])))
