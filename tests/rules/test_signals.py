"""Early-warning signals: what is seen, how urgent it is and what has to be done."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlcredit.policy import load
from xlcredit.rules import signals
from xlcredit.rules.signals import Indicator, Limits, Response, SignalRule

NONE = float("nan")
RULE = load().signals
LIMITS = RULE.limits


def column(*figures):
    return np.array(figures, dtype=float)


def counts(*figures):
    return np.array(figures, dtype=np.intp)


def rows(*series):
    width = max(map(len, series))
    return np.array([[*each, *[NONE] * (width - len(each))] for each in series], dtype=float)


class TestPaymentTrend:
    """W1: 付款周期逐渐延长."""

    @pytest.mark.parametrize(
        ("series", "s", "variance", "z", "p", "two_sided", "tau", "slope"),
        [
            # Worked numbers mk-days-to-pay, mk-flat, mk-docsrs; then ties and a fall. Computed with
            # pymannkendall 1.4.3 (original_test) and scipy 1.17.1 (theilslopes, norm.sf).
            (
                [31, 33, 32, 36, 38, 41, 40, 45],
                24,
                65.33333333333333,
                2.8455120410060126,
                0.002217004151550326,
                0.0044340083031007005,
                0.8571428571428571,
                2.0,
            ),
            ([30, 31, 29, 30, 31, 30], 1, 23.666666666666668, 0.0, 0.5, 1.0, 0.06666666666666667, 0.0),
            (
                [1.0, 2.3, 3.1, 4.5, 5.2, 6.8, 7.1, 8.9, 9.5, 10.2],
                45,
                125.0,
                3.9354796403996297,
                4.151535166322487e-05,
                8.303070332638107e-05,
                1.0,
                1.05,
            ),
            (
                [12, 12, 15, 15, 15, 18, 17, 22, 22, 30],
                38,
                119.33333333333333,
                3.387043997220312,
                0.0003532502837921732,
                0.0007065005675843672,
                0.8444444444444444,
                1.4285714285714286,
            ),
            (
                [60, 55, 58, 50, 45, 45, 40],
                -18,
                43.333333333333336,
                -2.58248538606335,
                0.9950954241771028,
                0.009809151645794323,
                -0.8571428571428571,
                -3.3333333333333335,
            ),
        ],
    )
    def test_mann_kendall_and_sen(self, series, s, variance, z, p, two_sided, tau, slope):
        found = signals.mann_kendall(rows(series))
        assert (found.n.tolist(), found.s.tolist()) == ([len(series)], [s])
        figures = [each[0] for each in (found.variance, found.z, found.p, found.tau, found.slope)]
        assert figures == pytest.approx([variance, z, p, tau, slope], rel=1e-12)
        assert 2 * min(found.p[0], 1 - found.p[0]) == pytest.approx(two_sided, rel=1e-9)

    def test_blanks_move_up_and_short_series_have_no_trend(self):
        found = signals.mann_kendall(rows([31, NONE, 33, 32], [NONE, 5], [NONE], [31, 33, 32]))
        assert found.n.tolist() == [3, 1, 0, 3]
        assert found.slope.tolist() == pytest.approx([0.5, NONE, NONE, 0.5], nan_ok=True)
        assert found.z.tolist() == [0.0] * 4

    def test_growing_steady_and_too_few(self):
        trends = signals.mann_kendall(
            rows(
                [31, 33, 32, 36, 38, 41, 40, 45],
                [30, 31, 29, 30, 31, 30],
                [10, 20, 30, 40, 50],
                [30, 30.1, 30.2, 30.3, 30.4, 30.5, 30.6],  # significant, and too slow to matter
                [60, 55, 58, 50, 45, 45, 40],
            )
        )
        assert signals.payment_trends(trends, LIMITS).tolist() == ["growing", "steady", "too_few", "steady", "steady"]
        assert signals.slower_payers(trends, LIMITS).raised.tolist() == [True, False, False, False, False]

    def test_later_than_terms_allow(self):
        seen = signals.late_payers(column(15, 15.1, NONE, -3), LIMITS)
        assert seen.raised.tolist() == [False, True, False, False]

    @given(st.lists(st.integers(-30, 200), min_size=2, max_size=15), st.integers(1, 5))
    def test_a_series_alone_is_as_in_a_batch_and_a_constant_delay_changes_no_trend(self, series, more):
        alone = signals.mann_kendall(rows(series))
        batch = signals.mann_kendall(rows([1, 2, 3, *[4] * more], series, [day + more for day in series]))
        for name in ("n", "s", "variance", "z", "p", "tau", "slope"):
            one, several = getattr(alone, name), getattr(batch, name)
            assert several[1:].tolist() == pytest.approx([one[0]] * 2, abs=1e-9)


class TestOrders:
    """W6: 订单量异常波动."""

    def test_robust_z(self):
        found = signals.order_anomalies(rows([100, 105, 98, 102, 99, 101]), column(180), LIMITS)
        assert found.z.tolist() == pytest.approx([35.7485])
        assert found.said.tolist() == ["high"]

    @pytest.mark.parametrize(
        ("history", "value", "z", "said"),
        [
            ([100, 105, 98, 102, 99, 101], 20, -36.1982, "low"),
            ([100, 105, 98, 102, 99, 101], 103, 1.1242, "usual"),
            ([100, 105, 98, 102, 99], 180, NONE, "too_few"),
            ([], 180, NONE, "too_few"),
            ([100, 105, 98, 102, 99, 101], NONE, NONE, ""),
            # More than half of the months are alike: deviations of 0 0 0 0 0 30 30 have the mean 60 ÷ 7.
            ([50, 50, 50, 50, 50, 80, 20], 95, 45 * 0.797885 * 7 / 60, "high"),
            ([50, 50, 50, 50, 50, 50], 95, NONE, "no_spread"),
        ],
    )
    def test_both_directions_and_what_has_no_z(self, history, value, z, said):
        found = signals.order_anomalies(rows([1, NONE], history)[1:], column(value), LIMITS)
        assert found.z.tolist() == pytest.approx([z], nan_ok=True, abs=5e-5)
        assert found.said.tolist() == [said]
        assert signals.unusual_orders(found).raised.tolist() == [said in {"high", "low"}]


class TestEvents:
    """W2, W3, W5: what is counted."""

    owners = np.array([0, 0, 0, 0, 1, 1])
    days_ago = column(0, 181, 182, 363, 500, -1)

    def test_what_happened_within_the_days_and_before_them(self):
        assert signals.counted_since(self.owners, self.days_ago, 182, 3).tolist() == [2, 0, 0]
        assert signals.counted_since(self.owners, self.days_ago, 182, 3, before=1).tolist() == [2, 0, 0]
        assert signals.rise(self.owners, self.days_ago, 400, 3).tolist() == [4, -1, 0]

    def test_payers_that_change(self):
        """W2: 频繁更换银行账户或支付方式; three accounts in half a year, one used twice and one long ago."""
        owners, accounts = np.array([0, 0, 0, 0, 0, 1, 1]), np.array([7, 8, 9, 7, -1, 7, 8])
        payers = signals.distinct_payers(owners, accounts, column(1, 50, 100, 150, 3, 10, 200), 182, 3)
        assert payers.tolist() == [3, 1, 0]
        assert signals.many_payers(payers, LIMITS).raised.tolist() == [True, False, False]

    def test_management_or_shareholders_change(self):
        """W3: 管理层频繁变动."""
        assert signals.changed_owners(counts(1, 2), LIMITS).raised.tolist() == [False, True]

    def test_more_litigation_and_bad_news_than_before(self):
        """W5: 负面舆情或法律纠纷增多."""
        assert signals.rising_events(counts(3, 3), counts(0, 1), LIMITS).raised.tolist() == [False, True]


def test_an_index_that_falls_is_seen_at_all_customers_of_the_industry():
    """W4: 景气度下降: from 100 to 90 and from 50 to 49; one customer is in no industry."""
    falls = signals.index_falls(column(90, 49), column(100, 50), np.array([1, 0, 0, -1]))
    assert falls.tolist() == pytest.approx([0.02, 0.1, 0.1, NONE], nan_ok=True)
    assert signals.fallen_index("industry_index", falls, LIMITS).raised.tolist() == [False, True, True, False]


def test_statements_insolvency_and_distress_arrive_as_flags():
    """W7, W10: 高负债率、利润下滑; 识别破产风险."""
    debt, profit = np.array([True, False, False]), np.array([False, True, False])
    assert signals.flagged("weak_statements", debt, profit).raised.tolist() == [True, True, False]
    assert signals.flagged("altman_distress", debt).raised.tolist() == [True, False, False]


def test_a_checklist_is_due_each_quarter_after_half_a_year():
    """W8: 合作超过半年: one too new, one just looked through, one a quarter ago, one never."""
    seen = signals.checklist_due(column(182, 400, 400, 400, NONE), column(NONE, 90, 91, NONE, NONE), LIMITS)
    assert seen.raised.tolist() == [False, False, True, True, False]


def test_receivables_of_more_than_180_days():
    """W11: 应收账款积压超过六个月."""
    assert signals.old_receivables(column(180, 181, NONE), LIMITS).raised.tolist() == [False, True, False]


def test_a_customer_on_whom_a_fifth_depends():
    """W12: concentration."""
    assert signals.concentrated(column(0.199, 0.2, NONE), LIMITS).raised.tolist() == [False, True, False]


class TestIndicators:
    """A18: 200多项风险指标变动提醒: any column, by its level or by its change."""

    def seen(self, better, threshold, change, values, previous):
        rule = Indicator(better, threshold, change, "watch")
        return signals.indicator("own", column(*values), column(*previous), rule).raised.tolist()

    def test_beyond_its_threshold(self):
        assert self.seen("lower", 0.85, NONE, (0.85, 0.86, NONE), (NONE,) * 3) == [False, True, False]
        assert self.seen("higher", 0, NONE, (0, -0.01, NONE), (NONE,) * 3) == [False, True, False]

    def test_worse_than_before(self):
        assert self.seen("lower", NONE, 5, (15, 14, 5, 15), (10, 10, 10, NONE)) == [True, False, False, False]
        assert self.seen("higher", NONE, 5, (5, 6, 15), (10, 10, 10)) == [True, False, False]
        assert self.seen("lower", NONE, 0.10, (0.75,), (0.65,)) == [True]


RESPONSES = {level: Response(f"do {level}", "sales", days) for days, level in enumerate(signals.LEVELS)}
SOME_LEVELS = {**dict.fromkeys(signals.KINDS, "watch"), "insolvency": "stop", "late_payment": "off"}


class TestRecord:
    """W9: 风险预警和应急响应机制: level → action, owner, due date."""

    rule = SignalRule(LIMITS, SOME_LEVELS, RESPONSES, {"own": Indicator("lower", 1, NONE, "warn")})

    def test_a_customers_signals_stand_the_most_urgent_first_with_what_is_to_be_done(self):
        both, second = np.array([True, True]), np.array([False, True])
        found = signals.signals(
            [
                signals.Seen("order_anomaly", both, {"z": column(4.5, NONE)}),
                signals.Seen("late_payment", both),
                signals.indicator("own", column(0, 2), column(0, 0), self.rule.indicators["own"]),
                signals.flagged("insolvency", second),
            ],
            3,
            self.rule,
        )
        assert [[(each.kind, each.subject, each.level) for each in mine] for mine in found] == [
            [("order_anomaly", "", "watch")],
            [("insolvency", "", "stop"), ("indicator", "own", "warn"), ("order_anomaly", "", "watch")],
            [],
        ]
        assert found[0][0] == signals.Signal(
            "order_anomaly", "", "watch", (("z", 4.5),), action="do watch", owner="sales", due_days=1
        )
        assert found[1][1].figures == (("value", 2.0), ("change", 2.0))
        assert found[1][2].figures == ()

    def test_every_kind_and_level_of_the_standard_policy_has_its_place(self):
        assert set(RULE.levels) == set(signals.KINDS)
        assert [RULE.responses[level].due_days for level in signals.LEVELS] == sorted(
            (response.due_days for response in RULE.responses.values()), reverse=True
        )


SOUND = {name: getattr(LIMITS, name) for name in Limits.__slots__}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"p": 0.0}, "between 0 and 1: 0.0"), ({"least_orders": 1}, "6 payments, 1 orders")],
)
def test_limits_that_cannot_be_are_refused(wrong, said):
    with pytest.raises(ValueError, match=said):
        Limits(**{**SOUND, **wrong})


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Indicator("lower", NONE, NONE, "watch"), "needs a threshold or a change"),
        (lambda: Indicator("more", 1, NONE, "watch"), "is better 'more', level 'watch'"),
        (lambda: SignalRule(LIMITS, {}, RESPONSES, {}), "every kind of signal needs a level"),
        (
            lambda: SignalRule(LIMITS, {**SOME_LEVELS, "insolvency": "panic"}, RESPONSES, {}),
            "there is no level panic",
        ),
    ],
)
def test_a_rule_with_a_gap_is_refused(make, said):
    with pytest.raises(ValueError, match=said):
        make()
