"""``xlcredit build pack``: from a ledger's file to the pack."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.errors.recipes import full_disk
from tests.support.dump import opened
from tests.support.ledgers import plain
from xlcredit.cli import main


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return plain(tmp_path / "ledger.xlsx")


def build(source: Path, *more: str) -> int:
    return main(["build", "pack", str(source), "--as-of", "2026-10-31", *more])


def test_the_pack_lies_beside_the_ledger_which_stays_as_it_was(
    source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = source.read_bytes()
    assert build(source) == 0
    said = capsys.readouterr().out
    assert f"Written: {source.with_name('ledger.pack.xlsx')}" in said
    assert source.read_bytes() == before
    assert opened(source.with_name("ledger.pack.xlsx")).sheetnames[0] == "Dashboard"


@pytest.mark.parametrize(("lang", "name"), [("zh", "总览"), ("both", "Dashboard 总览")])
def test_the_pack_speaks_the_language_asked_for(source: Path, tmp_path: Path, lang: str, name: str) -> None:
    assert build(source, "--lang", lang, "-o", str(tmp_path / "pack.xlsx")) == 0
    assert opened(tmp_path / "pack.xlsx").sheetnames[0] == name


def test_a_ledger_is_not_written_over(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = source.read_bytes()
    assert build(source, "-o", str(source)) == 2
    assert "both the workbook to read and the one to write" in capsys.readouterr().err
    assert source.read_bytes() == before


def test_a_pack_in_which_somebody_decided_is_replaced_when_asked_alone(
    source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = source.with_name("ledger.pack.xlsx")
    assert build(source) == 0
    before = target.read_bytes()
    assert build(source) == 2
    assert "--force keeps what was filled in" in capsys.readouterr().err
    assert target.read_bytes() == before
    assert build(source, "--force", "--lang", "zh") == 0
    assert opened(target).sheetnames[0] == "总览"


def test_what_cannot_be_read_is_not_replaced(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = source.with_name("ledger.pack.xlsx")
    target.write_bytes(b"decided on Monday")
    assert build(source, "--force") == 2
    assert "ledger.pack.xlsx is neither a workbook nor a text table" in capsys.readouterr().err
    assert target.read_bytes() == b"decided on Monday"


def test_items_of_nobody_still_have_their_pack(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.csv"
    ledger.write_text("Customer,Document Number,Due Date,Amount\n,INV-1,2026-02-05,100.00\n", encoding="utf-8")
    assert build(ledger) == 0
    assert opened(tmp_path / "ledger.pack.xlsx").sheetnames[0] == "Dashboard"


@pytest.mark.parametrize("command", ["build pack", "run --pack", "build template -o input.xlsx", "demo -o demo"])
def test_a_full_disk_is_said_and_leaves_nothing(
    source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    monkeypatch.chdir(source.parent)
    ledger = [] if "-o" in command else [source.name, "--as-of", "2026-10-31"]
    with full_disk():
        assert main([*command.split(), *ledger]) == 2
    assert "The disk is full" in capsys.readouterr().err
    assert [path for path in Path().rglob("*") if path.is_file()] == [Path(source.name)]


def test_a_pack_that_somebody_has_open_is_not_replaced(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = source.with_name("ledger.pack.xlsx")
    assert build(source) == 0
    before = target.read_bytes()
    target.with_name(f"~${target.name}").touch()
    assert build(source, "--force") == 2
    assert "ledger.pack.xlsx is open in another program" in capsys.readouterr().err
    assert target.read_bytes() == before


@pytest.mark.parametrize("command", ["build pack", "run", "run --pack"])
@pytest.mark.parametrize("name", ["pack.csv", "pack", "pack.xlsm"])
def test_no_workbook_gets_a_name_under_which_excel_refuses_it(
    source: Path, capsys: pytest.CaptureFixture[str], command: str, name: str
) -> None:
    target = source.with_name(name)
    assert main([*command.split(), str(source), "-o", str(target)]) == 2
    assert f"Excel would not open a workbook called {name}" in capsys.readouterr().err
    assert not target.exists()
