"""The integrity check sees what the validator lets pass; without this it might check nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import features_data, schema
from tests.support.packages import LEDGER, replace, reworked
from tests.support.workbooks import plain

DAMAGE = {
    "a style that is not there": (LEDGER, 's="1"', 's="999"', "cell D4 has style 999 of 3"),
    "a table wider than its columns": ("xl/tables/table1.xml", 'count="7"', 'count="9"', "7 columns, count 9, width 7"),
    "a header that differs": ("xl/tables/table1.xml", 'name="Amount"', 'name="Amt"', "column 'Amt' is headed 'Amount'"),
    "a cell twice": (LEDGER, '<c r="B4"', '<c r="A4"/><c r="B4"', "cell A4 stands out of order in row 4"),
    "a row twice": (LEDGER, '<row r="5"', '<row r="4"/><row r="5"', "row 4 comes after row 4"),
    "half a sheet": (LEDGER, "</sheetData>", "", "is not well-formed"),
    "a part nobody has": (
        "xl/_rels/workbook.xml.rels",
        "sheets/sheet1",
        "sheets/sheet9",
        "points at xl/worksheets/sheet9.xml",
    ),
    "an element out of order": (LEDGER, "<sheetData>", "<mergeCells/><sheetData>", "Unexpected element 'sheetData'"),
    "a wrong count": ("xl/styles.xml", '<cellXfs count="3"', '<cellXfs count="4"', "cellXfs says 4 and has 3"),
    "a filter that does not fit": (
        "xl/tables/table1.xml",
        '<autoFilter ref="A3:G11"',
        '<autoFilter ref="A3:F11"',
        "does not fit",
    ),
    "a formula that asks for a sheet": (
        LEDGER,
        "<v>12500</v>",
        "<f>Gone!A1</f><v>12500</v>",
        "asks for a sheet 'Gone'",
    ),
    "a formula that asks for a table": (
        LEDGER,
        "<v>12500</v>",
        "<f>SUM(Gone[a])</f><v>1</v>",
        "asks for a table 'Gone'",
    ),
    "a formula too long": (LEDGER, "<v>12500</v>", f"<f>{'1+' * 5000}1</f><v>1</v>", "f of 10001 characters"),
    "a name of a table": (
        "xl/workbook.xml",
        "<calcPr",
        "<definedNames><definedName name='OpenItems'>1</definedName></definedNames><calcPr",
        "'openitems' is the name of 2 things",
    ),
    "a sheet name": (
        "xl/workbook.xml",
        'name="Open items"',
        'name="Open/items"',
        "no sheet may be called 'Open/items'",
    ),
    "a table called as a cell": (
        "xl/tables/table1.xml",
        'displayName="',
        'displayName="AB12" was="',
        "may be called 'AB12'",
    ),
    "a prompt too long": (
        LEDGER,
        "<pageMargins",
        f'<dataValidations count="1"><dataValidation prompt="{256 * "x"}" sqref="A9"/></dataValidations><pageMargins',
        "prompt of 256",
    ),
    "a list too long": (
        LEDGER,
        "<pageMargins",
        f'<dataValidations><dataValidation sqref="A9"><formula1>"{256 * "x"}"</formula1></dataValidation></dataValidations><pageMargins',
        "a validation over 258 characters",
    ),
    "a relationship nobody has": (LEDGER, 'r:id="rId1"', 'r:id="rId7"', "refers to rId7"),
}


@pytest.mark.parametrize(("part", "old", "new", "expected"), DAMAGE.values(), ids=DAMAGE)
def test_damage_is_seen(part: str, old: str, new: str, expected: str, tmp_path: Path):
    before, after = features_data.table(tmp_path / "a.xlsx"), features_data.table(tmp_path / "b.xlsx")
    with reworked(after) as parts:
        replace(parts, part, old, new)
    assert any(expected in fault for fault in schema.new_errors(before, after)), schema.new_errors(before, after)


def test_a_workbook_against_itself_has_no_new_faults(tmp_path: Path):
    book = plain(tmp_path / "book.xlsx")
    assert [] == schema.new_errors(book, book)
