"""Recorded: records find their party by number, else by name."""

from __future__ import annotations

from tests.support.tables import ledger, records
from xlcredit.control.parties import join
from xlcredit.control.recorded import owners

ITEMS = """
    customer | name          | amount
    C1       | Acme Ltd      | 1.00
    c2       | Beta  GmbH    | 1.00
             | Gamma Trading | 1.00
"""


def test_a_record_belongs_to_its_number_else_to_its_name() -> None:
    parties = join(ledger(ITEMS))
    assert parties.customer.tolist() == ["C1", "Gamma Trading", "c2"]
    events = records(
        "events",
        """
        customer | name           | date       | type
        c1       |                | 2026-01-01 | news
        C2       | Acme Ltd       | 2026-01-01 | news
                 | beta gmbh      | 2026-01-01 | news
        C9       | Acme Ltd       | 2026-01-01 | news
        C9       | gamma  trading | 2026-01-01 | news
                 |                | 2026-01-01 | news
        """,
    )
    assert owners(parties, events).tolist() == [0, 2, 2, -1, 1, -1]


def test_a_number_under_the_heading_of_names_is_one_all_the_same() -> None:
    parties = join(ledger(ITEMS + "             |               | 1.00\n"))
    assert parties.customer.tolist()[0] == ""
    events = records("events", "name | date | type\nC1 | 2026-01-01 | news\n | 2026-01-01 | news")
    assert owners(parties, events).tolist() == [1, -1]


def test_without_records_nobody_is_found() -> None:
    assert owners(join(ledger(ITEMS)), ledger(ITEMS).recorded("events")).tolist() == []
