"""Admission: the gate, the register, the steps, the tiers and what people judged."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlcredit.locales import LANGUAGES, Words
from xlcredit.policy import load
from xlcredit.rules import admission
from xlcredit.rules.admission import StepRule, TierRule

POLICY = load()
RULE = POLICY.admission
TODAY = np.datetime64("2026-06-30")


def text(*cells):
    return np.array(cells, dtype=object)


def days(*cells):
    return np.array([cell or "NaT" for cell in cells], dtype="datetime64[D]")


def checked(*cells, evidence=None):
    """State of a check by what its cells say: a date, "no", "yes" or "" where it is not done."""
    passed_on = days(*(cell if cell[:1] == "2" else "" for cell in cells))
    said = admission.states(
        np.array([cell != "" for cell in cells]), np.array([cell == "no" for cell in cells]), passed_on
    )
    return said if evidence is None else admission.with_evidence(said, passed_on, text(*evidence), TODAY, RULE)


# --- the gate


def test_three_checks_with_evidence_and_date_open_the_gate():
    """A6, A7: all three with date and evidence, else no limit."""
    found = {
        "registration": checked("2026-01-10", "2026-01-10", "2026-01-10", evidence=("HRB 1", "HRB 2", "HRB 3")),
        "statements": checked("2026-01-12", "", "no", evidence=("2025.pdf", "", "2025.pdf")),
        "reputation": checked("2026-01-15", "2026-01-15", "yes", evidence=("call", "call", "call")),
    }
    assert admission.decide(found, RULE).tolist() == ["admit", "cash_only", "cash_only"]
    assert admission.missing(found, RULE) == [
        (),
        (("statements", "open"),),
        (("statements", "failed"), ("reputation", "no_date")),
    ]


def test_a_check_without_evidence_too_old_or_of_tomorrow_is_not_passed():
    states = checked(
        "2025-06-30", "2025-06-29", "2026-07-01", "2026-01-10", "no", "",
        evidence=("a", "a", "a", "", "a", "a"),
    )  # fmt: skip
    assert states.tolist() == ["", "expired", "open", "no_evidence", "failed", "open"]


@given(st.lists(st.sampled_from(["2026-01-10", "no", "yes", ""]), min_size=3, max_size=3), st.integers(0, 2))
def test_a_check_that_is_passed_never_shuts_the_gate(cells, place):
    passed = [*cells]
    passed[place] = "2026-01-10"
    shut, opened = (
        admission.decide({name: checked(cell) for name, cell in zip(RULE.checks, row, strict=True)}, RULE)[0] == "admit"
        for row in (cells, passed)
    )
    assert opened or not shut


def test_what_the_register_lacks():
    """A6: registration number, status, age, capital."""
    rule = replace(RULE, least_capital=100_000)
    assert admission.registration_faults(
        text("91310000", "HRB 1", "", "FN 2"),
        text("存续", " Active", "吊销", ""),
        days("2020-01-01", "2025-07-01", "2020-01-01", ""),
        np.array([100_000.0, 500_000, 99_999.99, np.nan]),
        TODAY,
        rule,
    ) == [(), ("age",), ("number", "status", "capital"), ("status", "age", "capital")]


# --- the steps


def stands(opened, *dates):
    steps = {name: days(date) for name, date in zip(admission.STEPS, dates, strict=True)}
    found = admission.progress(days(opened), steps, TODAY, POLICY.steps)
    return found.next_step[0], str(found.due[0]), bool(found.overdue[0])


def test_the_next_step_and_the_day_it_is_due():
    """A11: collected, analysed, scored, reviewed: next step, overdue step."""
    assert stands("2026-06-25", "", "", "", "") == ("collected", "2026-07-02", False)
    assert stands("", "2026-06-20", "", "", "") == ("analysed", "2026-06-27", True)
    assert stands("", "2026-06-20", "2026-06-28", "", "") == ("scored", "2026-06-30", False)
    assert stands("", "2026-06-01", "2026-06-05", "2026-06-06", "") == ("reviewed", "2026-06-11", True)
    assert stands("", "2026-04-01", "2026-04-05", "2026-04-06", "2026-04-08") == ("reviewed", "2026-07-08", False)
    assert stands("", "", "", "", "") == ("collected", "NaT", False)


def test_a_step_counts_once_those_before_it_are_done_and_not_before_its_day():
    assert stands("2026-06-25", "", "2026-06-26", "2026-06-27", "") == ("collected", "2026-07-02", False)
    assert stands("2026-06-25", "2026-07-01", "", "", "") == ("collected", "2026-07-02", False)


# --- the tiers

SALES = np.array([900, 50, 500, 0, 100, 50, -20, 300]) * 100


def test_the_first_fifth_of_the_customers_is_looked_into_deeply():
    """A19: the top 20 % by number: of the six that bought, the first two."""
    tiers = admission.tiers(SALES, TierRule("customers", 0.20, 0.50))
    assert tiers.tolist() == ["A", "C", "A", "C", "C", "C", "C", "B"]
    assert admission.template(tiers).tolist() == [
        "deep", "standard", "deep", "standard", "standard", "standard", "standard", "standard",
    ]  # fmt: skip


def test_by_value_it_is_those_who_first_reach_the_share_of_the_sales():
    assert admission.tiers(SALES, TierRule("value", 0.20, 0.50)).tolist() == ["A", "C", "B", "C", "C", "C", "C", "C"]
    assert admission.tiers(SALES, TierRule("value", 0.50, 0.80)).tolist() == ["A", "C", "A", "C", "C", "C", "C", "B"]


def test_equal_sales_are_in_one_tier():
    assert admission.tiers(np.array([10, 10, 10, 10, 10]), TierRule("customers", 0.20, 0.50)).tolist() == ["A"] * 5


@given(st.lists(st.integers(-100, 10**9), max_size=20), st.sampled_from(["customers", "value"]))
def test_who_buys_more_is_in_no_lower_tier(sales, basis):
    tiers = admission.tiers(np.array(sales, dtype=np.int64), TierRule(basis, 0.20, 0.50))
    ranked = [tier for _, tier in sorted(zip(sales, tiers, strict=True), key=lambda pair: -pair[0])]
    assert ranked == sorted(ranked)


# --- what people judged


def test_marks_from_one_to_five_are_scores():
    """A2: market position; A4, A10: references; A9: site visits."""
    marks = np.array([1.0, 3, 5, 4.5, 0, 6, np.nan])
    assert [0, 50, 100, 87.5, "nan", "nan", "nan"] == [m if m == m else "nan" for m in admission.judged(marks).tolist()]  # noqa: PLR0124
    referenced = admission.referenced(np.array([2.0, 1, np.nan]), np.array([4.0, 4, 4]), RULE.least_references)
    assert (referenced[0], np.isnan(referenced).tolist()) == (75.0, [False, True, True])
    visits = days("2025-06-30", "2025-06-29", "2026-07-01", "")
    visited = admission.visited(visits, np.full(4, 4.0), TODAY, RULE.visit_months)
    assert (visited[0], np.isnan(visited).tolist()) == (75.0, [False, True, True, True])


def test_a_country_or_industry_caps_the_score():
    """A3: a risk class of country or industry as a cap."""
    scores, classes = np.array([90.0, 90, 40, np.nan, 90]), text("high", "", "High ", "high", "very_high")
    assert str(admission.capped(scores, classes, RULE.score_caps).tolist()) == "[55.0, 90.0, 40.0, nan, 30.0]"


# --- the rules themselves


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: replace(RULE, checks=("registration", "registration")), "an admission asks for checks, each once: "),
        (
            lambda: StepRule({"collected": 1}, 3),
            "each of the steps collected, analysed, scored, reviewed takes a number",
        ),
        (lambda: TierRule("sales", 0.2, 0.5), "tiers are shares of customers or of value, not of 'sales'"),
        (lambda: TierRule("value", 0.6, 0.5), "tier A takes a share up to that of A and B: 0.6, 0.5"),
    ],
)
def test_a_rule_that_contradicts_itself_is_refused(make, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
        make()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_decision_state_and_step_has_a_word(lang):
    words = Words.of(lang).table
    states = {admission.OPEN, admission.FAILED, admission.NO_DATE, admission.NO_EVIDENCE, admission.EXPIRED}
    assert words["check_states"].keys() == states
    assert words["checks"].keys() == {*RULE.checks}
    assert {admission.ADMIT, admission.CASH_ONLY} <= words["admission"].keys()
    assert words["register"].keys() == {"number", "status", "age", "capital"}
    assert words["steps"].keys() == {*admission.STEPS}
    assert words["templates"].keys() == {admission.DEEP, admission.STANDARD}
