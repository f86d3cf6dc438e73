"""Buttons about the policy: its sheet made and led to, every fault of it with its cell, and read anew."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.support.ledgers import plain
from tests.support.ports import Opened, in_excel, in_file
from xlcredit.excel import batch
from xlcredit.excel.batch import Answer
from xlcredit.excel.files import FileWorkbook
from xlcredit.excel.workbook import MemoryWorkbook, Workbook
from xlcredit.ledger.grid import Grid

pytestmark = pytest.mark.usefixtures("home")

TODAY = date(2026, 10, 31)


@pytest.fixture(scope="module")
def with_policy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with the policy in force on a sheet."""
    path = plain(tmp_path_factory.mktemp("policy") / "ledger.xlsx")
    batch.press("open_policy_sheet", FileWorkbook(path, in_place=True), None, TODAY, lambda _: None)
    return path


@pytest.fixture
def ledger(with_policy: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(with_policy, tmp_path / "ledger.xlsx"))


@contextmanager
def in_memory(path: Path) -> Iterator[Workbook]:
    """The Policy sheet is the user's own: memory knows no marks of files."""
    file = FileWorkbook(path)
    own = file.own_sheet("policy")
    grids = [*file.grids(), *([own] if own else [])]
    yield MemoryWorkbook(Grid(grid.name, [list(row) for row in grid.rows()]) for grid in grids)


everywhere = pytest.mark.parametrize("workbook", [in_file, in_memory, in_excel])


def press(button: str, workbook: Workbook) -> Answer:
    return batch.press(button, workbook, None, TODAY, lambda _: None)


def changed(path: Path, figures: dict[tuple[str, str], tuple[str, object]]) -> list[str]:
    """Writes into columns of the Policy sheet, by a row's key and entry; the cells written."""
    book = openpyxl.load_workbook(path)
    sheet, places = book["Policy"], []
    for number, (key, entry, *_) in enumerate(sheet.iter_rows(values_only=True), 1):
        if found := figures.get((str(key), str(entry or ""))):
            sheet[f"{found[0]}{number}"] = found[1]
            places.append(f"{found[0]}{number}")
    book.save(path)
    return places


@everywhere
def test_a_sound_policy_is_said_to_be_sound(ledger: Path, workbook: Opened):
    with workbook(ledger) as book:
        answer = press("validate_policy", book)
    assert "read" == answer.kind
    assert answer.text.startswith("The policy standard ")
    assert answer.text.endswith(" has no faults. As-of date: 2026-10-31.")


@everywhere
def test_every_fault_is_said_with_its_cell(ledger: Path, workbook: Opened):
    wrong = {("currency", ""): ("E", "Yuan"), ("limit.step", ""): ("E", "a lot"), ("grades", "B"): ("D", "seventy")}
    cells = changed(ledger, wrong)
    with workbook(ledger) as book:
        answer = press("validate_policy", book)
    assert "fault" == answer.kind
    assert cells == sorted(re.findall(r"Policy!([A-Z]+\d+)", answer.text), key=lambda cell: int(cell[1:])), answer.text
    assert 3 == len(cells)
    assert answer.text.startswith("Policy: The policy has faults: ")
    assert '"Yuan" is no currency code' in answer.text


@everywhere
def test_reading_anew_takes_up_what_was_configured_since(ledger: Path, home: Path, workbook: Opened):
    with workbook(ledger) as book:
        assert press("reload_policy", book).text.startswith("Read anew: policy standard ")
        (home / "policies").mkdir()
        (home / "policies" / "ours.toml").write_text('extends = "standard"\nname = "ours"\n', encoding="utf-8")
        (home / "config.toml").write_text('policy = "ours"\n', encoding="utf-8")
        assert press("validate_policy", book).text.startswith("The policy standard ")
        assert press("reload_policy", book).text.startswith("Read anew: policy ours ")


@everywhere
def test_a_policy_that_cannot_be_read_anew_is_a_fault(ledger: Path, home: Path, workbook: Opened):
    (home / "config.toml").write_text('policy = "standart"\n', encoding="utf-8")
    with workbook(ledger) as book:
        answer = press("reload_policy", book)
    assert "fault" == answer.kind
    assert "standart" in answer.text


def test_the_policy_sheet_that_stands_is_led_to_and_left_alone(ledger: Path):
    before = ledger.read_bytes()
    answer = press("open_policy_sheet", FileWorkbook(ledger, in_place=True))
    assert "policy" == answer.mark
    assert before == ledger.read_bytes()
