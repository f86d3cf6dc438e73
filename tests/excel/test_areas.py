"""References and the rectangles they mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlcredit.excel.ooxml.areas import Area, sheet_area


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("A1", Area(0, 0, 0, 0)),
        ("$M$5:$Q$120", Area(4, 12, 119, 16)),
        ("A:C", Area(0, 0, 1_048_575, 2)),
        ("3:4", Area(2, 0, 3, 16_383)),
        ("XFD1048576", Area(1_048_575, 16_383, 1_048_575, 16_383)),
        ("#REF!", None),
        ("", None),
        ("Table1[Amount]", None),
    ],
)
def test_what_a_reference_means(reference, expected):
    assert expected == Area.of(reference)


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("'Open items'!$A$1", ("Open items", Area(0, 0, 0, 0))),
        ("Sheet1!$A$1:$B$2", ("Sheet1", Area(0, 0, 1, 1))),
        ("'It''s'!$A$1", ("It's", Area(0, 0, 0, 0))),
        ("#REF!$A$1", ("#REF", Area(0, 0, 0, 0))),
        ("[1]Sheet1!$A$1", None),
        ("OFFSET(Sheet1!$A$1,1,1)", None),
        ("42", None),
    ],
)
def test_what_a_name_refers_to(reference, expected):
    assert expected == sheet_area(reference)


areas = st.builds(
    lambda top, left, height, width: Area(top, left, top + height, left + width),
    st.integers(0, 1_000_000), st.integers(0, 16_000), st.integers(0, 999), st.integers(0, 99),
)  # fmt: skip


@given(areas, st.sampled_from(["Open items", "It's", "未清项", "2026", "A1"]))
def test_an_area_is_read_as_it_is_written(area, sheet):
    assert area == Area.of(area.text)
    assert (sheet, area) == sheet_area(area.on(sheet))
