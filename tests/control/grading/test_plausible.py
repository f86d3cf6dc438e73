"""Inputs of a score that can hardly be right are asked about, with their place, and count as they stand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.tables import lines
from xlcredit.control import review
from xlcredit.control.capabilities import capabilities
from xlcredit.excel.desk import open_ledger
from xlcredit.excel.workbook import MemoryWorkbook
from xlcredit.kernel.errors import PolicyError
from xlcredit.ledger.grid import Grid
from xlcredit.policy import load
from xlcredit.rules.plausible import PlausibleRule, Range, unbalanced

DAY = date(2026, 10, 31)
LEDGER = Grid("Items", [["Customer", "Invoice", "Due Date", "Amount"], ["C1", "A1", date(2026, 1, 31), 100.0]])
CUSTOMERS = Grid("Customers", [
    ["Customer", "Customer Name", "Debt Ratio", "Current Ratio", "Years of Relationship"],
    ["C1", "Acme", 0.35, 1.5, -2],
    ["C2", "Bell", 42, 150, 3],
    ["C3", "Cord", None, 10, None],
])  # fmt: skip
CHECKS = Grid("Checks", [
    ["Customer", "Check", "Check Date", "Mark"],
    ["C1", "Site visit", date(2026, 5, 1), 80],
    ["C2", "Site visit", date(2026, 5, 1), 5],
    ["C3", "Site visit", date(2026, 5, 1), 0.5],
])  # fmt: skip
STATEMENTS = Grid("Statements", [
    ["Customer", "Period End", "Total Assets", "Total Liabilities", "Equity"],
    ["C1", date(2025, 12, 31), 1000, 600, 400],
    ["C2", date(2025, 12, 31), 1000, 600, 389],
    ["C3", None, 1000, 600, None],
])  # fmt: skip


def reviewed(*sets):
    ledger = open_ledger(MemoryWorkbook([LEDGER, CUSTOMERS, CHECKS, STATEMENTS])).ledger
    return review(ledger, load(sets=sets), DAY)


def test_what_is_out_of_proportion_of_no_day_or_does_not_add_up_is_found_where_it_stands():
    codes = ("figure-implausible", "mark-out-of-range", "statement-undated", "balance-differs")
    assert [[found.where, found.code] for found in reviewed().findings if found.code in codes] == lines(
        """
        Customers!E2  | figure-implausible
        Customers!C3  | figure-implausible
        Customers!D3  | figure-implausible
        Checks!D2     | mark-out-of-range
        Checks!D4     | mark-out-of-range
        Statements!C4 | statement-undated
        Statements!C3 | balance-differs
        """
    )


def test_a_figure_counts_as_it_stands_and_a_mark_that_is_none_does_not():
    people = reviewed().customers
    assert people.answers["debt_ratio"].tolist()[:2] == [0.35, 42.0]
    assert np.nan_to_num(people.answers["site_visit"], nan=-1).tolist() == [-1.0, 100.0, -1.0]


def test_the_policy_says_what_is_plausible():
    wide = ("plausible.ranges.debt_ratio.most=100", "plausible.balance_difference=0.02")
    said = [found.where for found in reviewed(*wide).findings]
    assert {"Customers!C3", "Statements!C3"} & {*said} == set()


def test_a_range_that_runs_down_or_is_of_no_figure_is_refused():
    with pytest.raises(PolicyError, match="9 is more than the 5 of most"):
        load(sets=["plausible.ranges.debt_ratio.least=9"])
    with pytest.raises(PolicyError, match="the nearest is debt_ratio"):
        load(sets=["plausible.ranges.debt_ration.least=1", "plausible.ranges.debt_ration.most=2"])
    with pytest.raises(ValueError, match="a range runs upwards, not from 2 to 1"):
        Range(2, 1)


def test_checks_and_statements_answer_their_questions():
    made = capabilities(reviewed())
    answered = dict(zip(made["question"].tolist(), made["answered"].tolist(), strict=True))
    assert (answered["admission"], answered["statements"], answered["ratings"]) == ("yes", "yes", "no")


@given(st.integers(1, 10**12), st.integers(-(10**12), 10**12))
def test_a_sheet_that_balances_to_the_cent_is_never_asked_about(assets, equity):
    rule = PlausibleRule({}, 0.0)
    total, own = np.array([assets / 100]), np.array([equity / 100])
    assert not unbalanced(total, np.round(total - own, 2), own, rule)[0]
    assert unbalanced(total, np.round(total - own + 0.01, 2), own, rule)[0]
