"""Orders released and held, with every reason."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import CENTS, DEBITS
from xlcredit.rules.order import (
    REASONS,
    Limits,
    Order,
    OrderRule,
    check,
    effective,
    group_room,
    holds_for_list,
    is_new,
    risk_shares,
)

NAN = np.nan
RULE = OrderRule(tolerance_days=30, core_tolerance=0.1, reduced_share=0.5, new_months=6)
AS_OF = np.datetime64("2026-06-30")


def column(*figures):
    return np.array(figures, dtype=float)


def texts(*said):
    return np.array(said, dtype=object)


def flags(*said):
    return np.array(said, dtype=bool)


def days(*said):
    return np.array(said, dtype="datetime64[D]")


def decide(exposure=0, limit=1000, order=100, late=NAN, expired=False, rule=RULE, **known):
    """One order's fate: whether it goes out, and the reasons against it."""
    said = Order(**{name: _column(value) for name, value in known.items()})
    found = check(column(exposure), column(limit), column(order), column(late), flags(expired), rule, order=said)
    return bool(found.released[0]), found.reasons[0]


def _column(value):
    return {bool: flags, str: texts}.get(type(value), column)(value)


CASES = [
    # exposure, limit, order, days past due, limit expired → reasons
    (900, 1000, 100, 0, False, ()),  # what reaches the limit passes
    (900, 1000, 100.01, 0, False, ("limit_exceeded",)),
    (0.1, 0.3, 0.2, NAN, False, ()),
    (9e6, NAN, 9e6, 0, True, ()),  # no limit is unlimited, and does not expire
    (0, 0, 0.01, 0, False, ("limit_exceeded",)),
    (9000, 0, 0, 400, True, ()),
    (9000, 0, -50, 400, True, ()),  # credits are never held
    (0, 1000, 10, 30, False, ()),
    (0, 1000, 10, 31, False, ("past_due",)),
    (0, NAN, 10, 31, False, ("past_due",)),
    (0, 1000, 10, 31, True, ("limit_expired", "past_due")),
    (1000, 1000, 10, 31, True, ("limit_expired", "limit_exceeded", "past_due")),
    (NAN, 1000, 10, 0, False, ("exposure_unknown",)),
    (NAN, 1000, 9999, 31, True, ("limit_expired", "exposure_unknown", "past_due")),
    (NAN, NAN, 10, 0, False, ()),
]


@pytest.mark.parametrize(("exposure", "limit", "order", "late", "expired", "reasons"), CASES)
def test_an_order_is_held_for_every_reason_there_is(exposure, limit, order, late, expired, reasons):
    """L9: release or hold, and why."""
    assert decide(exposure, limit, order, late, expired) == (not reasons, reasons)


def test_no_order_is_neither_released_nor_held():
    found = check(column(0), column(0), column(NAN), column(400), flags(True), RULE)
    assert (found.asked.tolist(), found.released.tolist(), found.reasons) == ([False], [False], [()])


@pytest.mark.parametrize(
    ("status", "reasons"),
    [("open", ()), ("reduced", ()), ("on_hold", ("on_hold",)), ("cash_only", ("cash_only",)), ("", ())],
)
def test_a_customer_on_hold_or_for_cash_only_gets_no_credit(status, reasons):
    """L7: 降低额度、停止赊销."""
    assert decide(status=status) == (not reasons, reasons)


class TestWhatErpSystemsLetPass:
    """L9, edge case 37 and the issues of ERP users: what is prepaid, delivered, counted already, or released by hand."""

    def test_a_fully_prepaid_order_passes_whatever_the_credit_is(self):
        assert decide(5000, 0, 100, 400, prepaid=100.0, status="cash_only") == (True, ())
        assert decide(5000, 0, 100, 400, prepaid=100.0, status="on_hold") == (True, ())
        assert decide(0, 0, 100, NAN, prepaid=99.99) == (False, ("limit_exceeded",))

    def test_of_a_partly_prepaid_order_only_the_rest_takes_credit(self):
        assert decide(900, 1000, 200, prepaid=100.0) == (True, ())
        assert decide(900, 1000, 200, prepaid=99.0) == (False, ("limit_exceeded",))

    def test_a_person_s_block_holds_even_what_is_prepaid(self):
        assert decide(order=100, prepaid=100.0, blocked=True) == (False, ("blocked",))
        assert decide(order=-100, blocked=True) == (True, ())

    def test_what_is_delivered_cannot_be_held(self):
        assert decide(5000, 1000, 100, 400, delivered=True) == (True, ())

    def test_an_order_that_is_reopened_counts_once(self):
        assert decide(1000, 1000, 200, counted=200.0) == (True, ())
        assert decide(1000, 1000, 300, counted=200.0) == (False, ("limit_exceeded",))

    def test_an_override_releases_and_the_reasons_stay_on_record(self):
        assert decide(1000, 1000, 1, 31, override=True) == (True, ("limit_exceeded", "past_due"))


class TestWhatThePolicyDecides:
    """D13, T1, T11: the unknown, the listed, the dunning block, the prepayment, the method of payment."""

    @pytest.mark.parametrize(
        ("known", "reason", "released_by"),
        [
            ({"unknown": True}, "customer_unknown", {"holds_unknown": False}),
            ({"listed": "registration"}, "blacklisted", {"holds_listed": "off"}),
            ({"listed": "near_name"}, "near_listed", {"holds_listed": "name"}),
            ({"prepayment_gap": 0.01}, "prepayment_short", {"holds_short_prepayment": False}),
        ],
    )
    def test_what_holds_an_order_and_what_lets_it_pass(self, known, reason, released_by):
        assert decide(**known) == (False, (reason,))
        assert decide(**known, rule=replace(RULE, **released_by)) == (True, ())

    def test_a_dunning_block_holds_where_the_policy_says_so_and_only_there(self):
        assert decide(dunning_blocked=True) == (True, ())
        assert decide(dunning_blocked=True, rule=replace(RULE, holds_dunning_block=True)) == (False, ("blocked",))

    def test_who_is_listed_waits_even_if_all_is_prepaid_and_who_is_unknown_does_not(self):
        assert decide(listed="name", prepaid=100.0) == (False, ("blacklisted",))
        assert decide(unknown=True, prepaid=100.0) == (True, ())

    def test_a_name_that_is_listed_holds_where_near_names_do_not(self):
        listed = texts("", "name", "registration", "near_name")
        by_name = replace(RULE, holds_listed="name")
        assert holds_for_list(listed, by_name).tolist() == [False, True, True, False]

    def test_only_what_is_at_risk_takes_credit(self):
        assert decide(900, 1000, 500, at_risk=0.2) == (True, ())
        assert decide(900, 1000, 500.05, at_risk=0.2) == (False, ("limit_exceeded",))
        assert decide(900, 1000, 700, prepaid=200.0, at_risk=0.2) == (True, ())

    def test_a_letter_of_credit_is_worth_what_its_bank_is(self):
        rule = replace(RULE, risk_shares={"letter_of_credit": 0.2, "d/p": 0.5}, good_banks=frozenset({"AA"}))
        methods, banks = texts("letter_of_credit", "letter_of_credit", "d/p", "cheque"), texts("AA", "", "", "AA")
        assert risk_shares(methods, banks, rule).tolist() == [0.2, 1, 0.5, 1]


EFFECTIVE = [
    # limits → the effective one, what it is, whether the own one has expired
    ({"own": 1000}, (1000, "credit_limit", False)),
    ({"own": NAN}, (NAN, "none", False)),
    ({"own": 0}, (0, "credit_limit", False)),
    ({"own": 1000, "group": 700, "insured": 800}, (700, "group_limit", False)),
    ({"own": 1000, "group": 1500, "insured": 800}, (800, "insured_limit", False)),
    ({"own": NAN, "insured": 800}, (800, "insured_limit", False)),
    ({"own": 1000, "valid_to": "2026-06-30"}, (1000, "credit_limit", False)),
    ({"own": 1000, "valid_to": "2026-06-29"}, (1000, "credit_limit", True)),
    ({"own": NAN, "valid_to": "2026-06-29"}, (NAN, "none", False)),
    # a temporary limit stands in until its last day, whatever became of the own one
    ({"own": 1000, "temporary": 1500, "temporary_to": "2026-06-30"}, (1500, "temporary_limit", False)),
    ({"own": 1000, "temporary": 1500, "temporary_to": "2026-06-29"}, (1000, "credit_limit", False)),
    ({"own": 1000, "temporary": 1500, "temporary_to": "NaT"}, (1000, "credit_limit", False)),
    (
        {"own": 1000, "temporary": 1500, "temporary_to": "2026-07-31", "valid_to": "2026-06-29"},
        (1500, "temporary_limit", False),
    ),
    # core customers, reduced ones, new ones
    ({"own": 1000, "core": True}, (1100, "credit_limit", False)),
    ({"own": 1000, "core": True, "insured": 1050}, (1050, "insured_limit", False)),
    ({"own": 99.99, "core": True}, (109.98, "credit_limit", False)),  # 109.989: what is over is not allowed
    ({"own": 1000, "status": "reduced"}, (500, "credit_limit", False)),
    ({"own": 1000, "new": True, "insured": 400}, (400, "insured_limit", False)),
    ({"own": 1000, "new": True}, (0, "insured_limit", False)),
]


@pytest.mark.parametrize(("known", "found"), EFFECTIVE)
def test_the_limit_that_counts(known, found):
    """L8: lowest of own, group and insured; temporary limits, core tolerance, new customers by their insurance."""
    columns = {name: _limit_column(value) for name, value in known.items()}
    said = effective(Limits(**columns), AS_OF, RULE)
    np.testing.assert_array_equal(said.limit, [found[0]])
    assert (said.bound_by.tolist(), said.expired.tolist()) == ([found[1]], [found[2]])


def _limit_column(value):
    if isinstance(value, str):
        return texts(value) if value == "reduced" else days(value)
    return _column(value)


def test_a_new_customer_is_bounded_as_everybody_where_the_policy_says_so():
    """L8: new_customers = "limit"."""
    rule = OrderRule(tolerance_days=30, new_customers="limit")
    assert effective(Limits(column(1000), new=flags(True)), AS_OF, rule).limit.tolist() == [1000]


def test_a_customer_is_new_for_the_months_of_the_policy():
    """L8: half a year of history (S4)."""
    assert is_new(column(0, 5.9, 6, NAN), RULE).tolist() == [True, True, False, False]


def test_a_group_s_limit_leaves_what_the_others_do_not_owe():
    """L8: 1,000 for the group, 700 owed by it, 300 of that by this customer."""
    assert group_room(column(1000, NAN), column(700, 700), column(300, 300)).tolist()[0] == 600
    room = group_room(column(1000), column(700), column(300))
    limit = effective(Limits(column(5000), group=room), AS_OF, RULE).limit
    assert decide(300, limit[0], 300) == (True, ())
    assert decide(300, limit[0], 300.01) == (False, ("limit_exceeded",))


@given(CENTS, st.integers(0, 10**11), CENTS, DEBITS, st.integers(0, 90))
def test_owing_less_and_paying_never_adds_a_reason(exposure, limit, order, payment, late):
    figures = [np.array([exposure, exposure - payment]), np.array([limit] * 2), np.array([order] * 2)]
    days_late = column(late, max(late - 10, 0))
    before, after = check(*(each / 100 for each in figures), days_late, flags(False, False), RULE).holds
    assert (after <= before).all()


@given(CENTS, st.integers(0, 10**11), DEBITS)
def test_an_order_is_held_exactly_where_it_exceeds_the_limit_to_the_cent(exposure, limit, order):
    released, reasons = decide(exposure / 100, limit / 100, order / 100)
    assert released == (exposure + order <= limit) == (reasons == ())


def test_reasons_come_in_one_order():
    known = {"blocked": True, "unknown": True, "listed": "name", "status": "on_hold", "prepayment_gap": 30.0}
    everything = decide(5000, 1000, 100, 400, True, **known)
    others = ("near_listed", "cash_only", "exposure_unknown")
    assert everything == (False, tuple(reason for reason in REASONS if reason not in others))


@pytest.mark.parametrize(
    ("figures", "message"),
    [
        ({"tolerance_days": -1}, "tolerances count forward"),
        ({"tolerance_days": 0, "core_tolerance": -0.1}, "tolerances count forward"),
        ({"tolerance_days": 0, "reduced_share": 1.5}, "are shares from 0 to 1"),
        ({"tolerance_days": 0, "risk_shares": {"letter_of_credit": 1.01}}, "are shares from 0 to 1"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(figures, message):
    with pytest.raises(ValueError, match=message):
        OrderRule(**figures)
