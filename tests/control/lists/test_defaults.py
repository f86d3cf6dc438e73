"""Default rates by grade: who was graded how when a quarter began, and who defaulted in it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from tests.support.tables import ledger, lines, shown
from xlcredit.control import review
from xlcredit.control.history.grades import graded_on
from xlcredit.control.lists.defaults import default_rates
from xlcredit.locales import Words
from xlcredit.policy import load

POLICY = load(sets=["metrics.months=6", "metrics.dso_months=3"])
DAY = date(2026, 6, 30)
# Quarters begin after 31 December and 31 March. G owes nothing late; B pays half a year late and the next not at all; L falls 91 days behind on
# 10 April; P was in default before and paid in February; N has no document before April.
ITEMS = """
    document | customer | document_date | due_date   | amount | settled | settled_date
    1        | G        | 2025-09-01    | 2025-10-01 | 100.00 | 100.00  | 2025-10-01
    2        | G        | 2026-03-01    | 2026-04-01 | 100.00 | 100.00  | 2026-04-01
    3        | B        | 2025-08-01    | 2025-09-15 | 100.00 | 100.00  | 2026-03-15
    4        | B        | 2025-11-01    | 2025-12-01 | 100.00 | 0       |
    5        | L        | 2025-09-01    | 2025-10-01 | 100.00 | 100.00  | 2025-10-01
    6        | L        | 2025-12-10    | 2026-01-09 | 100.00 | 0       |
    7        | P        | 2025-06-01    | 2025-07-01 | 100.00 | 100.00  | 2026-02-15
    8        | P        | 2025-12-01    | 2026-03-31 | 100.00 | 100.00  | 2026-03-31
    9        | N        | 2026-04-10    | 2026-05-10 | 100.00 | 100.00  | 2026-05-10
"""
KEYS = ("first_day", "last_day", "grade", "customers", "defaults", "default_rate", "note")


def reviewed(items=ITEMS, day=DAY, policy=POLICY, **beside):
    return review(ledger(items, **beside), policy, day)


def test_the_grades_are_those_a_review_of_the_day_gave():
    found = reviewed()
    for day in ("2025-12-31", "2026-03-31"):
        then = reviewed(day=date.fromisoformat(day)).customers
        known = graded_on(found.case, np.datetime64(day))
        assert [grade for grade in known.tolist() if grade] == [
            grade for grade, customer in zip(then.grade, then.customer, strict=True) if grade and customer != "N"
        ]


def test_each_quarter_counts_who_was_not_in_default_yet_and_who_defaulted():
    # G, L and, once it has paid, P; B is in default from 15 December to the end, and N is not graded before June.
    assert shown(default_rates(reviewed()), *KEYS) == lines(
        """
        2026-01-01 | 2026-06-30 | A | 3 | 0 | 0 | in_order
        2026-01-01 | 2026-06-30 | D | 1 | 0 | 0 | in_order
        2026-01-01 | 2026-06-30 | E | 1 | 1 | 1 | in_order
        2026-04-01 | 2026-06-30 | A | 1 | 0 | 0 |
        2026-04-01 | 2026-06-30 | D | 1 | 0 | 0 |
        2026-04-01 | 2026-06-30 | E | 1 | 1 | 1 |
        2026-01-01 | 2026-03-31 | A | 2 | 0 | 0 |
        """
    )


def test_the_rate_of_a_quarter_comes_to_so_much_in_a_year_beside_the_policys():
    # A third in a quarter leaves (2/3)⁴ = 16/81 of them after a year.
    events = "customer | date | type\nG | 2026-05-05 | Insolvency"
    policy = load(sets=["metrics.months=6", "metrics.dso_months=3", "provision.pd.A=0.01"])
    made = default_rates(reviewed(events=events, policy=policy))
    assert (made["default_a_year"][0], made["policy_pd"][0]) == (pytest.approx(65 / 81), 0.01)
    assert np.isnan(made["default_a_year"][3:]).all()
    assert np.isnan(made["policy_pd"][1:]).all()
    assert "policy_pd" not in {field.key for field in default_rates(reviewed(events=events)).fields}


def test_an_insolvency_is_a_default():
    events = "customer | date | type\nG | 2026-05-05 | Insolvency\nN | 2027-01-01 | Insolvency"
    found = shown(default_rates(reviewed(events=events)), *KEYS, digits=4)
    assert next(line[2:6] for line in found if line[2] == "A") == ["A", "3", "1", "0.3333"]


def test_the_policy_says_when_a_customer_has_defaulted():
    later = load(sets=["metrics.months=6", "metrics.dso_months=3", "metrics.default_days=365"])
    assert shown(default_rates(reviewed(policy=later)), *KEYS)[0][4:] == ["0", "0", "no_defaults"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_whether_the_grades_rank_is_said_in_words(lang):
    note = next(field for field in default_rates(reviewed()).fields if field.key == "note")
    assert note.said(Words.of(lang))[0] == Words.of(lang)("default_notes", "in_order")


def test_a_ledger_without_payment_dates_tells_nothing():
    undated = ITEMS.replace("100.00  | 20", "100.00  | NaT20")
    rows = [line.rsplit("|", 1)[0] + "|" for line in undated.strip().splitlines()[1:]]
    items = "\n".join([ITEMS.strip().splitlines()[0], *rows])
    assert len(default_rates(reviewed(items))) == 0
