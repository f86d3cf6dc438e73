"""Which limits to change, who must approve that, and which approvals are not good any more: C1, C2, L11."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.tables import ledger
from xlcredit.control import review
from xlcredit.control.lists import lists_of
from xlcredit.control.lists.limits import DECISIONS
from xlcredit.locales import LANGUAGES, Words
from xlcredit.policy import load
from xlcredit.rules.approval import STATES

ITEMS = """
    document | customer | document_date | due_date   | amount | currency
    A1       | C9       | 2026-10-01    | 2026-11-30 | 100.00 | EUR
"""
HEADS = "customer | credit_limit | need | approved_by | limit_valid_from | limit_valid_to"
ANSWERS = " | debt_ratio | years_of_relationship | net_margin | adverse_events"
"""Answers that make a grade B, which is given four fifths of what is needed."""
SETS = ("currency=EUR", "limit.step=1")


def listed(*rows: str, as_of: date = date(2026, 10, 31), sets=()) -> dict[str, dict[str, object]]:
    """Line of each customer."""
    customers = "\n".join([HEADS + ANSWERS, *(f"{row} | 0.5 | 4 | 0.02 | 0" for row in rows)])
    found = lists_of(review(ledger(ITEMS, customers), load(sets=[*SETS, *sets]), as_of)).get("limit_changes")
    columns = {} if found is None else {field.key: field.cells.tolist() for field in found.fields}
    return {who: {key: cells[at] for key, cells in columns.items()} for at, who in enumerate(columns["customer"])}


def test_the_suggested_limit_says_who_must_approve_it():
    found = listed("C1 | 1 | 124998 | | |", "C2 | 1 | 125000 | | |", "C3 | 1 | 625000 | | |", "C4 | 1 | 0 | | |")
    assert {who: (line["grade"], line["limit"], line["approver"]) for who, line in found.items()} == {
        "C1": ("B", 99998.0, "sales_manager"),
        "C2": ("B", 100000.0, "credit_manager"),
        "C3": ("B", 500000.0, "finance_director"),
        "C4": ("B", 0.0, "sales_manager"),
    }
    assert found["C1"]["requested"] == 124998.0


def test_four_eyes_ask_for_the_next_higher_rank_from_an_amount_on():
    rows = ("C1 | 1 | 62500 | | |", "C2 | 1 | 62499 | | |", "C3 | 1 | 625000 | | |")
    found = listed(*rows, sets=["approval.four_eyes_from=50000"])
    assert {who: (line["approver"], line["second_approver"]) for who, line in found.items()} == {
        "C1": ("sales_manager", "credit_manager"),
        "C2": ("sales_manager", ""),
        "C3": ("finance_director", "finance_director"),
    }
    assert "second_approver" not in listed(*rows, sets=["approval.four_eyes_from=off"])["C3"]


def test_a_limit_that_stays_is_listed_where_its_approval_has_expired_or_was_never_good():
    rows = (
        "C1 | 4000   | 5000   | Credit manager | 2025-11-01 | 2026-10-30",
        "C2 | 4000   | 5000   | 信用经理       | 2025-10-30 |",
        "C3 | 400000 | 500000 | sales_manager  | 2026-10-01 | 2027-10-01",
        "C4 | 4000   | 5000   | Credit manager | 2025-11-01 | 2026-10-31",
        "C5 | 4000   | 5000   |                |            |",
    )
    keys = ("decision", "approved_by", "approval")
    assert {who: [line[key] for key in keys] for who, line in listed(*rows).items()} == {
        "C1": ["renew", "credit_manager", "expired"],
        "C2": ["renew", "credit_manager", "expired"],
        "C3": ["renew", "sales_manager", "beyond_authority"],
    }
    assert [*listed(*rows, as_of=date(2026, 10, 30))] == ["C3"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_decisions_and_approvals_have_words(lang):
    words = Words.of(lang).table
    assert set(DECISIONS) <= words["decisions"].keys()
    assert set(STATES) == words["approvals"].keys()
