"""Orders released and held."""

from __future__ import annotations

import numpy as np
import pytest

from xlcredit.rules.order import check

NAN = np.nan


@pytest.mark.parametrize(
    ("exposure", "limit", "order", "days", "expired", "said"),
    [
        (900, 1000, 100, 0, False, "release"),
        (900, 1000, 100.01, 0, False, "limit_exceeded"),
        (0.1, 0.3, 0.2, NAN, False, "release"),
        (9e6, NAN, 9e6, 0, True, "release"),
        (0, 0, 0.01, 0, False, "limit_exceeded"),
        (9000, 0, 0, 400, True, "release"),
        (9000, 0, -50, 400, True, "release"),
        (0, 1000, 10, 30, False, "release"),
        (0, 1000, 10, 31, False, "past_due"),
        (0, 1000, 10, 31, True, "limit_expired"),
        (NAN, 1000, 10, 0, False, "exposure_unknown"),
        (NAN, NAN, 10, 0, False, "release"),
        (0, 1000, NAN, 0, False, ""),
    ],
)
def test_an_order_is_released_or_held(exposure, limit, order, days, expired, said):
    figures = [np.array([float(figure)]) for figure in (exposure, limit, order, days)]
    assert check(*figures, np.array([expired]), tolerance_days=30).tolist() == [said]
