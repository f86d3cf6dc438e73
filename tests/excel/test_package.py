"""A package's members, however they are packed, and its parts' relationships."""

from __future__ import annotations

import zipfile

import numpy as np
import pytest
from isal import isal_zlib

from tests.support import dialects
from tests.support.ledgers import HEADER_ROW, LAST_COLUMN, ROWS, SHEET, plain
from tests.support.packages import LEDGER, read_parts
from xlcredit.excel.additions import Column, Columns
from xlcredit.excel.marks import own_columns, own_sheets
from xlcredit.excel.ooxml.package import Package, rels_name, resolved
from xlcredit.excel.ooxml.safety import in_units
from xlcredit.excel.patch import patch
from xlcredit.kernel.errors import WorkbookError


@pytest.mark.parametrize("make", dialects.ALL, ids=lambda make: make.__name__)
def test_every_part_reads_as_zipfile_reads_it(make, tmp_path):
    path = make(tmp_path / "book.xlsx")
    expected = read_parts(path)
    with Package.open(path) as package:
        assert list(expected) == list(package.names)
        assert expected == {name: package.read(name) for name in package.names}


class Stumbling:
    """An inflater that gives up after some bytes, as a fast one may where zlib does not."""

    def __init__(self, real) -> None:
        self.real, self.left = real, 3

    def decompress(self, data, _most):
        self.left -= 1
        if not self.left:
            raise isal_zlib.error("stumbled")
        return self.real.decompress(data, 1000)

    def __getattr__(self, name):
        return getattr(self.real, name)


def test_zlib_goes_on_where_the_fast_library_gives_up(tmp_path, monkeypatch):
    path, real = plain(tmp_path / "book.xlsx"), isal_zlib.decompressobj
    expected = read_parts(path)[LEDGER]
    monkeypatch.setattr("xlcredit.excel.ooxml.package.isal_zlib.decompressobj", lambda bits: Stumbling(real(bits)))
    with Package.open(path) as package:
        assert expected == package.read(LEDGER)


def test_a_part_is_found_whatever_its_case(tmp_path):
    with Package.open(plain(tmp_path / "book.xlsx")) as package:
        assert "XL/Workbook.XML" in package
        assert package.read("xl/workbook.xml") == package.read("XL/Workbook.XML")


def test_relationships_lead_to_parts(tmp_path):
    with Package.open(plain(tmp_path / "book.xlsx")) as package:
        assert "xl/workbook.xml" == package.workbook_part()
        assert LEDGER in {target for _, target in package.related("xl/workbook.xml").values()}
        assert {} == package.related(LEDGER)


@pytest.mark.parametrize(
    ("folder", "target", "expected"),
    [("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"), ("xl", "/xl/styles.xml", "xl/styles.xml"),
     ("xl/worksheets", "../tables/table%201.xml", "xl/tables/table 1.xml"), ("", "xl\\workbook.xml", "xl/workbook.xml")],
)  # fmt: skip
def test_targets_are_resolved(folder, target, expected):
    assert expected == resolved(folder, target)


def test_where_a_parts_relationships_are():
    assert "xl/_rels/workbook.xml.rels" == rels_name("xl/workbook.xml")
    assert "_rels/.rels" == rels_name("")


@pytest.mark.parametrize(("size", "expected"), [(9, "9 B"), (2048, "2.0 KiB"), (3 << 29, "1.5 GiB")])
def test_sizes_are_said_in_units(size, expected):
    assert expected == in_units(size)


def test_nothing_of_ours_is_in_a_workbook_never_run(tmp_path):
    path = plain(tmp_path / "book.xlsx")
    assert ({}, {}) == (own_columns(path), own_sheets(path))


def test_a_member_packed_in_a_way_no_workbook_is_counts_as_damage(tmp_path):
    path = tmp_path / "book.xlsx"
    parts = read_parts(plain(path))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_BZIP2) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    with pytest.raises(WorkbookError, match="is damaged"), Package.open(path) as package:
        package.read(LEDGER)


def test_two_additions_of_columns_to_one_sheet_are_refused(tmp_path):
    items = np.arange(len(ROWS), dtype=np.int64) + HEADER_ROW + 1
    days = Column("Days", "integer", np.arange(float(len(ROWS))))
    twice = [Columns(mark, SHEET, HEADER_ROW, HEADER_ROW + len(ROWS), LAST_COLUMN, items, (days,)) for mark in "ab"]
    with pytest.raises(ValueError, match="gets columns twice"):
        patch(plain(tmp_path / "book.xlsx"), tmp_path / "out.xlsx", twice)
    assert ["book.xlsx"] == [path.name for path in tmp_path.iterdir()]
