"""Colours that are read in grey, by the colour-blind, and on bad paper."""

from __future__ import annotations

from itertools import pairwise

import pytest

from xlcredit.excel.pack import palette
from xlcredit.excel.styles import FILLS, FONTS, HEADER_FILL, INPUT_FILL

TEXTS = [
    (palette.INK, palette.PAPER), (palette.QUIET, palette.PAPER), (palette.QUIET, palette.BAND), (palette.PAPER, palette.HEAD),
    (palette.HEAD, palette.PAPER), (palette.HEAD, palette.BAND), (palette.LINK, palette.PAPER), (palette.INK, palette.BAR),
    (palette.INK, INPUT_FILL), (palette.HEAD, INPUT_FILL), ("000000", HEADER_FILL),
    *((FONTS[mood], FILLS[mood]) for mood in FILLS), *zip(palette.ON_RAMP, palette.RAMP, strict=True),
]  # fmt: skip


@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_stands_out_from_its_ground(text: str, ground: str) -> None:
    assert palette.contrast(text, ground) >= 4.5


def test_each_step_of_the_ramp_is_darker_than_the_one_before() -> None:
    for lighter, darker in pairwise(map(palette.luminance, palette.RAMP)):
        assert lighter > darker * 1.15


def test_series_of_a_chart_differ_in_grey() -> None:
    for darker, lighter in pairwise(map(palette.luminance, palette.SERIES)):
        assert (lighter + 0.05) / (darker + 0.05) > 1.3


def test_the_first_step_is_harmless_and_the_last_grave() -> None:
    assert [palette.step(place, 6) for place in range(6)] == [0, 1, 2, 3, 4, 5]
    assert [palette.step(place, 2) for place in range(2)] == [0, 5]
    assert palette.step(0, 1) == 0


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("000000", "FFFFFF", 21.0), ("777777", "FFFFFF", 4.48), ("FFFFFF", "FFFFFF", 1.0)]
)
def test_contrast_is_that_of_the_guideline(one: str, other: str, ratio: float) -> None:
    assert palette.contrast(one, other) == pytest.approx(ratio, abs=0.01)
