"""The name of a workbook that is written says that it is one."""

from __future__ import annotations

from pathlib import Path

import pytest

from xlcredit.cli import main
from xlcredit.cli.files import refuse_other_ending
from xlcredit.kernel.errors import WorkbookError


@pytest.mark.parametrize(
    ("name", "ending", "better"),
    [("out.docx", ".xlsx", "out.xlsx"), ("out", ".xlsx", "out.xlsx"), ("out.xlsx", ".xlsm", "out.xlsm"),
     ("out.2026.xls", ".xlsx", "out.2026.xlsx")],
)  # fmt: skip
def test_a_name_that_excel_would_not_open_is_refused(name: str, ending: str, better: str):
    with pytest.raises(WorkbookError, match=rf"called {name}: .* ends in \{ending}\. Call it {better}\."):
        refuse_other_ending(Path(name), ending)


def test_a_name_may_be_in_capitals_or_not_given():
    refuse_other_ending(Path("OUT.XLSX"))
    refuse_other_ending(None)


@pytest.mark.parametrize("command", [["pack", "ledger.csv"], ["template"]])
def test_every_command_that_builds_a_workbook_refuses_such_a_name(
    command: list[str], tmp_path: Path, capsys, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    Path("ledger.csv").write_text("Customer,Amount,Due date\nC1,10,2026-01-31\n", encoding="utf-8")
    assert 2 == main(["build", *command, "-o", "out.pdf"])
    assert "called out.pdf" in capsys.readouterr().err
    assert not Path("out.pdf").exists()
