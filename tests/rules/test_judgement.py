"""How well the expert cards rank, on real statements and payments: no floor is fitted, the cards were not either."""

from __future__ import annotations

import csv
from datetime import date, datetime

import numpy as np
import pytest

from xlcredit.control import review
from xlcredit.ledger.ledger import Ledger, customers_from, items_from
from xlcredit.policy import load
from xlcredit.rules import statements
from xlcredit.rules.scorecard import score
from xlcredit.rules.statements import Statements


def auc(scores: np.ndarray, bad: np.ndarray) -> float:
    """Chance that a bad customer scores below a good one, ties counting half (Mann–Whitney)."""
    good, worse = scores[~bad], scores[bad]
    below = np.searchsorted(np.sort(good), worse, side="right")
    tied = below - np.searchsorted(np.sort(good), worse, side="left")
    return float(1 - (below - tied / 2).sum() / (len(good) * len(worse)))


def test_auc_is_one_for_perfect_and_half_for_blind_ranking():
    bad = np.array([True, False, True, False])
    assert (1.0, 0.5, 0.0) == (
        auc(np.array([1, 2, 1, 2]), bad),
        auc(np.array([1, 1, 1, 1]), bad),
        auc(np.array([2, 1, 2, 1]), bad),
    )


def financial(debt_ratio, net_margin, return_on_assets, current_ratio, quick_ratio, retained):
    answers = [debt_ratio, net_margin, return_on_assets, current_ratio, quick_ratio, retained]
    return score(load().scorecards["financial"], [np.where(np.isfinite(answer), answer, np.nan) for answer in answers])


@pytest.fixture(scope="module")
def polish(real_files):
    """64 ratios of 7,027 companies, columns counted from 1 as the data set does, and who was bankrupt within 5 years."""
    text = (real_files / "polish_1year.arff").read_text(encoding="utf-8")
    rows = [line.strip().split(",") for line in text.splitlines() if line.strip() and not line.startswith("@")]
    table = np.array([[np.nan if cell == "?" else float(cell) for cell in row] for row in rows])
    return (lambda number: table[:, number - 1]), table[:, -1] == 1


def test_the_financial_card_ranks_polish_bankruptcies_five_years_ahead(polish, capsys):
    x, bankrupt = polish
    card = auc(financial(x(2), x(23), x(1), x(4), x(46), x(6)), bankrupt)
    altman = auc(np.nan_to_num(statements.weighted(x(3), x(6), x(7), x(8))), bankrupt)
    with capsys.disabled():
        print(
            f"\nAUC, polish_1year, {bankrupt.sum()} of {len(bankrupt)} bankrupt: financial {card:.3f}, Altman Z'' {altman:.3f}"
        )
    assert 7027 == len(bankrupt)
    assert card >= 0.70
    assert card > altman


def test_the_financial_card_ranks_american_failures(real_files, capsys):
    with (real_files / "american_bankruptcy_sample.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    of = {
        name: np.array([float(row[name]) for row in rows])
        for name in rows[0]
        if name not in ("company_name", "Company Status")
    }
    failed = np.array([row["Company Status"] != "alive" for row in rows])
    stated = Statements(
        customer=np.array([row["company_name"] for row in rows], dtype=object),
        period_end=statements.year_ends(of["year"]),
        currency=np.full(len(rows), "USD", dtype=object),
        revenue=of["Net Sales"],
        net_income=of["Net Income"],
        ebit=of["EBIT"],
        total_assets=of["Total Assets"],
        current_assets=of["Current assets"],
        inventory=of["Inventory"],
        cash=np.full(len(rows), np.nan),
        current_liabilities=of["Total Current Liabilitie"],
        total_liabilities=of["Total Liabilities"],
        equity=of["Total Assets"] - of["Total Liabilities"],
        retained_earnings=of["Retained Earnings"],
    )
    found, z2 = statements.ratios(stated), statements.z2_of(stated)
    card = auc(financial(*(found[name] for name in load().scorecards["financial"].names)), failed)
    altman = auc(z2[~np.isnan(z2)], failed[~np.isnan(z2)])
    with capsys.disabled():
        print(
            f"AUC, american_bankruptcy_sample, {failed.sum()} of {len(failed)} firm-years of firms that failed: "
            f"financial {card:.3f}, Altman Z'' {altman:.3f} of the {(~np.isnan(z2)).sum()} that have one"
        )
    assert card >= 0.65


def test_the_behaviour_card_ranks_who_will_pay_late(real_files, capsys):
    """Features before the date, outcome after it: the quarter of customers who then paid latest on average."""
    cut = date(2013, 3, 31)
    with (real_files / "ibm_accounts_receivable.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    day = {
        name: np.array([datetime.strptime(row[name], "%m/%d/%Y").date() for row in rows], dtype="datetime64[D]")  # noqa: DTZ007
        for name in ("InvoiceDate", "DueDate", "SettledDate")
    }
    customer = np.array([row["customerID"] for row in rows], dtype=object)
    amount = np.array([float(row["InvoiceAmount"]) for row in rows])
    items = items_from({
        "customer": customer, "document_date": day["InvoiceDate"], "due_date": day["DueDate"], "amount": amount,
        "settled": amount, "settled_date": day["SettledDate"],
    })  # fmt: skip
    found = review(Ledger(items, customers_from({})), load(), cut).customers
    after = (day["InvoiceDate"] > cut) & (day["SettledDate"] > cut)
    late = (day["SettledDate"] - day["DueDate"]).astype(float)
    later = np.array([late[after & (customer == name)].mean() for name in found.customer])
    known = ~np.isnan(later) & ~np.isnan(found.score)
    bad = later[known] > np.quantile(later[known], 0.75)
    card = auc(found.score[known], bad)
    with capsys.disabled():
        print(f"AUC, ibm, {bad.sum()} late payers of {known.sum()} after {cut}: behaviour {card:.3f}")
    assert card >= 0.75
