"""The pack's figures against a plain reckoning in pandas over the same file, to the cent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook
from openpyxl.utils.cell import range_boundaries

from tests.support.dump import opened
from workbooks import AS_OF
from xlcredit.cli import main

RATES = {
    "Not due": "0.003",
    "1–30 days": "0.016",
    "31–60 days": "0.036",
    "61–90 days": "0.066",
    "91–120 days": "0.106",
    "121–180 days": "0.106",
    "Over 180 days": "0.106",
}
"""Buckets, and what the standard policy provides for each."""
BOUNDS = (-(10**6), 0, 30, 60, 90, 120, 180, 10**6)
GRADES = {"A": 80, "B": 65, "C": 50, "D": 35, "E": float("-inf")}
"""Grades of the standard policy, and the score each begins at."""
SALES = 3
"""Months of sales that the DSO is reckoned on."""


@dataclass(frozen=True)
class Case:
    """A pack, and what is read from its ledger without xlcredit; amounts in cents, "base" in the currency of the review."""

    pack: Workbook
    items: pd.DataFrame
    sales: int
    days_of_sales: int
    loss: int
    """What of it may be lost."""


def cents(amounts: pd.Series) -> pd.Series:
    return (amounts * 100).round().astype("int64")


def translated(minor: int, rate: str) -> int:
    return int((Decimal(int(minor)) * Decimal(rate)).quantize(Decimal(1), ROUND_HALF_UP))


def aged(items: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    days = (as_of - items["due"]).dt.days
    return items.assign(days=days, bucket=pd.cut(days, BOUNDS, labels=list(RATES)).astype(str))


def expected_loss(items: pd.DataFrame) -> int:
    debits = items[items["base"] > 0]
    return sum(translated(base, RATES[bucket]) for base, bucket in zip(debits["base"], debits["bucket"], strict=True))


@pytest.fixture(scope="module")
def of_demo(files: tuple[Path, Path], packs: dict[str, Path]) -> Case:
    ledger, rates = files
    read = pd.read_excel(ledger, sheet_name="Open items", header=4, dtype={"Customer No": str}, engine="openpyxl")
    read = read[read["Due Date"].notna()]
    quoted = pd.read_csv(rates, names=["currency", "day", "rate"], skiprows=1, dtype=str)
    today = {"CNY": "1", **quoted[quoted["day"] == f"{AS_OF}"].set_index("currency")["rate"].to_dict()}
    as_of = pd.Timestamp(AS_OF)
    lines = pd.DataFrame(
        {
            "customer": read["Customer No"],
            "currency": read["Currency"],
            "kind": read["Document Type"],
            "day": read["Document Date"],
            "due": read["Due Date"],
            "amount": cents(read["Amount"]),
            "open": cents(read["Outstanding Amount"]),
        }
    )
    lines["base"] = [translated(*each) for each in zip(lines["open"], lines["currency"].map(today), strict=True)]
    since = as_of + pd.offsets.MonthEnd(-SALES)
    sold = lines[(lines["kind"] == "Invoice") & (lines["day"] > since)]
    sales = sum(translated(*each) for each in zip(sold["amount"], sold["currency"].map(today), strict=True))
    items = aged(lines[lines["open"] != 0], as_of)
    return Case(opened(packs["en"], values=True), items, sales, (as_of - since).days, expected_loss(items))


@pytest.fixture(scope="module")
def of_ibm(real_files: Path, tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A real ledger of American invoices, as of a day when most of them were not written yet or still open."""
    source, target = real_files / "ibm_accounts_receivable.csv", tmp_path_factory.mktemp("ibm") / "pack.xlsx"
    main(["build", "pack", str(source), "--as-of", "2013-06-30", "--set", "currency=USD", "-o", str(target)])
    as_of = pd.Timestamp("2013-06-30")
    since = as_of + pd.offsets.MonthEnd(-SALES)
    read = pd.read_csv(source, dtype={"customerID": str})
    day, settled = (pd.to_datetime(read[column], format="%m/%d/%Y") for column in ("InvoiceDate", "SettledDate"))
    minor = cents(read["InvoiceAmount"])
    due = pd.to_datetime(read["DueDate"], format="%m/%d/%Y")
    lines = pd.DataFrame({"customer": read["customerID"], "currency": "USD", "due": due, "open": minor, "base": minor})
    items = aged(lines[(day <= as_of) & (settled > as_of)], as_of)
    sales = int(minor[(day > since) & (day <= as_of)].sum())
    return Case(opened(target, values=True), items, sales, (as_of - since).days, expected_loss(items))


@pytest.fixture(params=["of_demo", "of_ibm"])
def case(request: pytest.FixtureRequest) -> Case:
    return request.getfixturevalue(request.param)


def table(book: Workbook, name: str) -> pd.DataFrame:
    """A table of the pack, currencies left out of its headings."""
    sheet = next(sheet for sheet in book if name in sheet.tables)
    left, top, right, bottom = range_boundaries(sheet.tables[name].ref)
    heads, *rows = sheet.iter_rows(top, bottom, left, right, values_only=True)
    return pd.DataFrame(rows, columns=[re.sub(r" \([A-Z]{3}\)$", "", head) for head in heads])


def by_bucket(items: pd.DataFrame, of: str, *keys: str) -> dict[tuple[str, ...], int]:
    """Key and bucket → cents, nothing left out but what is nothing."""
    found = items.groupby([*keys, "bucket"])[of].sum()
    return {key: int(value) for key, value in found.items() if value}


def in_buckets(lines: pd.DataFrame, *keys: str) -> dict[tuple[str, ...], int]:
    found = lines.melt(list(keys), list(RATES), "bucket").set_index([*keys, "bucket"])["value"]
    return {key: value for key, value in cents(found).to_dict().items() if value}


def test_each_customer_has_its_aging_in_each_currency(case: Case) -> None:
    lines = table(case.pack, "AgingByCurrency")
    assert in_buckets(lines, "Customer", "Currency") == by_bucket(case.items, "open", "customer", "currency")
    foots = cents(lines["Total"]).groupby(lines["Currency"]).sum()
    assert foots.to_dict() == case.items.groupby("currency")["open"].sum().to_dict()


def test_each_customer_has_its_aging_translated(case: Case) -> None:
    lines = table(case.pack, "Aging")
    assert in_buckets(lines, "Customer") == by_bucket(case.items, "base", "customer")
    late = case.items[case.items["days"] > 0].groupby("customer")["base"].sum()
    overdue = cents(lines.set_index("Customer")["Overdue"])
    assert overdue[overdue != 0].to_dict() == late[late != 0].to_dict()


def test_the_dashboard_says_what_is_open_how_late_what_of_it_may_be_lost_and_how_long_it_stays_out(case: Case) -> None:
    page, items = case.pack["Dashboard"], case.items
    total = items["base"].sum()
    late = {days: items["base"][items["days"] > days].sum() for days in (0, 60, 90)}
    assert round(page["A5"].value * 100) == total
    assert round(page["B5"].value * 100) == late[0]
    assert [page[cell].value for cell in ("B6", "C5", "D5")] == pytest.approx([each / total for each in late.values()])
    assert page["E5"].value == pytest.approx(total / case.sales * case.days_of_sales)
    assert page["E6"].value == pytest.approx((total - late[0]) / case.sales * case.days_of_sales)
    assert round(page["G5"].value * 100) == case.loss


def test_every_item_is_there_with_its_days(case: Case) -> None:
    lines = table(case.pack, "OpenItems")
    said = sorted(zip(lines["Customer"], lines["Days past due"], cents(lines["Open"]), strict=True))
    assert said == sorted(zip(case.items["customer"], case.items["days"], case.items["open"], strict=True))


def test_grades_are_those_of_the_scores_and_counted_on_the_dashboard(case: Case) -> None:
    limits = table(case.pack, "Limits")
    graded = limits[limits["Credit score"].notna()]
    wanted = [next(grade for grade, least in GRADES.items() if score >= least) for score in graded["Credit score"]]
    assert graded["Grade"].tolist() == wanted
    page = case.pack["Dashboard"]
    counted = {page.cell(row, 7).value: page.cell(row, 8).value for row in range(30, 50)}
    assert {grade: counted[grade] for grade in GRADES} == {grade: wanted.count(grade) for grade in GRADES}
