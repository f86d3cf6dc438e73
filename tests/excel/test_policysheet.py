"""A Policy sheet in a workbook: found by its name and headings, and over the policy that a run is given."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from tests.support.ledgers import plain
from xlcredit import policy
from xlcredit.excel.patch import patch
from xlcredit.excel.policysheet import policy_sheet, sheet_name, sheet_policy
from xlcredit.excel.workbook import column_cells
from xlcredit.kernel.errors import PolicyError
from xlcredit.ledger.grid import Grid
from xlcredit.locales import LANGUAGES, Words

HEADINGS = ["Key", "Entry", "Side", "Bound", "Value"]


def test_without_a_policy_sheet_nothing_is_said():
    assert sheet_policy([Grid("Open items", [["Customer"]]), Grid("Policy", [["Our credit policy in words"]])]) == {}


def test_figures_of_the_sheet_win_over_the_file_and_lose_to_a_setting():
    grids = [Grid("Ledger"), Grid("POLICY", [["Credit policy"], [], HEADINGS, ["limit.step", "", "", "", 250.0]])]
    assert policy.load(sheet=sheet_policy(grids)).limit.step == 250
    assert policy.load(sheet=sheet_policy(grids)).origin["limit.step"] == "POLICY!E4"
    assert policy.load(sheet=sheet_policy(grids), sets=["limit.step=100"]).limit.step == 100


def test_an_error_cell_is_told_by_its_place():
    grid = Grid("Policy", [HEADINGS, ["limit.tax", "", "", "", None]], {(1, 4): "#REF!"})
    with pytest.raises(PolicyError, match=r'limit\.tax \(Policy!E2\): "#REF!" stands where a number belongs'):
        policy.load(sheet=sheet_policy([grid]))


@pytest.mark.parametrize(
    ("file", "told"), [(None, "Policy: The policy has"), ("three-stage", "builtin three-stage, Policy: The policy has")]
)
def test_faults_are_headed_by_what_was_validated(file, told):
    grids = [Grid("Policy", [HEADINGS, ["limit.step", "", "", "", -1]])]
    with pytest.raises(PolicyError, match=f"^{told}"):
        policy.load(file, sheet=sheet_policy(grids), sheet_name=sheet_name(grids))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_in_a_file_the_cells_to_change_are_tinted_and_a_line_stands_above_each_group(lang, tmp_path):
    patch(plain(tmp_path / "before.xlsx"), tmp_path / "after.xlsx", sheets=[_standard(lang)])
    sheet = openpyxl.load_workbook(tmp_path / "after.xlsx")[Words.of(lang)("sheets", "policy")]
    tinted = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.fill.fgColor.rgb == "FFFFF9E5"}
    rows = {row[0].value: row[0].row for row in reversed([*sheet.iter_rows(max_col=1)])}
    first, last = rows["aging.buckets"], rows["dunning.procedure"]
    assert {f"D{first + 1}", f"E{last}", f"E{rows['currency']}", "E2"} <= tinted
    assert not {f"D{first}", f"E{first}", f"D{last}", f"A{last}", "E1"} & tinted
    [area] = sheet.conditional_formatting
    assert f"A2:F{sheet.max_row}" == str(area.sqref)
    assert ['LEFT($A2,FIND(".",$A2&".")-1)<>LEFT($A1,FIND(".",$A1&".")-1)'] == area.rules[0].formula
    assert "thin" == area.rules[0].dxf.border.top.style


def test_in_a_file_it_is_one_page_wide_under_a_header_that_stays(tmp_path):
    patch(plain(tmp_path / "before.xlsx"), tmp_path / "after.xlsx", sheets=[_standard("en")])
    sheet = openpyxl.load_workbook(tmp_path / "after.xlsx")["Policy"]
    assert ("landscape", 0, "A2") == (sheet.page_setup.orientation, sheet.page_setup.fitToHeight, sheet.freeze_panes)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def _standard(lang):
    return policy_sheet(policy.load(), date(2026, 10, 31), Words.of(lang))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_written_is_read_again(lang):
    wanted = policy.load(sets=["grades.B.from=70", "limit.step=500"])
    sheet = policy_sheet(wanted, date(2026, 10, 31), Words.of(lang))
    rows = zip(*[[column.header, *column_cells(column)] for column in sheet.columns], strict=True)
    grid = Grid(sheet.name, [list(row) for row in rows])
    assert policy.fingerprint(policy.load(sheet=sheet_policy([grid]))) == policy.fingerprint(wanted)
