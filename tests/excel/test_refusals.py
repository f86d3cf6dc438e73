"""A workbook that must not be touched gets one clear error, and nothing half-written is left behind."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import numpy as np
import pytest

from tests.support import refused
from tests.support.ledgers import HEADER_ROW, LAST_COLUMN, ROWS, SHEET, plain
from tests.support.packages import LEDGER, replace, reworked
from xlcredit.excel.additions import Column, Columns, Sheet
from xlcredit.excel.ooxml.package import Package, back_up
from xlcredit.excel.patch import patch, save
from xlcredit.kernel.errors import WorkbookError
from xlcredit.locales import Words

ITEMS = np.arange(HEADER_ROW + 1, HEADER_ROW + 1 + len(ROWS), dtype=np.int64)
DAYS = Column("Days past due", "integer", np.arange(float(len(ROWS))))
FINDINGS = Sheet("findings", "Findings", (DAYS,))

CODES = {
    refused.signed: ("signed", "is digitally signed"),
    refused.encrypted: ("encrypted", "is encrypted"),
    refused.protected_ledger: ("protected-sheet", "sheet Open items in book.xlsx is protected"),
    refused.truncated: ("damaged", "book.xlsx is damaged"),
    refused.bad_checksum: ("damaged", "xl/worksheets/sheet1.xml: book.xlsx is damaged"),
    refused.without_its_sheet: ("damaged", "xl/worksheets/sheet1.xml: book.xlsx is damaged"),
    refused.without_a_workbook: ("not-a-workbook", "neither a workbook nor"),
    refused.malformed: ("damaged", "xl/worksheets/sheet1.xml: book.xlsx is damaged"),
    refused.zip_bomb: ("zip-bomb", "would unpack to 1.0 GiB"),
    refused.lying_sizes: ("damaged", "book.xlsx is damaged"),
    refused.entities: ("xml-entities", "declares XML entities"),
    refused.twice_the_same_part: ("duplicate-entry", "holds the entry xl/worksheets/sheet1.xml twice"),
    refused.climbing_out: ("unsafe-entry", "holds the entry ../../etc/evil.xml"),
    refused.utf_16: ("xml-encoding", "is written in utf-16"),
}


def ledger(columns: tuple[Column, ...] = (DAYS,), last_column: int = LAST_COLUMN, sheet: str = SHEET) -> Columns:
    return Columns("ledger", sheet, HEADER_ROW, HEADER_ROW + len(ROWS), last_column, ITEMS, columns)


def refusal(code: str, source: Path, target: Path, columns=(), sheets=(), match: str = "") -> WorkbookError:
    there = sorted(p.name for p in target.parent.iterdir()) if target.parent.is_dir() else []
    with pytest.raises(WorkbookError, match=match or ".") as caught:
        patch(source, target, columns, sheets)
    assert code == caught.value.code
    assert there == (sorted(p.name for p in target.parent.iterdir()) if target.parent.is_dir() else [])
    for lang in ("en", "zh"):
        assert "{" not in caught.value.in_words(Words.of(lang))
    return caught.value


@pytest.mark.parametrize("make", refused.ALL, ids=lambda make: make.__name__)
def test_each_gets_its_error_and_leaves_nothing_behind(make, tmp_path):
    code, says = CODES[make]
    refusal(code, make(tmp_path / "book.xlsx"), tmp_path / "out.xlsx", [ledger()], match=re.escape(says))


def test_a_file_that_is_not_there(tmp_path):
    refusal("file-not-found", tmp_path / "none.xlsx", tmp_path / "out.xlsx")


def test_a_folder_in_place_of_a_workbook(tmp_path):
    (tmp_path / "folder.xlsx").mkdir()
    refusal("is-a-directory", tmp_path / "folder.xlsx", tmp_path / "out.xlsx")


def test_an_empty_file(tmp_path):
    (tmp_path / "empty.xlsx").touch()
    refusal("empty-file", tmp_path / "empty.xlsx", tmp_path / "out.xlsx")


def test_text_under_the_name_of_a_workbook(tmp_path):
    (tmp_path / "text.xlsx").write_text("Customer,Amount\n")
    refusal("not-a-workbook", tmp_path / "text.xlsx", tmp_path / "out.xlsx")


def test_an_old_xls_inside(tmp_path):
    (tmp_path / "old.xlsx").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    refusal("not-enrichable", tmp_path / "old.xlsx", tmp_path / "out.xlsx")


def test_a_word_document_is_not_enriched(tmp_path):
    source = plain(tmp_path / "letter.xlsx")
    with reworked(source) as parts:
        replace(parts, "[Content_Types].xml", "spreadsheetml.sheet.main+xml", "wordprocessingml.document.main+xml")
    refusal("not-enrichable", source, tmp_path / "out.xlsx")


def test_the_source_is_not_its_own_target(tmp_path):
    source = plain(tmp_path / "book.xlsx")
    before = source.read_bytes()
    refusal("same-file", source, source, [ledger()])
    assert before == source.read_bytes()


def test_a_link_to_the_source_is_the_source(tmp_path):
    source, link = plain(tmp_path / "book.xlsx"), tmp_path / "link.xlsx"
    link.symlink_to(source)
    refusal("same-file", source, link)


def test_a_folder_that_is_not_there(tmp_path):
    refusal("target-folder-missing", plain(tmp_path / "book.xlsx"), tmp_path / "none" / "out.xlsx")


@pytest.mark.parametrize("lock", [".~lock.out.xlsx#", "~$out.xlsx"])
def test_a_target_open_in_another_program(lock, tmp_path):
    (tmp_path / lock).touch()
    (tmp_path / "out.xlsx").write_bytes(b"theirs")
    error = refusal("target-locked", plain(tmp_path / "book.xlsx"), tmp_path / "out.xlsx")
    assert lock in error.remedy()
    assert b"theirs" == (tmp_path / "out.xlsx").read_bytes()


def test_a_read_only_target_is_not_replaced(tmp_path):
    target = tmp_path / "out.xlsx"
    target.write_bytes(b"theirs")
    target.chmod(0o444)
    refusal("target-read-only", plain(tmp_path / "book.xlsx"), target)
    assert b"theirs" == target.read_bytes()


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "disk-full"), (errno.EDQUOT, "disk-full"), (errno.EACCES, "target-read-only"),
     (errno.EROFS, "target-read-only"), (errno.EIO, "not-written")],
)  # fmt: skip
def test_a_disk_that_fails_leaves_the_target_as_it_was(number, code, tmp_path, monkeypatch):
    def fail(_handle):
        raise OSError(number, os.strerror(number))

    source, target = plain(tmp_path / "book.xlsx"), tmp_path / "out.xlsx"
    target.write_bytes(b"theirs")
    monkeypatch.setattr("xlcredit.excel.patch.os.fsync", fail)
    refusal(code, source, target, [ledger()], [FINDINGS])
    assert b"theirs" == target.read_bytes()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is not there")
def test_a_really_full_disk_is_said_to_be_full(tmp_path, monkeypatch):
    source = plain(tmp_path / "book.xlsx")

    def full(**_kwargs):
        name = tmp_path / ".full.part"
        name.symlink_to("/dev/full")
        return os.open(name, os.O_RDWR), str(name)

    monkeypatch.setattr("xlcredit.excel.patch.tempfile.mkstemp", full)
    refusal("disk-full", source, tmp_path / "out.xlsx", [ledger()], [FINDINGS])


def test_a_sheet_that_is_not_there_is_named_with_those_that_are(tmp_path):
    source = plain(tmp_path / "book.xlsx")
    error = refusal("no-such-sheet", source, tmp_path / "out.xlsx", [ledger(sheet="Offene Posten")])
    assert "Offene Posten" in error.message()
    assert "Open items" in error.message()


def test_a_sheet_full_to_the_last_column(tmp_path):
    source = plain(tmp_path / "book.xlsx")
    columns = [ledger((DAYS, DAYS), last_column=16_382)]
    error = refusal("sheet-too-wide", source, tmp_path / "out.xlsx", columns)
    assert "16385" in error.message()


def test_a_protected_structure_takes_no_sheet(tmp_path):
    source = plain(tmp_path / "book.xlsx")
    with reworked(source) as parts:
        replace(parts, "xl/workbook.xml", "<bookViews>", '<workbookProtection lockStructure="1"/><bookViews>')
    refusal("protected-structure", source, tmp_path / "out.xlsx", [], [FINDINGS])
    patch(source, tmp_path / "out.xlsx", [ledger()])  # columns need no change of structure
    assert (tmp_path / "out.xlsx").exists()


def test_rows_out_of_order_are_no_sheet(tmp_path):
    source = plain(tmp_path / "book.xlsx")
    with reworked(source) as parts:
        replace(parts, LEDGER, '<row r="5"', '<row r="3"')
    refusal("damaged", source, tmp_path / "out.xlsx", [ledger()])


def test_entities_in_the_workbook_part(tmp_path):
    source = plain(tmp_path / "book.xlsx")
    with reworked(source) as parts:
        replace(parts, "xl/workbook.xml", "<workbook ", '<!DOCTYPE x [<!ENTITY a "b">]><workbook ')
    refusal("xml-entities", source, tmp_path / "out.xlsx")


def test_members_that_overlap_are_damage(tmp_path):
    source = plain(tmp_path / "book.xlsx")
    raw = bytearray(source.read_bytes())
    second = raw.index(b"PK\x01\x02", raw.index(b"PK\x01\x02") + 4)
    raw[second + 42 : second + 46] = (0).to_bytes(4, "little")  # its offset: the first member's
    source.write_bytes(raw)
    with pytest.raises(WorkbookError, match="is damaged"):
        Package.open(source)


def test_saving_in_place_keeps_a_backup_and_never_loses_an_earlier_one(tmp_path):
    path = plain(tmp_path / "book.xlsx")
    original = path.read_bytes()
    first = save(path, [ledger()])
    enriched = path.read_bytes()
    second = save(path, [ledger()])
    assert (tmp_path / "book.backup.xlsx", tmp_path / "book.backup-2.xlsx") == (first, second)
    assert (original, enriched) == (first.read_bytes(), second.read_bytes())
    assert original != enriched


def test_saving_in_place_that_fails_leaves_the_workbook_and_no_backup(tmp_path):
    path = refused.protected_ledger(tmp_path / "book.xlsx")
    original = path.read_bytes()
    with pytest.raises(WorkbookError, match="is protected"):
        save(path, [ledger()])
    assert original == path.read_bytes()
    assert ["book.xlsx"] == [p.name for p in tmp_path.iterdir()]


def test_a_backup_has_the_bytes_of_the_original(tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"original")
    assert b"original" == back_up(path).read_bytes()


def test_what_is_written_keeps_the_permissions_of_the_source(tmp_path):
    source, target = plain(tmp_path / "book.xlsx"), tmp_path / "out.xlsx"
    source.chmod(0o640)
    patch(source, target, [ledger()])
    assert 0o640 == target.stat().st_mode & 0o777
