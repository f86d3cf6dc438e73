"""Statements that customers sent answer their scorecards: the last one known on the day, where the sheet is silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.tables import ledger
from xlcredit.control import Quote, Rates, review
from xlcredit.policy import load

DAY = date(2026, 10, 31)
ITEMS = """
    document | customer | document_date | due_date   | amount | currency
    A        | C1       | 2026-01-01    | 2026-11-30 | 10.00  | EUR
    B        | C2       | 2026-01-01    | 2026-11-30 | 10.00  | EUR
    """
STATEMENTS = """
    customer | period     | received   | currency | revenue | net_income | ebit | total_assets | current_assets | inventory | cash | current_liabilities | total_liabilities | equity | retained_earnings
    C1       | 2024-12-31 | 2025-05-02 | EUR      | 900     | 90         | 70   | 1000         | 400            | 100       | 50   | 250                 | 500               | 500    | 100
    C1       | 2025-12-31 | 2026-04-20 | EUR      | 2000    | 100        | 80   | 1000         | 400            | 100       | 50   | 250                 | 600               | 400    | 200
    C1       | 2026-12-31 |            | EUR      | 9999    | 9999       | 9999 | 9999         | 9999           | 0         | 9999 | 1                   | 1                 | 9999   | 9999
    C2       | 2023-12-31 |            | EUR      | 2000    | 100        | 80   | 1000         | 400            | 100       | 50   | 250                 | 300               | 700    | 200
    """
FINANCIAL = ("currency=EUR", "scoring.scorecard=financial")


def reviewed(customers="", day=DAY, statements=STATEMENTS, sets=FINANCIAL, rates=None):
    return review(ledger(ITEMS, customers, statements=statements), load(sets=sets), day, rates)


def answer(found, role, customer="C1"):
    return found.customers.answers[role][found.customers.customer.tolist().index(customer)]


def test_the_last_statement_answers_what_the_customers_sheet_does_not_say():
    found = reviewed("customer | debt_ratio\nC1 | 0.35")
    assert {
        role: answer(found, role) for role in ("debt_ratio", "net_margin", "return_on_assets", "current_ratio")
    } == {
        "debt_ratio": 0.35,
        "net_margin": 0.05,
        "return_on_assets": 0.1,
        "current_ratio": 1.6,
    }
    assert found.customers.completeness.tolist() == [1.0, 0.0]


@pytest.mark.parametrize(
    ("day", "debt_ratio"),
    [
        (date(2025, 5, 1), np.nan),
        (date(2025, 5, 2), 0.5),
        (date(2026, 4, 19), 0.5),
        (date(2026, 4, 20), 0.6),
        (date(2026, 12, 30), 0.6),
    ],
)
def test_a_past_date_knows_the_statement_that_had_come_by_then(day, debt_ratio):
    assert answer(reviewed(day=day), "debt_ratio") == pytest.approx(debt_ratio, nan_ok=True)


def test_a_statement_answers_for_two_years_from_its_period_on():
    assert answer(reviewed(day=date(2025, 12, 31)), "debt_ratio", "C2") == 0.3
    assert np.isnan(answer(reviewed(day=date(2026, 1, 1)), "debt_ratio", "C2"))
    longer = (*FINANCIAL, "statements.valid_months=36")
    assert answer(reviewed(day=date(2026, 1, 1), sets=longer), "debt_ratio", "C2") == 0.3


def broken_sheet(role):
    plain = ledger(ITEMS, f"customer | {role}\nC1 | ", statements=STATEMENTS)
    return replace(plain, customers=replace(plain.customers, broken={role: np.array([True])}))


def test_no_statement_stands_in_for_a_broken_cell_of_the_customers_sheet():
    found = review(broken_sheet("debt_ratio"), load(sets=FINANCIAL), DAY)
    assert np.isnan(answer(found, "debt_ratio"))
    assert (found.customers.card[0], np.isnan(found.customers.score[0])) == ("financial", True)


def test_a_broken_figure_of_the_last_statement_is_no_missing_one():
    plain = ledger(ITEMS, "customer | current_ratio\nC1 | 1.5", statements=STATEMENTS)
    records = plain.recorded("statements")

    def score(figure):
        sheet = replace(
            records,
            figures={**records.figures, figure: np.array([500.0, np.nan, 1.0, 300.0])},
            broken={figure: np.array([False, True, False, False])},
        )
        found = review(replace(plain, records={"statements": sheet}), load(sets=FINANCIAL), DAY)
        return found.customers.score[0]

    assert np.isnan(score("total_liabilities"))
    assert score("cash") > 0  # the card asks for no cash ratio


def test_the_means_of_a_statement_bound_the_limit_at_the_rate_of_its_currency():
    in_usd = STATEMENTS.replace("EUR", "USD")
    found = reviewed(
        "customer | currency | need\nC1 | EUR | 9999", statements=in_usd, rates=Rates.of([Quote("USD", 0.5)])
    )
    assert found.customers.allowed["net_worth"][0] == 20.0  # 10 % of 400 USD
    assert found.customers.answers["debt_ratio"][0] == 0.6


def test_a_rate_is_asked_for_only_where_an_amount_needs_one():
    def missing(**settings):
        said = reviewed(statements=STATEMENTS.replace("EUR", "USD"), **settings).findings
        return [finding.where for finding in said if finding.code == "no-rate"]

    assert missing() == ["USD"]
    assert missing(customers="customer | net_worth | working_capital | turnover\nC1 | 1 | 2 | 3") == []


def test_a_statement_without_a_currency_is_in_that_of_the_customers_sheet():
    silent = STATEMENTS.replace("EUR", "   ")
    found = reviewed("customer | currency\nC1 | USD", statements=silent, rates=Rates.of([Quote("USD", 0.5)]))
    assert found.customers.answers["net_worth"][0] == 400.0
    assert found.customers.allowed["net_worth"][0] == 20.0


@settings(max_examples=25)
@given(st.permutations(range(4)), st.dates(date(2024, 1, 1), date(2027, 6, 30)))
def test_the_order_of_the_rows_and_who_else_is_there_change_nothing(order, day):
    head, *rows = STATEMENTS.strip().splitlines()
    shuffled = "\n".join([head, *(rows[at] for at in order)])
    alone = "\n".join([head, *(row for row in rows if row.strip().startswith("C1"))])
    wanted = reviewed(day=day)
    for found in (reviewed(day=day, statements=shuffled), reviewed(day=day, statements=alone)):
        for role in ("debt_ratio", "net_worth", "cash_ratio"):
            assert answer(found, role) == pytest.approx(answer(wanted, role), nan_ok=True)


CASH = """
extends = "standard"
[scoring]
scorecard = "cash"
[scorecards.cash]
[[scorecards.cash.characteristics]]
name = "cash_ratio"
better = "higher"
attributes = [{ points = 0 }, { from = 0.2, points = 100 }]
"""


def test_a_scorecard_can_ask_for_the_cash_ratio(tmp_path):
    (tmp_path / "cash.toml").write_text(CASH, encoding="utf-8")
    policy = load("cash.toml", folder=tmp_path)
    assert review(ledger(ITEMS, statements=STATEMENTS), policy, DAY).customers.score[0] == 100.0
    assert np.isnan(review(ledger(ITEMS), policy, DAY).customers.score[0])
