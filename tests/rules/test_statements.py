"""Ratios, Altman's Z'' and the trend of two years, from literal statements."""

from __future__ import annotations

import re
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlcredit.kernel.bands import Bands
from xlcredit.ledger.tables import CUSTOMER_ROLES
from xlcredit.locales import LANGUAGES, Words
from xlcredit.policy import load
from xlcredit.rules import statements
from xlcredit.rules.scorecard import score
from xlcredit.rules.statements import StatementRule, Statements

NAMES = [column.name for column in fields(Statements)]
RULE = load().statements


def stated(*rows):
    """Statements of rows that give customer, period end, currency and the figures named in FIGURES."""
    texts = {0: object, 1: "datetime64[D]", 2: object}
    columns = zip(*rows, strict=True)
    return Statements(*(np.array([*column], dtype=texts.get(at, float)) for at, column in enumerate(columns)))


# customer, period end, currency, revenue, net income, ebit, assets, current assets, inventory, cash, current
# liabilities, liabilities, equity, retained earnings
SOUND = ("Alpha", "2025-12-31", "EUR", 2000, 100, 80, 1000, 400, 100, 50, 250, 600, 400, 200)
SUNK = ("Beta", "2025-12-31", "EUR", 100, -250, -240, 1000, 200, 150, 5, 900, 1300, -300, -500)
EMPTY = ("Gamma", "2025-12-31", "EUR", 0, -10, -10, 0, 0, 0, 0, 0, 0, 0, -10)
BRIEF = ("Delta", "2025-12-31", "EUR", 500, 20, np.nan, 300, np.nan, np.nan, 10, 100, 120, 180, np.nan)

UNINDEBTED = ("Echo", "2025-12-31", "EUR", 500, 20, 30, 300, 100, 10, 10, 0, 0, 300, 50)


def test_the_ratios_of_a_statement():
    """A12: debt ratio and margin; M9: the cash ratio."""
    found = {name: column.tolist() for name, column in statements.ratios(stated(SOUND, SUNK)).items()}
    assert found == {
        "debt_ratio": [0.6, 1.3],
        "equity_ratio": [0.4, -0.3],
        "net_margin": [0.05, -2.5],
        "return_on_assets": [0.1, -0.25],
        "current_ratio": [1.6, pytest.approx(0.2222222222)],
        "quick_ratio": [1.2, pytest.approx(0.0555555556)],
        "cash_ratio": [0.2, pytest.approx(0.0055555556)],
        "retained_earnings_to_assets": [0.2, -0.5],
    }


def test_a_ratio_without_a_divisor_has_no_value_and_the_divisor_is_named():
    given_ = stated(EMPTY, BRIEF)
    assert {name: np.isnan(column).tolist() for name, column in statements.ratios(given_).items()} == {
        "debt_ratio": [True, False],
        "equity_ratio": [True, False],
        "net_margin": [True, False],
        "return_on_assets": [True, False],
        "current_ratio": [True, True],
        "quick_ratio": [True, True],
        "cash_ratio": [True, False],
        "retained_earnings_to_assets": [True, True],
    }
    assert {name: column.tolist() for name, column in statements.undefined(given_).items()} == {
        "debt_ratio": ["total_assets", ""],
        "equity_ratio": ["total_assets", ""],
        "net_margin": ["revenue", ""],
        "return_on_assets": ["total_assets", ""],
        "current_ratio": ["current_liabilities", "missing"],
        "quick_ratio": ["current_liabilities", "missing"],
        "cash_ratio": ["current_liabilities", ""],
        "retained_earnings_to_assets": ["total_assets", "missing"],
    }


def test_negative_equity_and_a_loss_beyond_the_sales_are_scored_as_the_worst_answers():
    found = statements.ratios(stated(SUNK))
    card = load().scorecards["financial"]
    assert score(card, [found[name] for name in card.names]).tolist() == [0.0]


def test_the_figures_stand_under_the_names_of_a_customers_sheet():
    found = statements.customer_figures(stated(SOUND))
    assert {"net_worth": [400.0], "turnover": [2000.0], "working_capital": [150.0]} == {
        name: column.tolist() for name, column in found.items() if name not in statements.RATIOS
    }
    assert found.keys() - CUSTOMER_ROLES.keys() == {"equity_ratio", "cash_ratio"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_ratio_zone_and_reason_has_a_word(lang):
    words = Words.of(lang).table
    assert {*statements.RATIOS} - words["characteristics"].keys() == set()
    assert words["zones"].keys() == {statements.SAFE, statements.GREY, statements.DISTRESS}
    reasons = [*statements.undefined(stated(EMPTY, BRIEF)).values(), statements.z2_undefined(stated(UNINDEBTED))]
    assert {reason for column in reasons for reason in column} - {""} == words["undefined"].keys()


# --- Altman


def test_a_statement_without_a_z2_says_why():
    given_ = stated(SOUND, EMPTY, BRIEF, UNINDEBTED)
    assert statements.z2_undefined(given_).tolist() == ["", "total_assets", "missing", "total_liabilities"]
    assert (np.isnan(statements.z2_of(given_)) == (statements.z2_undefined(given_) != "")).all()


@pytest.mark.parametrize(
    ("figures", "z2", "em_score", "zone"),
    [
        pytest.param((150, 200, 80, 400, 1000, 600), 2.8736, 6.1236, "safe", id="altman-z2"),
        pytest.param((-50, -100, 10, 100, 1000, 900), -0.4701, 2.7799, "distress", id="altman-z2-distress"),
    ],
)
def test_z2_as_worked(figures, z2, em_score, zone):
    """W10: the zone of Altman's Z''."""
    found = statements.z2(*(np.array([figure], dtype=float) for figure in figures))
    assert found.round(4).tolist() == [z2]
    assert statements.em_score(found).round(4).tolist() == [em_score]
    assert statements.zone(found, RULE).tolist() == [zone]


def test_z2_of_statements_is_z2_of_their_figures():
    assert statements.z2_of(stated(SOUND, EMPTY, BRIEF))[:1].round(4).tolist() == [2.8736]
    assert np.isnan(statements.z2_of(stated(EMPTY, BRIEF))).all()


def test_a_sum_that_is_the_bound_on_paper_is_not_above_it():
    just_above_in_binary = np.array([np.nextafter(2.6, 3), np.nextafter(1.1, 1), np.nan])
    assert statements.zone(just_above_in_binary, RULE).tolist() == ["grey", "grey", ""]


@given(st.floats(-50, 50), st.floats(0, 50))
def test_a_higher_z2_is_in_no_worse_zone(lower, more):
    worst_first = ["distress", "grey", "safe"]
    low, high = statements.zone(np.array([lower, lower + more]), RULE)
    assert worst_first.index(low) <= worst_first.index(high)


def test_a_year_is_its_last_day():
    assert statements.year_ends(np.array([2024.0, 1999, np.nan])).astype(str).tolist() == [
        "2024-12-31",
        "1999-12-31",
        "NaT",
    ]


# --- two years


def year(customer, end, assets, debts, income, currency="EUR"):
    return (customer, end, currency, 1000, income, 0, assets, 0, 0, 0, 0, debts, assets - debts, 0)


def compared(*rows, as_of="2026-06-30", rule=RULE):
    found = statements.trend(stated(*rows), np.datetime64(as_of), rule)
    return {
        name: [
            flag
            for flag in ("high_debt", "rising_debt", "falling_profit", "negative_equity")
            if getattr(found, flag)[at]
        ]
        for at, name in enumerate(found.customer)
    }


def test_rising_debt_and_falling_profit_show_between_two_years():
    """W7: high debt, falling profit on the last two statements."""
    assert compared(
        year("Alpha", "2024-12-31", 1000, 500, 100), year("Alpha", "2025-12-31", 1000, 549, 81),
        year("Beta", "2025-12-31", 1000, 550, 80), year("Beta", "2024-12-31", 1000, 500, 100),
        year("Gamma", "2024-12-31", 1000, 720, -100), year("Gamma", "2025-12-31", 1000, 710, -130),
        year("Delta", "2024-12-31", 1000, 900, 0), year("Delta", "2025-12-31", 1000, 1100, -1),
    ) == {
        "Alpha": [],
        "Beta": ["rising_debt", "falling_profit"],
        "Delta": ["high_debt", "rising_debt", "falling_profit", "negative_equity"],
        "Gamma": ["high_debt", "falling_profit"],
    }  # fmt: skip


def test_the_changes_are_told_and_a_change_from_nothing_is_not():
    found = statements.trend(
        stated(
            year("Alpha", "2024-12-31", 1000, 500, 100), year("Alpha", "2025-12-31", 1000, 600, 50),
            year("Beta", "2024-12-31", 1000, 500, 0), year("Beta", "2025-12-31", 1000, 500, 50),
        ),
        np.datetime64("2026-06-30"),
        RULE,
    )  # fmt: skip
    assert found.debt_ratio_change.tolist() == [0.1, 0.0]
    assert [-0.5, "nan"] == [found.net_income_change[0], str(found.net_income_change[1])]
    assert (found.last.tolist(), found.before.tolist()) == ([1, 3], [0, 2])


def test_a_statement_of_another_currency_or_of_half_a_year_is_not_compared():
    rows = [
        year("Alpha", "2024-12-31", 1000, 500, 100, "USD"), year("Alpha", "2025-12-31", 1000, 600, 50),
        year("Beta", "2025-06-30", 1000, 500, 100), year("Beta", "2025-12-31", 1000, 600, 50),
        year("Gamma", "2025-12-31", 1000, 600, 50),
    ]  # fmt: skip
    assert compared(*rows) == {"Alpha": [], "Beta": [], "Gamma": []}
    assert statements.trend(stated(*rows), np.datetime64("2026-06-30"), RULE).before.tolist() == [-1, -1, -1]


def test_a_statement_that_is_not_there_yet_does_not_count():
    rows = [year("Alpha", "2024-12-31", 1000, 500, 100), year("Alpha", "2025-12-31", 1000, 800, 50)]
    assert compared(*rows, as_of="2025-12-30") == {"Alpha": []}
    assert compared(*rows, as_of="2025-12-31") == {"Alpha": ["high_debt", "rising_debt", "falling_profit"]}
    assert compared(*rows, as_of="2024-12-30") == {}


def test_of_two_statements_of_one_day_the_lower_row_counts():
    rows = [year("Alpha", "2025-12-31", 1000, 900, 100), year("Alpha", "2025-12-31", 1000, 300, 100)]
    assert compared(*rows) == {"Alpha": []}


def test_a_bound_of_nothing_still_asks_for_a_change():
    strict = replace(RULE, debt_ratio_rise=0.0, profit_fall=0.0)
    steady = [year("Alpha", "2024-12-31", 1000, 500, 100), year("Alpha", "2025-12-31", 1000, 500, 100)]
    assert compared(*steady, rule=strict) == {"Alpha": []}


def test_columns_of_different_lengths_are_refused():
    given_ = stated(SOUND)
    with pytest.raises(ValueError, match=r"the columns of statements differ in length: \{'customer': 2, "):
        replace(given_, customer=np.array(["Alpha", "Beta"], dtype=object))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"grey_from": 3.0}, "the grey zone begins at 3.0, beyond where it ends: 2.6"),
        ({"period_days": (400, 380)}, "periods are 400 days apart at least and 380 at most"),
    ],
)
def test_a_rule_that_contradicts_itself_is_refused(changes, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        replace(RULE, **changes)


def test_the_standard_policy_states_the_published_zones():
    assert isinstance(RULE, StatementRule)
    assert isinstance(RULE.zones, Bands)
    assert [str(bound) for bound in RULE.zones.bounds] == ["≥ 1.1", "> 2.6"]
