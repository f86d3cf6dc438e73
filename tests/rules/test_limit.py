"""Credit limit: what binds it, how it is scaled and rounded."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import FACTORS
from xlcredit.rules.limit import LimitRule, candidates, need, suggest

NAN = math.nan


def column(*values):
    return np.array(values, dtype=float)


def suggested(rule, needed=NAN, insured=NAN, factor=1.0, places=2, **figures):
    """Limit and constraint of one customer."""
    allowed = candidates(
        column(needed), {name: column(value) for name, value in figures.items()}, column(insured), rule
    )
    limit, constraint = suggest(allowed, column(factor), rule, places)
    return float(limit[0]), str(constraint[0])


def test_the_need_is_sales_with_tax_over_terms_and_usual_delay():
    # formula_cases.json "limit-need"
    assert need(column(1_200_000), column(30), column(15), 365, 0.13).round(2).tolist() == [167_178.08]


def test_paying_early_or_never_having_paid_leaves_the_terms():
    sales, terms = column(365_000, 365_000, 365_000), column(30, 30, 30)
    assert need(sales, terms, column(0, -20, NAN), 365).tolist() == [30_000, 30_000, 30_000]


def test_the_least_of_need_and_shares_of_worth_and_turnover_is_lent():
    # formula_cases.json "limit-mydso"
    rule = LimitRule({"net_worth": 0.35, "turnover": 0.05})
    assert suggested(rule, needed=50_000, net_worth=80_000, turnover=700_000) == (28_000, "net_worth")


MEANS = {"net_worth": 1_200_000, "working_capital": 400_000, "turnover": 12 * 900_000}
TENTH = {"net_worth": 0.1, "working_capital": 0.1, "turnover": 0.008333333333333333}


@pytest.mark.parametrize(("combine", "limit"), [("lowest", 40_000), ("average", 83_333.33)])
def test_a_tenth_of_worth_of_working_capital_and_of_monthly_sales(combine, limit):
    # formula_cases.json "limit-10pct"; 12 months × 900,000 are the customer's annual turnover
    assert suggested(LimitRule(TENTH, combine, step=0.01), **MEANS) == (limit, "working_capital")


def test_an_insured_limit_carries_the_share_the_insurer_leaves_too():
    # formula_cases.json "limit-combined": the least is 90,000 ÷ 90 % = 100,000, of which grade B is given 80 %
    rule = LimitRule({"net_worth": 0.1}, cover=0.9, step=1000)
    facts = {"needed": 167_178.08, "insured": 90_000, "net_worth": 1_200_000}
    assert suggested(rule, **facts) == (100_000, "insured_limit")
    assert suggested(rule, **facts, factor=0.8) == (80_000, "insured_limit")


CASES = [
    # what is known                                                   limit, constraint
    ({"needed": 1_999.99}, 1_000, "need"),  # rounded down to the step
    ({"needed": 999.99}, 0, "need"),
    ({"needed": 2_000.00}, 2_000, "need"),
    ({"needed": -5_000}, 0, "need"),  # more credit notes than sales
    ({"needed": 5_000, "net_worth": -80_000}, 0, "net_worth"),  # negative worth carries nothing
    ({"needed": 5_000, "net_worth": NAN}, 5_000, "need"),  # an unknown figure is left out
    ({"needed": 5_000, "insured": 0}, 0, "insured_limit"),  # the insurer declined
    ({"needed": 5_000, "net_worth": 50_000}, 5_000, "need"),  # both allow 5,000: the first is named
    ({"needed": 50_000, "factor": 0.5}, 25_000, "need"),
    ({"needed": 50_000, "factor": 0.0}, 0, "grade"),
    ({"needed": math.inf, "factor": 0.0}, 0, "grade"),
    ({"needed": math.inf}, 300_000, "maximum"),
    ({"needed": 400_000, "factor": 0.8}, 300_000, "maximum"),
    ({"needed": 400_000, "factor": 0.75}, 300_000, "need"),
    ({"needed": 5_000, "factor": NAN}, NAN, "no_score"),
    ({}, NAN, "no_basis"),
    ({"factor": 0.0}, 0, "grade"),
    ({"factor": NAN}, NAN, "no_score"),
]


@pytest.mark.parametrize(("facts", "limit", "constraint"), CASES)
def test_the_constraint_that_bound_the_limit_is_named(facts, limit, constraint):
    rule = LimitRule({"net_worth": 0.1}, step=1000, maximum=300_000)
    amount, name = suggested(rule, **facts)
    assert name == constraint
    np.testing.assert_array_equal(amount, limit)


def test_amounts_that_only_binary_tells_apart_bind_in_the_order_they_are_named():
    """7 % of 3,000 is 210.00000000000003, 189 ÷ 0.9 is 210."""
    rule = LimitRule({"net_worth": 0.07}, cover=0.9, step=1, maximum=210)
    assert suggested(rule, net_worth=3_000, insured=189) == (210, "net_worth")
    assert suggested(rule, net_worth=3_000) == (210, "net_worth")


def test_without_a_maximum_an_unbounded_basis_is_unlimited():
    assert suggested(LimitRule({}), needed=math.inf) == (math.inf, "need")


@pytest.mark.parametrize(
    ("needed", "limit"),
    [
        (0.99, 0),
        (9.99, 9),
        (99.99, 99),
        (100, 100),
        (137.5, 130),
        (999.99, 990),
        (94_321, 94_000),
        (1_299_999.99, 1_200_000),
    ],
)
def test_without_a_step_the_two_leading_digits_stay(needed, limit):
    assert suggested(LimitRule({}), needed=needed) == (limit, "need")


def test_an_amount_beyond_exact_cents_is_not_rounded():
    assert suggested(LimitRule({}, step=1000), needed=2.0e13 + 1) == (2.0e13 + 1, "need")


def test_yen_are_rounded_without_decimals():
    assert suggested(LimitRule({}, step=0.01), needed=1_234.56, places=0) == (1_235, "need")


AMOUNTS = st.one_of(st.just(NAN), st.just(math.inf), st.integers(-(10**9), 10**9).map(lambda cents: cents / 100))
RULES = st.builds(
    LimitRule,
    st.just({"net_worth": 0.1, "turnover": 0.01}),
    st.sampled_from(["lowest", "average"]),
    st.sampled_from([0.5, 0.9, 1.0]),
    st.sampled_from([0.01, 1, 50, 1000]),
    st.sampled_from([0, 12_345.67, 10**6, math.inf]),
)
ROWS = st.lists(st.tuples(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS, FACTORS), min_size=1, max_size=12)


def _suggest(rows, rule):
    needed, worth, turnover, insured, factor = (column(*values) for values in zip(*rows, strict=True))
    allowed = candidates(needed, {"net_worth": worth, "turnover": turnover}, insured, rule)
    return suggest(allowed, factor, rule)


@given(ROWS, RULES)
def test_alone_a_customer_is_given_what_it_is_given_among_others(rows, rule):
    limits, constraints = _suggest(rows, rule)
    for row, limit, constraint in zip(rows, limits, constraints, strict=True):
        alone, why = _suggest([row], rule)
        np.testing.assert_array_equal(alone, [limit])
        assert why.tolist() == [constraint]


@given(ROWS, RULES)
def test_a_limit_is_never_negative_nor_above_the_maximum_and_a_multiple_of_the_step(rows, rule):
    limits, _ = _suggest(rows, rule)
    known = limits[~np.isnan(limits)]
    assert ((known >= 0) & (known <= rule.maximum)).all()
    cents = np.rint(known[np.isfinite(known)] * 100).astype(np.int64)
    assert (cents % round(rule.step * 100) == 0).all()


@given(ROWS, RULES)
def test_a_limit_is_known_where_there_is_a_score_and_a_basis_or_nothing_is_given(rows, rule):
    limits, constraints = _suggest(rows, rule)
    assert np.isnan(limits).tolist() == [why in ("no_score", "no_basis") for why in constraints]


@given(st.tuples(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS), RULES)
def test_a_better_grade_never_lowers_the_limit(figures, rule):
    limits, _ = _suggest([(*figures, factor) for factor in (0.0, 0.25, 0.5, 0.8, 1.0)], rule)
    assert not (limits[1:] < limits[:-1]).any()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"caps": {"turnover": 0}}, "the cap on turnover must be a share above 0, not 0"),
        ({"cover": 0}, "cover is a fraction up to 1, not 0"),
        ({"cover": 1.1}, "cover is a fraction up to 1, not 1.1"),
        ({"step": 0}, "the rounding step must be above 0 and the maximum not below 0"),
        ({"maximum": -1}, "the rounding step must be above 0 and the maximum not below 0"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(fields, message):
    with pytest.raises(ValueError, match=message):
        LimitRule(**{"caps": {}, **fields})
