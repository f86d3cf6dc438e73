"""Interest for late payment: T3, the worked numbers of every regime and edge cases 29 to 32."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import DATES
from xlcredit import policy
from xlcredit.kernel.bands import Bands, Bound
from xlcredit.rules import interest
from xlcredit.rules.interest import Debts, Payments, Rates, Regime

STANDARD = policy.load().interest.regimes
NEVER = "NaT"


def days(*texts):
    return np.array(texts, dtype="datetime64[D]")


def accrue(regime, amount, due, until, payments=(), places=2, **dispute):
    """One debt, with the payments on it."""
    paid = Payments(
        np.zeros(len(payments), dtype=np.intp),
        days(*(day for day, _ in payments)),
        np.array([each for _, each in payments], dtype=float),
    )
    spell = {name: days(day) for name, day in dispute.items()}
    return interest.accrue(Debts(np.array([amount], float), days(due), days(until), places, **spell), paid, regime)


def owed(*arguments, **more):
    found = accrue(*arguments, **more)
    return (found.interest.item(), found.fixed_sum.item())


def contract(rate, count="act/365", **more):
    return Regime("contract", rate, day_count=count, **more)


def eu(**effects):
    table = Rates("ecb", {day.strip("d").replace("_", "-"): rate for day, rate in effects.items()})
    return Regime("eu", 0.08, reference=table, fixing="semester", fixed_sums=Bands((), (40.0,)))


class TestRegimes:
    """T3: 逾期违约金计算方式, each regime with its worked number of formulas.md 4d."""

    def test_eu_2011_7(self):
        found = accrue(STANDARD["eu"], 10_000, "2026-03-01", "2026-04-30")
        assert found.rate == pytest.approx([0.1015])
        assert (found.interest.item(), found.fixed_sum.item()) == (166.85, 40)
        assert round(found.interest.item() + found.fixed_sum.item(), 2) == 206.85

    def test_eu_semester_split(self):
        regime = eu(d2026_01_01=0.0215, d2026_07_01=0.024)
        assert owed(regime, 10_000, "2026-06-01", "2026-07-31") == (168.97, 40)
        assert owed(regime, 10_000, "2026-06-01", "2026-06-30") == (80.64, 40)  # 29 days at 10.15 %

    def test_eu_a_rate_changed_within_a_semester_waits_for_the_next(self):
        changed = eu(d2025_12_01=0.02, d2026_02_01=0.05)
        assert owed(changed, 36_500, "2025-12-31", "2026-06-30")[0] == 10 * 181
        assert owed(changed, 36_500, "2025-12-31", "2026-07-01")[0] == 10 * 181 + 13

    def test_uk_1998(self):
        found = accrue(STANDARD["uk"], 5_000, "2025-01-10", "2025-03-11")
        assert found.rate == pytest.approx([0.1275])
        assert found.since.tolist() == days("2024-11-07").tolist()
        assert (found.interest.item(), found.fixed_sum.item()) == (104.79, 70)
        assert round(5_000 + found.interest.item() + found.fixed_sum.item(), 2) == 5_174.79

    def test_uk_the_rate_stays_fixed_for_the_debt(self):
        assert owed(STANDARD["uk"], 36_500, "2024-12-31", "2025-12-31")[0] == pytest.approx(36_500 * 0.1275)
        # Due on 30 December it became late on the 31st: the rate of 30 June 2024 holds, 5.25 %.
        assert accrue(STANDARD["uk"], 36_500, "2024-12-30", "2025-12-31").rate == pytest.approx([0.1325])

    @pytest.mark.parametrize(("principal", "fixed"), [(999.99, 40), (1000, 70), (9999.99, 70), (10_000, 100)])
    def test_uk_bands(self, principal, fixed):
        assert owed(STANDARD["uk"], principal, "2025-01-10", "2025-03-11")[1] == fixed

    def test_cn_sme(self):
        assert owed(STANDARD["cn_sme"], 100_000, "2026-01-01", "2026-02-15") == (2250.0, 0)
        assert 0.0005 * 365 == pytest.approx(0.1825)

    @pytest.mark.parametrize(("factor", "expected"), [(1.3, 1105.89), (1.5, 1276.03)])
    def test_cn_lpr(self, factor, expected):
        regime = policy.load(sets=[f"interest.regimes.cn_lpr.factor={factor}"]).interest.regimes["cn_lpr"]
        assert owed(regime, 100_000, "2024-01-31", "2024-04-30") == (expected, 0)

    def test_us_1_5_month(self):
        assert owed(STANDARD["us"], 10_000, "2026-01-01", "2026-02-15") == (225.0, 0)
        assert owed(contract(0.18), 10_000, "2026-01-01", "2026-02-15") == (221.92, 0)

    def test_erpnext_interest(self):
        assert owed(contract(0.10), 100, "2026-01-01", "2026-01-16") == (0.41, 0)

    @pytest.mark.parametrize(
        ("count", "expected"), [("act/365", 147.95), ("act/360", 150.0), ("30e/360", 150.0), ("act/act", 147.54)]
    )
    def test_daycount(self, count, expected):
        assert owed(contract(0.09, count), 10_000, "2024-01-31", "2024-03-31") == (expected, 0)

    def test_a_rate_that_changes_daily_counts_from_its_day_on(self):
        table = Rates("base", {"2026-01-01": 0.10, "2026-01-11": 0.20})
        regime = Regime("variable", 0, reference=table)
        assert owed(regime, 36_500, "2026-01-01", "2026-01-20") == (9 * 10 + 10 * 20, 0)


class TestEdgeCases:
    def test_29_a_leap_year_of_365_days(self):
        assert owed(contract(0.10), 10_000, "2023-12-31", "2024-12-30") == (1000.00, 0)
        assert owed(contract(0.10, "act/act"), 10_000, "2023-12-31", "2024-12-30") == (997.27, 0)

    def test_30_a_fee_is_charged_at_rate_0(self):
        regime = contract(0, fixed_sums=Bands((), (10.0,)))
        assert 100 + sum(owed(regime, 100, "2026-01-01", "2026-01-16")) == 110

    def test_31_interest_after_a_part_payment_runs_on_what_is_left(self):
        """Formula case "interest-piecewise": 8.22 + 6.14."""
        part = [("2025-01-31", 200)]
        assert owed(contract(0.10), 1000, "2025-01-01", "2025-01-31", part) == (8.22, 0)
        assert owed(contract(0.10), 1000, "2025-01-01", "2025-02-28", part) == (14.36, 0)

    def test_32_interest_and_fee_remain_when_the_principal_is_paid(self):
        regime = contract(0.10, fixed_sums=Bands((), (10.0,)))
        paid = [("2026-01-16", 100)]
        for day in ("2026-01-16", "2026-03-31", "2030-01-01"):
            assert owed(regime, 100, "2026-01-01", day, paid) == (0.41, 10)


NOTHING = [
    # what, amount, due, until, payments
    ("due today", 100, "2026-01-01", "2026-01-01", []),
    ("not due yet", 100, "2026-02-01", "2026-01-01", []),
    ("a credit", -100, "2025-01-01", "2026-01-01", []),
    ("paid on the due date", 100, "2025-01-01", "2026-01-01", [("2025-01-01", 100)]),
    ("paid too much, early", 100, "2025-01-01", "2026-01-01", [("2024-12-01", 70), ("2024-12-02", 70)]),
]


@pytest.mark.parametrize(("what", "amount", "due", "until", "payments"), NOTHING)
def test_earns_nothing(what, amount, due, until, payments):
    assert owed(STANDARD["uk"], amount, due, until, payments) == (0, 0), what


@pytest.mark.parametrize(("amount", "due", "until"), [("nan", "2025-01-01", "2026-01-01"), (9, NEVER, "2026-01-01"), (9, "2025-01-01", NEVER)])  # fmt: skip
def test_what_is_missing_has_no_interest(amount, due, until):
    assert np.isnan(owed(STANDARD["cn_sme"], amount, due, until)).all()


PAYMENTS = [
    # what, payments, interest at 10 a day on the whole
    ("a payment after the day is not there yet", [("2026-03-02", 36_500)], 590),
    ("its own day still bears interest", [("2026-01-11", 36_500)], 100),
    ("in any order", [("2026-01-21", 18_250), ("2026-01-11", 18_250)], 100 + 50),
    ("two on one day", [("2026-01-11", 18_250), ("2026-01-11", 18_250)], 100),
    ("early ones lower the debt", [("2025-12-24", 18_250)], 295),
    ("more than the debt earns nothing back", [("2026-01-11", 73_000)], 100),
    ("called back it runs again", [("2026-01-11", 36_500), ("2026-01-31", -36_500)], 100 + 290),
    ("without a day it is none", [(NEVER, 36_500)], 590),
]


@pytest.mark.parametrize(("what", "payments", "expected"), PAYMENTS)
def test_payments_lower_the_balance(what, payments, expected):
    assert owed(contract(0.10), 36_500, "2026-01-01", "2026-03-01", payments) == (expected, 0), what


DISPUTES = [
    # regime, disputed from, to, interest at 10 a day from 1 January to 1 March
    ("stops", "2026-01-11", "2026-01-31", 590 - 200),
    ("stops", "2026-01-11", NEVER, 100),
    ("stops", "2025-06-01", "2026-01-11", 590 - 100),
    ("stops", "2026-05-01", NEVER, 590),
    ("stops", NEVER, NEVER, 590),
    ("runs", "2026-01-11", "2026-01-31", 590),
]


@pytest.mark.parametrize(("dispute", "start", "end", "expected"), DISPUTES)
def test_a_dispute_stops_the_clock_only_if_the_policy_says_so(dispute, start, end, expected):
    regime = contract(0.10, dispute=dispute)
    found = owed(regime, 36_500, "2026-01-01", "2026-03-01", disputed_from=start, disputed_to=end)
    assert found == (expected, 0)


def test_before_the_first_reference_rate_nothing_is_known():
    regime = eu(d2026_01_01=0.02)
    late = accrue(regime, 100, "2025-12-01", "2026-03-01")
    assert (late.unknown.item(), np.isnan(late.interest.item())) == (True, True)
    assert not accrue(regime, 100, "2025-12-31", "2026-03-01").unknown.item()
    assert owed(regime, 100, "2025-12-01", "2026-03-01", [("2025-12-01", 100)]) == (0, 0)


def test_a_day_after_the_last_reference_rate_takes_the_last_and_says_so():
    regime = eu(d2026_01_01=0.02)
    late = accrue(regime, 36_500, "2026-06-30", "2026-07-31")
    assert (late.interest.item(), late.rate.item(), late.is_last_known.item()) == (310.0, 0.10, True)
    assert late.since.tolist() == days("2026-01-01").tolist()
    assert not accrue(regime, 36_500, "2026-01-31", "2026-06-30").is_last_known.item()


@pytest.mark.parametrize(("places", "expected"), [(0, 123), (2, 123.29), (3, 123.288)])
def test_each_line_is_rounded_once_to_its_currency(places, expected):
    assert owed(contract(0.10), 1000, "2025-01-01", "2026-03-27", places=places)[0] == expected


def test_a_half_cent_rounds_away_from_zero():
    # 0.05 % a day of 10.00 is half a cent, which binary fractions miss by a hair.
    assert owed(STANDARD["cn_sme"], 10, "2026-01-01", "2026-01-02")[0] == 0.01
    assert owed(STANDARD["cn_sme"], 1_234_570, "2026-01-01", "2026-01-04")[0] == 1851.86  # 1851.855


SIMPLE = [
    # amount, days, rate, days of a year, interest
    (100, 15, 0.10, 365, 0.41),  # erpnext-interest
    (10_000, 60, 0.09, 365, 147.95),
    (10_000, 60, 0.09, 360, 150.0),
    (100_000, 90, 0.0345 * 1.3, 365, 1105.89),
    (-100, 365, 0.10, 365, -10.0),
    (100, -5, 0.10, 365, 0.0),
    (float("nan"), 5, 0.10, 365, float("nan")),
]


@pytest.mark.parametrize(("amount", "late", "rate", "year", "expected"), SIMPLE)
def test_simple_interest(amount, late, rate, year, expected):
    columns = (np.array([each], float) for each in (amount, late, rate, year))
    np.testing.assert_array_equal(interest.simple(*columns), [expected])


@st.composite
def batches(draw):
    """Debts of a few days, and payments on them in any order."""
    debts = draw(st.lists(st.tuples(st.integers(-(10**9), 10**10), DATES, DATES), min_size=1, max_size=6))
    payment = st.tuples(st.integers(0, len(debts) - 1), DATES, st.integers(-(10**8), 10**10))
    return debts, draw(st.lists(payment, max_size=10))


REGIMES = [*STANDARD.values(), contract(0.10, "act/act"), contract(0.10, "30e/360")]


def _run(debts, payments, regime):
    amounts, due, until = zip(*debts, strict=True)
    whose, when, paid = zip(*payments, strict=True) if payments else ((), (), ())
    return interest.accrue(
        Debts(np.array(amounts) / 100, days(*due), days(*until)),
        Payments(np.array(whose, dtype=np.intp), days(*when), np.array(paid) / 100),
        regime,
    )


@given(batches(), st.sampled_from(REGIMES))
def test_alone_a_debt_earns_what_it_earns_among_others(batch, regime):
    debts, payments = batch
    together = _run(debts, payments, regime)
    for place, debt in enumerate(debts):
        alone = _run([debt], [(0, *rest) for whose, *rest in payments if whose == place], regime)
        np.testing.assert_array_equal(alone.interest, together.interest[place : place + 1])
        np.testing.assert_array_equal(alone.fixed_sum, together.fixed_sum[place : place + 1])


@given(batches(), st.sampled_from(REGIMES))
def test_the_order_of_payments_changes_nothing(batch, regime):
    debts, payments = batch
    one, other = _run(debts, payments, regime), _run(debts, payments[::-1], regime)
    sent = [each for _, _, each in payments]
    if all(each >= 0 for each in sent):
        np.testing.assert_array_equal(one.interest, other.interest)


@given(st.integers(0, 10**11), DATES, st.integers(0, 3000), st.integers(0, 10**11), st.integers(0, 3000))
def test_interest_is_what_exact_arithmetic_gives(amount, due, late, paid, after):
    start = np.datetime64(due)
    until, day = start + late, start + after
    found = _run([(amount, start, until)], [(0, day, paid)], STANDARD["cn_sme"]).interest.item()
    left = Fraction(amount - min(paid, amount))
    owed_days = amount * min(late, after) + left * (late - min(late, after))
    exact = owed_days * Fraction(5, 10_000)
    assert round(found * 100) == int(exact + Fraction(1, 2))


@given(batches(), st.sampled_from(REGIMES))
def test_paying_never_raises_the_interest(batch, regime):
    debts, payments = batch
    with_all = _run(debts, payments, regime).interest
    without = _run(debts, [each for each in payments if each[2] < 0], regime).interest
    known = ~np.isnan(without) & ~np.isnan(with_all)
    assert (with_all[known] <= without[known]).all()


def test_a_regime_that_cannot_be_followed_is_refused():
    with pytest.raises(ValueError, match="factor and fixed sums of the regime own cannot be negative"):
        Regime("own", factor=-1)
    with pytest.raises(ValueError, match="factor and fixed sums of the regime own cannot be negative"):
        Regime("own", fixed_sums=Bands((Bound(0),), (0.0, -1.0)))
