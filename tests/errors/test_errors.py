"""Every code of an error or finding is provoked, and says exactly what its case has in writing."""

from __future__ import annotations

import csv
import json
import re
import tomllib
from contextlib import nullcontext
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from tests.errors import recipes
from tests.errors.cases import Case, cases, write_says
from xlcredit import cli, locales
from xlcredit.kernel.errors import XlcreditError
from xlcredit.locales import LANGUAGES, Words

CASES = cases()
RECORD = "review.json"


def codes_of(lang):
    return set(tomllib.loads(files(locales).joinpath(f"{lang}.toml").read_text(encoding="utf-8"))["problems"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_has_a_case_and_every_case_a_code(lang):
    assert sorted(codes_of(lang)) == sorted(CASES)


@pytest.mark.parametrize("code", CASES)
def test_a_case_says_what_it_says(code, tmp_path, monkeypatch, capsys, update_golden):
    case = CASES[code]
    monkeypatch.chdir(tmp_path)
    said = {}
    for lang in LANGUAGES:
        folder = tmp_path / lang
        folder.mkdir()
        monkeypatch.chdir(folder)
        lay_out(case, folder)
        said[lang] = (called if case.call else found if case.is_finding else refused)(case, lang, monkeypatch, capsys)
    if update_golden:
        write_says(code, said)
    else:
        assert case.says == said


def lay_out(case: Case, folder: Path) -> None:
    """Puts the case's files into a folder."""
    for name, text in case.files.items():
        (folder / name).write_text(text, encoding="utf-8")
    for name, sheets in case.workbooks.items():
        write_workbook(folder / name, sheets)
    for name, recipe in case.made.items():
        recipes.FILES[recipe](folder / name)


def write_workbook(path: Path, sheets: dict[str, str]) -> None:
    """A workbook of tables: numbers and dates as such, #N/A an error, =? a formula never calculated."""
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, table in sheets.items():
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(csv.reader(table.strip().splitlines())):
                for column, text in enumerate(cells):
                    if text in ("#N/A", "=?"):
                        sheet.write_formula(row, column, "=NA()", None, text.strip("=?"))
                    elif text[:4].isdigit() and text[4:5] == "-":
                        sheet.write_datetime(row, column, date.fromisoformat(text), day)
                    elif text.replace(".", "", 1).isdigit():
                        sheet.write_number(row, column, float(text))
                    else:
                        sheet.write_string(row, column, text)


def refused(case, lang, monkeypatch, capsys):
    """What the command prints when an error ends it, which must be the case's, alone or among the faults."""
    raised = []
    find = cli._command

    def recording(name):
        def command(options, words):
            try:
                return find(name)(options, words)
            except XlcreditError as error:
                raised.append(error)
                raise

        return command

    with monkeypatch.context() as patched:
        patched.setattr(cli, "_command", recording)
        before = contents()
        with recipes.FAULTS[case.fault]() if case.fault else nullcontext():
            assert 2 == cli.main([*case.command, "--lang", lang])
        assert before == contents(), "something was left half-written"
    (error,) = raised
    assert case.code in [error.code, *(fault.code for fault in getattr(error, "faults", ()))]
    return capsys.readouterr().err.strip()


def contents():
    """Every file here with what is in it."""
    return {path: path.read_bytes() for path in sorted(Path().rglob("*")) if path.is_file()}


def found(case, lang, _monkeypatch, capsys):
    """The findings of the case's code, a line each."""
    assert case.exit == cli.main([*case.command, "--lang", lang, "--json", RECORD])
    capsys.readouterr()
    words = Words.of(lang)
    findings = json.loads(Path(RECORD).read_text(encoding="utf-8"))["findings"]
    if not any(finding["code"] == case.code for finding in findings):
        return listed(case, words)
    return "\n".join(
        f"{words('severities', finding['severity'])}: {finding['where']}: {finding['message']} {finding['remedy']}"
        for finding in findings
        if finding["code"] == case.code
    )


def listed(case, words):
    """The same, for what only the Findings sheet says."""
    workbook = CalamineWorkbook.from_path("ledger.reviewed.xlsx")
    rows = workbook.get_sheet_by_name(words("sheets", "findings")).to_python()[1:]
    return "\n".join(
        f"{severity}: {message} {remedy}" for severity, code, _, message, remedy in rows if code == case.code
    )


def called(case, lang, _monkeypatch, _capsys):
    """The words of the error that a recipe raises."""
    with pytest.raises(XlcreditError, match=re.escape(case.says.get("en", ""))) as raised:
        recipes.CALLS[case.call](Path())
    assert case.code == raised.value.code
    return raised.value.in_words(Words.of(lang))
