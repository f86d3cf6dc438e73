"""The credit pack: what a controller finds in it, and what Excel must accept of it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl.utils.cell import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from tests.excel.pack.test_recalculated import differing, formulas, held
from tests.support.dump import dump, opened
from tests.support.office import convert
from tests.support.schema import errors
from tests.support.tables import ledger
from xlcredit.control import review
from xlcredit.control.listing import Field, listing, texts
from xlcredit.control.lists import lists_of
from xlcredit.excel.asofdate import as_of
from xlcredit.excel.files import FileWorkbook
from xlcredit.excel.pack.book import build_pack
from xlcredit.excel.pack.insurance import TAKEN
from xlcredit.excel.pack.speech import Speech
from xlcredit.excel.policysheet import found_among, sheet_policy
from xlcredit.kernel.bands import Bands, Bound
from xlcredit.kernel.errors import WorkbookError
from xlcredit.locales import display_width
from xlcredit.policy import fingerprint, load
from xlcredit.rules.aging import Buckets

GOLDEN = Path(__file__).parent / "golden"
AS_OF = date(2026, 10, 31)
ITEMS = """
    customer | name            | document | document_date | due_date   | amount  | currency
    1001     | Northwind Tools | INV-1    | 2026-06-01    | 2026-07-01 | 1000.10 | CNY
    1001     | Northwind Tools | INV-2    | 2026-10-01    | 2026-12-01 |  500.20 | CNY
    1002     | =1+1 Holdings   | INV-3    | 2026-08-01    | 2026-09-15 |  300.30 | CNY
    1003     | @Paid Early     | CN-4     | 2026-08-01    | 2026-09-15 |  -50.60 | CNY
"""
LANGUAGES = ["en", "zh", "both"]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    found = review(ledger(ITEMS), load(), AS_OF)
    build_pack(found, lists_of(found), tmp_path / "pack.xlsx", "en")
    return tmp_path / "pack.xlsx"


def shown(sheet: Worksheet, row: int, count: int) -> list[object]:
    return [sheet.cell(row, column + 1).value for column in range(count)]


def width(sheet: Worksheet, column: int) -> float:
    """Of a column, which may be one of several that are told together."""
    return next(told.width for told in sheet.column_dimensions.values() if told.min <= column <= told.max)


def test_the_dashboard_says_what_is_open_how_late_and_what_of_it_may_be_lost(small: Path) -> None:
    sheet = opened(small, values=True)["Dashboard"]
    said = {sheet.cell(4, column).value: sheet.cell(5, column).value for column in range(1, 12)}
    assert said["Open (CNY)"] == 1750.00
    assert said["Overdue (CNY)"] == 1249.80
    assert said["More than 60 days late"] == pytest.approx(1000.10 / 1750.00)
    assert said["More than 90 days late"] == pytest.approx(1000.10 / 1750.00)
    assert "DSO (days)" not in said, "nothing was paid, so there is no history"


def test_the_aging_has_a_line_per_customer_that_foots(small: Path) -> None:
    sheet = opened(small, values=True)["Aging"]
    assert [sheet.cell(row, 1).value for row in (5, 6, 7)] == ["1001", "1002", "1003"]
    heads = shown(sheet, 4, 12)
    total = heads.index("Total (CNY)") + 1
    assert [sheet.cell(row, total).value for row in (5, 6, 7)] == [1500.30, 300.30, -50.60]
    assert sheet.cell(3, total).value == 1750.00


@pytest.mark.parametrize("name", ["=1+1 Holdings", "@Paid Early"])
def test_a_name_that_looks_like_a_formula_is_text(small: Path, name: str) -> None:
    cells = [cell for row in opened(small)["Aging"].iter_rows() for cell in row if cell.value == name]
    assert [(cell.data_type, cell.quotePrefix) for cell in cells] == [("s", True)]


def test_what_the_data_could_not_answer_is_said(small: Path) -> None:
    told = [cell.value for cell in opened(small)["About"]["A"]]
    assert "Which orders are to be held?" in told
    assert "How old are receivables?" not in told


def test_every_check_agrees_and_names_the_file_and_the_policy(small: Path) -> None:
    cells = [cell.value for row in opened(small, values=True)["About"].iter_rows() for cell in row]
    assert cells.count("agrees") == 5
    assert "differs" not in cells
    assert fingerprint(load()) in cells


def test_what_has_no_rate_is_blank_and_not_nothing(tmp_path: Path) -> None:
    found = review(ledger(ITEMS + "    1004 | Abroad | INV-5 | 2026-08-01 | 2026-09-15 | 7.00 | EUR\n"), load(), AS_OF)
    build_pack(found, lists_of(found), tmp_path / "pack.xlsx", "en")
    sheet = opened(tmp_path / "pack.xlsx", values=True)["Aging by currency"]
    heads = [cell.value for cell in sheet[4]]
    abroad = dict(zip(heads, [cell.value for cell in sheet[8]], strict=True))
    assert (abroad["Currency"], abroad["Total"], abroad["Translated (CNY)"]) == ("EUR", 7.0, None)


def test_no_amount_is_too_wide_for_its_column(tmp_path: Path) -> None:
    rows = ITEMS.replace("1000.10", "5000000000000.10").replace("-50.60", "-3000000000000.60")
    found = review(ledger(rows), load(), AS_OF)
    build_pack(found, lists_of(found), tmp_path / "pack.xlsx", "en")
    shown_wide = [
        (width(sheet, cell.column), f"{cell.value:,.2f}")
        for sheet in opened(tmp_path / "pack.xlsx", values=True)
        for row in sheet.iter_rows(3)
        for cell in row
        if isinstance(cell.value, int | float) and "#,##0.00" in cell.number_format
    ]
    assert max(len(said) for _, said in shown_wide) >= len("5,000,000,000,000.10")
    assert [said for wide, said in shown_wide if len(said) > wide] == []


def test_a_policy_may_call_its_buckets_what_it_likes(tmp_path: Path) -> None:
    names = ("30", "a.b", "late [>30] {x} 'y' #1")
    named = replace(load(), buckets=Buckets(Bands((Bound(0, "above"), Bound(30, "above")), names)))
    found = review(ledger(ITEMS), named, AS_OF)
    build_pack(found, lists_of(found), tmp_path / "pack.xlsx", "en")
    assert errors(tmp_path / "pack.xlsx") == []
    places = list(formulas(tmp_path / "pack.xlsx"))
    again = convert(tmp_path / "pack.xlsx", "xlsx")
    assert differing(held(tmp_path / "pack.xlsx", places), held(again, places)) == []


def test_a_text_as_long_as_a_cell_holds_makes_no_row_that_excel_refuses(tmp_path: Path) -> None:
    events = f"customer | date | type | note\n 1001 | 2026-09-01 | Litigation | {'sued again ' * 3_000}"
    found = review(ledger(ITEMS, events=events), load(), AS_OF)
    build_pack(found, lists_of(found), tmp_path / "pack.xlsx", "en")
    sheet = opened(tmp_path / "pack.xlsx")["Events"]
    assert sheet.row_dimensions[5].height == 405
    assert len(sheet["D5"].value) == 32_767


@pytest.mark.parametrize("name", ["Bell\x07 & Sons", 'Say "A1"', "A*", "~?", "0012", "<b>", "x_x000B_y"])
def test_a_customer_of_any_name_has_a_card(tmp_path: Path, name: str) -> None:
    rows = ITEMS.replace("1003", name).replace("@Paid Early", name).replace("-50.60", "99999.60")
    found = review(ledger(rows + "    0013 | Other | INV-9 | 2026-08-01 | 2026-09-15 | 7.00 | CNY\n"), load(), AS_OF)
    build_pack(found, lists_of(found), tmp_path / "pack.xlsx", "en")
    assert errors(tmp_path / "pack.xlsx") == []
    values = opened(tmp_path / "pack.xlsx", values=True)["Customer card"]
    assert values["F6"].value == 99999.60


def test_a_list_that_nobody_knows_gets_a_sheet(tmp_path: Path) -> None:
    found = review(ledger(ITEMS), load(), AS_OF)
    made = listing(
        "new_list", Field("customer", "text", texts(["1001", "1001"])), Field("note", "text", texts(["a", ""]))
    )
    build_pack(found, {**lists_of(found), "new_list": made}, tmp_path / "pack.xlsx", "en")
    sheet = opened(tmp_path / "pack.xlsx")["new_list"]
    assert [shown(sheet, row, 2) for row in (4, 5, 6)] == [["Customer", "Note"], ["1001", "a"], ["1001", None]]
    assert sheet.tables["NewList"].ref == "A4:B6"


def test_a_ledger_of_nothing_makes_a_pack(tmp_path: Path) -> None:
    found = review(ledger("customer | document | amount"), load(), AS_OF)
    build_pack(found, lists_of(found), tmp_path / "pack.xlsx", "both")
    assert errors(tmp_path / "pack.xlsx") == []
    sheet = opened(tmp_path / "pack.xlsx")["Aging 账龄"]
    assert (sheet.tables["Aging"].ref, sheet.max_row) == ("A5:K6", 6)
    places = list(formulas(tmp_path / "pack.xlsx"))
    again = convert(tmp_path / "pack.xlsx", "xlsx")
    assert differing(held(tmp_path / "pack.xlsx", places), held(again, places)) == []


def test_the_policy_sheet_is_read_again_without_loss(packs: dict[str, Path]) -> None:
    for path in packs.values():
        grids = FileWorkbook(path).grids()
        assert found_among(grids) is not None
        assert fingerprint(load(sheet=sheet_policy(grids))) == fingerprint(load())
        assert as_of(None, grids, AS_OF.replace(year=2027)).day == AS_OF


def test_the_same_review_makes_the_same_bytes(demo, packs: dict[str, Path], tmp_path: Path) -> None:
    build_pack(*demo, tmp_path / "again.xlsx", "en")
    assert (tmp_path / "again.xlsx").read_bytes() == packs["en"].read_bytes()


def test_a_folder_that_is_not_there_is_said(demo, tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match="no-folder"):
        build_pack(*demo, tmp_path / "no-folder" / "pack.xlsx", "en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_excel_accepts_every_part(packs: dict[str, Path], lang: str) -> None:
    assert errors(packs[lang]) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_link_leads_to_a_sheet_and_every_sheet_back(packs: dict[str, Path], lang: str) -> None:
    book = opened(packs[lang])
    first, *others = book.sheetnames
    there: set[str] = set()
    for sheet in book:
        links = [cell.hyperlink for row in sheet.iter_rows() for cell in row if cell.hyperlink]
        targets = {re.fullmatch(r"'(.*)'!A1", link.location)[1] for link in links}
        assert targets <= set(book.sheetnames)
        there |= targets
        assert sheet.title == first or first in targets
    assert there == {first, *others}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_table_is_frozen_filtered_and_prints_on_pages_that_say_what_they_are(packs, lang: str) -> None:
    for sheet in opened(packs[lang]):
        assert sheet.merged_cells.ranges == set()
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "2026-10-31" in sheet.oddFooter.left.text
        assert "&P" in sheet.oddFooter.right.text
        for table in sheet.tables.values():
            assert table.autoFilter.ref == table.ref
        if sheet.tables:
            last = [*sheet.tables.values()][-1]
            heading = int(last.ref.partition(":")[0][1:])
            in_sight = heading if heading <= 10 else 3  # below a long table, headings would leave no room for rows
            assert sheet.freeze_panes.endswith(str(in_sight + 1))
            under_another = len(sheet.tables) > 1 and heading <= 26  # else no more than one page
            first = heading - len(Speech.of(lang).languages)
            assert sheet.print_title_rows == (f"${first}:${heading}" if under_another else f"$1:${in_sight}")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_further_right_cut_neither_the_title_nor_what_the_pack_is_of(packs: dict[str, Path], lang: str) -> None:
    for sheet in opened(packs[lang]):
        if sheet.print_title_cols:
            assert sheet.page_setup.pageOrder == "overThenDown", "the pages of a line come one after another"
            last = sheet.print_title_cols.rpartition("$")[2]
            kept = sum(width(sheet, at) for at in range(1, column_index_from_string(last) + 1))
            assert display_width(sheet["A1"].value) * 18 / 11 <= kept
            assert display_width(sheet["A2"].value) <= kept


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_totals_are_of_is_not_cut_by_the_first_of_them(packs: dict[str, Path], lang: str) -> None:
    shown_total = Speech.of(lang)("pack", "shown_total")
    widths = [width(sheet, 2) for sheet in opened(packs[lang]) if sheet["B3"].value == shown_total]
    assert len(widths) > 10
    assert min(widths) > display_width(shown_total)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_chart_stands_over_figures(packs: dict[str, Path], lang: str) -> None:
    charts = [(sheet, chart.anchor) for sheet in opened(packs[lang]) for chart in sheet._charts]
    assert len(charts) == 3
    for sheet, anchor in charts:
        over = sheet.iter_rows(anchor._from.row + 1, anchor.to.row, anchor._from.col + 1, anchor.to.col)
        assert [cell.coordinate for row in over for cell in row if cell.value is not None] == []


def test_bars_begin_at_nothing_so_that_no_axis_stands_among_the_figures(packs: dict[str, Path]) -> None:
    for sheet in opened(packs["en"]):
        for rules in sheet.conditional_formatting:
            bars = [rule.dataBar for rule in rules.rules if rule.type == "dataBar"]
            assert [(bar.cfvo[0].type, bar.cfvo[0].val) for bar in bars] == [("num", 0)] * len(bars)


def test_the_checksum_of_the_ledger_has_room(packs: dict[str, Path]) -> None:
    sheet = opened(packs["en"])["About"]
    [row] = [row for row in range(1, 20) if sheet.cell(row, 1).value == "SHA-256 of the file"]
    assert len(sheet.cell(row, 2).value) == 64
    assert shown(sheet, row, 5)[2:] == [None] * 3
    assert sum(width(sheet, at) for at in range(2, 6)) > 64


def test_a_day_among_the_policy_s_values_stands_where_they_stand(packs: dict[str, Path]) -> None:
    values = opened(packs["en"])["Policy"]["E"]
    assert {cell.alignment.horizontal for cell in values[4:40]} == {"left"}


def test_a_heading_with_a_dash_takes_one_line(packs: dict[str, Path]) -> None:
    for sheet, heading in (("Admission review", "Market position (0–100)"), ("Aging by currency", "121–180 days")):
        page = opened(packs["en"])[sheet]
        [cell] = [cell for cell in page[4] if cell.value == heading]
        assert width(page, cell.column) >= len(heading) + 4


def test_a_wide_table_goes_over_pages_that_each_say_whom_it_is_about(packs: dict[str, Path]) -> None:
    book = opened(packs["both"])
    wide = {
        sheet.title: (sheet.page_setup.fitToWidth, sheet.print_title_cols) for sheet in book if sheet.print_title_cols
    }
    assert wide["Call list 催收清单"] == (2, "$A:$B")
    assert "Aging 账龄" not in wide


def test_tables_are_headed_in_english_under_chinese(packs: dict[str, Path]) -> None:
    book = opened(packs["both"])
    sheet = book["Aging 账龄"]
    assert shown(sheet, 4, 3) == ["客户", "客户名称", "信用等级"]
    assert shown(sheet, 5, 3) == ["Customer", "Name", "Grade"]
    assert "Orders to hold 暂停放行的订单" in book.sheetnames


def test_the_policy_in_two_languages_is_headed_in_one_and_says_in_both_what_a_key_means(packs: dict[str, Path]) -> None:
    sheet = opened(packs["both"])["Policy"]
    assert shown(sheet, 4, 6) == ["Key", "Entry", "Side", "Bound", "Value", "Meaning"]
    assert {row[0].value: row[5].value for row in sheet.iter_rows(min_row=5)}["name"] == "Name of the policy · 政策名称"


@pytest.mark.parametrize(("lang", "high"), [("en", 15), ("zh", 16.5), ("both", 16.5)])
def test_rows_have_room_for_what_is_written_in_them(packs: dict[str, Path], lang: str, high: float) -> None:
    assert {sheet.sheet_format.defaultRowHeight for sheet in opened(packs[lang]).worksheets[1:]} == {high}


def lines(sheet: Worksheet, table: str) -> list[dict[str, object]]:
    """The lines of a table, heading → cell."""
    heads, *rows = [[cell.value for cell in row] for row in sheet[sheet.tables[table].ref]]
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_the_first_things_on_the_dashboard_are_what_to_do_and_whom_to_call(packs: dict[str, Path]) -> None:
    book = opened(packs["en"], values=True)
    sheet = book["Dashboard"]
    assert [cell.value for cell in sheet[9] if cell.value] == ["What to do first", "Call first"]
    told = {sheet.cell(row, 1).value: [sheet.cell(row, at).value or None for at in (3, 4, 5)] for row in range(11, 17)}
    calls, claims = lines(book["Call list"], "Calls"), lines(book["Claims to notify"], "Claims")
    held = [line["Order value (CNY)"] for line in lines(book["Orders to hold"], "Orders") if line["Decision"] == "Hold"]
    open_claims = [line for line in claims if line["Days left"] is not None]
    assert told["Call list"] == [len(calls), pytest.approx(sum(line["To collect (CNY)"] for line in calls)), None]
    assert told["Orders to hold"] == [len(held), pytest.approx(sum(held)), None]
    assert told["Claims to notify"] == [
        len(open_claims),
        pytest.approx(sum(line["Insured part (CNY)"] for line in open_claims)),
        min(line["Notify by"] for line in open_claims),
    ]
    assert [*told] == ["Call list", "Orders to hold", "Claims to notify", "Signals", "Limits to change", "Reviews due"]
    called = [[sheet.cell(row, at).value for at in (7, 9)] for row in range(11, 17)]
    assert called == [[line["Customer"], line["To collect (CNY)"]] for line in calls[:6]]


def test_lines_that_are_each_of_one_thing_add_up_where_a_customer_has_several(packs: dict[str, Path]) -> None:
    book = opened(packs["en"], values=True)
    by_line, by_customer = book["Interest statement"], book["Late interest"]
    for heading in ("Interest (CNY)", "Fixed sums (CNY)"):
        assert total_above(by_line, heading) == total_above(by_customer, heading) > 0
    disputed = [line["In dispute (CNY)"] for line in lines(book["Disputes"], "Disputes")]
    assert total_above(book["Disputes"], "In dispute (CNY)") == pytest.approx(sum(disputed))


def total_above(sheet: Worksheet, heading: str) -> float:
    [column] = [cell.column for cell in sheet[4] if cell.value == heading]
    return sheet.cell(3, column).value


def test_the_work_comes_before_the_tables_it_follows_from(packs: dict[str, Path]) -> None:
    assert opened(packs["en"]).sheetnames[:12] == [
        "Dashboard", "Call list", "Orders to hold", "Claims to notify", "Signals", "Limits", "Customer card",
        "Aging", "Aging by currency", "Insurance", "Provisions", "Provisions by customer",
    ]  # fmt: skip


def test_insurance_says_of_each_customer_what_is_insured_and_by_when_the_insurer_is_told(packs, demo) -> None:
    book = opened(packs["en"], values=True)
    sheet, lists = book["Insurance"], demo[1]
    [contract], customers = lines(sheet, "InsuranceContract"), lines(sheet, "Insurance")
    assert contract["Premium (CNY)"] == pytest.approx(sum(line["Premium (CNY)"] or 0 for line in customers))
    named = {*lists["uninsured"]["customer"], *lists["insurance_cover"]["customer"], *lists["claims"]["customer"]}
    assert {line["Customer"] for line in customers} == named
    due = [line["Notify by"] for line in customers]
    told = [line["Customer"] for line in lines(book["Claims to notify"], "Claims") if line["Notified on"] is None]
    assert {line["Customer"] for line in customers if line["Notify by"]} == {*told}
    assert due == sorted(due, key=lambda day: (day is None, day or 0))
    for line in customers:
        left = max(line["Exposure (CNY)"], 0) - line["Insured part (CNY)"]
        assert line["Uninsured part (CNY)"] == pytest.approx(left)


def test_a_contract_alone_and_customers_alone_have_the_sheet(demo, tmp_path: Path) -> None:
    found, lists = demo
    for key, table in (("insurance_contract", "InsuranceContract"), ("uninsured", "Insurance")):
        kept = {name: made for name, made in lists.items() if name == key or name not in (*TAKEN, "claims")}
        build_pack(found, kept, tmp_path / "pack.xlsx", "en")
        assert [*opened(tmp_path / "pack.xlsx")["Insurance"].tables] == [table]


def test_provisions_show_the_matrix_and_the_measured_rates_one_below_the_other(packs: dict[str, Path]) -> None:
    for name, lang in (("Provisions", "en"), ("坏账准备", "zh")):
        sheet = opened(packs[lang], values=True)[name]
        assert sheet.tables.items() == [
            ("ProvisionMatrix", "A5:E12"),
            ("RollRates", "A15:F21"),
            ("LossRates", "A24:E31"),
        ]
        assert sheet["B4"].value == pytest.approx(14_931_164.13)


def test_a_segment_that_looks_like_a_formula_is_text(demo, tmp_path: Path) -> None:
    found, lists = demo
    matrix = lists["provision_matrix"]
    named = replace(matrix, fields=(Field("segment", "text", texts(["=1+1"] * len(matrix))), *matrix.fields))
    build_pack(found, {**lists, "provision_matrix": named}, tmp_path / "pack.xlsx", "en")
    cell = opened(tmp_path / "pack.xlsx")["Provisions"]["A6"]
    assert ("=1+1", "s", True) == (cell.value, cell.data_type, cell.quotePrefix)


def test_the_policy_folds_under_the_first_line_of_each_section(packs: dict[str, Path]) -> None:
    sheet = opened(packs["en"])["Policy"]
    keys = {row: sheet.cell(row, 1).value for row in range(5, sheet.max_row + 1)}
    shown_keys = [key for row, key in keys.items() if not sheet.row_dimensions[row].hidden]
    assert shown_keys[:6] == ["as_of", "name", "version", "currency", "aging.basis", "dunning.procedure"]
    assert len(shown_keys) == len({key.partition(".")[0] for key in shown_keys}) < 40 < len(keys)
    assert {sheet.row_dimensions[row].outlineLevel for row, key in keys.items() if key not in shown_keys} == {1}
    assert sheet.sheet_properties.outlinePr.summaryBelow is False


def test_charts_say_what_is_to_be_seen(packs: dict[str, Path]) -> None:
    from zipfile import ZipFile

    with ZipFile(packs["en"]) as package:
        drawings = [
            package.read(name).decode() for name in package.namelist() if name.startswith("xl/drawings/drawing")
        ]
    said = [text for drawing in drawings for text in re.findall(r'descr="([^"]+)"', drawing)]
    assert said == ["Aging", "Month-end trend", "Open at month end"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_column_holds_what_no_cell_can(packs: dict[str, Path], lang: str) -> None:
    book = opened(packs[lang], values=True)
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [value for value in cells if isinstance(value, str) and re.match(r"#[A-Z/0]+[!?]|nan$|inf$", value)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_golden_dump(packs: dict[str, Path], lang: str, update_golden: bool) -> None:
    said, golden = dump(packs[lang]), GOLDEN / f"pack.{lang}.txt"
    if update_golden:
        golden.write_text(said, encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == said
