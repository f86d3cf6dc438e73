"""Countries: X1 and X4, what collecting abroad takes."""

from __future__ import annotations

import numpy as np
import pytest

from xlcredit import policy
from xlcredit.rules import country

COUNTRIES = policy.load().countries
CODES = np.array(["CN", "DE", "GB", "XX", ""], dtype=object)
DUE = np.array(["2024-02-29"] * 5, dtype="datetime64[D]")


def test_each_country_has_its_statutory_interest():
    """X1: 不同国家的法律环境和商业惯例."""
    assert country.regimes(CODES, COUNTRIES, "contract").tolist() == ["cn_sme", "eu", "uk", "contract", "contract"]


def test_a_claim_lapses_when_its_limitation_period_is_over():
    """X1: the limitation period of each country, a leap day becoming the last of February."""
    lapses = country.lapses_on(DUE, CODES, COUNTRIES)
    wanted = ["2027-02-28", "2027-02-28", "2030-02-28", "NaT", "NaT"]
    np.testing.assert_array_equal(lapses, np.array(wanted, dtype="datetime64[D]"))
    within = country.lapses_within(lapses, np.datetime64("2026-08-30"), 182)
    assert within.tolist() == [True, True, False, False, False]
    last, after = (country.lapses_within(lapses, np.datetime64(day), 0) for day in ("2027-02-28", "2027-03-01"))
    assert (last[0], after[0]) == (True, False)
    left = country.days_to_lapse(lapses, np.datetime64("2027-03-01"))
    np.testing.assert_array_equal(left, [-1, -1, 1095, np.nan, np.nan])


def test_terms_are_longer_or_shorter_than_is_usual_in_the_country():
    """X1: usual terms."""
    np.testing.assert_array_equal(country.usual_days(CODES, COUNTRIES), [60, 30, 30, np.nan, np.nan])
    beyond = country.days_beyond_usual(np.array([60.0, 60, 14, 30, 30]), CODES, COUNTRIES)
    np.testing.assert_array_equal(beyond, [0, 30, -16, np.nan, np.nan])


def test_collecting_is_expected_to_cost_a_share_of_the_claim():
    """X4: 跨境催收的难度和成本."""
    share = country.collection_share(CODES, COUNTRIES)
    np.testing.assert_array_equal(share, [0.15, 0.1, 0.15, np.nan, np.nan])
    claims = np.array([1000.0, 99.99, -500, 100, 100])
    np.testing.assert_array_equal(
        country.collection_cost(claims, CODES, COUNTRIES, 2), [150.0, 10.0, 0.0, np.nan, np.nan]
    )


def test_letters_are_in_the_customers_language_else_in_its_countrys():
    """D12: 170个国家的本地化催收."""
    own = np.array(["en", "", "", "", "zh"], dtype=object)
    assert country.languages(own, CODES, COUNTRIES, "en").tolist() == ["en", "de", "en", "en", "zh"]


@pytest.mark.parametrize("figures", [{"limitation_years": 0.0}, {"collection_cost": 1.5}, {"collection_cost": -0.1}])
def test_a_country_that_cannot_be_is_refused(figures):
    usual = {"regime": "eu", "limitation_years": 3.0, "language": "de", "usual_days": 30.0, "collection_cost": 0.1}
    with pytest.raises(ValueError, match="DE: a limitation period is above 0 years, a cost is a share from 0 to 1"):
        country.Country("DE", **{**usual, **figures})
