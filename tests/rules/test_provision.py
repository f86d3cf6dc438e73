"""Expected credit losses and where their rates come from. Worked numbers: ids of the formula cases in brackets."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlcredit.kernel.bands import Bands, Bound
from xlcredit.kernel.money import to_minor
from xlcredit.policy import load
from xlcredit.rules.provision import UNDATED, ProvisionRule, history, losses

STANDARD = load().provision
NAN = np.nan


def matrix(*rates, above=(0, 30, 60, 90), **more):
    """A rule with these loss rates, the first for what is not due."""
    bounds = above[: len(rates) - 1]
    buckets = tuple(map(str, range(len(rates))))
    bands = Bands(tuple(Bound(day, "above") for day in bounds), buckets)
    return ProvisionRule(bands, {**dict(zip(buckets, rates, strict=True)), UNDATED: rates[-1]}, **more)


def expected(amounts, days, rule, **more):
    """Expected losses in major units."""
    minor = to_minor(np.array(amounts, dtype=np.float64), 2)
    return (losses.expected(minor, np.array(days, dtype=np.float64), rule, **more) / 100).tolist()


def words(*texts):
    return np.array(texts, dtype=object)


class TestMatrix:
    def test_each_bucket_has_its_loss_rate(self):
        """(ecl-matrix)"""
        rule = matrix(0.005, 0.022, 0.027, 0.045)
        assert expected([15_000, 7_500, 4_000, 2_500], [0, 30, 31, 61], rule) == [75, 165, 108, 112.5]

    def test_the_losses_of_a_matrix_add_up(self):
        """(ecl-matrix-2)"""
        rule = matrix(0, 0.015, 0.034, 0.071, 0.108)
        assert sum(expected([7e6, 4e6, 2.5e6, 1e6], [1, 45, 90, 91], rule)) == 526_500

    def test_the_standard_matrix_is_that_of_the_illustrative_example(self):
        """(ecl-ifrs9-ie)"""
        balances, days = [15e6, 7.5e6, 4e6, 2.5e6, 1e6], [-5, 30, 60, 90, 91]
        assert sum(expected(balances, days, STANDARD)) == 580_000

    def test_what_has_no_date_takes_the_rate_of_the_undated(self):
        rule = replace(STANDARD, rates={**STANDARD.rates, UNDATED: 0.5})
        assert expected([100, 100], [NAN, 5], rule) == [50, 1.6]

    def test_losses_ahead_differ_by_a_factor_and_never_exceed_what_is_owed(self):
        assert expected([100, 100], [0, 31], matrix(0.01, 0.02, 0.9, forward_factor=1.2)) == [1.2, 100]

    def test_a_segment_has_rates_of_its_own_where_it_says_so(self):
        rule = matrix(0.01, 0.02, segments={"retail": {"1": 0.08}})
        said = expected([100] * 4, [0, 1, 0, 1], rule, segments=words("retail", "retail", "", "key accounts"))
        assert said == [1, 8, 1, 2]

    @given(st.lists(st.tuples(st.integers(0, 10**12), st.integers(-90, 900)), min_size=1, max_size=12))
    def test_a_line_alone_is_the_line_among_others_and_none_loses_more_than_it_holds(self, items):
        amounts, days = (np.array(column) for column in zip(*items, strict=True))
        together = losses.expected(amounts, days.astype(np.float64), STANDARD)
        alone = [losses.expected(amounts[[i]], days[[i]].astype(np.float64), STANDARD)[0] for i in range(len(items))]
        assert together.tolist() == alone
        assert ((together >= 0) & (together <= amounts)).all()

    def test_every_bucket_needs_a_rate(self):
        with pytest.raises(ValueError, match="the bucket 1 has no loss rate"):
            ProvisionRule(Bands((Bound(0),), ("0", "1")), {"0": 0.1, UNDATED: 0})

    def test_a_rate_is_a_share(self):
        with pytest.raises(ValueError, match="are shares from 0 to 1"):
            matrix(0.1, 1.1)


GRADED = replace(STANDARD, pd={"C": 0.03}, lgd=0.6)


class TestGrades:
    def test_a_grade_with_a_pd_takes_the_matrix_s_place(self):
        """(ecl-insured, gross): 100,000 × 3 % × 60 %; a grade without a PD, and none, take the matrix's 0.3 %."""
        said = expected([100_000] * 3, [0, 0, 0], GRADED, grades=words("C", "A", ""))
        assert said == [1_800, 300, 300]

    def test_beyond_90_days_default_is_presumed(self):
        said = expected([1_000, 1_000], [90, 91], GRADED, grades=words("C", "C"))
        assert said == [18, 600]
        days = np.array([30, 31, 90, 91, NAN])
        assert losses.risk_has_risen(days, STANDARD).tolist() == [False, True, True, True, False]
        assert losses.defaulted(days, STANDARD).tolist() == [False, False, False, True, False]

    @pytest.mark.parametrize(("integral", "loss"), [(True, 504), (False, 1_800)])
    def test_cover_lowers_the_loss_where_it_is_integral_to_the_receivable(self, integral, loss):
        """(ecl-insured, net): of 100,000 a limit of 80,000 insures 72,000 at 90 %."""
        rule = replace(GRADED, cover_is_integral=integral)
        assert expected([100_000], [0], rule, grades=words("C"), insured=np.array([7_200_000])) == [loss]

    def test_retention_of_title_recovers_a_share_of_the_loss(self):
        """T5: a share of the loss comes back where title is retained; the share is the policy's, 0 by default."""
        rule = replace(GRADED, retention_recovery=0.7)
        said = expected([10_000, 10_000], [0, 0], rule, grades=words("C", "C"), retained=np.array([True, False]))
        assert said == [54, 180]
        assert STANDARD.retention_recovery == 0

    @given(st.integers(0, 10**10), st.integers(0, 10**10), st.integers(0, 10**10), st.integers(-10, 400))
    def test_more_cover_never_raises_the_loss(self, amount, covered, more, days):
        rule = replace(STANDARD, cover_is_integral=True)
        minor, age = np.array([amount]), np.array([float(days)])
        less = losses.expected(minor, age, rule, insured=np.array([covered + more]))
        assert less <= losses.expected(minor, age, rule, insured=np.array([covered]))


KINGDEE = ProvisionRule(
    Bands(tuple(Bound(day, "above") for day in (30, 60, 90, 180, 365)), tuple("012345")),
    {**dict(zip("012345", (0, 0.05, 0.10, 0.20, 0.50, 1), strict=True)), UNDATED: 1},
    set_off="customer",
)


class TestCredits:
    def test_with_a_right_of_set_off_credits_lower_a_customer_s_provision(self):
        """(ecl-kingdee): 34,000 net; 5 % of 20,000 and 20 % of 5,000, less all of a credit of 1,000."""
        minor = np.array([1_000_000, 2_000_000, 500_000, -100_000])
        lines = losses.expected(minor, np.array([20.0, 45, 100, 400]), KINGDEE)
        kept = np.where(losses.is_kept(lines, minor, np.zeros(4, dtype=np.intp), 1), lines, 0)
        assert (minor.sum(), kept.tolist()) == (3_400_000, [0, 100_000, 100_000, -100_000])

    def test_without_it_a_credit_loses_nothing_and_lowers_nothing(self):
        rule = replace(KINGDEE, set_off="none")
        assert expected([10_000, -1_000], [45, 400], rule) == [500, 0]

    @pytest.mark.parametrize("set_off", ["none", "customer"])
    def test_a_customer_that_owes_nothing_net_has_no_provision(self, set_off):
        """Edge case 17: in net credit, or even; and where old credits outweigh the losses."""
        rule = replace(KINGDEE, set_off=set_off)
        minor = np.array([10_000, -100_000, 5_000, -5_000, 9_000, -100, 400])
        owners = np.array([0, 0, 1, 1, 2, 3, 3])
        lines = losses.expected(minor, np.array([45.0, 0, 100, 20, 45, 400, 45]), rule)
        kept = np.where(losses.is_kept(lines, minor, owners, 4), lines, 0).tolist()
        assert kept[:5] == [0, 0, 0, 0, 450]
        assert kept[5:] == ([0, 20] if set_off == "none" else [0, 0])


class TestHistory:
    def test_loss_rates_are_products_of_roll_rates(self):
        """(ecl-rollrate)"""
        found = history.loss_rates(np.array([0.2, 0.4, 0.5, 0.6, 0.8]))
        assert found == pytest.approx([0.0192, 0.096, 0.24, 0.48, 0.8], rel=1e-12)

    def test_a_roll_rate_that_is_not_known_leaves_those_before_it_unknown(self):
        found = history.loss_rates(np.array([0.5, NAN, 0.5, 1.5]))
        assert np.isnan(found[:2]).all()
        assert found[2:].tolist() == [0.75, 1]

    def test_loss_rates_from_how_sales_were_paid(self):
        """(ecl-agedsales): of 100,000 the last 3,000 were never paid."""
        found = history.loss_rates_of_sales(100_000, np.array([20_000, 35_000, 30_000, 12_000.0]))
        assert found == pytest.approx([0.03, 0.0375, 0.066667, 0.2, 1], abs=5e-7)
        assert np.isnan(history.loss_rates_of_sales(100, np.array([100.0]))[1])

    def test_roll_rates_are_pooled_over_the_months(self):
        balances = np.array([[1_000, 200, 80], [1_500, 300, 100], [900, 150, 180.0]])
        assert history.roll_rates(balances).tolist() == [450 / 2_500, 280 / 500]

    def test_a_balance_that_is_missing_leaves_its_months_out_of_its_rate(self):
        balances = np.array([[1_000, 200, 80], [1_500, NAN, 100], [900, 150, 180.0]])
        assert history.roll_rates(balances).tolist() == [150 / 1_500, 100 / 200]

    def test_nothing_that_could_roll_gives_no_rate_and_a_credit_rolls_nothing(self):
        found = history.roll_rates(np.array([[0, -50, 100], [10, 5, -3.0]]))
        assert np.isnan(found).tolist() == [True, True]
        assert history.roll_rates(np.array([[10, 5.0], [10, -5.0]])).tolist() == [0]

    @given(st.lists(st.integers(1, 10), min_size=1, max_size=5), st.integers(2, 8), st.integers(1, 10))
    def test_balances_that_roll_steadily_give_back_their_rates(self, tenths, months, millions):
        rates = np.array(tenths) / 10
        balances = np.tile(millions * 1e6 * np.cumprod([1.0, *rates]), (months, 1))
        assert history.roll_rates(balances) == pytest.approx(rates, rel=1e-12)
