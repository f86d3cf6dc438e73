"""Headings take two lines where one would make a column of figures wide."""

from __future__ import annotations

import pytest

from xlcredit.excel.headings import headings_height, width_in_two_lines


@pytest.mark.parametrize(
    ("heading", "width"),
    [
        ("Sales the DSO is reckoned on (CNY)", 19),
        ("Days overdue", 8),
        ("Members", 7),
        ("逾期天数", 8),
        ("1–30 days", 9),
    ],
)
def test_a_heading_takes_no_more_than_two_lines(heading: str, width: int):
    assert width == width_in_two_lines(heading)


def test_the_row_of_headings_is_as_high_as_its_highest():
    assert 20 == headings_height([("Grade", 12.0), ("Name", 30.0)])
    assert 33 == headings_height([("Grade", 12.0), ("Days overdue", 12.0)])
