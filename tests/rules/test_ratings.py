"""External ratings: every agency's scale with its own direction, on one score from 0 to 100."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlcredit.policy import load
from xlcredit.rules import ratings
from xlcredit.rules.ratings import Scale

SCALES = load().ratings


def text(*cells):
    return np.array(cells, dtype=object)


def read(*pairs):
    values, faults = ratings.read(
        text(*(agency for agency, _ in pairs)), text(*(rating for _, rating in pairs)), SCALES
    )
    return [fault or value for value, fault in zip(values.tolist(), faults, strict=True)]


def test_the_best_and_the_worst_of_each_agency():
    """A8, A21: the agency's scale and its direction, mapped to the own scale."""
    assert read(
        ("Allianz Trade", "1"), ("Allianz Trade", "10"),
        ("Coface DRA", "10"), ("Coface DRA", "0"),
        ("D&B PAYDEX", "100"), ("D&B PAYDEX", "80"),
        ("D&B failure class", "1"), ("D&B failure class", "5"),
        ("D&B failure percentile", "100"), ("D&B failure percentile", "1"),
        ("D&B delinquency", "670"), ("D&B delinquency", "101"),
        ("D&B rating", "5A1"), ("D&B rating", "HH4"),
        ("Creditsafe", "100"), ("Creditsafe", "0"),
    ) == [100, 0, 100, 0, 100, 80, 95, 10, 100, 1, 100, 0, 95, 20, 100, 0]  # fmt: skip


def test_an_agency_goes_by_its_other_names_and_a_whole_number_by_its_spellings():
    assert read(
        ("Euler Hermes", "1"), ("安联贸易", "01"), ("裕利安宜", "1.0"), ("科法斯 DRA", "10"), ("科法斯 @", "@@"),
        ("Dun & Bradstreet PAYDEX", "80"), ("邓白氏评级", "5A1"), ("Allianz Trade", "10.00"), ("Allianz Trade", "1.5"),
    ) == [100, 100, 100, 100, 50_000, 80, 95, 0, "unknown-rating"]  # fmt: skip


def test_a_rating_of_coface_s_signs_is_an_amount():
    assert read(*(("coface_@", sign) for sign in ("X", "R", "@", "@@", "@@@", "＠＠"))) == [
        0, 10_000, 20_000, 50_000, 100_000, 50_000,
    ]  # fmt: skip
    assert (SCALES["coface_@"].gives, SCALES["coface_dra"].gives) == (ratings.AMOUNT, ratings.SCORE)


def test_what_no_scale_knows_is_a_fault_and_no_rating_is_none():
    assert read(("Moody's", "Baa1"), ("allianz_trade", "11"), ("dnb_paydex", "101"), ("dnb_rating", "7A1"),
                ("dnb_rating", "1"), ("dnb_paydex", "good")) == [
        "unknown-agency", "unknown-rating", "unknown-rating", "unknown-rating", "unknown-rating", "unknown-rating",
    ]  # fmt: skip
    values, faults = ratings.read(text("Moody's", ""), text("", ""), SCALES)
    assert (np.isnan(values).tolist(), faults.tolist()) == ([True, True], ["", ""])


@pytest.mark.parametrize("agency", [name for name, scale in SCALES.items() if scale.reading == ratings.NUMBERS])
@given(st.floats(0, 700), st.floats(0, 700))
def test_a_better_number_never_scores_less(agency, first, second):
    scale = SCALES[agency]
    low, high = scale.value(str(min(first, second))), scale.value(str(max(first, second)))
    assert np.isnan(low) or np.isnan(high) or low <= high


def test_a_scale_of_one_s_own():
    scale = Scale({"A": 90, "B": 60}, prefixes=("x", "y"))
    assert [scale.value(rating) for rating in ("XA", "y b")] == [90, 60]
    assert np.isnan(scale.value("A"))


def test_a_rating_grows_old_and_one_of_tomorrow_is_not_there_yet():
    """A8: the age of a rating."""
    given_on = np.array(["2025-06-30", "2025-06-29", "2026-07-01", "NaT"], dtype="datetime64[D]")
    assert ratings.outdated(given_on, np.datetime64("2026-06-30"), 12).tolist() == [False, True, True, True]
