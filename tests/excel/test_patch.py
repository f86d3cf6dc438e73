"""Where our columns and sheets go, what they bring along, and how the next run finds them again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import openpyxl
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from tests.support.integrity import faults
from tests.support.packages import read_parts, replace, reworked
from tests.support.schema import new_errors
from xlcredit.excel.additions import Column, Columns, Formula, Shade, Sheet
from xlcredit.excel.marks import own_columns, own_sheets
from xlcredit.excel.patch import patch

HEADERS = ("Customer", "Document", "Amount")
ITEMS = (("C1", "D1", 10.0), ("C1", "D2", -2.5), ("C2", "D3", 7.25))
SHEET = "Open items"
BUCKET = Column("Bucket", "text", np.array(["1–30", "not due", "1–30"], dtype=object), (Shade(("1–30",), "FFEB9C"),))
DAYS = Column("Days", "integer", np.array([12.0, np.nan, 3.0]))
DUE = Column("Due", "date", np.array([46000.0, np.nan, 46001.0]))


@pytest.fixture
def book(tmp_path):
    """Makes a small workbook: a header in row 1, three items below, and whatever ``decorate`` adds."""

    def make(decorate=lambda _book, _sheet: None, **options) -> Path:
        path = tmp_path / "book.xlsx"
        workbook = xlsxwriter.Workbook(str(path), options)
        sheet = workbook.add_worksheet(SHEET)
        for row, values in enumerate((HEADERS, *ITEMS)):
            sheet.write_row(row, 0, values)
        decorate(workbook, sheet)
        workbook.close()
        return path

    return make


def added(*columns: Column, last_row: int = 3, last_column: int = 2, rows=(1, 2, 3), header_row: int = 0) -> Columns:
    return Columns("ledger", SHEET, header_row, last_row, last_column, np.array(rows, dtype=np.int64), columns)


def run(source: Path, *columns: Column, sheets=(), remove=(), **where) -> Path:
    target = source.with_name(f"{source.stem}+.xlsx")
    patch(source, target, [added(*columns, **where)] if columns else [], sheets, remove=remove)
    assert [] == faults(target)
    return target


def values(path: Path, sheet: str = SHEET) -> list[list]:
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def opened(path: Path, sheet: str = SHEET):
    return openpyxl.load_workbook(path)[sheet]


def names(path: Path) -> list[tuple[str, str]]:
    text = read_parts(path)["xl/workbook.xml"]
    root = openpyxl.xml.functions.fromstring(text)
    return [(e.get("name"), e.text) for e in root.iter("{*}definedName")]


def a_table(totals=False):
    """What decorates a book with a table over its items."""

    def decorate(_, sheet):
        options = {"columns": [{"header": header} for header in HEADERS], "total_row": totals}
        sheet.add_table(0, 0, 3 + totals, 2, options)

    return decorate


def replace_column(column, formula, length=3):
    return Column(column.header, column.kind, column.values[:length], formula=formula)


def write_right_of(path):
    """Somebody writes into the cells right of ours."""
    book = openpyxl.load_workbook(path)
    book[SHEET]["E3"] = "promised"
    book.save(path)


class TestPlace:
    def test_columns_stand_right_of_the_table(self, book):
        assert [
            ["Customer", "Document", "Amount", "Bucket", "Days"],
            ["C1", "D1", 10.0, "1–30", 12.0],
            ["C1", "D2", -2.5, "not due", ""],
            ["C2", "D3", 7.25, "1–30", 3.0],
        ] == values(run(book(), BUCKET, DAYS))

    def test_a_note_in_the_way_moves_them_right_of_everything(self, book):
        after = run(book(lambda _, sheet: sheet.write(2, 4, "call back")), BUCKET, DAYS)
        assert ["Customer", "Document", "Amount", "", "", "Bucket", "Days"] == values(after)[0]
        assert "call back" == values(after)[2][4]

    def test_a_note_above_the_header_is_not_in_the_way(self, book):
        def decorate(_, sheet):
            sheet.write(9, 3, "printed by")

        assert ["Customer", "Document", "Amount", "Bucket"] == values(run(book(decorate), BUCKET))[0]

    def test_cells_that_are_only_formatted_are_not_in_the_way(self, book):
        def decorate(workbook, sheet):
            sheet.write_blank(1, 3, None, workbook.add_format({"bg_color": "yellow"}))

        assert ["Customer", "Document", "Amount", "Bucket"] == values(run(book(decorate), BUCKET))[0]

    def test_a_merged_cell_across_the_edge_is_in_the_way(self, book):
        def decorate(_, sheet):
            sheet.merge_range(2, 3, 2, 5, "")

        assert (SHEET, 6, 6) == own_columns(run(book(decorate), BUCKET))["ledger"]

    def test_an_item_in_a_row_the_sheet_does_not_have_gets_one(self, book):
        after = run(book(), DAYS, rows=(1, 5, 9), last_row=9)
        assert [12.0, "", 3.0] == [values(after)[row][3] for row in (1, 5, 9)]

    def test_dates_count_from_1904_where_the_workbook_does(self, book):
        after = run(book(date_1904=True), DUE)
        assert ["2025-12-09 00:00:00", "None"] == [str(opened(after).cell(row, 4).value) for row in (2, 3)]
        assert date(2025, 12, 9) == values(run(book(), DUE))[1][3]

    def test_text_is_text_whatever_it_begins_with(self, book):
        texts = ["=cmd|' /C calc'!A0", "_x0041_\x07", "  two\nlines "]
        after = run(book(), Column("=1+1", "text", np.array(texts, dtype=object)))
        cells = opened(after)["D"]
        assert ["=1+1", *texts] == [openpyxl.utils.escape.unescape(cell.value) for cell in cells]
        assert [] == [cell for cell in cells if cell.data_type == "f"]


class TestLooks:
    def test_our_cells_look_like_their_neighbours_with_formats_of_their_own(self, book):
        def decorate(workbook, sheet):
            head = workbook.add_format({"bold": True, "bg_color": "#112233", "align": "right"})
            sheet.write(0, 2, "Amount", head)
            sheet.write(1, 2, 10.0, workbook.add_format({"border": 1, "num_format": "0.000", "align": "right"}))

        sheet = opened(run(book(decorate), DUE))
        assert (True, "FF112233", "right") == (
            sheet["D1"].font.bold, sheet["D1"].fill.fgColor.rgb, sheet["D1"].alignment.horizontal
        )  # fmt: skip
        assert ("yyyy-mm-dd", "thin", "right") == (
            sheet["D2"].number_format, sheet["D2"].border.left.style, sheet["D2"].alignment.horizontal
        )  # fmt: skip

    def test_only_our_columns_get_a_width(self, book):
        def decorate(workbook, sheet):
            sheet.set_column(0, 16383, 7.5, workbook.add_format({"italic": True}))

        parts = read_parts(run(book(decorate), BUCKET))
        cols = parts["xl/worksheets/sheet1.xml"].split(b"<cols>")[1].split(b"</cols>")[0]
        assert [b'min="1" max="3"', b'min="4" max="4"', b'min="5" max="16384"'] == [
            col.split(b" width")[0].strip() for col in cols.split(b"<col")[1:]
        ]
        assert b'min="4" max="4" width="12" style="1" customWidth="1"' in cols

    def test_the_wanted_width_is_kept(self, book):
        wide = Column("Reasons", "wrapped", BUCKET.values, width=44.0)
        sheet = opened(run(book(), wide))
        assert 44.0 == sheet.column_dimensions["D"].width
        assert sheet["D2"].alignment.wrap_text

    def test_conditional_colours_come_after_those_of_others(self, book):
        def decorate(workbook, sheet):
            red = workbook.add_format({"font_color": "red"})
            sheet.conditional_format("C2:C4", {"type": "cell", "criteria": "<", "value": 0, "format": red})
            sheet.data_validation("A2:A4", {"validate": "any", "input_title": "x"})

        rules = opened(run(book(decorate), BUCKET)).conditional_formatting
        found = {str(entry.sqref): [(r.operator, r.formula, r.priority) for r in entry.rules] for entry in rules}
        assert {"C2:C4": [("lessThan", ["0"], 1)], "D2:D4": [("equal", ['"1–30"'], 2)]} == found

    def test_a_colour_for_nought_leaves_blank_cells_plain(self, book):
        shaded = Column("Stage", "integer", np.array([0.0, np.nan, 1.0]), (Shade((0, 1.0), "FFEB9C"),))
        (entry,) = opened(run(book(), shaded)).conditional_formatting
        assert [("expression", ["AND(ISNUMBER(D2),D2=0)"]), ("cellIs", ["1"])] == [
            (r.type, r.formula) for r in entry.rules
        ]


class TestTables:
    def test_a_table_takes_our_columns_in(self, book):
        def decorate(_, sheet):
            sheet.add_table(0, 0, 3, 2, {"name": "Items", "columns": [{"header": h} for h in HEADERS]})

        table = opened(run(book(decorate), BUCKET, DAYS)).tables["Items"]
        assert ("A1:E4", "A1:E4") == (table.ref, table.autoFilter.ref)
        assert [(1, "Customer"), (2, "Document"), (3, "Amount"), (4, "Bucket"), (5, "Days")] == [
            (column.id, column.name) for column in table.tableColumns
        ]

    def test_a_header_the_table_has_already_gets_a_number(self, book):
        def decorate(_, sheet):
            sheet.add_table(0, 0, 3, 2, {"columns": [{"header": h} for h in HEADERS]})

        after = run(book(decorate), Column("AMOUNT", "amount", DAYS.values))
        assert "AMOUNT2" == values(after)[0][3]
        assert "AMOUNT2" == opened(after).tables["Table1"].tableColumns[3].name

    def test_the_totals_row_of_a_table_stays_and_ours_is_blank_there(self, book):
        def decorate(_, sheet):
            columns = [{"header": "Customer", "total_string": "Total"}, {"header": "Document"},
                       {"header": "Amount", "total_function": "sum", "total_value": 14.75}]  # fmt: skip
            sheet.add_table(0, 0, 4, 2, {"total_row": True, "columns": columns})

        after = run(book(decorate), DAYS, last_row=4)
        table = opened(after).tables["Table1"]
        assert ("A1:D5", "A1:D4", 1) == (table.ref, table.autoFilter.ref, table.totalsRowCount)
        assert ["Total", "", 14.75] == values(after)[4][:3]
        assert table.tableColumns[3].totalsRowFunction is None

    @pytest.mark.parametrize("totals", [False, True])
    def test_a_row_added_to_a_table_takes_over_the_formula_that_all_of_a_column_has(self, totals, book):
        plain = replace_column(DAYS, Formula("A{row}&{own[0]}{row}"))
        dynamic = replace_column(DUE, Formula("DAYS_PAST_DUE(C{row},{own[0]}{row})", dynamic=True))
        first = book(a_table(totals))
        after = run(first, DAYS, plain, dynamic, last_row=3 + totals)
        assert [] == new_errors(first, after)
        calculated = [column.calculatedColumnFormula for column in opened(after).tables["Table1"].tableColumns[3:]]
        assert [None, (None, "A2&D2"), (True, "DAYS_PAST_DUE(C2,D2)")] == [
            formula and (formula.array, formula.attr_text) for formula in calculated
        ]

    def test_another_run_replaces_the_formula_or_takes_it_out(self, book):
        first = run(book(a_table()), replace_column(DAYS, Formula("A{row}")))
        for formula, wanted in ((Formula("B{row}"), "B2"), (None, None)):
            after = run(first, replace_column(DAYS, formula))
            column = opened(after).tables["Table1"].tableColumns[3]
            assert wanted == (column.calculatedColumnFormula and column.calculatedColumnFormula.attr_text)

    def test_a_column_that_is_a_formula_in_some_rows_only_is_none_of_the_table(self, book):
        partly = Column("Days", "integer", DAYS.values, formula=Formula("A{row}"), live=np.array([True, False, True]))
        some_rows = Columns("ledger", SHEET, 0, 3, 2, np.array([1, 3]), (replace_column(DAYS, Formula("A{row}"), 2),))
        for columns in (added(partly), some_rows):
            source = book(a_table())
            target = source.with_name("partly.xlsx")
            patch(source, target, [columns])
            assert opened(target).tables["Table1"].tableColumns[3].calculatedColumnFormula is None

    def test_where_ours_leave_a_table_their_formula_leaves_with_them(self, book):
        first = run(book(a_table()), replace_column(DAYS, Formula("A{row}")))
        write_right_of(first)
        after = run(first, BUCKET, DAYS)
        columns = opened(after).tables["Table1"].tableColumns
        assert [None] * len(columns) == [column.calculatedColumnFormula for column in columns]

    def test_a_table_that_ends_elsewhere_is_left_alone(self, book):
        def decorate(_, sheet):
            sheet.add_table(0, 0, 3, 1, {"columns": [{"header": h} for h in HEADERS[:2]]})

        assert "A1:B4" == opened(run(book(decorate), DAYS)).tables["Table1"].ref

    def test_another_table_to_the_right_keeps_its_cells(self, book):
        def decorate(_, sheet):
            sheet.add_table(0, 3, 3, 4, {"columns": [{"header": "Rate"}, {"header": "Day"}]})

        after = run(book(decorate), DAYS)
        assert "D1:E4" == opened(after).tables["Table1"].ref
        assert (SHEET, 5, 5) == own_columns(after)["ledger"]

    def test_the_filter_of_a_sheet_grows_with_its_hidden_name(self, book):
        after = run(book(lambda _, sheet: sheet.autofilter(0, 0, 3, 2)), BUCKET, DAYS)
        assert "A1:E4" == opened(after).auto_filter.ref
        assert ("_xlnm._FilterDatabase", "'Open items'!$A$1:$E$4") in names(after)

    def test_the_print_area_stays(self, book):
        after = run(book(lambda _, sheet: sheet.print_area(0, 0, 3, 2)), BUCKET)
        assert ("_xlnm.Print_Area", "'Open items'!$A$1:$C$4") in names(after)


class TestAgain:
    def test_fewer_columns_leave_none_behind(self, book):
        after = run(run(book(), BUCKET, DAYS, DUE), DAYS)
        assert [["Customer", "Document", "Amount", "Days"], ["C1", "D1", 10.0, 12.0]] == values(after)[:2]
        assert [] == list(opened(after).conditional_formatting)
        assert (SHEET, 3, 3) == own_columns(after)["ledger"]

    def test_more_columns_in_another_language_replace_the_first(self, book):
        chinese = Column("账龄区间", "text", np.array(["1–30 天", "", "1–30 天"], dtype=object))
        after = run(run(book(), DAYS), chinese, DUE)
        assert ["Customer", "Document", "Amount", "账龄区间", "Due"] == values(after)[0]

    def test_a_shorter_list_of_items_leaves_no_stale_value(self, book):
        short = Column("Days", "integer", np.array([1.0]))
        after = run(run(book(), DAYS), short, rows=(2,), last_row=2)
        assert ["Days", "", 1.0] == [row[3] for row in values(after)[:3]]
        assert "" == (values(after)[3] + [""])[3]

    def test_a_table_shrinks_again(self, book):
        def decorate(_, sheet):
            sheet.add_table(0, 0, 3, 2, {"columns": [{"header": h} for h in HEADERS]})

        after = run(run(book(decorate), BUCKET, DAYS, DUE), DAYS)
        table = opened(after).tables["Table1"]
        assert ("A1:D4", "A1:D4") == (table.ref, table.autoFilter.ref)
        assert ["Customer", "Document", "Amount", "Days"] == [column.name for column in table.tableColumns]

    def test_a_column_somebody_added_at_the_right_stays_and_ours_keep_their_place(self, book):
        first = run(book(), BUCKET, DAYS)
        self.write(first, {"F1": "Remark", "F3": "promised"})
        after = run(first, DAYS, BUCKET)
        assert ["Customer", "Document", "Amount", "Days", "Bucket", "Remark"] == values(after)[0]
        assert "promised" == values(after)[2][5]

    def test_more_columns_than_fit_before_somebody_elses_go_to_the_right(self, book):
        first = run(book(), BUCKET)
        self.write(first, {"E1": "Remark", "E3": "promised"})
        after = run(first, BUCKET, DAYS)
        assert ["Customer", "Document", "Amount", "", "Remark", "Bucket", "Days"] == values(after)[0]
        assert ["C1", "D2", -2.5, "", "promised", "not due", ""] == values(after)[2]

    def test_in_the_middle_of_a_table_the_place_they_leave_stays_a_column_of_it(self, book):
        def decorate(_, sheet):
            columns = [{"header": header} for header in (*HEADERS, "Bucket", "Remark")]
            sheet.add_table(0, 0, 3, 4, {"columns": columns})
            sheet.write_column(1, 3, BUCKET.values.tolist())

        first = book(decorate)
        with reworked(first) as parts:
            mark = f'<definedName name="_xlcredit.columns.ledger" hidden="1">\'{SHEET}\'!$D$1:$D$4</definedName>'
            replace(parts, "xl/workbook.xml", "</sheets>", f"</sheets><definedNames>{mark}</definedNames>")
        after = run(first, BUCKET, DAYS)
        headers = ["Customer", "Document", "Amount", "Bucket", "Remark", "Bucket2", "Days"]
        table = opened(after).tables["Table1"]
        assert ("A1:G4", headers) == (table.ref, [column.name for column in table.tableColumns])
        assert [headers, ["C1", "D1", 10.0, "", "", "1–30", 12.0]] == values(after)[:2]

    def test_a_row_put_above_our_sheet_does_not_hide_that_it_is_ours(self, book):
        first = run(book(), DAYS, sheets=[TestSheets.FINDINGS])
        with reworked(first) as parts:
            replace(parts, "xl/workbook.xml", ">Findings!$A$1<", ">Findings!$A$2<")
        assert {"findings": "Findings"} == own_sheets(run(first, DAYS, sheets=[TestSheets.FINDINGS]))

    def test_a_sheet_of_ours_that_was_deleted_is_made_anew(self, book):
        first = run(book(), sheets=[TestSheets.FINDINGS])
        with reworked(first) as parts:
            replace(parts, "xl/workbook.xml", ">Findings!$A$1<", ">#REF!$A$1<")
            replace(parts, "xl/workbook.xml", 'sheet name="Findings"', 'sheet name="Other"')
            parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b">Findings!", b">Other!")
        assert {"findings": "Findings"} == own_sheets(run(first, sheets=[TestSheets.FINDINGS]))

    def test_a_total_somebody_put_under_our_column_stays(self, book):
        first = run(book(), DAYS, last_row=4)
        self.write(first, {"D5": "=SUM(D2:D4)"})
        assert "=SUM(D2:D4)" == opened(run(first, DAYS, last_row=4))["D5"].value

    def test_the_formats_of_others_on_our_column_stay(self, book):
        first = run(book(), BUCKET, DAYS)
        with reworked(first) as parts:
            bar = '<dataBar><cfvo type="min"/><cfvo type="max"/><color rgb="FF638EC6"/></dataBar>'
            bar = f'<cfRule type="dataBar" priority="9">{bar}</cfRule>'
            bar = f'<conditionalFormatting sqref="E2:E4">{bar}</conditionalFormatting>'
            replace(parts, "xl/worksheets/sheet1.xml", "<pageMargins", f"{bar}<pageMargins")
        rules = opened(run(first, BUCKET, DAYS)).conditional_formatting
        assert {"E2:E4": "dataBar", "D2:D4": "cellIs"} == {str(e.sqref): e.rules[0].type for e in rules}

    def test_styles_do_not_pile_up(self, book):
        first = run(book(), BUCKET, DUE)
        again = run(run(first, BUCKET, DUE), BUCKET, DUE)
        assert read_parts(first)["xl/styles.xml"] == read_parts(again)["xl/styles.xml"]

    def test_what_openpyxl_saved_in_between_is_still_known_as_ours(self, book):
        first = run(book(), BUCKET, DAYS)
        workbook = openpyxl.load_workbook(first)
        workbook.save(first)
        after = run(first, DAYS)
        assert ["Customer", "Document", "Amount", "Days"] == values(after)[0]

    @staticmethod
    def write(path: Path, cells: dict[str, object]) -> None:
        workbook = openpyxl.load_workbook(path)
        for address, value in cells.items():
            workbook[SHEET][address] = value
        workbook.save(path)


class TestSheets:
    FINDINGS = Sheet("findings", "Findings", (Column("Where", "text", np.array(["A1", "=B2"], dtype=object)), Column(
        "Due", "date", np.array([46000.0, np.nan]))))  # fmt: skip

    def test_a_sheet_of_ours_comes_last_with_a_frozen_filtered_header(self, book):
        after = run(book(), sheets=[self.FINDINGS])
        sheet = opened(after, "Findings")
        assert [SHEET, "Findings"] == openpyxl.load_workbook(after).sheetnames
        assert ("A2", "A1:B3", True) == (sheet.freeze_panes, sheet.auto_filter.ref, sheet["A1"].font.bold)
        assert [["Where", "Due"], ["A1", date(2025, 12, 9)], ["=B2", ""]] == values(after, "Findings")

    def test_a_long_heading_breaks_into_two_lines_clear_of_its_filter(self, book):
        figures = Column("Sales the DSO is reckoned on (CNY)", "amount", np.array([1.0]))
        sheet = opened(run(book(), sheets=[Sheet("figures", "Figures", (figures,))]), "Figures")
        aligned = sheet["A1"].alignment
        assert (25.0, 33.0) == (sheet.column_dimensions["A"].width, sheet.row_dimensions[1].height)
        assert ("right", "top", True, 2) == (aligned.horizontal, aligned.vertical, aligned.wrap_text, aligned.indent)
        assert 20.0 == opened(run(book(), sheets=[self.FINDINGS]), "Findings").row_dimensions[1].height

    def test_beside_a_text_that_breaks_every_cell_stands_at_the_top(self, book):
        def sides(*columns):
            sheet = opened(run(book(), sheets=[Sheet("todo", "To do", columns)]), "To do")
            return [(cell.alignment.vertical, cell.alignment.wrap_text) for cell in sheet[2]]

        name = Column("Name", "text", np.array(["Northwind"], dtype=object))
        why = Column("Why", "wrapped", np.array(["late " * 20], dtype=object), width=48.0)
        assert [("top", None), ("top", True)] == sides(name, why)
        assert [(None, None)] == sides(name)

    def test_who_a_line_is_about_stays_in_sight_and_on_every_page(self, book):
        wide = [Column(f"Text {k}", "text", np.array(["x"], dtype=object), width=60.0) for k in range(5)]
        sheet = opened(run(book(), sheets=[Sheet("wide", "Wide", tuple(wide), frozen=2)]), "Wide")
        assert ("C2", "$A:$B", "$1:$1") == (sheet.freeze_panes, sheet.print_title_cols, sheet.print_title_rows)
        assert (2, 0) == (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight)

    def test_a_name_somebody_has_gets_a_number(self, book):
        after = run(book(lambda workbook, _: workbook.add_worksheet("FINDINGS")), sheets=[self.FINDINGS])
        assert {"findings": "Findings (2)"} == own_sheets(after)

    def test_the_next_run_replaces_it_and_keeps_a_name_the_user_gave(self, book):
        first = run(book(), sheets=[self.FINDINGS])
        with reworked(first) as parts:
            parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b'name="Findings"', b'name="To do"').replace(
                b">Findings!", b">'To do'!")  # fmt: skip
        after = run(first, sheets=[Sheet("findings", "Findings", (DAYS,))])
        assert [SHEET, "To do"] == openpyxl.load_workbook(after).sheetnames
        assert [["Days"], [12.0], [""], [3.0]] == values(after, "To do")

    def test_a_sheet_no_longer_needed_goes_with_all_its_traces(self, book):
        def decorate(workbook, sheet):
            sheet.autofilter(0, 0, 3, 2)
            workbook.define_name("Rate", "='Open items'!$C$2")

        start = book(decorate)
        first = run(start, sheets=[self.FINDINGS])
        after = run(first, remove=["findings"])
        changed = {name for name, content in read_parts(after).items() if content != read_parts(start).get(name)}
        assert {"xl/styles.xml"} == changed  # styles stay, unused
        assert list(read_parts(start)) == list(read_parts(after))

    def test_a_name_that_meant_a_sheet_of_ours_means_nothing_when_it_goes(self, book):
        first = run(book(lambda workbook, _: workbook.define_name("Mine", "=Findings!$A$1")), sheets=[self.FINDINGS])
        assert ("Mine", "#REF!$A$1") in names(run(first, remove=["findings"]))

    def test_local_names_follow_their_sheet_when_ours_before_it_goes(self, book):
        first = run(book(), sheets=[self.FINDINGS])
        with reworked(first) as parts:
            sheet = '<sheet name="Later" sheetId="9" r:id="rId1"/></sheets>'
            replace(parts, "xl/workbook.xml", "</sheets>", sheet)
            local = '<definedName name="Zone" localSheetId="2">Later!$A$1</definedName></definedNames>'
            replace(parts, "xl/workbook.xml", "</definedNames>", local)
        after = first.with_name("after.xlsx")
        patch(first, after, remove=["findings"])
        assert b'<definedName name="Zone" localSheetId="1">' in read_parts(after)["xl/workbook.xml"]

    def test_an_empty_sheet_of_ours_is_its_header(self, book):
        none = Sheet("findings", "Findings", (Column("Where", "text", np.array([], dtype=object), BUCKET.shades),))
        assert [["Where"]] == values(run(book(), sheets=[none]), "Findings")

    def test_names_keep_their_order_and_ours_find_their_place(self, book):
        def decorate(workbook, sheet):
            for name in ("Alpha", "Zeta"):
                workbook.define_name(name, "='Open items'!$A$1")
            sheet.print_area(0, 0, 3, 2)

        after = run(book(decorate), DAYS, sheets=[self.FINDINGS])
        assert [
            "_xlnm._FilterDatabase",
            "_xlcredit.columns.ledger",
            "_xlcredit.sheet.findings",
            "Alpha",
            "_xlnm.Print_Area",
            "_xlnm.Print_Titles",
            "Zeta",
        ] == [name for name, _ in names(after)]


def test_progress_rises_to_one(book, tmp_path):
    seen: list[float] = []
    patch(book(), tmp_path / "out.xlsx", [added(DAYS)], progress=seen.append)
    assert sorted(seen) == seen
    assert 1.0 == seen[-1]


def test_the_same_run_gives_the_same_bytes(book, tmp_path):
    source = book()
    for name in ("a.xlsx", "b.xlsx"):
        patch(source, tmp_path / name, [added(BUCKET)], [TestSheets.FINDINGS])
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Column("x", "money", np.zeros(1)), "of kind 'money', none of text"),
        (lambda: Column("", "text", np.zeros(1)), "needs a header"),
        (lambda: Column("x", "amount", np.array([np.inf])), "holds an infinite number"),
        (lambda: Shade(("x",), "red"), "colour 'red' is not written RRGGBB"),
        (lambda: Column("x", "amount", np.zeros(1), tint="yellow"), "colour 'yellow' is not written RRGGBB"),
        (lambda: Column("x", "amount", np.zeros(2), tint="FFF9E5"), "needs a tint and, for each of its values"),
        (lambda: added(DAYS, rows=(3, 2, 1)), "must rise"),
        (lambda: added(DAYS, rows=(0, 1, 2)), "begin below header row 0"),
        (lambda: added(DAYS, rows=(1, 2)), "has 3 values for 2 rows"),
        (lambda: added(DAYS, last_row=2), "lies above its last value"),
        (added, "adds no column"),
        (lambda: Sheet("My mark", "x", (DAYS,)), "must be lower-case letters"),
    ],
)
def test_an_addition_that_makes_no_sense_is_refused(make, says):
    with pytest.raises(ValueError, match=says):
        make()
