"""LibreOffice opens what was added to, and shows it."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO
from pathlib import Path

import numpy as np
import pytest

from tests.support import features_data
from tests.support.ledgers import HEADER_ROW, LAST_COLUMN, ROWS, SHEET, plain
from tests.support.office import sheets_as_text
from tests.support.workbooks import Maker, by_libreoffice, name_of
from xlcredit.excel.additions import Column, Columns, Formula, Name, Shade, Sheet
from xlcredit.excel.patch import patch

BUCKETS = np.array(["not due", "1–30", "=1+1", "over 60"] * 2, dtype=object)
OURS = (
    Column("Days past due", "integer", np.arange(8.0)),
    Column("Aging bucket", "text", BUCKETS, (Shade(("over 60",), "FFC7CE", "9C0006"), Shade(("1–30",), "FFEB9C"))),
    Column("Due", "date", np.arange(46000.0, 46008.0)),
)
WANTED = Columns(
    "ledger", SHEET, HEADER_ROW, HEADER_ROW + len(ROWS), LAST_COLUMN, np.arange(len(ROWS)) + HEADER_ROW + 1, OURS
)


def by_office(_folder: Path) -> Path:
    return by_libreoffice(_folder)


@pytest.mark.slow
@pytest.mark.parametrize("make", [features_data.ALL[0], by_office], ids=name_of)
def test_libreoffice_shows_our_columns_and_our_sheet(make: Maker, tmp_path):
    after = tmp_path / "after.xlsx"
    patch(make(tmp_path / "before.xlsx"), after, [WANTED], [Sheet("findings", "Findings", OURS[:2])])
    shown = sheets_as_text(after)
    rows = list(csv.reader(StringIO(shown[SHEET])))[HEADER_ROW:]
    assert ["Days past due", "Aging bucket", "Due"] == rows[0][LAST_COLUMN + 1 : LAST_COLUMN + 4]
    assert ["2", "=1+1", "2025-12-11"] == rows[3][LAST_COLUMN + 1 : LAST_COLUMN + 4]
    assert ["Days past due", "Aging bucket"] == next(csv.reader(StringIO(shown["Findings"])))


@pytest.mark.slow
def test_libreoffice_recalculates_our_formulas_and_follows_our_names(tmp_path):
    days = Column("Days", "integer", np.zeros(8), formula=Formula("{sheet[policy]}!$A$2-E{row}"))
    late = Column("Late", "integer", np.zeros(8), formula=Formula("IF({own[0]}{row}>GRACE,1,0)"))
    policy = Sheet("policy", "Policy", (Column("as_of", "date", np.array([46326.0])),))
    wanted = replace(WANTED, columns=(days, late))
    after = tmp_path / "after.xlsx"
    patch(
        plain(tmp_path / "before.xlsx"), after, [wanted], [policy], names=[Name("GRACE", "{sheet[policy]}!$A$2*0+30")]
    )
    rows = list(csv.reader(StringIO(sheets_as_text(after)[SHEET])))[HEADER_ROW:]
    shown = [row[LAST_COLUMN + 1 : LAST_COLUMN + 3] for row in rows[:4]]
    assert [["Days", "Late"], ["122", "1"], ["11", "0"], ["47", "1"]] == shown
