"""The test workbooks are what they say: sound packages with the ledger and the feature in them."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from tests.support import schema
from tests.support.workbooks import DIALECTS, FEATURES, HEADER_ROW, HEADERS, ROWS, SHEET, Maker, name_of

PARTS = {
    "charts": "xl/charts/chart3.xml",
    "chartsheet": "xl/chartsheets/sheet1.xml",
    "comments": "xl/comments2.xml",
    "custom_ribbon": "customUI/customUI14.xml",
    "custom_xml": "customXml/itemProps1.xml",
    "dynamic_arrays": "xl/metadata.xml",
    "embedded_document": "xl/embeddings/oleObject1.bin",
    "external_link": "xl/externalLinks/externalLink1.xml",
    "foreign_part": "xl/extra/客户.dat",
    "form_controls": "xl/ctrlProps/ctrlProp1.xml",
    "formulas": "xl/calcChain.xml",
    "header_pictures": "xl/media/image1.png",
    "macros": "xl/vbaProject.bin",
    "pictures": "xl/media/image3.jpeg",
    "pictures_in_cells": "xl/richData/rdrichvalue.xml",
    "pivot_table": "xl/pivotTables/pivotTable1.xml",
    "printer_settings": "xl/printerSettings/printerSettings1.bin",
    "query_table": "xl/queryTables/queryTable1.xml",
    "slicer": "xl/slicerCaches/slicerCache1.xml",
    "table_with_a_neighbour": "xl/tables/table3.xml",
    "threaded_comments": "xl/persons/person.xml",
}

# The validator wants a theme and styles, knows no strict root relationship, minds the case of names, and has
# a font of openpyxl's out of order; each such workbook opens in Excel and in LibreOffice.
KNOWN_FAULTS = {"strict": 1, "bare": 2, "mixed_case_names": 2, "by_openpyxl": 1}


UNKNOWN_TO_OPENPYXL = ("strict", "mixed_case_names")


def by_openpyxl(path: Path) -> list[tuple]:
    return list(openpyxl.load_workbook(path)[SHEET].iter_rows(max_col=len(HEADERS), values_only=True))


def by_calamine(path: Path) -> list[list]:
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(SHEET).to_python(skip_empty_area=False)


@pytest.mark.parametrize("make", FEATURES + DIALECTS, ids=name_of)
def test_each_workbook_is_a_sound_package(make: Maker, tmp_path: Path):
    found = schema.errors(make(tmp_path / "book.xlsx"))
    assert KNOWN_FAULTS.get(make.__name__, 0) == len(found), found


@pytest.mark.parametrize("make", FEATURES + DIALECTS, ids=name_of)
@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")  # it says which features it is about to lose
def test_an_independent_reader_finds_the_ledger_in_each(make: Maker, tmp_path: Path):
    path = make(tmp_path / "book.xlsx")
    rows = by_calamine(path) if make.__name__ in UNKNOWN_TO_OPENPYXL else by_openpyxl(path)
    found = rows[HEADER_ROW : HEADER_ROW + 1 + len(ROWS)]
    assert list(HEADERS) == [str(header) for header in found[0]]
    assert [row[2] for row in ROWS] == [row[2] for row in found[1:]]
    assert [row[5] for row in ROWS] == [row[5] for row in found[1:]]


@pytest.mark.parametrize("make", [f for f in FEATURES if f.__name__ in PARTS], ids=name_of)
def test_the_feature_is_in_the_package(make: Maker, tmp_path: Path):
    with ZipFile(make(tmp_path / "book.xlsx")) as package:
        assert PARTS[make.__name__] in package.namelist()


def test_every_part_named_here_belongs_to_a_workbook():
    assert set() == set(PARTS) - {make.__name__ for make in FEATURES}
