"""Concentration: balances go in, the largest with their shares and the loss of the first come out."""

from __future__ import annotations

from datetime import date

import numpy as np

from tests.support.tables import ledger, lines, shown
from xlcredit.control import review
from xlcredit.control.lists import lists_of
from xlcredit.locales import Words
from xlcredit.policy import load
from xlcredit.record import record

LEDGER = """
    document | customer | document_date | due_date   | amount
    1        | C1       | 2026-09-01    | 2026-10-01 | 100.00
    2        | C2       | 2026-09-01    | 2026-10-01 | 500.00
    3        | C3       | 2026-09-01    | 2026-10-01 | 300.00
    4        | C4       | 2026-10-20    | 2026-11-01 | 100.00
    5        | C5       | 2026-09-01    | 2026-10-01 | -50.00
    """
CUSTOMERS = """
    customer | insured_limit
    C2       | 400.00
    C3       | 900.00
    """


def found(day=date(2026, 10, 31)):
    policy = load(sets=["metrics.top=3", "signals.limits.stress=2", "insurance.cover=0.90"])
    return review(ledger(LEDGER, CUSTOMERS), policy, day)


def test_the_largest_come_first_and_the_first_two_are_lost_less_what_is_insured():
    # Insured 90 % of min(500, 400) = 360 and of 300 = 270.
    made = lists_of(found())["concentration"]
    assert shown(made, *"rank customer exposure share cumulative insured lost".split()) == lines(
        """
        1 | C2 | 500 | 0.5 | 0.5 | 360 | 140
        2 | C3 | 300 | 0.3 | 0.8 | 270 | 30
        3 | C1 | 100 | 0.1 | 0.9 |     |
        """
    )
    # 0.5² + 0.3² + 0.1² + 0.1²
    np.testing.assert_allclose(made["hhi"], [0.36] * 3, rtol=1e-15)
    # As much depends on them as on 1 ÷ 0.36 customers of one size.
    np.testing.assert_allclose(made["effective_number"], [1 / 0.36] * 3, rtol=1e-15)


def test_a_past_date_has_its_own_shares():
    assert lists_of(found(date(2026, 10, 1)))["concentration"]["share"].tolist() == [500 / 900, 300 / 900, 100 / 900]


def test_the_record_holds_exact_money():
    made = found()
    line = record(made, lists_of(made), Words.of("zh"))["lists"]["concentration"][1]
    assert (line["customer"], line["exposure"], line["lost"]) == ("C3", "300.00", "30.00")
    assert Words.of("zh")("lists", "concentration") == "集中度"
