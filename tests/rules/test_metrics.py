"""Key figures of receivables: the worked numbers, and what has no value."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlcredit.rules import metrics
from xlcredit.rules.metrics import MetricsRule

ONE = np.zeros(1, dtype=np.intp)
NONE = float("nan")


def column(*figures):
    return np.array(figures, dtype=float)


def days_of(*days):
    return np.array(days, dtype="datetime64[D]")


def counted(receivables, months, places=2):
    """Days and unexplained amount of receivables over months as (sales, days), newest first."""
    sales, days = zip(*months, strict=True)
    found = metrics.count_back(column(receivables), np.array([sales], float), np.array([days], float), places)
    return round(float(found.days[0]), 4), int(found.unexplained[0]) / 10**places


class TestDso:
    """M8: DSO in its variants, and turnover, which is not one of them."""

    def test_dso_simple(self):
        assert metrics.dso(column(150000), column(1800000), column(365))[0] == pytest.approx(30.4167, abs=5e-5)

    def test_bpdso_add(self):
        receivables, current, sales, days = column(600000), column(420000), column(1500000), column(90)
        assert metrics.dso(receivables, sales, days)[0] == pytest.approx(36.0)
        assert metrics.best_dso(current, sales, days)[0] == pytest.approx(25.2)
        assert metrics.days_delinquent(receivables, current, sales, days)[0] == pytest.approx(10.8)

    def test_dso_true(self):
        """Worked number: 20 days × 50 000 ÷ 100 000 and 45 days × 40 000 ÷ 80 000."""
        invoiced = days_of("2026-03-11", "2026-02-14")
        since = (np.datetime64("2026-03-31") - invoiced).astype(float)
        owners = np.zeros(2, dtype=np.intp)
        assert metrics.true_dso(since, column(50000, 40000), column(100000, 80000), owners, 1).tolist() == [32.5]

    def test_dso_odoo(self):
        found = metrics.invoiced_dso(column(1500), column(4500), days_of("2023-01-01"), np.datetime64("2023-05-31"))
        assert found.tolist() == [50.0]

    def test_turnover(self):
        times = metrics.turnover(column(3650000), column(400000), column(600000))
        assert times.tolist() == pytest.approx([7.3])
        assert metrics.turnover_days(times, 365).tolist() == pytest.approx([50.0])

    def test_without_sales_there_are_no_days_and_never_zero(self):
        sales = column(0, -5, NONE)
        assert np.isnan(metrics.dso(column(100, 100, 100), sales, column(30, 30, 30))).all()
        assert np.isnan(metrics.turnover(column(10, 10), column(0, NONE), column(0, 5))).all()
        assert np.isnan(metrics.turnover_days(column(0, NONE), 365)).all()

    def test_receivables_in_credit_give_negative_days(self):
        assert metrics.dso(column(-50), column(100), column(30)).tolist() == [-15.0]

    def test_an_item_whose_month_has_no_sales_leaves_the_group_without_a_true_dso(self):
        owners = np.array([0, 1, 1])
        found = metrics.true_dso(column(10, 10, 20), column(5, 5, 5), column(10, 10, 0), owners, 3)
        assert found.tolist() == pytest.approx([5.0, NONE, 0.0], nan_ok=True)


class TestCountBack:
    """M8: count-back."""

    def test_dso_countback_30(self):
        assert counted(212000, [(100000, 30), (80000, 30), (70000, 30)]) == (73.7143, 0)

    def test_dso_countback_cal(self):
        assert counted(2100000, [(900000, 31), (800000, 28), (700000, 31)]) == (76.7143, 0)

    def test_dso_countback_exhaust(self):
        assert counted(500000, [(100000, 31), (80000, 28)]) == (59, 320000)

    @pytest.mark.parametrize(
        ("receivables", "months", "expected"),
        [
            (0, [(100, 31), (80, 28)], (0, 0)),
            (100, [(100, 31), (80, 28)], (31, 0)),
            (180, [(100, 31), (80, 28)], (59, 0)),
            (180.01, [(100, 31), (80, 28)], (59, 0.01)),
            (140, [(0, 31), (280, 28)], (45, 0)),
            (140, [(-140, 31), (280, 28)], (59, 0)),
            (-50, [(100, 30)], (-15, 0)),
            (150, [(100, 31), (NONE, 28), (100, 31)], (31, 50)),
            (150, [(100, 31), (100, NONE), (100, 31)], (31, 50)),
            (150, [(NONE, 31)], (0, 150)),
        ],
    )
    def test_at_the_edges(self, receivables, months, expected):
        assert counted(receivables, months) == expected

    def test_unknown_receivables_have_no_days(self):
        assert np.isnan(metrics.count_back(column(NONE), column(1).reshape(1, 1), column(30).reshape(1, 1)).days[0])

    @given(st.integers(0, 10**9), st.lists(st.tuples(st.integers(0, 10**8), st.integers(28, 31)), min_size=1))
    def test_more_receivables_never_take_fewer_days_and_history_is_never_exceeded(self, minor, months):
        days, unexplained = counted(minor / 100, [(sold / 100, length) for sold, length in months])
        more, _ = counted((minor + 1) / 100, [(sold / 100, length) for sold, length in months])
        total = sum(sold for sold, _ in months)
        assert days <= more <= sum(length for _, length in months)
        assert round(unexplained * 100) == max(minor - total, 0)


class TestCollection:
    """M8: the collection effectiveness index."""

    def test_cei_month(self):
        assert metrics.cei(column(500000), column(400000), column(550000), column(350000))[0] == pytest.approx(
            63.6364, abs=5e-5
        )

    def test_cei_quarter(self):
        found = metrics.cei(column(500000), column(1200000), column(550000), column(350000), months=3)
        assert found[0] == pytest.approx(63.6364, abs=5e-5)

    def test_all_collected_is_100_and_nothing_collectable_is_no_index(self):
        opening, sales = column(100, 100), column(50, 50)
        found = metrics.cei(opening, sales, column(30, 150), column(30, 150))
        assert found.tolist() == pytest.approx([100.0, NONE], nan_ok=True)


def test_bad_debt_ratio_before_and_after():
    """A15: 坏账率从5.3%降至1.8%."""
    found = metrics.bad_debt_ratio(column(53_000, 18_000, 10), column(1_000_000, 1_000_000, 0))
    assert found.tolist() == pytest.approx([0.053, 0.018, NONE], nan_ok=True)


def test_default_rate_by_grade_and_period():
    """A16: grades A, B, C in two periods; a customer without a grade counts nowhere."""
    grades = np.array([0, 0, 1, 1, 2, 2, 2, 2, -1])
    periods = np.array([0, 1, 0, 0, 0, 0, 0, 0, 0])
    defaulted = np.array([0, 0, 0, 1, 1, 1, 0, 1, 1], dtype=bool)
    found = metrics.default_rates(grades, periods, defaulted, 3, 2)
    np.testing.assert_equal(found, [[0.0, 0.0], [0.5, NONE], [0.75, NONE]])


def test_invoices_within_24_hours_of_delivery():
    """M4: 开票周期24小时内."""
    delivered = np.array(["2026-03-01T08:00", "2026-03-01T08:00", "2026-03-02", "2026-03-05", "NaT"], "datetime64[s]")
    invoiced = np.array(["2026-03-02T08:00", "2026-03-02T09:30", "2026-03-02", "2026-03-04", "2026-03-02"], "M8[s]")
    hours = metrics.hours_between(delivered, invoiced)
    assert hours.tolist() == pytest.approx([24.0, 25.5, 0.0, -24.0, NONE], nan_ok=True)
    owners = np.array([0, 0, 1, 1, 2])
    assert metrics.within_share(hours, 24, owners, 3).tolist() == pytest.approx([0.5, 1.0, NONE], nan_ok=True)


def test_payments_credited_sooner_than_before():
    """M5: 到账时间压缩80%."""
    before, after = column(60, 10, 0, NONE, 60), column(12, 15, 1, 1, NONE)
    assert metrics.shorter_by(before, after).tolist() == pytest.approx([0.8, -0.5, NONE, NONE, NONE], nan_ok=True)


def test_the_companys_figure_is_that_of_one_group():
    invoiced = np.array([date(2026, 3, 1)], dtype="datetime64[D]")
    assert metrics.true_dso(column(30), column(100), column(100), ONE, 1).tolist() == [30.0]
    assert metrics.invoiced_dso(column(0), column(0), invoiced, np.datetime64("2026-03-31")).tolist() == pytest.approx(
        [NONE], nan_ok=True
    )


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ((12, 13, 24, 10, 90), "DSO over 13 months of a history of 12"),
        ((12, 3, 0, 10, 90), "invoices within 0 hours"),
        ((12, 3, 24, 0, 90), "concentration in the largest 0"),
    ],
)
def test_a_rule_that_contradicts_itself_is_refused(figures, said):
    with pytest.raises(ValueError, match=said):
        MetricsRule(*figures)


def test_a_rate_by_quarter_within_a_year():
    assert metrics.in_a_year(column(0, 0.5, 1, NONE), 4).tolist() == pytest.approx([0, 15 / 16, 1, NONE], nan_ok=True)
