"""The pack's sheets in a workbook that is not ours: they come, are calculated, are replaced, and go."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.support.dump import opened
from tests.support.ledgers import plain
from tests.support.schema import new_errors
from xlcredit.cli import main
from xlcredit.excel.marks import own_sheets
from xlcredit.excel.pack.marks import ADDED, PREFIX

MARKS = {f"{PREFIX}{key}" for key in ("dashboard", *ADDED)}
AS_OF = "2026-10-31"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return plain(tmp_path / "ledger.xlsx")


def run(source: Path, target: Path, *more: str) -> dict[str, str]:
    """Our sheets after a run: mark → name."""
    main(["run", str(source), "--as-of", AS_OF, "-o", str(target), "--fail-on", "never", *more])
    return own_sheets(target)


def test_a_run_adds_the_packs_sheets_and_the_file_stays_sound(source: Path, tmp_path: Path) -> None:
    assert MARKS <= run(source, tmp_path / "out.xlsx", "--pack").keys()
    assert new_errors(source, tmp_path / "out.xlsx") == []


def test_the_next_run_makes_them_anew_whether_it_is_asked_to_or_not(source: Path, tmp_path: Path) -> None:
    once = run(source, tmp_path / "once.xlsx", "--pack")
    assert run(tmp_path / "once.xlsx", tmp_path / "twice.xlsx", "--as-of", "2026-12-31") == once
    figures = opened(tmp_path / "twice.xlsx", values=True)[once[f"{PREFIX}dashboard"]]
    late = {row[0].value: row[2].value for row in figures.iter_rows(min_row=2)}
    assert late["More than 90 days late"] == 1.0, "all that is priced was due in September"


def test_without_being_asked_a_run_adds_none(source: Path, tmp_path: Path) -> None:
    assert not MARKS & run(source, tmp_path / "out.xlsx").keys()


def test_a_line_of_the_aging_foots_by_formula(source: Path, tmp_path: Path) -> None:
    name = run(source, tmp_path / "out.xlsx", "--pack")[f"{PREFIX}aging"]
    formulas, values = (openpyxl.load_workbook(tmp_path / "out.xlsx", data_only=only)[name] for only in (False, True))
    heads = [cell.value for cell in formulas[1]]
    at = next(place for place, head in enumerate(heads, 1) if head.startswith("Total ("))
    first = next(place for place, head in enumerate(heads, 1) if head == "Not due")
    assert formulas.cell(2, at).value.startswith(f"=ROUND(SUM({formulas.cell(2, first).column_letter}2,")
    buckets = [values.cell(2, place).value for place in range(first, at)]
    assert values.cell(2, at).value == pytest.approx(sum(buckets))


def test_nothing_is_to_be_filled_in_where_the_next_run_would_take_it(source: Path, tmp_path: Path) -> None:
    name = run(source, tmp_path / "out.xlsx", "--pack")[f"{PREFIX}limits"]
    heads = [cell.value for cell in openpyxl.load_workbook(tmp_path / "out.xlsx")[name][1]]
    assert "Suggested limit (CNY)" in heads
    assert not {"Decision", "Approver"} & set(heads)
