"""The input workbook: every column is read as what it is meant for, its examples are reviewed, and it recalculates."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.formula.translate import Translator
from openpyxl.utils.datetime import to_excel

from tests.support import office, schema
from tests.support.dump import dump
from tests.support.engines import by_ironcalc
from workbooks.template import build_template
from workbooks.template_recipe import template
from xlcredit.cli import main
from xlcredit.control import review
from xlcredit.control.capabilities import lacking
from xlcredit.excel.desk import open_ledger
from xlcredit.excel.files import FileWorkbook
from xlcredit.locales import LANGUAGES, Words
from xlcredit.policy import load

AS_OF = date(2026, 11, 26)


@pytest.fixture(scope="module", params=LANGUAGES)
def lang(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def built(lang, tmp_path_factory) -> Path:
    return build_template(tmp_path_factory.mktemp("template") / "input.xlsx", AS_OF, lang)


@pytest.fixture(scope="module")
def classic(lang, tmp_path_factory) -> Path:
    return build_template(tmp_path_factory.mktemp("template") / "classic.xlsx", AS_OF, lang, "classic")


@pytest.fixture(scope="module")
def desk(built):
    return open_ledger(FileWorkbook(built))


def test_every_sheet_and_column_is_read_as_what_it_is_meant_for(lang: str, desk):
    read = {desk.recognised.sheet: desk.recognised, desk.customers.sheet: desk.customers}
    read |= {found.sheet: found for found in desk.records}
    meant = {
        sheet.name: {column.role: at for at, column in enumerate(sheet.columns)} for sheet in template(lang).sheets
    }
    assert meant == {name: dict(found.columns) for name, found in read.items()}


def test_the_examples_answer_every_question_and_give_no_finding_of_their_own(desk):
    assert {} == {question: lacks for question, lacks in lacking(desk.ledger).items() if lacks}
    assert ["last-reference-rate"] == [found.code for found in review(desk.ledger, load(), AS_OF).findings]


def test_the_examples_are_reviewed(desk):
    found = review(desk.ledger, load(), AS_OF)
    assert ["EXAMPLE-1", "EXAMPLE-2", "EXAMPLE-3"] == found.customers.customer.tolist()
    assert [46_500.5, 0.0, 55_600.0] == found.customers.overdue.tolist()
    assert ["A", "B", "E"] == sorted(found.customers.grade.tolist())


def test_every_row_of_the_tables_is_live(built: Path, capsys, lang: str):
    book = openpyxl.load_workbook(built)
    for sheet in template(lang).sheets[:2]:
        page = book[sheet.name]
        own = [cell for row in page.iter_rows(min_row=2, min_col=len(sheet.columns) + 1) for cell in row]
        assert {"f"} <= {cell.data_type for cell in own}
        (table,) = page.tables.values()
        assert page.dimensions.split(":")[1] == table.ref.split(":")[1]


@pytest.mark.parametrize("kind", ["native", "classic"])
def test_functions_are_shaded_and_no_example(built: Path, classic: Path, lang: str, kind: str):
    book = openpyxl.load_workbook(built if kind == "native" else classic)
    for sheet in template(lang).sheets[:2]:
        for row in book[sheet.name].iter_rows(min_row=2):
            typed, ours = row[: len(sheet.columns)], row[len(sheet.columns) :]
            assert {("F2F2F2", False)} == {(cell.fill.fgColor.rgb[2:], bool(cell.font.i)) for cell in ours}
            assert {"000000"} == {cell.fill.fgColor.rgb[2:] for cell in typed}


def test_every_example_looks_like_one(built: Path, lang: str):
    book = openpyxl.load_workbook(built)
    for sheet in template(lang).sheets[2:]:
        told = [cell for row in book[sheet.name].iter_rows(min_row=2) for cell in row if cell.value is not None]
        assert [] == [cell.coordinate for cell in told if not cell.font.i]


def test_a_customer_typed_below_the_examples_gets_a_score(classic: Path, lang: str, tmp_path: Path):
    book = openpyxl.load_workbook(classic)
    page = book[template(lang).sheets[1].name]
    columns = {column.role: at for at, column in enumerate(template(lang).sheets[1].columns, 1)}
    for cell in page[4]:  # as Excel fills a new row of the table
        ours, held = cell.column > len(columns), cell.value
        is_formula = ours and isinstance(held, str) and held.startswith("=")
        there = f"{cell.column_letter}5"
        page[there].value = Translator(held, cell.coordinate).translate_formula(there) if is_formula else None
    for role, given in {"customer": "K1", "years_of_relationship": 8, "debt_ratio": 0.4, "net_margin": 0.08}.items():
        page.cell(5, columns[role]).value = given
    book.save(tmp_path / "filled.xlsx")
    filled = openpyxl.load_workbook(office.convert(tmp_path / "filled.xlsx", "xlsx"), data_only=True)[page.title]
    score = [cell.value for cell in filled[1]].index(Words.of(lang)("columns", "score"))
    assert 0 < filled[5][score].value <= 100


def test_headings_carry_notes_and_choices(built: Path, lang: str):
    book = openpyxl.load_workbook(built)
    for sheet in template(lang).sheets:
        page = book[sheet.name]
        assert [column.note for column in sheet.columns] == [
            cell.comment.text for cell in page[1][: len(sheet.columns)]
        ]
        offered = {rule.formula1 for rule in page.data_validations.dataValidation if rule.type == "list"}
        assert {f'"{",".join(column.choices)}"' for column in sheet.columns if column.choices} == offered


def test_the_start_page_links_every_sheet(built: Path, lang: str):
    book = openpyxl.load_workbook(built)
    page = book[template(lang).start]
    links = [cell.hyperlink.location for row in page for cell in row if cell.hyperlink]
    assert [f"'{sheet.name}'!A1" for sheet in template(lang).sheets] == links


def test_two_builds_are_equal_to_the_last_byte_and_the_package_has_no_fault(built: Path, lang: str, tmp_path: Path):
    assert built.read_bytes() == build_template(tmp_path / "input.xlsx", AS_OF, lang).read_bytes()
    assert [] == schema.errors(built)


@pytest.mark.parametrize("kind", ["native", "classic"])
def test_formulas_give_their_cached_values_in_an_independent_engine(built: Path, classic: Path, lang: str, kind: str):
    built = built if kind == "native" else classic
    cached, formulas = openpyxl.load_workbook(built, data_only=True), openpyxl.load_workbook(built)
    read = by_ironcalc(built)
    for sheet in template(lang).sheets[:2]:
        page, last = formulas[sheet.name], formulas[sheet.name].max_column
        said = read(0, 0, page.max_row, last, sheet.name)
        for cell in (cell for row in page.iter_rows(min_row=2) for cell in row if cell.data_type == "f"):
            shown, given = cached[sheet.name][cell.coordinate].value, said[cell.row - 1][cell.column - 1]
            shown = to_excel(shown) if isinstance(shown, datetime) else shown
            assert (given or "") == (shown or ""), f"{sheet.name}!{cell.coordinate}"


@pytest.mark.parametrize("kind", ["native", "classic"])
def test_the_golden_dump(built: Path, classic: Path, lang: str, kind: str, update_golden: bool):
    own = (
        template(lang).start,
        *(sheet.name for sheet in template(lang).sheets),
    )  # names and policy have tests of theirs
    pages = [
        page
        for page in dump(built if kind == "native" else classic).split("\n=== ")[1:]
        if page.partition("\n")[0] in own
    ]
    said, golden = "\n=== ".join(["", *pages]), Path(__file__).parent / "golden" / f"template.{lang}.{kind}.txt"
    if update_golden:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(said, encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == said


def test_no_cell_holds_an_error(built: Path, classic: Path):
    for path in (built, classic):
        book = openpyxl.load_workbook(path, data_only=True)
        assert [] == [cell.coordinate for page in book for row in page for cell in row if cell.data_type == "e"]


def test_classic_formulas_give_their_cached_values_in_libreoffice(classic: Path, lang: str):
    again = openpyxl.load_workbook(office.convert(classic, "xlsx"), data_only=True)
    cached, formulas = openpyxl.load_workbook(classic, data_only=True), openpyxl.load_workbook(classic)
    compared = 0
    for sheet in template(lang).sheets[:2]:
        for row in formulas[sheet.name].iter_rows(min_row=2):
            for cell in row:
                if cell.data_type == "f":
                    compared += 1
                    expected = cached[sheet.name][cell.coordinate].value
                    actual = again[sheet.name][cell.coordinate].value
                    assert (
                        (expected or "") == pytest.approx(actual or "")
                        if isinstance(expected, float)
                        else ((expected or "") == (actual or ""))
                    ), f"{sheet.name}!{cell.coordinate}"
    assert compared > 60


def test_the_command_builds_one_and_says_where(tmp_path: Path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert 0 == main(["build", "template", "--as-of", "2026-11-26"])
    assert "Written: credit-input.xlsx\n" == capsys.readouterr().out
    assert Path("credit-input.xlsx").read_bytes() == build_template(tmp_path / "x.xlsx", AS_OF).read_bytes()
