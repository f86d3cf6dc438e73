"""The ribbon's second half: the RunPython string of a button, run in an open workbook, and the cells it saved."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

from tests.support.xlengine import opened
from udfs import ribbon
from workbooks.demo import AS_OF, build_demo
from xlcredit.excel.batch import Cancelled
from xlcredit.excel.configuration import reload

HEADER_ROW = 5


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XLCREDIT_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(ribbon, "today", lambda: AS_OF)
    return build_demo(tmp_path / "demo.xlsx")


def run(tag: str) -> None:
    exec(f"import udfs.macros; udfs.macros.{tag}()", {})


def contents(book: xw.Book) -> list[list[list[str]]]:
    """Every sheet's formulas and values, without the blanks at the end of rows."""
    rows = [sheet.used_range.formula for sheet in book.sheets]
    return [[row[: max((k for k, cell in enumerate(row, 1) if cell), default=0)] for row in sheet] for sheet in rows]


def test_run_review_puts_days_buckets_and_stages_beside_the_items(demo: Path):
    with opened(demo) as book:
        run("run_review")
        book.save()
        assert [] == book.app.impl.alerts
    saved = openpyxl.load_workbook(demo)
    sheet = saved["Open items"]
    headers = [cell.value for cell in sheet[HEADER_ROW]]
    assert ["Days past due", "Aging bucket", "Dunning stage", "Next action"] == headers[14:18]
    due = headers.index("Due Date")
    rows = [row for row in sheet.iter_rows(HEADER_ROW + 1, values_only=True) if isinstance(row[14], int | float)]
    assert len(rows) > 100
    for row in rows:
        if row[due] is not None:
            assert (AS_OF - row[due].date()).days == row[14]
    assert sheet.tables["OpenItems"].ref.startswith("A5:R")
    assert "_xlcredit.columns.ledger" in saved.defined_names
    assert saved.defined_names["_xlcredit.columns.ledger"].hidden


def test_excel_is_again_as_it_was_after_a_button(demo: Path):
    with opened(demo) as book:
        run("age_ledger")
        assert ("automatic", True) == (book.app.calculation, book.app.screen_updating)
        assert ("calculation", "manual") in book.app.impl.log


def test_a_cancelled_button_leaves_every_cell_as_it_was(demo: Path, monkeypatch: pytest.MonkeyPatch):
    with opened(demo) as book:
        before = contents(book)

        def late(app: object):
            def step(part: float) -> None:
                if part > 0.8:
                    raise Cancelled

            return step

        monkeypatch.setattr(ribbon, "progress", late)
        run("run_review")
        assert before == contents(book)
        assert "Stopped; the workbook is as it was." == book.app.status_bar


def test_a_fault_is_a_message_and_no_traceback(demo: Path, tmp_path: Path):
    home = tmp_path / "home"
    home.mkdir()
    (home / "config.toml").write_text('policy = "standart"\n', encoding="utf-8")
    reload()
    with opened(demo) as book:
        run("run_review")
        [(text, mode)] = book.app.impl.alerts
    reload()
    assert "critical" == mode
    assert "standart" in text
    assert "Traceback" not in text


def test_the_policy_sheet_says_from_which_day_a_review_looks(demo: Path):
    with opened(demo) as book:
        run("open_policy_sheet")
        book.sheets["Policy"]["E2"].value = date(2026, 9, 30)
        run("age_ledger")
        assert "as of 2026-09-30" in book.app.status_bar


def test_the_doctor_tells_what_it_finds_and_leaves_the_workbook_alone(demo: Path):
    with opened(demo) as book:
        before = contents(book)
        run("doctor")
        assert before == contents(book)
        [said] = book.app.impl.alerts
    assert "ok: Active policy: standard 1" in str(said)


def test_the_credit_pack_opens_beside_the_ledger(demo: Path):
    with opened(demo) as book:
        before = contents(book)
        run("credit_pack")
        assert before == contents(book)
        assert ["demo.xlsx", "demo.pack.xlsx"] == [each.name for each in book.app.books]
        assert str(demo.with_name("demo.pack.xlsx")) in book.app.status_bar
        assert "Dashboard" in [sheet.name for sheet in book.app.books["demo.pack.xlsx"].sheets]
        book.app.books["demo.pack.xlsx"].close()
        book.app.impl.agrees = False
        run("credit_pack")
        assert ["demo.xlsx"] == [each.name for each in book.app.books]
        [(question, _)] = book.app.impl.alerts
    assert (
        "demo.pack.xlsx is there already. Replace it? What was filled in goes into the new one; other changes will be lost."
        == question
    )
