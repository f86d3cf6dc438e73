"""Trade credit insurance, from the cover to the claim's file. Worked numbers: ids of the formula cases in brackets."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlcredit.kernel.bands import Bound
from xlcredit.policy import load
from xlcredit.policy.workdays import workdays
from xlcredit.rules.dunning import Level, Procedure, action, stage
from xlcredit.rules.insurance import InsuranceRule, choice, claims, clock, cover, indemnity, premium
from xlcredit.rules.limit import LimitRule, candidates, suggest

STANDARD = load().insurance
NAN = np.nan


def money(*amounts):
    return np.array(amounts, dtype=np.float64)


def days(*dates):
    return np.array([date or "NaT" for date in dates], dtype="datetime64[D]")


def words(*texts):
    return np.array(texts, dtype=object)


class TestCover:
    def test_up_to_90_percent_of_the_exposure_within_the_limit_is_insured(self):
        """I1: cover is the policy's, 90 % by default."""
        assert STANDARD.cover == 0.9
        insured = cover.insured(money(100_000, 50_000, -10), money(80_000, 80_000, 80_000), STANDARD.cover)
        assert insured.tolist() == [72_000, 45_000, 0]

    def test_what_no_insurer_carries_is_told_with_each_buyers_cover_status(self):
        """I12."""
        exposure = money(100_000, 50_000, 0, 9_000, -700)
        limit = money(80_000, 80_000, 10_000, 0, 5_000)
        left = cover.remainder(exposure, cover.insured(exposure, limit, 0.9))
        assert left.tolist() == [28_000, 5_000, 0, 9_000, 0]
        assert cover.status(exposure, limit).tolist() == ["partly_covered", "covered", "", "not_covered", ""]

    def test_the_insured_limit_bounds_the_credit_limit_and_coverage_is_told(self):
        """L10: an insured limit of 90,000 at 90 % carries a credit limit of 100,000."""
        allowed = candidates(money(167_178.08), {}, money(90_000), LimitRule(caps={}, cover=STANDARD.cover))
        limit, bound = suggest(allowed, money(1), LimitRule(caps={}, cover=STANDARD.cover))
        assert (limit.tolist(), bound.tolist()) == ([100_000], ["insured_limit"])
        exposure = money(100_000, 0)
        assert cover.coverage(exposure, money(72_000, 0))[0] == 0.72
        assert np.isnan(cover.coverage(exposure, money(72_000, 0))[1])

    @pytest.mark.parametrize(
        ("scope", "basis", "insured"),
        [
            ("whole_turnover", "annual", [True, True, True, True]),
            ("named_buyers", "annual", [True, True, False, False]),
            ("whole_turnover", "order", [True, False, True, False]),
            ("named_buyers", "order", [True, False, False, False]),
        ],
    )
    def test_what_is_insured_at_all(self, scope, basis, insured):
        """I3, I4: by the order or by the year; the whole turnover or named buyers."""
        named, declared = np.array([True, True, False, False]), np.array([True, False, True, False])
        assert cover.in_scope(named, declared, scope, basis).tolist() == insured

    def test_sales_after_the_stop_shipment_date_are_not_covered(self):
        sold = days("2026-03-01", "2026-03-02", "2026-03-02", "", "")
        stopped = days("2026-03-01", "2026-03-01", "", "2026-03-01", "")
        covered = cover.before_stop(sold, stopped)
        assert covered.tolist() == [True, False, True, False, True]

    @given(
        st.lists(
            st.tuples(st.integers(-(10**9), 10**12), st.integers(0, 10**12), st.integers(0, 100)),
            min_size=1,
            max_size=9,
        )
    )
    def test_insured_and_uninsured_foot_to_the_exposure(self, rows):
        exposure, limit, percent = (np.array(column, dtype=np.float64) for column in zip(*rows, strict=True))
        exposure, limit, share = exposure / 100, limit / 100, percent / 100
        insured = cover.insured(exposure, limit, share)
        left = cover.remainder(exposure, insured)
        cents = [np.rint(column * 100).astype(np.int64) for column in (insured, left, np.maximum(exposure, 0))]
        assert (cents[0] + cents[1]).tolist() == cents[2].tolist()
        assert (insured <= np.maximum(limit, 0)).all()


class TestPremium:
    def test_turnover_times_rate_no_less_than_the_minimum(self):
        """I2 (ins-premium): 20,000,000 at 0.5 % is 100,000, more than the 60,000 there are to pay at least."""
        due = premium.premium(money(20_000_000, 10_000_000, NAN), money(0.005, 0.005, 0.005), 60_000)
        assert due[:2].tolist() == [100_000, 60_000]
        assert np.isnan(due[2])

    def test_the_rate_rises_with_the_grade_within_the_span(self):
        """I2: grades stand evenly between 0.3 % and 1.2 %; a quoted rate takes the place of its grade's."""
        grades = words("A", "C", "E", "", "Z")
        assert premium.rates(grades, STANDARD.premium) == pytest.approx([0.003, 0.0075, 0.012, 0.012, 0.012])
        quoted = load(sets=["insurance.rates.C=0.004"]).insurance.premium
        assert premium.rates(grades, quoted) == pytest.approx([0.003, 0.004, 0.012, 0.012, 0.012])

    @pytest.mark.parametrize(("base", "due"), [("turnover", 5_000), ("exposure", 500), ("limit", 750)])
    def test_what_the_premium_is_reckoned_on_is_the_contract_s(self, base, due):
        rule = load(sets=[f"insurance.premium_base={base}"]).insurance.premium
        columns = (money(1_000_000), money(100_000), money(150_000))
        assert premium.premium(premium.base(*columns, rule), money(0.005)).tolist() == [due]


class TestIndemnity:
    @pytest.mark.parametrize(("excess_first", "paid"), [(False, 85_000), (True, 85_500)])
    def test_the_excess_is_deducted_after_cover_or_before(self, excess_first, paid):
        """(ins-indemnity-a, ins-indemnity-b)"""
        one = indemnity.indemnity(money(120_000), money(100_000), 0.9, 5_000, excess_first)
        rule = indemnity.IndemnityRule(excess=5_000, excess_first=excess_first)
        assert one.tolist() == indemnity.settle(money(120_000), money(100_000), 0.9, rule).tolist() == [paid]

    def test_the_insured_keeps_the_minimum_retention(self):
        """(ins-minretention): of 5,000 it keeps 1,000, since 15 % would be less; of 20,000 it keeps 15 %."""
        rule = indemnity.IndemnityRule(minimum_retention=1_000)
        paid = indemnity.settle(money(5_000, 20_000, 800), money(50_000, 50_000, 50_000), 0.85, rule)
        assert paid.tolist() == [4_000, 17_000, 0]

    def test_a_loss_up_to_the_threshold_is_not_payable_one_above_it_is_in_full(self):
        """(ins-threshold)"""
        rule = indemnity.IndemnityRule(threshold=1_000)
        paid = indemnity.settle(money(1_000, 1_001), money(50_000, 50_000), 0.85, rule)
        assert paid.tolist() == [0, 850.85]

    def test_the_year_s_indemnities_end_at_the_policy_maximum(self):
        """I10 (ins-maxliab): 30 times the premium of 100,000, whatever the loss; the next loss is paid nothing."""
        rule = indemnity.IndemnityRule(maximum_premiums=30)
        paid = indemnity.settle(money(5_000_000, 10_000), money(6_000_000, 6_000_000), 0.9, rule, premium=100_000)
        assert paid.tolist() == [3_000_000, 0]
        assert indemnity.IndemnityRule(maximum=2_000_000, maximum_premiums=30).greatest(100_000) == 2_000_000
        assert STANDARD.indemnity.maximum_premiums == 30

    @pytest.mark.parametrize(
        ("kind", "paid"), [("each_and_every", [7_000, 0, 4_000]), ("aggregate", [7_000, 1_000, 6_000])]
    )
    def test_a_first_loss_is_of_each_loss_or_of_the_year(self, kind, paid):
        rule = indemnity.IndemnityRule(first_loss=2_000, first_loss_kind=kind)
        losses, limits = money(10_000, 1_111.11, 6_666.67), money(50_000, 50_000, 50_000)
        assert indemnity.settle(losses, limits, 0.9, rule).tolist() == paid

    def test_what_is_not_known_pays_nothing_known_and_uses_nothing_up(self):
        rule = indemnity.IndemnityRule(maximum=1_000)
        paid = indemnity.settle(money(NAN, 2_000), money(5_000, 5_000), 0.9, rule)
        assert np.isnan(paid[0])
        assert paid[1] == 1_000

    @given(
        st.lists(st.integers(0, 10**8), min_size=1, max_size=8),
        st.integers(0, 10**7),
        st.integers(0, 10**8),
        st.sampled_from(["each_and_every", "aggregate"]),
    )
    def test_no_more_is_paid_than_lost_nor_than_the_maximum(self, losses, deducted, maximum, kind):
        lost = np.array(losses) / 100
        rule = indemnity.IndemnityRule(
            excess=deducted / 100, first_loss=deducted / 200, first_loss_kind=kind, maximum=maximum / 100
        )
        paid = indemnity.settle(lost, np.full(len(lost), 1e6), 0.9, rule)
        assert (paid >= 0).all()
        assert (paid <= lost).all()
        assert np.rint(paid * 100).sum() <= maximum

    def test_what_is_deducted_cannot_be_negative(self):
        with pytest.raises(ValueError, match="cannot be negative"):
            indemnity.IndemnityRule(excess=-1)


BROKER = clock.ClockRule(150, waiting_from="notification", waiting_days={"protracted_default": 150}, payment_days=30)


class TestClock:
    def test_from_invoice_to_payment(self):
        """I6 (ins-timeline): day 1 is the invoice date; 150 days to notify, 150 to wait, 30 to be paid."""
        notify_by = clock.notify_by(days("2022-01-01"), days("2022-05-01"), BROKER)
        waited = clock.waiting_ends(words("protracted_default"), days("2022-05-01"), notify_by, BROKER)
        paid = clock.pay_by(waited, BROKER)
        assert [str(date[0]) for date in (notify_by, waited, paid)] == ["2022-05-30", "2022-10-27", "2022-11-26"]

    def test_a_protracted_default_is_a_loss_180_days_after_the_due_date(self):
        """(ins-waiting-180)"""
        causes = words("protracted_default", "insolvency", "insolvency", "fire", "")
        due = days("2026-01-31", "2026-06-30", "2026-06-30", "2026-01-31", "2026-01-31")
        notified = days("2026-03-01", "2026-04-15", "", "2026-03-01", "2026-03-01")
        ends = clock.waiting_ends(causes, due, notified, STANDARD.clock)
        assert ends.astype(str).tolist() == ["2026-07-30", "2026-04-15", "NaT", "NaT", "NaT"]

    def test_notification_counts_from_the_due_date_where_the_contract_says_so(self):
        rule = load(
            sets=["insurance.clock.notify_from=due_date", "insurance.clock.first_day=does_not_count"]
        ).insurance.clock
        told = clock.notify_by(days("2026-01-01", "2026-01-01"), days("2026-01-31", ""), rule)
        assert told.astype(str).tolist() == ["2026-06-30", "NaT"]

    @pytest.mark.parametrize(
        ("filed", "country", "advanced", "settled"),
        [
            ("2026-09-21", "", "2026-09-30", "2026-10-09"),
            ("2026-09-21", "CN", "2026-10-08", "2026-10-16"),  # Oct 1–7 off, and Saturday Oct 10 worked instead
            ("2026-09-19", "CN", "2026-09-29", "2026-10-14"),  # a Saturday; Sunday Sep 20 is worked
            ("", "CN", "NaT", "NaT"),
        ],
    )
    def test_an_advance_within_7_working_days_and_settlement_within_14(self, filed, country, advanced, settled):
        """I8: 14 working days for the claim, 7 for an advance on it, by the insurer's calendar."""
        calendar = workdays(country, 2026, 2027)
        day = days(filed)
        assert clock.advanced_by(day, STANDARD.clock, calendar.off, calendar.worked).astype(str).tolist() == [advanced]
        assert clock.settled_by(day, STANDARD.clock, calendar.off, calendar.worked).astype(str).tolist() == [settled]

    @given(st.integers(0, 3000), st.integers(1, 60), st.sets(st.integers(0, 3200), max_size=30))
    def test_working_days_are_numpy_s_where_no_weekend_is_worked(self, day, count, off):
        start = np.array([np.datetime64("2020-01-01") + day])
        holidays = np.array([np.datetime64("2020-01-01") + each for each in sorted(off)], dtype="datetime64[D]")
        wanted = np.busday_offset(start, count, roll="backward", holidays=holidays)
        assert clock.working_days_after(start, count, holidays).tolist() == wanted.tolist()

    def test_no_working_days_end_where_they_begin(self):
        assert clock.working_days_after(days("2026-10-03", ""), 0).astype(str).tolist() == ["2026-10-03", "NaT"]


class TestClaims:
    def test_insolvency_is_filed_at_once_and_the_rest_in_its_time(self):
        """I6, I7: what is to be done about each loss on October 31, and the days left to notify it."""
        causes = words("insolvency", *["protracted_default"] * 4, "fire", "")
        notify_by = days(
            "2026-12-31", "2026-11-05", "2026-10-30", "2026-10-31", "2026-08-01", "2026-12-31", "2026-12-31"
        )
        notified = days("", "", "", "2026-10-01", "2026-03-01", "", "")
        ends = days("", "2027-01-01", "2027-01-01", "2027-01-01", "2026-10-31", "", "")
        as_of = np.datetime64("2026-10-31")
        said = claims.action(causes, STANDARD.clock.waiting_days, notify_by, notified, ends, as_of)
        assert said.tolist() == ["file_claim", "notify", "notify_at_once", "wait", "file_claim", "not_insured", ""]
        left = claims.days_left(notify_by, notified, as_of)
        assert left[:3].tolist() == [61, 5, -1]
        assert np.isnan(left[3:5]).all()

    def test_the_insured_causes_are_insolvency_default_political_risk_and_transfer(self):
        """I9: 破产、拖欠、政治风险、汇兑限制"""
        named = {claims.INSOLVENCY, claims.PROTRACTED_DEFAULT, claims.POLITICAL, claims.TRANSFER}
        assert set(STANDARD.clock.waiting_days) == named
        assert STANDARD.clock.waiting_days["insolvency"] == 0

    def test_a_claim_s_file_tells_what_is_missing(self):
        """I6, D14: evidence that every claim needs, and that of its cause."""
        evidence = {
            "contract": "every_claim",
            "dunning_letters": "protracted_default",
            "insolvency_notice": "insolvency",
        }
        held = np.array([[True, False, False], [False, True, True], [False, False, False]])
        causes = words("insolvency", "protracted_default", "")
        assert claims.missing(evidence, causes, held) == [("insolvency_notice",), ("contract",), ()]
        needed = claims.needed(STANDARD.evidence, words("insolvency"))
        assert [name for name, wanted in zip(STANDARD.evidence, needed[0], strict=True) if wanted] == [
            "claim_registration", "contract", "delivery_proof", "insolvency_notice", "invoice", "open_item_statement",
        ]  # fmt: skip

    def test_a_dunning_procedure_can_end_in_an_insurance_claim(self):
        """I11: the stage "insurance claim"."""
        procedure = Procedure("insured", (Level(Bound(1), "call"), Level(Bound(60, "above"), "insurance_claim")))
        blocked, none = np.zeros(2, dtype=np.bool_), money(NAN, NAN)
        stages = stage(money(60, 61), np.array([100, 100]), blocked, none, procedure)
        assert action(stages, procedure).tolist() == ["call", "insurance_claim"]

    def test_evidence_for_a_cause_that_is_not_insured_is_refused(self):
        with pytest.raises(ValueError, match="photo is evidence for fire, which is no cause of loss"):
            InsuranceRule(
                cover=0.9, premium=STANDARD.premium, indemnity=STANDARD.indemnity, clock=STANDARD.clock,
                choice=STANDARD.choice, evidence={"photo": "fire"},
            )  # fmt: skip


@pytest.mark.parametrize(
    ("hhi", "risk", "largest", "said"),
    [
        (0.05, 0.01, 0.05, "own_risk"),
        (0.05, 0.01, 0.10, "excess_of_loss"),
        (0.05, 0.03, 0.05, "whole_turnover"),
        (0.05, 0.03, 0.50, "whole_turnover"),
        (0.25, 0.01, 0.05, "named_buyers"),
        (0.25, 0.01, 0.10, "named_buyers"),
        (0.25, 0.03, 0.05, "named_buyers"),
        (0.25, 0.03, 0.10, "whole_turnover_and_named"),
        (0.25, NAN, 0.10, ""),
    ],
)
def test_the_product_that_fits(hhi, risk, largest, said):
    """I5: concentration of customers, nature of the risk, capital to bear it."""
    assert choice.proposal(money(hhi), money(risk), money(largest), STANDARD.choice).tolist() == [said]
