"""What a review could answer, and what data the other questions lack."""

from __future__ import annotations

from datetime import date

import pytest

from xlcredit.control import review
from xlcredit.control.capabilities import NEEDS, capabilities
from xlcredit.control.lists import lists_of
from xlcredit.excel.desk import open_ledger
from xlcredit.excel.workbook import MemoryWorkbook
from xlcredit.ledger.grid import Grid
from xlcredit.locales import LANGUAGES, Words
from xlcredit.policy import load

LEDGER = Grid("Items", [["Customer", "Invoice", "Due Date", "Amount"], ["C1", "A1", date(2026, 1, 31), 100.0]])
ORDERS = Grid("Orders", [["Customer", "Order No", "Order Date", "Order Value"], ["C1", "S1", date(2026, 1, 5), 50.0]])


def answered(*grids):
    made = capabilities(review(open_ledger(MemoryWorkbook(grids)).ledger, load(), date(2026, 2, 1)))
    return {
        question: (said, lacks)
        for question, said, lacks in zip(made["question"], made["answered"], made["lacks"], strict=True)
    }


def test_items_alone_tell_age_and_dunning_and_what_else_would_take():
    found = answered(LEDGER)
    assert found["aging"] == ("yes", ())
    assert found["orders"] == ("no", ("orders",))
    assert found["key_figures"] == ("no", ("document_date", "settled_date"))
    assert found["indices"] == ("no", ("indices", "industry"))
    assert [*found] == sorted(found, key=lambda question: bool(found[question][1]))


def test_a_sheet_of_orders_answers_what_asks_for_one():
    assert answered(LEDGER, ORDERS)["orders"] == ("yes", ())


def test_a_review_lists_them():
    assert len(
        lists_of(review(open_ledger(MemoryWorkbook([LEDGER])).ledger, load(), date(2026, 2, 1)))["capabilities"]
    ) == len(NEEDS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_question_and_source_has_words(lang):
    words = Words.of(lang)
    assert set(words.table["questions"]) == set(NEEDS)
    assert set(words.table["sources"]) == {source.key for needed in NEEDS.values() for source in needed}
