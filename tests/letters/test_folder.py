"""Files: names are safe, a folder holds all of a run or none of it, and a merge list starts no formula."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.letters.sample import made, policy
from xlcredit.kernel.errors import WorkbookError
from xlcredit.letters.filenames import file_stems
from xlcredit.letters.folder import delivered
from xlcredit.letters.write import write_letters
from xlcredit.locales import Words

WORDS = Words.of("en")


def test_names_are_safe_and_no_two_the_same():
    references = [
        "A/B:1*-2-20261031",
        "A_B_1_-2-20261031",
        "a b 1 -2-20261031",
        "../../x-1-20261031",
        "青岛-1-20261031",
        "CON-1-20261031",
        f"{'9' * 200}. -1-20261031",
    ]
    assert list(file_stems(references)) == [
        "A_B_1_-2-20261031", "A_B_1_-2-20261031_2", "a_b_1_-2-20261031_3", "x-1-20261031", "青岛-1-20261031",
        "CON-1-20261031", f"{'9' * 48}_-1-20261031",
    ]  # fmt: skip


@given(st.lists(st.text(max_size=120).map("{}-2-20261031".format), max_size=8))
def test_every_name_can_be_a_file_on_every_system(references):
    stems = list(file_stems(references))
    assert len({stem.casefold() for stem in stems}) == len(references)
    assert all(0 < len(f"{stem}.docx".encode()) < 255 and not set('\\/:*?"<>|.\0') & set(stem) for stem in stems)


def test_a_run_writes_a_document_per_letter_and_a_merge_list(tmp_path):
    write_letters(made(), policy(), tmp_path / "out" / "october", WORDS, pdf=False)
    assert sorted(path.name for path in (tmp_path / "out" / "october").iterdir()) == [
        "C1-1-20261031.docx", "C1-2-20261031.docx", "C2-3-20261031.docx",
        "letters-20261031.csv", "letters-20261031.xlsx",
    ]  # fmt: skip
    sheet, notices = openpyxl.load_workbook(tmp_path / "out" / "october" / "letters-20261031.xlsx").worksheets
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][:5] == ["Reference", "Customer", "Name", "Address", "E-mail"]
    assert [row[rows[0].index("EUR")] for row in rows[1:]] == [1000, 584.17, None]
    assert [row[rows[0].index("Letter")] for row in rows[1:]] == [
        "Payment reminder", "Demand for payment", "Lawyer's letter",
    ]  # fmt: skip
    assert [[str(cell.value) for cell in row] for row in notices.iter_rows(max_col=4)] == [
        ["Customer", "Document", "Date", "Dunning stage"],
        ["C1", "R-1", "2026-10-31 00:00:00", "1"],
        ["C1", "R-2", "2026-10-31 00:00:00", "2"],
        ["C1", "R-3", "2026-10-31 00:00:00", "2"],
        ["C2", "R-6", "2026-10-31 00:00:00", "3"],
    ]


def test_a_run_done_twice_writes_the_same_bytes(tmp_path):
    for name in ("one", "other"):
        write_letters(made(), policy(), tmp_path / name, WORDS, pdf=False)
    one, other = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "other"))
    assert one == other


def test_texts_of_the_merge_list_start_no_formula(tmp_path):
    customers = "customer | name\nC1 | =HYPERLINK(1)\nC2 | ＠SUM"
    write_letters(made(customers=customers), policy(), tmp_path, WORDS, pdf=False)
    rows = list(csv.reader(io.StringIO((tmp_path / "letters-20261031.csv").read_text(encoding="utf-8-sig"))))
    assert [row[2] for row in rows] == ["Name", "'=HYPERLINK(1)", "'=HYPERLINK(1)", "'＠SUM"]
    assert [row[rows[0].index("EUR")] for row in rows[1:]] == ["1000.00", "507.50", ""]
    sheet, _ = openpyxl.load_workbook(tmp_path / "letters-20261031.xlsx").worksheets
    assert [(cell.value, cell.data_type) for cell in sheet["C"][1:]] == [
        ("=HYPERLINK(1)", "s"), ("=HYPERLINK(1)", "s"), ("＠SUM", "s"),
    ]  # fmt: skip


def test_letters_that_are_there_are_kept_unless_forced(tmp_path):
    (tmp_path / "C1-2-20261031.docx").write_bytes(b"signed")
    with pytest.raises(WorkbookError, match=r"already holds .* written: 1, C1-2-20261031\.docx the first"):
        write_letters(made(), policy(), tmp_path, WORDS, pdf=False)
    assert [path.name for path in tmp_path.iterdir()] == ["C1-2-20261031.docx"]
    write_letters(made(), policy(), tmp_path, WORDS, pdf=False, force=True)
    assert (tmp_path / "C1-2-20261031.docx").read_bytes()[:2] == b"PK"


def test_where_writing_fails_nothing_is_left(tmp_path):
    def half(draft: Path) -> None:
        (draft / "a.docx").write_bytes(b"whole")
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"), delivered(tmp_path / "new", ["a.docx", "b.docx"]) as draft:
        half(draft)
    assert not (tmp_path / "new").exists()
