"""Formulas, names and new contents in somebody's workbook: what is written, what is read back, what goes."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from tests.support import schema
from tests.support.integrity import faults
from tests.support.ledgers import HEADER_ROW, LAST_COLUMN, ROWS, SHEET, ledger_book, plain
from tests.support.packages import LEDGER, read_parts, replace, reworked
from tests.support.workbooks import FEATURES, Maker, name_of
from xlcredit.excel.additions import Column, Columns, Formula, Name, Rewrite, Sheet
from xlcredit.excel.files import FileWorkbook
from xlcredit.excel.patch import patch
from xlcredit.excel.workbook import MemoryWorkbook
from xlcredit.kernel.errors import WorkbookError

REAL = sorted((Path(__file__).parents[3] / "shared" / "data").glob("*.xlsx"))
ITEMS = np.arange(HEADER_ROW + 1, HEADER_ROW + 1 + len(ROWS), dtype=np.int64)
FIRST, LAST = HEADER_ROW + 1, HEADER_ROW + len(ROWS)
RESULTS = np.array(["1–30", "", "#N/A no due date", True, 2.5, date(2026, 10, 31), "<a&b>", None], dtype=object)
DAYS = Column(
    "Days", "integer", np.array([122.0, 11.0, 47.0, 59.0, -34.0, 184.0, 0.0, np.nan]),
    formula=Formula('IF(E{row}="","",{sheet[policy]}!$B$2-E{row})'),
)  # fmt: skip
BUCKET = Column("Bucket", "mixed", RESULTS, formula=Formula("AGING_BUCKET({own[0]}{row})", dynamic=True))
POLICY = Sheet(
    "policy", "Policy",
    (
        Column("key", "text", np.array(["as_of", "limit.step", "blocked", "-note"], dtype=object)),
        Column("value", "mixed", np.array([date(2026, 10, 31), 500.0, True, "-"], dtype=object)),
        Column("twice", "integer", np.array([np.nan, 1000.0, np.nan, np.nan]), formula=Formula("B{row}*2")),
    ),
)  # fmt: skip
AGING = Name("AGING_BUCKET", '_xlfn.LAMBDA(_xlpm.days,IF(_xlpm.days<1,"<due>",{sheet[policy]}!$B$3))')


def beside(*columns: Column) -> Columns:
    return Columns("ledger", SHEET, HEADER_ROW, LAST, LAST_COLUMN, ITEMS, columns)


def run(source: Path, columns=(), sheets=(), **more) -> Path:
    target = source.with_stem(f"{source.stem}+")
    patch(source, target, columns, sheets, **more)
    assert faults(target) == []
    assert schema.new_errors(source, target) == []
    return target


def formulas(path: Path, sheet: str = SHEET) -> dict[str, str]:
    found = FileWorkbook(path).formulas(sheet)
    return {f"{openpyxl.utils.get_column_letter(column + 1)}{row + 1}": text for (row, column), text in found.items()}


def cell(path: Path, address: str, part: str = LEDGER) -> str:
    return re.search(rf'<c r="{address}"[^>]*?(?:/>|>.*?</c>)', read_parts(path)[part].decode(), re.DOTALL)[0]


def names(path: Path) -> dict[str, tuple[str, str]]:
    root = openpyxl.xml.functions.fromstring(read_parts(path)["xl/workbook.xml"])
    return {e.get("name"): (e.text, e.get("comment", "")) for e in root.iter("{*}definedName")}


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return plain(tmp_path / "ledger.xlsx")


@pytest.fixture
def live(ledger: Path) -> Path:
    """The ledger with two columns of formulas, the sheet they read and the name they call."""
    return run(ledger, [beside(DAYS, BUCKET)], [POLICY], names=[AGING])


class TestColumns:
    def test_a_plain_formula_stands_with_its_result(self, live):
        assert re.sub(r' s="\d+"', "", cell(live, "H4")) == (
            '<c r="H4"><f>IF(E4="","",Policy!$B$2-E4)</f><v>122</v></c>'
        )

    def test_a_formula_without_a_figure_gives_the_empty_text(self, live):
        assert re.sub(r' s="\d+"', "", cell(live, "H11")) == (
            '<c r="H11" t="str"><f>IF(E11="","",Policy!$B$2-E11)</f><v></v></c>'
        )

    @pytest.mark.parametrize(
        ("address", "said"),
        [
            ("I4", ' t="str" cm="1"><f t="array" ref="I4">AGING_BUCKET(H4)</f><v>1–30</v>'),
            ("I5", ' t="str" cm="1"><f t="array" ref="I5">AGING_BUCKET(H5)</f><v></v>'),
            ("I6", ' t="e" cm="1"><f t="array" ref="I6">AGING_BUCKET(H6)</f><v>#N/A</v>'),
            ("I7", ' t="b" cm="1"><f t="array" ref="I7">AGING_BUCKET(H7)</f><v>1</v>'),
            ("I8", ' cm="1"><f t="array" ref="I8">AGING_BUCKET(H8)</f><v>2.5</v>'),
            ("I9", ' cm="1"><f t="array" ref="I9">AGING_BUCKET(H9)</f><v>46326</v>'),
            ("I10", ' t="str" cm="1"><f t="array" ref="I10">AGING_BUCKET(H10)</f><v>&lt;a&amp;b&gt;</v>'),
        ],
    )
    def test_a_dynamic_formula_points_to_the_metadata_and_keeps_the_kind_of_its_result(self, live, address, said):
        assert re.sub(r' s="\d+"', "", cell(live, address)) == f'<c r="{address}"{said}</c>'

    def test_the_workbook_gets_the_metadata_of_dynamic_arrays(self, live):
        parts = read_parts(live)
        assert b'fDynamic="1"' in parts["xl/metadata.xml"]
        assert b'<cellMetadata count="1"><bk><rc t="1" v="0"/></bk></cellMetadata>' in parts["xl/metadata.xml"]
        assert b"relationships/sheetMetadata" in parts["xl/_rels/workbook.xml.rels"]

    def test_metadata_that_is_there_is_used(self, tmp_path):
        path = tmp_path / "dynamic.xlsx"
        with ledger_book(path, ROWS) as (_, sheet):
            sheet.write_dynamic_array_formula("L4:L4", "=SUM(F4:F11)")
        before = read_parts(path)["xl/metadata.xml"]
        after = run(path, [beside(DAYS, BUCKET)], [POLICY], names=[AGING])
        assert read_parts(after)["xl/metadata.xml"] == before

    def test_metadata_of_another_kind_is_added_to(self, tmp_path):
        path = tmp_path / "dynamic.xlsx"
        with ledger_book(path, ROWS) as (_, sheet):
            sheet.write_dynamic_array_formula("L4:L4", "=SUM(F4:F11)")
        with reworked(path) as parts:
            replace(parts, "xl/metadata.xml", 'fDynamic="1"', 'fDynamic="0"')
        after = run(path, [beside(DAYS, BUCKET)], [POLICY], names=[AGING])
        xml = read_parts(after)["xl/metadata.xml"]
        assert b'<cellMetadata count="2"><bk><rc t="1" v="0"/></bk><bk><rc t="1" v="1"/></bk></cellMetadata>' in xml
        assert ' cm="2"' in cell(after, next(a for a in formulas(after) if formulas(after)[a].startswith("AGING")))

    def test_formulas_are_read_back_as_they_were_meant(self, live):
        found = formulas(live)
        assert (found["H4"], found["I11"], len(found)) == ('IF(E4="","",Policy!$B$2-E4)', "AGING_BUCKET(H11)", 16)

    def test_a_second_run_changes_nothing(self, live):
        again = run(live, [beside(DAYS, BUCKET)], [POLICY], names=[AGING])
        assert read_parts(again) == read_parts(live)

    def test_a_run_without_formulas_leaves_none_behind(self, live):
        again = run(live, [beside(Column("Days", "integer", DAYS.values))])
        assert formulas(again) == {}

    def test_rows_that_are_no_longer_items_lose_their_formulas(self, live):
        fewer = Columns(
            "ledger", SHEET, HEADER_ROW, LAST, LAST_COLUMN, ITEMS[:2], (Column("x", "amount", DAYS.values[:2]),)
        )
        assert formulas(run(live, [fewer])) == {}

    def test_a_users_total_below_ours_stays(self, live):
        with reworked(live) as parts:
            total = '<row r="12"><c r="H12"><f>SUM(H4:H11)</f><v>389</v></c></row></sheetData>'
            replace(parts, LEDGER, "</sheetData>", total)
        again = run(live, [beside(Column("Days", "integer", DAYS.values))])
        assert formulas(again) == {"H12": "SUM(H4:H11)"}

    def test_the_stale_chain_goes_and_an_idle_one_stays(self, ledger):
        with reworked(ledger) as parts:
            replace(parts, LEDGER, "</sheetData>", '<row r="20"><c r="A20"><f>1+1</f><v>2</v></c></row></sheetData>')
            space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
            parts["xl/calcChain.xml"] = f'<calcChain xmlns="{space}"><c r="A20" i="1"/></calcChain>'.encode()
            kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
            part = f'<Override PartName="/xl/calcChain.xml" ContentType="{kind}"/></Types>'
            replace(parts, "[Content_Types].xml", "</Types>", part)
            relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
            relation = f'<Relationship Id="rId99" Type="{relation}" Target="calcChain.xml"/></Relationships>'
            replace(parts, "xl/_rels/workbook.xml.rels", "</Relationships>", relation)
        values = run(ledger, [beside(Column("Days", "integer", DAYS.values))])
        assert "xl/calcChain.xml" in read_parts(values)
        assert "xl/calcChain.xml" not in read_parts(run(values, [beside(DAYS)], [POLICY]))


class TestSheets:
    def test_a_sheet_of_ours_holds_days_numbers_truth_values_texts_and_formulas(self, live):
        sheet = openpyxl.load_workbook(live)["Policy"]
        assert [[str(c.value) for c in row] for row in sheet.iter_rows()] == [
            ["key", "value", "twice"],
            ["as_of", "2026-10-31 00:00:00", "=B2*2"],
            ["limit.step", "500", "=B3*2"],
            ["blocked", "True", "=B4*2"],
            ["-note", "-", "=B5*2"],
        ]
        assert (sheet["B2"].number_format, sheet["B3"].number_format) == ("yyyy-mm-dd", "General")

    def test_the_sheet_is_found_by_its_mark(self, live):
        assert FileWorkbook(live).own_sheet("findings") is None
        assert [row[0] for row in FileWorkbook(live).own_sheet("policy").rows()] == [
            "key", "as_of", "limit.step", "blocked", "-note"
        ]  # fmt: skip


class TestNames:
    def test_a_name_means_what_it_says_and_is_marked_as_ours(self, live):
        said = '_xlfn.LAMBDA(_xlpm.days,IF(_xlpm.days<1,"<due>",Policy!$B$3))'
        assert names(live)["AGING_BUCKET"] == (said, "xlcredit")

    def test_names_stand_sorted(self, live):
        keys = [name.removeprefix("_xlnm.").casefold() for name in names(live)]
        assert keys == sorted(keys)

    def test_the_next_run_replaces_a_name_and_leaves_the_others(self, live):
        again = run(live, names=[Name("AGING_BUCKET", "1"), Name("PAYDEX", "2")])
        last = run(again, names=[Name("PAYDEX", "3")])
        assert [names(last)[name][0] for name in ("AGING_BUCKET", "PAYDEX")] == ["1", "3"]

    def test_names_asked_to_go_are_gone_but_those_given(self, live):
        again = run(live, names=[Name("PAYDEX", "2")], remove=["names"])
        assert "AGING_BUCKET" not in names(again)
        assert names(again)["PAYDEX"][0] == "2"

    @pytest.mark.parametrize("theirs", ["Aging_Bucket", f"'{SHEET}'!AGING_BUCKET"])
    def test_a_name_of_somebody_else_is_never_taken(self, tmp_path, theirs):
        path = tmp_path / "named.xlsx"
        with ledger_book(path, ROWS) as (book, _):
            book.define_name(theirs, "=1")
        with pytest.raises(WorkbookError, match=r"has a defined name (?i:aging_bucket) of its own"):
            patch(path, tmp_path / "out.xlsx", names=[AGING], sheets=[POLICY])
        assert not (tmp_path / "out.xlsx").exists()


class TestRewrites:
    def test_cells_get_values_and_keep_their_style(self, ledger):
        before = cell(ledger, "F4")
        after = run(ledger, rewrites=[Rewrite(SHEET, 5, np.array([3, 4, 5]), np.array([1.5, np.nan, 3.0]))])
        style = re.search(r' s="\d+"', before)[0]
        assert [cell(after, a) for a in ("F4", "F5", "F6")] == [
            f'<c r="F4"{style}><v>1.5</v></c>', f'<c r="F5"{style}/>', f'<c r="F6"{style}><v>3</v></c>'
        ]  # fmt: skip
        assert cell(after, "F7") == cell(ledger, "F7")

    def test_cells_and_rows_that_are_not_there_are_made(self, ledger):
        texts = np.array(["=no formula", True, date(2026, 10, 31)], dtype=object)
        after = run(ledger, rewrites=[Rewrite(SHEET, 9, np.array([1, 3, 40]), texts)])
        assert [openpyxl.load_workbook(after)[SHEET][a].value for a in ("J2", "J4", "J41")] == [
            "=no formula", True, 46326
        ]  # fmt: skip
        assert formulas(after) == {}

    def test_a_column_of_formulas_becomes_one_that_spills(self, live):
        spilled = Formula(f"AGING_BUCKET(H{FIRST + 1}:H{LAST + 1})", dynamic=True)
        after = run(live, rewrites=[Rewrite(SHEET, 8, ITEMS, RESULTS, spilled, spilled=True)])
        assert re.sub(r' s="\d+"', "", cell(after, "I4")) == (
            '<c r="I4" t="str" cm="1"><f t="array" ref="I4:I11">AGING_BUCKET(H4:H11)</f><v>1–30</v></c>'
        )
        assert [re.sub(r' s="\d+"', "", cell(after, a)) for a in ("I6", "I8")] == [
            '<c r="I6" t="e"><v>#N/A</v></c>', '<c r="I8"><v>2.5</v></c>'
        ]  # fmt: skip
        assert [a for a in formulas(after) if a.startswith("I")] == ["I4"]

    def test_what_spills_becomes_values_as_a_whole_only(self, live):
        spilled = Formula(f"AGING_BUCKET(H{FIRST + 1}:H{LAST + 1})", dynamic=True)
        one = run(live, rewrites=[Rewrite(SHEET, 8, ITEMS, RESULTS, spilled, spilled=True)])
        with pytest.raises(WorkbookError, match="cells I4:I11 of Open items are filled by one array formula"):
            patch(one, one.with_name("out.xlsx"), rewrites=[Rewrite(SHEET, 8, ITEMS[:2], RESULTS[:2])])
        values = run(one, rewrites=[Rewrite(SHEET, 8, ITEMS, RESULTS)])
        assert [a for a in formulas(values) if a.startswith("I")] == []

    def test_cells_that_share_the_formula_of_a_rewritten_one_keep_theirs(self, ledger):
        shared = '<f t="shared" ref="K4:K6" si="0">F4*$B$1+A$2</f><v>1</v>'
        with reworked(ledger) as parts:
            for row, inside in ((4, shared), (5, '<f t="shared" si="0"/><v>2</v>'), (6, '<f t="shared" si="0"/>')):
                text = parts[LEDGER].decode()
                parts[LEDGER] = re.sub(
                    rf'(<row r="{row}".*?)</row>',
                    rf'\1<c r="K{row}">{inside}</c></row>',
                    text,
                    count=1,
                    flags=re.DOTALL,
                ).encode()
        expected = {"K4": "F4*$B$1+A$2", "K5": "F5*$B$1+A$2", "K6": "F6*$B$1+A$2"}
        assert formulas(ledger) == expected
        after = run(ledger, rewrites=[Rewrite(SHEET, 10, np.array([3]), np.array([7.0]))])
        assert formulas(after) == {key: expected[key] for key in ("K5", "K6")}

    def test_columns_and_new_contents_of_one_sheet_go_together(self, ledger):
        after = run(ledger, [beside(DAYS)], [POLICY], rewrites=[Rewrite(SHEET, 5, ITEMS[:1], np.array([9.0]))])
        sheet = openpyxl.load_workbook(after)[SHEET]
        assert (sheet["F4"].value, sheet["H4"].value) == (9, '=IF(E4="","",Policy!$B$2-E4)')


@pytest.mark.parametrize("maker", FEATURES, ids=name_of)
def test_formulas_in_any_workbook_add_no_fault_and_are_replaced(maker: Maker, tmp_path: Path):
    before = maker(tmp_path / "before.xlsx")
    once = run(before, [beside(DAYS, BUCKET)], [POLICY], names=[AGING])
    again = run(once, [beside(DAYS, BUCKET)], [POLICY], names=[AGING])
    assert read_parts(once) == read_parts(again)
    theirs, both = formulas(before), formulas(once)
    assert both | theirs == both
    assert len(both) == len(theirs) + 16


def test_memory_and_file_have_the_same_formulas(live):
    memory = MemoryWorkbook(FileWorkbook(plain(live.with_name("again.xlsx"))).grids())
    memory.add([beside(DAYS, BUCKET)], [POLICY], names=[AGING])
    assert dict(memory.formulas(SHEET)) == dict(FileWorkbook(live).formulas(SHEET))
    assert dict(memory.formulas("Policy")) == dict(FileWorkbook(live).formulas("Policy"))
    assert memory.names == {"AGING_BUCKET": 'LAMBDA(days,IF(days<1,"<due>",Policy!$B$3))'}
    values = Rewrite(SHEET, 8, ITEMS, RESULTS)
    memory.add(rewrites=[values])
    file = run(live, rewrites=[values])
    assert dict(memory.formulas(SHEET)) == dict(FileWorkbook(file).formulas(SHEET))


@pytest.mark.skipif(not REAL, reason="../shared/data is not there")
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_real_workbooks_keep_their_formulas_beside_ours(path: Path, tmp_path: Path):
    grid = FileWorkbook(path).grids()[0]
    rows = np.arange(1, grid.n_rows, dtype=np.int64)
    ours = Column("Row", "integer", rows + 1.0, formula=Formula("ROW(A{row})", dynamic=True))
    wanted = Columns("ledger", grid.name, 0, grid.n_rows - 1, grid.n_columns - 1, rows, (ours,))
    after = tmp_path / "after.xlsx"
    patch(path, after, [wanted], [POLICY], names=[AGING])
    assert schema.new_errors(path, after) == []
    theirs, both = formulas(path, grid.name), formulas(after, grid.name)
    assert both | theirs == both
    assert len(both) == len(theirs) + len(rows)
