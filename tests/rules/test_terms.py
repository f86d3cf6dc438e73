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
    ("net-30", Terms(days=30)),
    ("N30", Terms(days=30)),
    ("Due net 30", Terms(days=30)),
    ("Payment due within 30 days", Terms(days=30)),
    ("30 days from invoice date", Terms(days=30)),
    ("within 30 days of invoice", Terms(days=30)),
    ("30 days after receipt of invoice", Terms(days=30)),
    ("D/A 60 days sight", Terms(days=60)),
    ("60 days from B/L date", Terms(days=60)),
    ("2 weeks", Terms(days=14)),
    ("netto 30 Tage", Terms(days=30)),
    ("30 Tage rein netto", Terms(days=30)),
    ("Zahlbar innerhalb von 14 Tagen ohne Abzug", Terms(days=14)),
    ("30 Tage ab Rechnungsdatum", Terms(days=30)),
    ("à 30 jours", Terms(days=30)),
    ("30 jours nets", Terms(days=30)),
    ("30 jours date de facture", Terms(days=30)),
    ("三十天", Terms(days=30)),
    ("四十五天", Terms(days=45)),
    ("账期60天", Terms(days=60)),
    ("60天账期", Terms(days=60)),
    ("30天内付清", Terms(days=30)),
    ("票到60天", Terms(days=60)),
    ("货到30天付款", Terms(days=30)),
    ("收到发票后60天内付款", Terms(days=60)),
    ("开票后30天", Terms(days=30)),
    ("验收合格后30天付款", Terms(days=30)),
    ("1/15, net 45", Terms(days=45, discount=0.01, discount_days=15)),
    ("1,5/10 net 45", Terms(days=45, discount=0.015, discount_days=10)),
    ("Net 30, 2/10", Terms(days=30, discount=0.02, discount_days=10)),
    ("net 30 (2% 10 days)", Terms(days=30, discount=0.02, discount_days=10)),
    ("30 days, 2% 10 days", Terms(days=30, discount=0.02, discount_days=10)),
    ("10 Tage 2% Skonto, 30 Tage netto", Terms(days=30, discount=0.02, discount_days=10)),
    ("2% Skonto innerhalb von 10 Tagen, 30 Tage netto", Terms(days=30, discount=0.02, discount_days=10)),
    ("10天内付款优惠2%，30天", Terms(days=30, discount=0.02, discount_days=10)),
    ("3/10, 2/20, n/30", Terms(days=30, discount=0.03, discount_days=10)),  # of several the first
    ("8 Tage 3%, 14 Tage 2%, 30 Tage netto", Terms(days=30, discount=0.03, discount_days=8)),
    ("2/10 net 30 EOM", Terms(days=30, month_end="after", discount=0.02, discount_days=10)),
    ("2/10 net 30 ROG", Terms(days=30, discount=0.02, discount_days=10)),
    ("两个月", Terms(months=2)),
    ("Net EOM", Terms(month_end="before")),
    ("当月底付款", Terms(month_end="before")),
    ("EOM + 45 days", Terms(days=45, month_end="before")),
    ("30 days from end of month", Terms(days=30, month_end="before")),
    ("30 Tage nach Monatsende", Terms(days=30, month_end="before")),
    ("fin de mois + 45 jours", Terms(days=45, month_end="before")),
    ("月结60", Terms(days=60, month_end="before")),
    ("月结三十天", Terms(days=30, month_end="before")),
    ("30 Tage Monatsende", Terms(days=30, month_end="after")),
    ("45 jours FDM", Terms(days=45, month_end="after")),
    ("EOM following month", Terms(months=1, month_end="before")),
    ("月结，次月底付款", Terms(months=1, month_end="before")),
    ("prox 10", Terms(day=10)),
    ("10th prox.", Terms(day=10)),
    ("Net 10 prox", Terms(day=10)),
    ("20 MFI", Terms(day=20)),
    ("15th of the following month", Terms(day=15)),
    ("zum 15. des Folgemonats", Terms(day=15)),
    ("le 15 du mois suivant", Terms(day=15)),
    ("次月25号前付款", Terms(day=25)),
    ("月结次月十日付款", Terms(day=10)),
    ("30 days end of month the 10th", Terms(days=30, day=10)),
    ("45 jours fin de mois le 10", Terms(days=45, day=10)),
    ("CIA", Terms()),
    ("Cash in advance", Terms()),
    ("T/T in advance", Terms()),
    ("L/C at sight", Terms()),
    ("Vorkasse", Terms()),
    ("Zahlbar sofort ohne Abzug", Terms()),
    ("À réception de facture", Terms()),
    ("票到付款", Terms()),
    ("先款后货", Terms()),
]


@pytest.mark.parametrize(("text", "terms"), READINGS)
def test_terms_are_read(text, terms):
    assert parse(text) == terms
    assert parse(f"  {text.upper()} ") == terms


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "0001", "Z030", "NT30", "13800138000", "net 1000", "as agreed", "-30", "net -30", "30.5", "2/10", "½",
        "net", "天", "30个工作日", "30/60/90", "30% deposit, balance net 30", "net 30 or EOM", "32nd prox",
        "2/10 EOM",  # ten days from the month's end, and no word of when it is due
        "2/10 net 5", "100/10 net 30",  # no such discounts
    ],
)  # fmt: skip
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
    (27, "2021-09-16", "45 jours fin de mois le 10", "2021-11-10"),
    (26, "2026-01-15", "31st of next month", "2026-02-28"),
    (26, "2026-01-31", "10 prox", "2026-02-10"),
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
