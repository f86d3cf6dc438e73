"""The pack inside a workbook that is not ours: all of it comes, nothing else changes, and the next run replaces it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.dump import opened
from tests.support.features_attached import macros, pivot_table
from tests.support.features_data import table
from tests.support.features_drawn import charts, comments
from tests.support.features_layout import dates_of_1904, hidden_sheets
from tests.support.integrity import faults
from tests.support.ledgers import ROWS, SHEET, ledger_book, plain
from tests.support.packages import Parts, read_parts, replace, reworked
from tests.support.schema import new_errors
from workbooks import AS_OF
from xlcredit.cli import main
from xlcredit.excel.marks import host_of, own_sheets
from xlcredit.excel.pack.marks import COMMENT, PREFIX

INDEXES = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
"""Parts that say what else there is."""


def run(source: Path, target: Path, *more: str) -> dict[str, str]:
    """The pack's sheets after a run, in order: key → name."""
    main(["run", str(source), "--as-of", f"{AS_OF}", "-o", str(target), "--fail-on", "never", *more])
    return pack_of(target)


def pack_of(path: Path) -> dict[str, str]:
    host = host_of(path)
    names = {name: mark.removeprefix(PREFIX) for mark, name in host.own.items() if mark.startswith(PREFIX)}
    return {names[name]: name for name in host.sheets if name in names}


def changed(before: Parts, after: Parts) -> set[str]:
    return {name for name, data in before.items() if after.get(name) != data}


def sheet_parts(path: Path, *names: str) -> set[str]:
    """The parts of these sheets and of their tables."""
    from xlcredit.excel.ooxml.book import Book
    from xlcredit.excel.ooxml.package import Package

    with Package.open(path) as package:
        parts = {Book(package).tab(name).part for name in names}
        return parts | {found for part in parts for kind, found in package.related(part).values() if "/table" in kind}


@pytest.fixture(scope="module")
def names(inside: Path) -> dict[str, str]:
    return pack_of(inside)


@pytest.fixture(scope="module")
def book(inside: Path) -> Workbook:
    return opened(inside)


@pytest.fixture(scope="module")
def alone(packs: dict[str, Path]) -> Workbook:
    return opened(packs["en"])


def test_every_sheet_of_the_pack_comes_and_what_was_there_stays_as_it_was(
    files: tuple[Path, Path], inside: Path, book: Workbook, alone: Workbook, names: dict[str, str]
) -> None:
    before, after = list(host_of(files[0]).sheets), book.sheetnames
    assert after[: len(before)] == before, "ours come last"
    assert after[len(before) :] == list(names.values())
    assert len(names) == len(alone.sheetnames)
    ours = sheet_parts(files[0], "Open items", "Customers")
    assert changed(read_parts(files[0]), read_parts(inside)) <= INDEXES | ours
    assert faults(inside) == []


def test_no_list_stands_there_twice(inside: Path) -> None:
    marks = own_sheets(inside).keys()
    assert not [mark for mark in marks if mark.startswith("list_")]
    assert not {"findings", "policy"} & marks


def test_the_sheet_that_was_in_front_stays_there_alone(book: Workbook) -> None:
    assert [book.active.title, *(sheet.title for sheet in book if sheet.sheet_view.tabSelected)] == ["Open items"] * 2


def test_its_formulas_are_those_of_a_pack_alone(book: Workbook, alone: Workbook, names: dict[str, str]) -> None:
    for at, key in enumerate(names):
        there = {place: text.replace("OpenItems_2", "OpenItems") for place, text in live(book[names[key]]).items()}
        assert there == live(alone[alone.sheetnames[at]]), f"{key}: the ledger has a table OpenItems of its own"


def live(sheet: Worksheet) -> dict[str, str]:
    return {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"}


@pytest.mark.parametrize("key", ["dashboard", "card", "limits", "calls"])
def test_its_cells_look_as_in_a_pack_alone(book: Workbook, alone: Workbook, names: dict[str, str], key: str) -> None:
    there = book[names[key]]
    sheet = alone[alone.sheetnames[list(names).index(key)]]
    assert looks(there) == looks(sheet)
    assert colours(there) == colours(sheet)
    assert there.freeze_panes == sheet.freeze_panes
    assert there.sheet_properties.tabColor == sheet.sheet_properties.tabColor
    assert [rule.sqref for rule in there.data_validations.dataValidation] == [
        rule.sqref for rule in sheet.data_validations.dataValidation
    ]


def looks(sheet: Worksheet) -> dict[str, tuple]:
    return {cell.coordinate: look(cell) for row in sheet.iter_rows() for cell in row}


def look(cell) -> tuple:
    font, fill, side = cell.font, cell.fill, cell.alignment
    font = (font.b, font.u, font.sz, font.name, font.color.rgb if font.color else None)
    return (*font, fill.fgColor.rgb, cell.number_format, side.horizontal, side.wrap_text, cell.border.bottom.style)


def colours(sheet: Worksheet) -> list[tuple]:
    """Conditional formats with the colours that they lay over cells."""
    rules = ((area.sqref, rule) for area in sheet.conditional_formatting for rule in area.rules)
    return [
        (f"{where}", rule.type, rule.formula, rule.dxf.fill.bgColor.rgb if rule.dxf else None) for where, rule in rules
    ]


def test_its_charts_draw_its_own_figures(book: Workbook, names: dict[str, str]) -> None:
    drawn = {key: [reference(each) for each in book[names[key]]._charts] for key in ("dashboard", "card")}
    assert {key: len(found) for key, found in drawn.items()} == {"dashboard": 2, "card": 1}
    for key, found in drawn.items():
        assert {sheet for sheets in found for sheet in sheets} == {names[key]}


def reference(chart) -> set[str]:
    """The sheets that a chart's figures stand on."""
    return {series.val.numRef.f.rpartition("!")[0].strip("'") for series in chart.series}


def test_every_link_leads_to_a_sheet_that_is_there(book: Workbook, names: dict[str, str]) -> None:
    leads = {link for name in names.values() for link in links(book[name])}
    assert {place.rpartition("!")[0].strip("'").replace("''", "'") for place in leads} == set(names.values())


def links(sheet: Worksheet) -> set[str]:
    return {cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink}


def test_the_next_runs_leave_the_same_parts_with_the_same_in_them(files, inside: Path, names, tmp_path: Path) -> None:
    again = tmp_path / inside.name
    again.write_bytes(inside.read_bytes())
    for _ in range(2):
        options = ["--as-of", f"{AS_OF}", "--rates", str(files[1]), "--in-place", "--fail-on", "never"]
        main(["run", str(again), *options])
        assert changed(read_parts(inside), read_parts(again)) <= sheet_parts(inside, names["about"]), "the file's hash"
        assert read_parts(again).keys() == read_parts(inside).keys()


@pytest.mark.parametrize("maker", [charts, pivot_table, macros, table, comments, hidden_sheets, dates_of_1904])
def test_whatever_else_a_workbook_holds_stays(maker, tmp_path: Path) -> None:
    source = maker(tmp_path / ("ledger.xlsm" if maker is macros else "ledger.xlsx"))
    target = tmp_path / f"out{source.suffix}"
    names = run(source, target, "--pack")
    assert {"dashboard", "card", "limits", "about"} <= names.keys()
    ours = sheet_parts(source, SHEET)
    assert changed(read_parts(source), read_parts(target)) <= INDEXES | ours
    assert faults(target) == []


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A ledger with sheets, a table and names that are called as the pack's are, before a run and after."""
    folder = tmp_path_factory.mktemp("crowded")
    source, target = folder / "账.xlsx", folder / "out.xlsx"
    with ledger_book(source, ROWS, date_1904=True) as (book, _):
        sheet = book.add_worksheet("Dashboard")
        sheet.add_table(0, 0, 3, 1, {"name": "aging", "columns": [{"header": "Due"}, {"header": "Total"}]})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": ["Dashboard", 1, 1, 3, 1]})
        sheet.insert_chart("D2", chart)
        book.add_worksheet("limits")
        book.add_worksheet("说明").write(0, 0, "不要改动")
        book.define_name("customer_list", "=Dashboard!$A$1")
    run(source, target, "--pack")
    return source, target


def test_nothing_of_the_pack_is_called_as_something_is_already(crowded: tuple[Path, Path]) -> None:
    source, target = crowded
    names, host = pack_of(target), host_of(target)
    assert (names["dashboard"], names["limits"], names["aging"]) == ("Dashboard (2)", "Limits (2)", "Aging")
    assert {"aging", "Aging_2"} <= host.tables.keys()
    assert (host.tables["aging"], host.tables["Aging_2"]) == ("Dashboard", "Aging")
    assert {name: host.names[name] for name in ("customer_list", "customer_list_2")} == {
        "customer_list": "",
        "customer_list_2": COMMENT,
    }
    assert changed(read_parts(source), read_parts(target)) <= INDEXES | sheet_parts(source, SHEET)
    assert faults(target) == new_errors(source, target) == []
    rules = opened(target)[names["card"]].data_validations.dataValidation
    assert [rule.formula1 for rule in rules] == ["customer_list_2"]


def test_its_figures_are_those_of_its_own_tables(crowded: tuple[Path, Path]) -> None:
    dashboard = opened(crowded[1])[pack_of(crowded[1])["dashboard"]]
    assert dashboard["A1"].value == "Dashboard", "headed as ever"
    assert dashboard["A5"].value == "=ROUND(SUM(Aging_2[Total (CNY)]),2)"


def test_days_are_counted_as_the_workbook_counts_them(crowded: tuple[Path, Path], tmp_path: Path) -> None:
    source = plain(tmp_path / "ledger.xlsx")
    names = run(source, tmp_path / "out.xlsx", "--pack")
    by_1900 = dates(tmp_path / "out.xlsx", names["open_items"])
    assert by_1900
    assert dates(crowded[1], pack_of(crowded[1])["open_items"]) == by_1900


def dates(path: Path, sheet: str) -> list:
    rows = opened(path, values=True)[sheet].iter_rows(min_row=5)
    return [cell.value for row in rows for cell in row if cell.is_date]


def test_a_renamed_and_moved_sheet_keeps_its_name_and_its_place(crowded: tuple[Path, Path], tmp_path: Path) -> None:
    renamed = tmp_path / "renamed.xlsx"
    renamed.write_bytes(crowded[1].read_bytes())
    with reworked(renamed) as parts:
        book = parts["xl/workbook.xml"].decode()
        parts["xl/workbook.xml"] = re.sub(r"\bAging\b(?! by)", "Q4", book).encode()
    names = run(renamed, tmp_path / "out.xlsx")
    assert (names["aging"], pack_of(crowded[1])["aging"]) == ("Q4", "Aging")
    assert list(names) == list(pack_of(crowded[1]))
    assert "'Q4'!A1" in links(opened(tmp_path / "out.xlsx")[names["dashboard"]])


def test_plain_lists_give_way_to_the_pack(tmp_path: Path) -> None:
    source = plain(tmp_path / "ledger.xlsx")
    run(source, tmp_path / "plain.xlsx")
    assert {"list_calls", "findings"} <= own_sheets(tmp_path / "plain.xlsx").keys()
    names = run(tmp_path / "plain.xlsx", tmp_path / "out.xlsx", "--pack")
    assert names["calls"] == "Call list"
    assert names["findings"] == "Findings"
    assert not {"list_calls", "findings"} & own_sheets(tmp_path / "out.xlsx").keys()


def test_a_policy_sheet_that_is_there_stays_the_one(tmp_path: Path) -> None:
    with ledger_book(tmp_path / "ledger.xlsx", ROWS) as (book, _):
        sheet = book.add_worksheet("Policy")
        sheet.write_row(0, 0, ["Key", "Entry", "Side", "Bound", "Value", "Meaning"])
        sheet.write_row(1, 0, ["currency", "", "", "", "EUR", ""])
    names = run(tmp_path / "ledger.xlsx", tmp_path / "out.xlsx", "--pack")
    assert "policy" not in names
    assert [name for name in opened(tmp_path / "out.xlsx").sheetnames if "Policy" in name] == ["Policy"]


def test_live_formulas_bring_the_policy_that_they_read_and_the_pack_none(tmp_path: Path) -> None:
    source = plain(tmp_path / "ledger.xlsx")
    names = run(source, tmp_path / "out.xlsx", "--pack", "--formulas")
    assert "policy" not in names
    assert own_sheets(tmp_path / "out.xlsx")["policy"] == "Policy"
    assert faults(tmp_path / "out.xlsx") == []
    again = run(tmp_path / "out.xlsx", tmp_path / "again.xlsx")
    assert again == names
    assert faults(tmp_path / "again.xlsx") == []


def test_what_is_changed_on_the_packs_policy_holds_for_the_next_run(tmp_path: Path, capsys) -> None:
    source = plain(tmp_path / "ledger.xlsx")
    policy = run(source, tmp_path / "once.xlsx", "--pack")["policy"]
    book = opened(tmp_path / "once.xlsx")
    row = next(row for row in book[policy].iter_rows() if row[0].value == "currency")
    row[4].value = "EUR"
    book.save(tmp_path / "once.xlsx")
    capsys.readouterr()
    main(["run", str(tmp_path / "once.xlsx"), "-o", str(tmp_path / "twice.xlsx"), "--fail-on", "never"])
    said = opened(tmp_path / "twice.xlsx", values=True)[pack_of(tmp_path / "twice.xlsx")["about"]]
    assert [row[1].value for row in said.iter_rows() if row[0].value == "Currency"] == ["EUR"]
    assert f"as of {AS_OF}" not in capsys.readouterr().out, "the day of the pack is not the day of the next"


def test_a_workbook_whose_structure_is_locked_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = plain(tmp_path / "ledger.xlsx")
    with reworked(source) as parts:
        replace(parts, "xl/workbook.xml", "<sheets>", '<workbookProtection lockStructure="1"/><sheets>')
    assert main(["run", str(source), "--pack", "-o", str(tmp_path / "out.xlsx")]) == 2
    assert "protected" in capsys.readouterr().err
    assert not (tmp_path / "out.xlsx").exists()


def test_a_text_table_gets_one_too(tmp_path: Path) -> None:
    source = tmp_path / "ledger.csv"
    source.write_text("Customer No,Document Number,Due Date,Amount\nC1,I-1,2026-09-01,100.00\n", encoding="utf-8")
    assert {"dashboard", "card"} <= run(source, tmp_path / "out.xlsx", "--pack").keys()
    assert faults(tmp_path / "out.xlsx") == []


def test_a_pack_in_chinese_stands_in_a_ledger(tmp_path: Path) -> None:
    names = run(plain(tmp_path / "ledger.xlsx"), tmp_path / "out.xlsx", "--pack", "--lang", "zh")
    assert (names["dashboard"], names["limits"]) == ("总览", "信用额度")
    assert faults(tmp_path / "out.xlsx") == []
