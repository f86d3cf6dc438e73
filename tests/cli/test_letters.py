"""``xlcredit letters``: a ledger goes in, a folder of letters comes out, which LibreOffice prints as they should look."""

from __future__ import annotations

import csv
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from tests.letters.sample import SENDER
from tests.support.word import said
from workbooks import AS_OF, build_demo
from xlcredit.cli import main
from xlcredit.letters.templates import builtin
from xlcredit.locales import LANGUAGES

LEDGER = """\
Customer No,Customer Name,Document Number,Document Date,Due Date,Amount,Currency,Dunning Block
C1,Nordwind AG,INV-1,2026-09-01,2026-10-01,1500.00,EUR,
C1,Nordwind AG,INV-2,2026-06-01,2026-07-01,300.00,EUR,X
C2,青岛贸易公司,INV-3,2026-06-01,2026-07-01,8000.00,CNY,
"""
NOTHING_DUE = """\
Customer No,Document Number,Document Date,Due Date,Amount,Currency
C1,INV-1,2026-09-01,2026-12-01,1500.00,EUR
"""
SETS = [part for key in SENDER for part in ("--set", key)]


@pytest.fixture
def ledger(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "ledger.csv"
    path.write_text(LEDGER, encoding="utf-8")
    return path


def xlcredit(*arguments: object) -> int:
    return main([*map(str, arguments)])


def letters(ledger: Path, *arguments: object, pdf: str | None = "--no-pdf") -> int:
    told = [pdf] if pdf else []
    return xlcredit("letters", ledger, "--as-of", "2026-10-31", *SETS, *arguments, *told)


def test_it_says_how_many_letters_there_are_what_they_claim_and_what_is_in_none(ledger, capsys):
    assert 0 == letters(ledger, "--out", "october")
    assert capsys.readouterr().out.partition("\n\n")[2].splitlines() == [
        "Letters: 2",
        "                      Dunning stage  Letter  Items       CNY       EUR",
        "  Demand for payment              2       1      1      0.00  1,522.50",
        "  Lawyer's letter                 3       1      1  8,488.00      0.00",
        "In no letter: blocked 1",
        "To check: 2 × interest under the usual regime: no law is known for the customer's country",
        "Written: october",
    ]
    assert sorted(path.name for path in Path("october").iterdir()) == [
        "C1-2-20261031.docx", "C2-3-20261031.docx", "letters-20261031.csv", "letters-20261031.xlsx",
    ]  # fmt: skip


def test_a_stage_may_be_chosen_and_the_folder_is_called_letters(ledger):
    assert 0 == letters(ledger, "--stage", 3, "--lang", "zh")
    assert "律师函" in said(Path("letters/C2-3-20261031.docx").read_bytes())
    assert not Path("letters/C1-2-20261031.docx").exists()


def test_where_nothing_is_due_no_folder_is_made_and_nobody_is_asked_who_writes(ledger, capsys):
    ledger.write_text(NOTHING_DUE, encoding="utf-8")
    assert 0 == xlcredit("letters", ledger, "--as-of", "2026-10-31")
    assert capsys.readouterr().out.splitlines()[-1] == "No letter is due."
    assert not Path("letters").exists()


def test_errors_of_the_ledger_are_said_before_its_letters(ledger, capsys):
    ledger.write_text(LEDGER.replace("300.00", "300 or so"), encoding="utf-8")
    assert 0 == letters(ledger)
    assert "Error [amount-unreadable] × 1" in capsys.readouterr().out


def test_the_builtin_templates_are_saved_to_be_changed(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert 0 == xlcredit("letters", "--save-templates", "own")
    assert {path.name: path.read_bytes() for path in Path("own").iterdir()} == builtin()
    assert 2 == xlcredit("letters", "--save-templates", "own")
    assert capsys.readouterr().err.startswith("xlcredit: The folder own already holds files that would be written: 6")


def test_a_ledger_or_a_folder_for_templates_is_asked_for(capsys):
    with pytest.raises(SystemExit, match="2"):
        xlcredit("letters")
    assert "one of the arguments LEDGER --save-templates is required" in capsys.readouterr().err


def test_the_demo_s_letters_are_written_in_both_languages(tmp_path):
    book = build_demo(tmp_path / "demo.xlsx", records=True)
    out = tmp_path / "letters"
    assert 0 == xlcredit("letters", book, "--as-of", AS_OF.isoformat(), *SETS, "--out", out, "--no-pdf")
    subjects = {line for path in out.glob("*.docx") for line in said(path.read_bytes())}
    assert {
        "Payment reminder",
        "Demand for payment",
        "Final demand before legal action",
        "付款提醒函",
        "催款函",
    } <= subjects


@pytest.mark.parametrize("lang", LANGUAGES)
def test_letters_whose_notices_are_copied_into_the_ledger_s_workbook_are_written_once(
    tmp_path, monkeypatch, capsys, lang
):
    """What was blocked when its customer was written to is told when the block ends."""
    monkeypatch.chdir(tmp_path)
    book = openpyxl.Workbook()
    for line in csv.reader(LEDGER.splitlines()):
        book.active.append([float(cell) if cell.endswith(".00") else cell for cell in line])
    book.save("ledger.xlsx")
    assert 0 == letters(Path("ledger.xlsx"), "--lang", lang)
    notices = openpyxl.load_workbook("letters/letters-20261031.xlsx").worksheets[1]
    sheet = book.create_sheet(notices.title)
    for row in notices.iter_rows(values_only=True):
        sheet.append(row)
    book.active["H3"] = None
    book.save("ledger.xlsx")
    capsys.readouterr()
    assert 0 == letters(Path("ledger.xlsx"), "--as-of", "2026-11-01", "--out", "later")
    assert [path.stem for path in sorted(Path("later").glob("*.docx"))] == ["C1-3-20261101"]
    assert "told of this level before 2" in capsys.readouterr().out


WORDS = {
    "en": ["Demand for payment", "INV-1", "1,522.50", "10 November 2026", "Bank of China, CN00 0000", "Page 1 / 1"],
    "zh": ["催款函", "INV-1", "1,522.50", "2026年11月10日", "收款账户：", "页码1/1"],
}


@pytest.fixture
def office() -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")


def pages(pdf: Path) -> list[str]:
    """The text of each page, without spaces, which printing puts where it likes."""
    done = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True)
    return ["".join(page.split()) for page in done.stdout.split("\f")[:-1]]


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("lang", WORDS)
def test_libreoffice_prints_a_letter_on_one_page_without_being_asked_to(ledger, lang):
    assert 0 == letters(ledger, "--stage", 2, "--lang", lang, pdf=None)
    (page,) = pages(Path("letters/C1-2-20261031.pdf"))
    assert [word for word in WORDS[lang] if "".join(word.split()) not in page] == []


@pytest.mark.usefixtures("office")
def test_of_a_long_letter_every_page_has_the_table_s_heading_and_the_last_one_its_end(ledger):
    lines = "".join(f"C1,Nord,INV-2026-{n:05},2026-09-01,2026-10-01,{1234567 + n}.89,EUR,\n" for n in range(115))
    ledger.write_text(LEDGER.partition("\n")[0] + "\n" + lines, encoding="utf-8")
    assert 0 == letters(ledger, pdf="--pdf")
    found = pages(Path("letters/C1-2-20261031.pdf"))
    assert len(found) == 3
    assert ["DocumentDateDuedate" in page for page in found] == [True] * 3
    assert [f"Page{number}/3" in page for number, page in enumerate(found, 1)] == [True] * 3
    rows = [f"INV-2026-{n:05}2026-09-012026-10-0130EUR{(1234567 + n):,}.890.05%" for n in range(115)]
    assert [row for row in rows if row not in "".join(found)] == []
    assert "Pleasepayto:" in found[-1]
    assert "Yoursfaithfully," in found[-1]


def test_without_libreoffice_letters_are_written_and_earlier_prints_of_them_go(ledger, monkeypatch, capsys):
    monkeypatch.setattr("xlcredit.letters.pdf.office", lambda: None)
    Path("letters").mkdir()
    Path("letters/C1-2-20261031.pdf").write_bytes(b"of an earlier run")
    assert 2 == letters(ledger, "--stage", 2, pdf=None)
    assert 0 == letters(ledger, "--stage", 2, "--force", pdf=None)
    assert capsys.readouterr().out.endswith("or failed; --pdf says why.\n")
    assert not list(Path("letters").glob("*.pdf"))
    assert Path("letters/C1-2-20261031.docx").exists()
