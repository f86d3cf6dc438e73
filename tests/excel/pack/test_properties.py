"""What holds for the pack of every ledger: it foots, and an independent engine gives every cached value."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.cell import range_boundaries
from python_calamine import CalamineWorkbook

from tests.control.test_properties import reviewed, tables
from tests.excel.pack.test_recalculated import by_ironcalc, differing, formulas, held
from tests.support.dump import opened
from tests.support.integrity import faults
from xlcredit.control.lists import lists_of
from xlcredit.excel.pack.book import build_pack
from xlcredit.excel.pack.columns import Maker
from xlcredit.excel.pack.customers import aging, aging_by_currency, buckets
from xlcredit.excel.pack.speech import Speech
from xlcredit.kernel.money import decimals, to_minor

BASE = [
    {
        "customer": customer, "currency": "CNY", "document_date": np.datetime64("2026-08-01"), "due_date": np.datetime64(due),
        "amount": 100.10, "settled": 0.0, "settled_date": np.datetime64("NaT", "D"), "blocked": False, "last_stage": np.nan,
    }
    for customer, due in (("C8", "2026-09-01"), ("C9", "2026-12-01"))
]  # fmt: skip
"""Two customers who owe, so that the main tables have lines."""


@given(items=tables)
def test_the_aging_of_each_currency_foots_to_the_ledger(items) -> None:
    found = reviewed(items)
    table = aging_by_currency(Maker(found, Speech.of("en")))
    for code in found.currencies:
        lines = table["currency"].values == code
        for column, key in buckets(found).items():
            told = to_minor(table[column].values[lines], decimals(code)).sum()
            assert told == found.totals[code].buckets[key]


@given(items=tables)
def test_what_is_translated_is_the_aging_in_the_reviews_currency(items) -> None:
    make = Maker(reviewed(items), Speech.of("zh"))
    assert aging_by_currency(make)["in_base"].total == aging(make)["total"].total


def checkable(path: Path) -> list[tuple[str, str]]:
    """Places of formulas but those over a table of one row: ironcalc takes its columns for cells, which SUMIFS refuses."""
    book = opened(path)
    single = [table.name for sheet in book for table in sheet.tables.values() if rows(table.ref) == 2]
    return [
        (sheet, at) for sheet, at in formulas(path) if not any(f"{name}[" in book[sheet][at].value for name in single)
    ]


def rows(area: str) -> int:
    _, top, _, bottom = range_boundaries(area)
    return bottom - top + 1


@settings(max_examples=6)
@given(items=tables, lang=st.sampled_from(["en", "both"]))
def test_every_formula_gives_its_cached_value_and_every_check_agrees(items, lang: str) -> None:
    found = reviewed([*BASE, *items])
    with TemporaryDirectory() as folder:
        path = Path(folder) / "pack.xlsx"
        build_pack(found, lists_of(found), path, lang)
        places = checkable(path)
        assert faults(path) == []
        assert differing(held(path, places), by_ironcalc(path, places)) == []
        words = [cell.value for cell in opened(path, values=True)["About" if lang == "en" else "About 说明"]["E"]]
    assert not [word for word in words if word and word.startswith("differs")]


NAMES = st.one_of(
    st.sampled_from(
        ["=1+1", "+49", "-", "@me", "]", "'", "#REF!", "[x]", "🦄", "a\nb", "SAME", "same", "0012", "1e5", "TRUE"]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Z"]), min_size=1, max_size=60),
    st.just("N" * 200),
)
"""What customers are called, to the dismay of spreadsheets."""


LIMITS = {"en": "Limits", "zh": "信用额度"}


@settings(max_examples=4)
@given(names=st.lists(NAMES, min_size=1, max_size=6, unique=True), lang=st.sampled_from(sorted(LIMITS)))
def test_customers_of_any_name_make_a_whole_pack_that_says_their_names(names: list[str], lang: str) -> None:
    found = reviewed([{**BASE[at % 2], "customer": name} for at, name in enumerate(names)])
    with TemporaryDirectory() as folder:
        path = Path(folder) / "pack.xlsx"
        build_pack(found, lists_of(found), path, lang)
        assert faults(path) == []
        limits = CalamineWorkbook.from_path(path).get_sheet_by_name(LIMITS[lang])
        rows = limits.to_python()[4:]
        assert sorted(row[0] for row in rows) == sorted(names)
