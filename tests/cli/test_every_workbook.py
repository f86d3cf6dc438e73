"""``xlcredit run`` over every kind of workbook the tests can make: the parts come back, and LibreOffice opens each."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path

import pytest

from tests.support.ledgers import HEADER_ROW
from tests.support.office import convert_all
from tests.support.workbooks import FEATURES, Maker, name_of
from xlcredit.cli import main

CHANGED = {"[content_types].xml", "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}
"""What a run may change besides the ledger's sheet, its table and the sheets it adds."""


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Path]]:
    """Name of the feature → workbook before and after."""
    folder = tmp_path_factory.mktemp("features")
    pairs = {}
    for make in FEATURES:
        before = make(folder / f"{name_of(make)}.xlsx")
        after = folder / f"{name_of(make)}-reviewed{before.suffix}"
        assert 0 == main(["run", str(before), "--as-of", "2026-10-31", "--fail-on", "never", "-o", str(after)])
        pairs[name_of(make)] = (before, after)
    return pairs


@pytest.mark.parametrize("make", FEATURES, ids=name_of)
def test_every_part_that_is_not_ours_comes_back_byte_for_byte(
    reviewed: dict[str, tuple[Path, Path]], make: Maker
) -> None:
    before, after = (zipfile.ZipFile(path) for path in reviewed[name_of(make)])
    different = {
        name for name in before.namelist() if name not in after.namelist() or before.read(name) != after.read(name)
    }
    edited = {name for name in different if name.lower() not in CHANGED and not name.startswith("xl/tables/")}
    assert 1 == len(edited), edited  # the ledger's own sheet
    assert edited.pop().startswith("xl/worksheets/")


@pytest.mark.slow
def test_libreoffice_opens_each(reviewed: dict[str, tuple[Path, Path]], tmp_path: Path) -> None:
    opened = convert_all([after for _, after in reviewed.values()], "csv", tmp_path)
    missing = [name for name, (_, after) in reviewed.items() if after not in opened]
    assert [] == missing
    headed = {name: _heading(opened[after]) for name, (_, after) in reviewed.items()}
    assert [] == [name for name, heading in headed.items() if "Aging bucket" not in heading]


def _heading(path: Path) -> list[str]:
    rows = list(csv.reader(path.read_text(encoding="utf-8", errors="replace").splitlines()))
    return rows[HEADER_ROW] if len(rows) > HEADER_ROW else []
