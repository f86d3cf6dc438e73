"""Terms granted by grade, prepayments, and contracts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlcredit.rules.terms import (
    ACTIONS,
    Contracts,
    GrantedTerms,
    TermsRule,
    UnusualRule,
    actions,
    contract_flags,
    granted,
    prepayment_gap,
    review_reasons,
    suggest_days,
)

NAN, INF = np.nan, np.inf
RULE = TermsRule(
    grades={
        "A": GrantedTerms(60, 0.0, 0.02, 10, approver="sales"),
        "C": GrantedTerms(30, 0.3, 0.02, 10, instalments=3),
        "E": GrantedTerms(0, 1.0),
    },
    prepayment=0.3,
    cost_of_capital=0.06,
    margin_share=0.25,
)


def column(*figures):
    return np.array(figures, dtype=float)


def texts(*said):
    return np.array(said, dtype=object)


def test_each_grade_has_its_terms():
    found = granted(texts("A", "C", "X", ""), RULE)
    np.testing.assert_array_equal(found.net_days, [60, 30, NAN, NAN])
    np.testing.assert_array_equal(found.prepayment, [0, 0.3, NAN, NAN])
    np.testing.assert_array_equal(found.instalments, [1, 3, NAN, NAN])
    assert found.approver.tolist() == ["sales", "", "", ""]


def test_no_customers_have_no_terms():
    assert granted(texts(), RULE).net_days.tolist() == []


@pytest.mark.parametrize(
    ("contract", "prepaid", "grade", "gap"),
    [
        (100_000, 30_000, "", 0),  # 30 % reached to the cent
        (100_000, 29_999.99, "", 0.01),
        (100_000, NAN, "", 30_000),  # nothing seen is nothing prepaid
        (100_000, 100_000, "A", 0),
        (100_000, 0, "A", 0),
        (100_000, 20_000, "C", 10_000),
        (100_000, 20_000, "E", 80_000),
        (100_000, 20_000, "X", 10_000),  # a grade without terms: the policy's share
        (0.05, 0, "C", 0.02),  # 1.5 cents of a share are 2
        (-500, 0, "E", 0),
        (NAN, 100, "E", NAN),
    ],
)
def test_what_is_missing_of_a_prepayment(contract, prepaid, grade, gap):
    """T1: 预付款比例建议不低于合同总额30%."""
    np.testing.assert_array_equal(prepayment_gap(column(contract), column(prepaid), texts(grade), RULE), [gap])


def test_a_prepayment_in_dinars_has_three_decimals():
    assert prepayment_gap(column(10.005), column(0), texts("C"), RULE, places=3).tolist() == [3.002]


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 10**9), st.sampled_from(["A", "C", "E", ""]))
def test_prepaying_more_never_leaves_a_larger_gap(contract, prepaid, more, grade):
    paid = column(prepaid, prepaid + more) / 100
    before, after = prepayment_gap(column(contract, contract) / 100, paid, texts(grade, grade), RULE)
    assert after <= before


@pytest.mark.parametrize(
    ("grade", "margin", "days"),
    [
        ("A", NAN, 60),  # an unknown margin bounds nothing
        ("A", 0.20, 60),
        ("A", 0.03, 45),  # 3 % · 25 % · 365 ÷ 6 % = 45.6
        ("C", 0.03, 30),
        ("C", 0.01, 15),
        ("C", 0.0, 0),
        ("C", -0.05, 0),
        ("X", 0.20, NAN),
    ],
)
def test_net_days_go_by_grade_and_by_what_the_margin_can_finance(grade, margin, days):
    """T9: terms by grade, margin and cost of capital."""
    np.testing.assert_array_equal(suggest_days(texts(grade), column(margin), RULE), [days])


def test_capital_that_costs_nothing_leaves_the_days_of_the_grade():
    free = TermsRule(RULE.grades, 0.3, cost_of_capital=0.0)
    assert suggest_days(texts("A"), column(0.0), free).tolist() == [60]


@pytest.mark.parametrize(
    ("now", "grade", "said"),
    [
        (60, "C", {"shorten", "prepay", "instalments", "discount"}),
        (30, "C", set()),  # no longer than the grade allows
        (90, "A", {"shorten", "discount"}),
        (30, "E", {"shorten", "prepay"}),
        (60, "X", set()),
        (NAN, "E", set()),
    ],
)
def test_a_poor_score_changes_terms_that_are_too_long(now, grade, said):
    """T7: 缩短付款期限 / 分期选项 / 提供折扣."""
    [row] = actions(column(now), texts(grade), RULE)
    assert {action for action, holds in zip(ACTIONS, row, strict=True) if holds} == said


CLAUSES = [
    # jurisdiction, forum, law, reasons for a review → flags
    ("CN", "CIETAC", "CN law", (), ()),
    ("", "", "", (), ("jurisdiction_missing", "forum_missing", "law_missing")),
    ("CN", "CIETAC", "", ("large",), ("law_missing", "legal_review")),
]


@pytest.mark.parametrize(("jurisdiction", "forum", "law", "reasons", "flags"), CLAUSES)
def test_what_a_contract_lacks(jurisdiction, forum, law, reasons, flags):
    """T4: 争议解决机制、司法管辖区."""
    assert contract_flags(texts(jurisdiction), texts(forum), texts(law), [reasons]) == [flags]


UNUSUAL = UnusualRule(
    days_beyond=30, methods=frozenset({"d/a"}), jurisdictions=frozenset({"CN"}), retention_from=100_000
)
USUAL = {"amount": 400_000, "jurisdiction": "CN", "days": 60, "granted": 30, "method": "open", "retained": True}
CONTRACTS = [
    # unlike the usual contract → reasons
    ({}, ()),
    ({"amount": 500_000}, ("large",)),  # from the threshold on
    ({"amount": 499_999.99}, ()),
    ({"unusual": True, "amount": NAN, "retained": False, "jurisdiction": ""}, ("stated",)),
    ({"days": 61}, ("longer_terms",)),
    ({"days": 61, "granted": NAN}, ()),
    ({"days": NAN, "granted": 0}, ()),
    ({"method": "d/a"}, ("risky_method",)),
    ({"method": "d/a", "amount": NAN}, ()),
    ({"jurisdiction": "US"}, ("unusual_jurisdiction",)),
    ({"jurisdiction": ""}, ("unusual_jurisdiction",)),
    ({"retained": False}, ("no_retention",)),
    ({"retained": False, "amount": 100_000}, ("no_retention",)),
    ({"retained": False, "amount": 99_999.99}, ()),
    (
        {"amount": 600_000, "unusual": True, "days": 90, "method": "d/a", "jurisdiction": "", "retained": False},
        ("large", "stated", "longer_terms", "risky_method", "unusual_jurisdiction", "no_retention"),
    ),
]


def contract(unlike):
    told = USUAL | {"unusual": False} | unlike
    return Contracts(
        amounts=column(told["amount"]),
        unusual=np.array([told["unusual"]]),
        days=column(told["days"]),
        granted=column(told["granted"]),
        methods=texts(told["method"]),
        jurisdictions=texts(told["jurisdiction"]),
        retained=np.array([told["retained"]]),
    )


@pytest.mark.parametrize(("unlike", "reasons"), CONTRACTS)
def test_why_a_lawyer_reviews_a_contract(unlike, reasons):
    """T6: 重大合同需经专业法务审核, or unusual terms."""
    assert review_reasons(contract(unlike), UNUSUAL, 500_000) == [reasons]


def test_a_rule_that_minds_nothing_reviews_only_what_is_said_to_be_unusual():
    """T6: every key off or empty."""
    everything = {"amount": 1e9, "days": 999, "method": "d/a", "jurisdiction": "", "retained": False}
    assert review_reasons(contract(everything), UnusualRule(), INF) == [()]
    assert review_reasons(contract(everything | {"unusual": True}), UnusualRule(), INF) == [("stated",)]


def test_what_no_sheet_has_a_column_for_is_no_reason():
    told = contract({"jurisdiction": "", "retained": False})
    assert review_reasons(replace(told, jurisdictions=None, retained=None), UNUSUAL, 500_000) == [()]


@pytest.mark.parametrize(
    ("terms", "message"),
    [
        ({"net_days": -1, "prepayment": 0.0}, "terms count forward, .*: -1 net days"),
        ({"net_days": 30, "prepayment": 0.0, "instalments": 0}, "0 instalments"),
        ({"net_days": 30, "prepayment": 1.1}, r"shares are fractions: prepayment 1\.1, discount 0\.0"),
    ],
)
def test_terms_that_cannot_be_are_refused(terms, message):
    with pytest.raises(ValueError, match=message):
        GrantedTerms(**terms)


def test_a_rule_that_cannot_be_is_refused():
    with pytest.raises(ValueError, match=r"are fractions: 1\.5, 0\.06, 0\.25"):
        TermsRule({}, prepayment=1.5)
