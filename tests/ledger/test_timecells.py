"""Times of day in the cells of dates."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from xlcredit.ledger.timecells import seconds_of_day

CELLS = [
    (datetime(2026, 3, 9, 18, 5, 7, tzinfo=UTC), 18 * 3600 + 5 * 60 + 7),
    (46090.75, 18 * 3600),
    (46090.0, 0),
    (46090, 0),
    ("2026-03-09 17:30", 17 * 3600 + 30 * 60),
    ("2026-03-09T00:00:01Z", 1),
    ("9 March 2026 5:30 pm", 17 * 3600 + 30 * 60),
    ("3/9/2026 12:15 AM", 15 * 60),
    ("2026年3月9日8:00", 8 * 3600),
    ("2026-03-09", 0),
    ("25:00", 0),
    (date(2026, 3, 9), 0),
    (float("nan"), 0),
    (None, 0),
]


@pytest.mark.parametrize(("cell", "seconds"), CELLS)
def test_a_cell_tells_its_time_of_day(cell, seconds):
    assert seconds_of_day([cell]).tolist() == [seconds]
