"""X1: claims whose limitation period ends: in the signals, the legal list, and the list of countries."""

from __future__ import annotations

from datetime import date

import numpy as np

from tests.support.tables import ledger
from xlcredit.control import review
from xlcredit.control.lists import lists_of
from xlcredit.locales import Words
from xlcredit.policy import load

AS_OF = date(2026, 10, 31)
ITEMS = """
    document | customer | document_date | due_date   | amount   | currency
    A1       | C1       | 2023-11-14    | 2023-12-14 | 1000.00  | EUR
    A2       | C1       | 2026-09-30    | 2026-10-30 | 70.00    | EUR
    A3       | C1       | 2023-10-01    | 2023-10-30 | 30.00    | EUR
    A4       | C1       | 2023-11-14    | 2023-12-14 | -200.00  | EUR
    B1       | C2       | 2019-01-01    | 2019-02-01 | 500.00   | EUR
    D1       | C3       | 2023-11-14    | 2023-12-14 | 900.00   | EUR
    E1       | C4       | 2020-11-14    | 2020-12-14 | 40.00    | EUR
"""
CUSTOMERS = """
    customer | country
    C1       | DE
    C2       | XX
    C3       |
    C4       | GB
"""


def listed(items: str = ITEMS, *sets: str, as_of: date = AS_OF, **beside: str):
    return lists_of(review(ledger(items, CUSTOMERS, **beside), load(sets=["currency=EUR", *sets]), as_of))


def warned(lists) -> dict[str, str]:
    signals = lists["signals"]
    said = next(field for field in signals.fields if field.key == "evidence").said(Words.of("en"))
    lines = zip(signals["customer"], signals["signal"], said, strict=True)
    return {customer: evidence for customer, kind, evidence in lines if kind == "claim_lapses"}


def to_stop(lists) -> list[tuple[str, str, float, float]]:
    legal = lists["legal_and_agency"]
    rows = np.flatnonzero(legal["task"] == "stop_limitation")
    keys = ("customer", "due_date", "amount", "collection_cost")
    return [tuple(str(legal[key][row]) for key in keys) for row in rows]


def test_claims_near_the_end_of_their_period_are_a_signal_with_what_is_at_stake():
    """A3 was over on 30 October; A1 lapses on 14 December, a credit never; of XX and of no country nothing is known."""
    assert warned(listed()) == {
        "C1": "Days until the first lapses: 44; Lapsing soon: 1000; Lapsed: 30",
        "C4": "Days until the first lapses: 44; Lapsing soon: 40",
    }
    assert "C1" not in warned(listed(as_of=date(2026, 4, 29)))
    assert "C1" not in warned(listed(ITEMS, "signals.levels.claim_lapses=off"))


def test_the_days_ahead_are_the_policys():
    assert warned(listed(ITEMS, "signals.limits.lapse_days=43")) == {"C1": "Lapsed: 30"}
    assert "C4" in warned(listed(ITEMS, "signals.limits.lapse_days=44"))


def test_the_legal_list_says_by_which_day_it_has_to_be_stopped():
    assert to_stop(listed()) == [
        ("C1", "2026-12-14", "1000.0", "100.0"),
        ("C4", "2026-12-14", "40.0", "6.0"),
    ]
    legal = listed()["legal_and_agency"]
    handed = np.flatnonzero(legal["task"] == "hand_over")
    told = {
        legal["customer"][row]: (str(legal["lapses_on"][row]), float(legal["days_to_lapse"][row])) for row in handed
    }
    assert told["C1"] == ("2026-12-14", 44.0)
    assert str(told["C3"]) == "('NaT', nan)"


def test_what_was_stopped_lapses_no_more_but_what_came_later_does():
    told = "customer | kind | task | date | done\nC1 | legal | 中断诉讼时效（起诉或取得债务确认书） | | 2026-10-20"
    stopped = listed(handovers=told)
    assert [line[0] for line in to_stop(stopped)] == ["C4"]
    assert "C1" not in warned(stopped)
    assert "C1" in warned(listed(handovers=told, as_of=date(2026, 10, 19)))
    later = ITEMS.replace("2026-09-30    | 2026-10-30 | 70.00 ", "2026-10-01    | 2026-11-01 | 70.00 ")
    on_its_day = listed(later, "signals.limits.lapse_days=1200", handovers=told)
    assert to_stop(on_its_day)[1] == ("C1", "2029-11-01", "70.0", "7.0")


def test_who_is_insolvent_is_not_sued():
    events = "customer | date | type\nC1 | 2026-10-15 | Insolvency"
    assert [line[0] for line in to_stop(listed(events=events))] == ["C4"]


def test_countries_say_what_lapses_when_and_what_collecting_costs():
    found = listed()["countries"]
    keys = ("country", "usual_days", "collection_share", "lapses_on", "lapsing", "lapsed")
    lines = {line[0]: line[1:] for line in zip(*(map(str, found[key]) for key in keys), strict=True)}
    assert lines == {
        "DE": ("30.0", "0.1", "2026-12-14", "1000.0", "30.0"),
        "GB": ("30.0", "0.15", "2026-12-14", "40.0", "nan"),
        "XX": ("nan", "nan", "NaT", "nan", "nan"),
    }


def test_an_amount_without_a_rate_is_not_told_but_warned_of():
    foreign = ITEMS.replace("40.00    | EUR", "40.00    | USD")
    assert warned(listed(foreign))["C4"] == "Days until the first lapses: 44"
    assert [line[:3] for line in to_stop(listed(foreign))][1] == ("C4", "2026-12-14", "nan")
