"""The button "Credit pack": a workbook beside the ledger's, of the ledger as it stands; nothing filled in is lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from tests.support.dump import opened as read
from tests.support.ledgers import SHEET, plain
from tests.support.ports import Opened, in_excel, in_file
from tests.support.xlengine import opened
from udfs.live import LiveWorkbook
from xlcredit.cli import main
from xlcredit.excel import batch
from xlcredit.excel.batch import Answer
from xlcredit.excel.configuration import reload
from xlcredit.excel.files import FileWorkbook
from xlcredit.excel.workbook import MemoryWorkbook, Workbook
from xlcredit.ledger.grid import Grid

pytestmark = pytest.mark.usefixtures("home")

TODAY = date(2026, 10, 31)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return plain(tmp_path / "ledger.xlsx")


@contextmanager
def in_memory(path: Path) -> Iterator[Workbook]:
    grids = [Grid(grid.name, [list(row) for row in grid.rows()]) for grid in FileWorkbook(path).grids()]
    yield MemoryWorkbook(grids, path.name, path=path)


PORTS = [in_file, in_memory, in_excel]


def press(workbook: Workbook, button: str = "credit_pack", *, agreed: bool | None = None) -> Answer:
    """Presses a button; a user is there to be asked where it is said what the answer is."""
    asked = () if agreed is None else (lambda _: agreed,)
    return batch.press(button, workbook, None, TODAY, lambda _: None, *asked)


def open_in(pack: Path) -> object:
    """The first figure of the pack: what is open."""
    return read(pack, values=True)["Dashboard"]["A5"].value


@pytest.mark.parametrize("port", PORTS)
def test_it_is_written_beside_the_ledger_which_stays_as_it_is(ledger: Path, port: Opened) -> None:
    before, pack = ledger.read_bytes(), ledger.with_name("ledger.pack.xlsx")
    with port(ledger) as workbook:
        answer = press(workbook)
        assert ("done", pack) == (answer.kind, answer.opens)
        assert answer.text.endswith(f"Written: {pack}")
        assert not [grid.name for grid in workbook.grids() if grid.name != SHEET]
    assert "Limits" in read(pack).sheetnames
    assert before == ledger.read_bytes()


def test_what_is_not_saved_yet_is_reviewed(ledger: Path) -> None:
    pack = ledger.with_name("ledger.pack.xlsx")
    press(FileWorkbook(ledger))
    saved = open_in(pack)
    with opened(ledger) as book:
        book.sheets[SHEET]["F6"].value = 98001.0
        press(LiveWorkbook(book), agreed=True)
    assert (96799.51, 96800.51) == (saved, open_in(pack))


@pytest.mark.parametrize("agreed", [False, None])
def test_a_pack_that_is_there_is_kept_unless_the_user_agrees(ledger: Path, agreed: bool | None) -> None:
    pack = ledger.with_name("ledger.pack.xlsx")
    pack.write_text("decisions")
    answer = press(FileWorkbook(ledger), agreed=agreed)
    assert "decisions" == pack.read_text()
    assert answer == Answer("ledger.pack.xlsx stays as it was; rename or move it, and press again for a new one.")


def test_what_was_decided_in_it_stands_in_the_new_one(ledger: Path) -> None:
    pack = press(FileWorkbook(ledger)).opens
    book = read(pack)
    headings = [cell.value for cell in book["Limits"][4]]
    decided = book["Limits"].cell(5, headings.index("Decided by") + 1)
    decided.value = "Ms Lin"
    book.save(pack)
    assert pack == press(FileWorkbook(ledger), agreed=True).opens
    assert "Ms Lin" == read(pack)["Limits"][decided.coordinate].value


def test_a_pack_that_is_open_is_not_replaced(ledger: Path) -> None:
    pack = ledger.with_name("ledger.pack.xlsx")
    press(FileWorkbook(ledger))
    before = pack.read_bytes()
    with opened(ledger) as book:
        book.app.books.open(pack)
        answer = press(LiveWorkbook(book), agreed=True)
    assert "fault" == answer.kind
    assert answer.text.startswith("ledger.pack.xlsx, an earlier credit pack, is open, in this Excel or in another.")
    assert before == pack.read_bytes()


def test_a_pack_that_somebody_else_has_open_is_not_replaced(ledger: Path) -> None:
    ledger.with_name("~$ledger.pack.xlsx").touch()
    assert "fault" == press(FileWorkbook(ledger)).kind
    assert not ledger.with_name("ledger.pack.xlsx").exists()


def test_a_workbook_that_was_never_saved_is_to_be_saved_first(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(ledger) as book:
        monkeypatch.setattr(type(book.impl), "fullname", "Book1")
        answer = press(LiveWorkbook(book))
    assert "fault" == answer.kind
    assert "Save the workbook in a folder of this computer and press again." in answer.text


def test_the_language_is_the_users(ledger: Path, home: Path) -> None:
    (home / "config.toml").write_text('lang = "zh"\n', encoding="utf-8")
    reload()
    answer = press(FileWorkbook(ledger))
    assert "账龄" in read(answer.opens).sheetnames


def test_sheets_of_a_pack_in_the_workbook_stay_and_are_said_to_be_older(ledger: Path) -> None:
    assert 0 == main(["run", str(ledger), "--pack", "--in-place", "--as-of", "2026-06-30"])
    workbook = FileWorkbook(ledger)
    older = [*workbook.own_sheet("pack_aging").rows()]
    answer = press(workbook, "run_review")
    assert older == [*FileWorkbook(ledger).own_sheet("pack_aging").rows()]
    assert "read" == answer.kind
    assert "The sheets of the credit pack in this workbook are of an earlier review" in answer.text
