"""``xlcredit run``: real files in, the same files enriched out, with the right exit code."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from tests.support.dump import opened
from tests.support.ledgers import HEADER_ROW, ROWS, ledger_book
from xlcredit.cli import main

LEDGER_HEADERS = ["Days past due", "Aging bucket", "Dunning stage", "Next action", "Open amount"]
"""The ledger states no open amounts, so they are derived."""


def xlcredit(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.xlsx"
    with ledger_book(path, ROWS):
        pass
    return path


def record_of(path: Path, *arguments: object) -> dict:
    out = path.with_name("review.json")
    assert 0 == xlcredit("run", path, "--json", out, "--fail-on", "never", *arguments)
    return json.loads(out.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("lang", "of_sheet", "of_today"),
    [("en", "2026-09-30 (of the Policy sheet)", " (today)"), ("zh", "2026-09-30（取自信用政策工作表）", "（今天）")],
)
def test_a_date_given_goes_before_the_policy_sheet_s_and_that_before_today(
    workbook: Path, lang: str, of_sheet: str, of_today: str, capsys
) -> None:
    live, never = workbook.with_name("live.xlsx"), ("--lang", lang, "--fail-on", "never")

    def first_line(*arguments: object) -> str:
        assert 0 == xlcredit("run", *arguments, *never)
        return capsys.readouterr().out.splitlines()[0]

    assert first_line(workbook, "--as-of", "2026-09-30", "--formulas", "-o", live).endswith("2026-09-30")
    assert first_line(live).endswith(of_sheet)
    assert first_line(live, "--as-of", "2026-10-31").endswith("2026-10-31")
    assert first_line(workbook).endswith(f"{datetime.now().astimezone().date()}{of_today}")


def test_without_a_date_the_figures_are_those_of_the_policy_sheet_s(workbook: Path) -> None:
    live = workbook.with_name("live.xlsx")
    assert 0 == xlcredit("run", workbook, "--as-of", "2026-09-30", "--formulas", "-o", live, "--fail-on", "never")
    assert record_of(live)["totals"] == record_of(workbook, "--as-of", "2026-09-30")["totals"]


def rows_of(path: Path, sheet: str) -> list[list[object]]:
    return [list(row) for row in openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)]


def test_the_ibm_ledger_gives_its_control_totals(real_files: Path, tmp_path: Path) -> None:
    """84 open invoices of 52 customers, 5,119.85: 72 not due = 4,284.29 and 12 at 1–30 days = 835.56."""
    found = record_of(
        _copied(real_files / "ibm_accounts_receivable.csv", tmp_path), "--as-of", "2013-06-30", "--set", "currency=USD"
    )
    open_items = [item for item in found["items"] if item["open"] != "0.00"]
    assert 84 == len(open_items)
    assert 52 == len({item["customer"] for item in open_items})
    assert 2466 == len(found["items"])
    assert {"open": "5119.85", "overdue": "835.56"} == {key: found["totals"]["USD"][key] for key in ("open", "overdue")}
    assert {"not_due": "4284.29", "1-30": "835.56"} == {
        key: amount for key, amount in found["totals"]["USD"]["buckets"].items() if amount != "0.00"
    }


def _copied(path: Path, folder: Path) -> Path:
    copy = folder / path.name
    copy.write_bytes(path.read_bytes())
    return copy


def test_the_columns_stand_beside_the_ledger(workbook: Path) -> None:
    assert 0 == xlcredit("run", workbook, "--as-of", "2026-10-31", "--fail-on", "never")
    rows = rows_of(workbook.with_name("ledger.reviewed.xlsx"), "Open items")
    assert LEDGER_HEADERS == rows[HEADER_ROW][7:]
    assert [
        [122, "121–180 days", 3, "Hand over to a lawyer for legal collection", 12500],
        [11, "1–30 days", 1, "Send a payment reminder by e-mail", 830.55],
        [47, "31–60 days", 2, "Call the customer about the overdue amount", 98000],
        [59, "31–60 days", 0, None, -1200.5],
        [-34, "Not due", 0, None, 4310.07],
        [184, "Over 180 days", 3, "Hand over to a lawyer for legal collection", 0.01],
        [0, "Not due", 1, "Send a payment reminder by e-mail", 77777.77],
        [259, "Over 180 days", 3, "Hand over to a lawyer for legal collection", 1999.99],
    ] == [row[7:] for row in rows[HEADER_ROW + 1 :]]


def test_chinese_words_for_chinese_users(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == xlcredit("run", workbook, "--as-of", "2026-10-31", "--lang", "zh", "--fail-on", "never")
    book = openpyxl.load_workbook(workbook.with_name("ledger.reviewed.xlsx"))
    assert "信用审查" in book.sheetnames
    assert ["逾期天数", "账龄区间", "催收阶段"] == [cell.value for cell in book["Open items"][HEADER_ROW + 1]][7:10]
    said = capsys.readouterr().out
    assert "截止日 2026-10-31" in said
    assert re.search(r"待办：\S+ \d+、\S+ \d+", said), "Chinese names stand one after another with a comma of their own"


def test_the_source_is_not_touched(workbook: Path) -> None:
    before = hashlib.sha256(workbook.read_bytes()).hexdigest()
    found = record_of(workbook, "--as-of", "2026-10-31")
    assert before == hashlib.sha256(workbook.read_bytes()).hexdigest() == found["source"]["sha256"]


def test_in_place_changes_the_file_and_keeps_a_backup(workbook: Path) -> None:
    before = workbook.read_bytes()
    assert 0 == xlcredit("run", workbook, "--as-of", "2026-10-31", "--in-place", "--fail-on", "never")
    backups = [path for path in workbook.parent.iterdir() if path != workbook]
    assert [before] == [path.read_bytes() for path in backups]
    assert LEDGER_HEADERS == rows_of(workbook, "Open items")[HEADER_ROW][7:]


def test_two_runs_are_one_run(workbook: Path) -> None:
    once, twice = workbook.with_name("once.xlsx"), workbook.with_name("twice.xlsx")
    arguments = ("--as-of", "2026-10-31", "--fail-on", "never", "-o")
    xlcredit("run", workbook, *arguments, once)
    xlcredit("run", once, *arguments, twice)
    for sheet in openpyxl.load_workbook(once).sheetnames:
        assert rows_of(once, sheet) == rows_of(twice, sheet)


def test_another_day_replaces_the_columns(workbook: Path) -> None:
    later = workbook.with_name("later.xlsx")
    xlcredit("run", workbook, "--as-of", "2026-10-31", "--fail-on", "never", "--lang", "zh", "-o", later)
    xlcredit("run", later, "--as-of", "2026-11-01", "--fail-on", "never", "--in-place")
    rows = rows_of(later, "Open items")
    assert LEDGER_HEADERS == rows[HEADER_ROW][7:]
    assert 123 == rows[HEADER_ROW + 1][7]


@pytest.mark.parametrize(("fail_on", "exit_code"), [("error", 0), ("warning", 1), ("never", 0)])
def test_findings_at_or_above_fail_on_exit_with_1(workbook: Path, fail_on: str, exit_code: int) -> None:
    """The ledger has three currencies and no rates: two warnings."""
    assert exit_code == xlcredit("run", workbook, "--as-of", "2026-10-31", "--fail-on", fail_on)


def test_rates_bring_the_currencies_together(workbook: Path) -> None:
    rates = workbook.with_name("rates.csv")
    rates.write_text(
        "currency,rate,date\nUSD,7.1,2026-10-30\nEUR,8.2,2026-09-30\nEUR,8.3,2026-10-31\nEUR,9.9,2026-11-01\n"
    )
    found = record_of(workbook, "--as-of", "2026-10-31", "--rates", rates)
    exposure = {line["name"]: line["exposure"] for line in found["customers"]}
    assert "CNY" == found["currency"]
    assert "94646.91" == exposure["Northwind Tools Ltd"]  # 12,500.00 and 830.55 USD at 7.1, each rounded
    assert [] == found["findings"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["missing.xlsx"], "missing.xlsx"),
        (["ledger.xlsx", "--policy", "strict"], "strict"),
        (["ledger.xlsx", "--set", "limit.stp=500"], "the nearest is step"),
        (["ledger.xlsx", "--sheet", "Open item"], "Open items"),
        (["ledger.xlsx", "-o", "nowhere/out.xlsx"], "nowhere"),
        (["ledger.xlsx", "--json", "nowhere/review.json"], "nowhere"),
        (["ledger.xlsx", "-o", "ledger.xlsx"], "ledger.xlsx"),
    ],
)
def test_what_cannot_be_done_exits_with_2_and_writes_nothing(
    workbook: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: Sequence[str],
    says: str,
) -> None:
    monkeypatch.chdir(workbook.parent)
    assert 2 == xlcredit("run", *arguments)
    assert says in capsys.readouterr().err
    assert ["ledger.xlsx"] == [path.name for path in workbook.parent.iterdir()]


def test_a_name_like_a_formula_comes_out_as_text(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.csv"
    ledger.write_text(
        "Customer,Document Number,Document Date,Due Date,Amount\n"
        "=cmd|' /C calc'!A0,INV-1,2026-09-01,2026-10-01,100.00\n",
        encoding="utf-8",
    )
    assert 0 == xlcredit("run", ledger, "--as-of", "2026-10-31")
    book = openpyxl.load_workbook(tmp_path / "ledger.reviewed.xlsx")
    cell = book["Credit review"]["A2"]
    assert ("=cmd|' /C calc'!A0", "s", True) == (cell.value, cell.data_type, cell.quotePrefix)


def test_json_has_the_documented_keys(workbook: Path) -> None:
    found = record_of(workbook, "--as-of", "2026-10-31")
    assert ["as_of", "currency", "policy", "source", "totals", "customers", "items", "lists", "findings"] == list(found)
    assert [
        "customer", "name", "open", "overdue", "exposure", "avg_days_late", "card", "score", "completeness", "grade",
        "limit", "constraint", "headroom", "utilization", "reasons",
    ] == list(found["customers"][0])  # fmt: skip
    assert [
        "row", "customer", "document", "document_date", "due_date", "amount", "open", "currency", "days_past_due",
        "bucket", "stage", "action", "blocked",
    ] == list(found["items"][0])  # fmt: skip
    assert {
        "row": 4, "customer": "0001001", "document": "INV-1001", "document_date": "2026-06-01", "due_date": "2026-07-01",
        "amount": "12500.00", "open": "12500.00", "currency": "USD", "days_past_due": 122, "bucket": "121-180",
        "stage": 3, "action": "legal_collection", "blocked": False,
    } == found["items"][0]  # fmt: skip


def test_check_shows_what_it_understood_and_writes_nothing(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == xlcredit("check", workbook, "--as-of", "2026-10-31")
    said = capsys.readouterr().out
    assert "sheet Open items, headings in row 3" in said
    assert "E       Due Date         Due date" in said
    assert ["ledger.xlsx"] == [path.name for path in workbook.parent.iterdir()]


def test_check_says_in_chinese_what_each_column_is(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == xlcredit("check", workbook, "--as-of", "2026-10-31", "--lang", "zh")
    said = capsys.readouterr().out
    assert "台账：工作表 Open items，表头在第 3 行，格式 常用表头的台账" in said
    assert ["E", "Due", "Date", "到期日"] in [line.split() for line in said.splitlines()]
    assert "行数：明细行 8" in said


def test_with_formulas_the_summary_says_which_rows_are_live_and_why_others_are_not(
    workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ("--as-of", "2026-10-31", "--fail-on", "never", "--formulas")
    assert 0 == xlcredit("run", workbook, *arguments)
    said = [line for line in capsys.readouterr().out.splitlines() if line.startswith("Live formulas")]
    kept = "values stay where items cannot be added up by customer in one currency (4)"
    assert ["Live formulas, ledger: 8 of 8 rows", f"Live formulas, credit review: 2 of 6 rows; {kept}"] == said
    assert 0 == xlcredit("run", workbook, *arguments, "classic", "--lang", "zh")
    assert "实时公式，台账：" in capsys.readouterr().out


@pytest.mark.parametrize("formulas", ["native", "classic"])
def test_headings_alone_make_a_review_of_nothing(tmp_path: Path, formulas: str) -> None:
    ledger = tmp_path / "ledger.csv"
    ledger.write_text("Customer,Document Number,Due Date,Amount\n", encoding="utf-8")
    assert 0 == xlcredit("run", ledger, "--as-of", "2026-10-31", "--formulas", formulas, "--pack")
    assert "Findings" in opened(tmp_path / "ledger.reviewed.xlsx").sheetnames
