"""Payment terms as people write them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlcredit.kernel.dates import Terms
from xlcredit.rules.terms import due_dates, parse

READINGS = [
    ("30", Terms(days=30)),
    ("0", Terms()),
    ("net 30", Terms(days=30)),
    ("Net30", Terms(days=30)),
    ("N/30", Terms(days=30)),
    ("Net 30 days", Terms(days=30)),
    ("30 days net.", Terms(days=30)),
    ("within 14 days", Terms(days=14)),
    ("30 Tage netto", Terms(days=30)),
    ("45 jours", Terms(days=45)),
    ("30天", Terms(days=30)),
    ("３０天", Terms(days=30)),  # full-width digits
    ("30天内付款", Terms(days=30)),
    ("2/10 net 30", Terms(days=30, discount=0.02, discount_days=10)),
    ("2/10, n/30", Terms(days=30, discount=0.02, discount_days=10)),
    ("2%/10 net 30", Terms(days=30, discount=0.02, discount_days=10)),
    ("2% 10 days, net 30", Terms(days=30, discount=0.02, discount_days=10)),
    ("2% within 10 days, net 30", Terms(days=30, discount=0.02, discount_days=10)),
    ("1.5/10 net 45", Terms(days=45, discount=0.015, discount_days=10)),
    ("2 months", Terms(months=2)),
    ("3个月", Terms(months=3)),
    ("EOM", Terms(month_end="before")),
    ("End of month", Terms(month_end="before")),
    ("月结", Terms(month_end="before")),
    ("EOM + 45", Terms(days=45, month_end="before")),
    ("EOM 30", Terms(days=30, month_end="before")),
    ("月结30天", Terms(days=30, month_end="before")),
    ("45 EOM", Terms(days=45, month_end="after")),
    ("45 days EOM", Terms(days=45, month_end="after")),
    ("Net 30 EOM", Terms(days=30, month_end="after")),
    ("60 jours fin de mois", Terms(days=60, month_end="after")),
    ("1 month EOM", Terms(months=1, month_end="before")),
    ("2 months, EOM", Terms(months=2, month_end="before")),
    ("EOM + 1 month", Terms(months=1, month_end="before")),
    ("end of next month", Terms(months=1, month_end="before")),
    ("End of the following month", Terms(months=1, month_end="before")),
    ("次月底", Terms(months=1, month_end="before")),
    ("下月末付款", Terms(months=1, month_end="before")),
    ("COD", Terms()),
    ("Cash", Terms()),
    ("Prepaid", Terms()),
    ("Due on receipt", Terms()),
    ("Payable upon receipt", Terms()),
    ("immediately", Terms()),
    ("货到付款", Terms()),
    ("现结", Terms()),
    ("款到发货", Terms()),
]


@pytest.mark.parametrize(("text", "terms"), READINGS)
def test_terms_are_read(text, terms):
    assert parse(text) == terms
    assert parse(f"  {text.upper()} ") == terms


@pytest.mark.parametrize(
    "text",
    ["", " ", "0001", "Z030", "NT30", "13800138000", "net 1000", "as agreed", "-30", "30.5", "2/10", "½", "net", "天"],
)
def test_what_states_no_known_terms_is_not_guessed(text):
    assert parse(text) is None


@given(st.text())
def test_any_text_is_read_or_not_but_never_fails(text):
    terms = parse(text)
    assert terms is None or (0 <= terms.days < 1000 and 0 <= terms.months < 100)


@given(st.integers(0, 99))
def test_eom_before_and_eom_after_are_different_terms(days):
    document = np.array(["2021-09-15"], dtype="datetime64[D]")
    first, last = parse(f"EOM + {days}"), parse(f"{days} EOM")
    assert first.due(document) == np.datetime64("2021-09-30") + days
    reached = last.due(document)
    assert reached == (reached.astype("datetime64[M]") + 1).astype("datetime64[D]") - 1


DUE = [
    # edge case, document, terms, due
    (25, "2032-01-15", "net 45", "2032-02-29"),
    (25, "2032-01-16", "net 45", "2032-03-01"),
    (26, "2016-01-22", "1 month EOM", "2016-02-29"),
    (26, "2017-01-22", "1 month EOM", "2017-02-28"),
    (26, "2020-06-11", "1 month EOM", "2020-07-31"),
    (26, "2026-02-28", "1 month EOM", "2026-03-31"),
    (27, "2021-09-16", "EOM + 45", "2021-11-14"),
    (27, "2021-09-16", "45 EOM", "2021-10-31"),
]


@pytest.mark.parametrize(("edge_case", "document", "text", "due"), DUE)
def test_due_dates_of_the_edge_cases(edge_case, document, text, due):
    assert edge_case in (25, 26, 27)
    found, unknown = due_dates(np.array([document], dtype="datetime64[D]"), np.array([text], dtype=object))
    assert found.astype(str).tolist() == [due]
    assert not unknown.any()


def test_documents_without_a_date_or_known_terms_have_no_due_date():
    documents = np.array(["2026-10-31", "2026-10-31", "NaT", "2026-10-31"], dtype="datetime64[D]")
    due, unknown = due_dates(documents, np.array(["net 30", "as agreed", "net 30", ""], dtype=object))
    assert due.astype(str).tolist() == ["2026-11-30", "NaT", "NaT", "NaT"]
    assert unknown.tolist() == [False, True, False, False]
