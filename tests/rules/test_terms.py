"""Payment terms as people write them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlcredit.kernel.dates import Terms
from xlcredit.rules.terms import parse

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
