"""Key figures: a ledger goes in, what it came to at each month end comes out."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np

from tests.support.tables import ledger, lines, shown
from xlcredit.control import review
from xlcredit.control.history import monthly
from xlcredit.control.lists import lists_of
from xlcredit.control.rates import Quote, Rates
from xlcredit.excel.desk import open_ledger
from xlcredit.excel.workbook import MemoryWorkbook
from xlcredit.ledger.grid import Grid
from xlcredit.locales import Words
from xlcredit.policy import load
from xlcredit.record import record

LEDGER = """
    document | customer | document_date | due_date   | amount | settled | settled_date
    1        | C1       | 2026-01-10    | 2026-02-09 | 100.00 | 100.00  | 2026-02-20
    2        | C1       | 2026-02-10    | 2026-03-10 | 200.00 | 50.00   | 2026-03-20
    3        | C2       | 2026-03-10    | 2026-04-09 | 300.00 | 0       |
    """


def months(day, items=LEDGER):
    sets = ["metrics.months=3", "metrics.dso_months=2"]
    made = lists_of(review(ledger(items), load(sets=sets), day))["key_figures"]
    return shown(made, *(field.key for field in made.fields), digits=4)


def test_each_month_end_has_its_figures_the_newest_first():
    # March: DSO 450 ÷ 500 × 59 = 53.1; counted back 31 + 150 ÷ 200 × 28 = 52; best 300 ÷ 500 × 59 = 35.4;
    # CEI (200 + 300 − 450) ÷ (200 + 300 − 300) = 25 %. February: 200 ÷ 300 × 59 = 39.33, CEI 100 ÷ 100.
    # True DSO in March: 150 open for 49 days of the 200 of February, 300 for 21 days of the 300 of March: 36.75 + 21.
    assert months(date(2026, 4, 15)) == lines(
        """
        2026-03-31 | 450 | 150 | 300 | 500 | 59 | 53.1  | 52 | 57.75 | 35.4  | 17.7 | 25  | 0
        2026-02-28 | 200 | 0   | 200 | 300 | 59 | 39.33 | 28 | 18    | 39.33 | 0    | 100 | 0
        2026-01-31 | 100 | 0   | 100 |     |    |       | 31 | 21    |       |      |     | 0
        """
    )


def test_the_sales_of_several_months_are_whole_cents():
    tenths = (
        LEDGER.replace("100.00", "0.10").replace("200.00", "0.20").replace("50.00", "0.05").replace("300.00", "0.30")
    )
    made = lists_of(review(ledger(tenths), load(sets=["metrics.dso_months=3"]), date(2026, 3, 31)))
    assert made["key_figures"]["dso_sales"][0] == 0.6  # 0.1 + 0.2 + 0.3 is 0.6000000000000001 in binary


def test_a_past_date_ends_with_its_own_last_month():
    assert [line[0] for line in months(date(2026, 3, 30))] == ["2026-02-28", "2026-01-31"]


def test_open_items_alone_tell_no_sales():
    items = "document | customer | document_date | due_date | amount\n1 | C1 | 2026-01-10 | 2026-02-09 | 100.00"
    assert months(date(2026, 5, 31), items) == lines(
        """
        2026-05-31 | 100 | 100 | 1
        2026-04-30 | 100 | 100 | 0
        2026-03-31 | 100 | 100 | 0
        """
    )


def test_a_year_turns_over_by_the_average_of_both_ends():
    items = LEDGER + "0 | C1 | 2025-01-10 | 2025-02-09 | 150.00 | 150.00 | 2025-12-31"
    made = lists_of(review(ledger(items), load(), date(2026, 3, 31)))
    # 600 ÷ ((150 + 450) ÷ 2), a year of 365 days
    assert made["key_figures"]["turnover"][0] == 2
    assert made["key_figures"]["turnover_days"][0] == 182.5


def test_true_dso_takes_each_currencys_invoices_at_one_rate():
    # Of January's 100 and 3 × 100 a quarter each is open for 59 days, as if all were of one currency.
    items = """
        document | customer | document_date | due_date   | amount | settled | settled_date | currency
        1        | C1       | 2026-01-31    | 2026-02-09 | 100.00 | 75.00   | 2026-02-20   | EUR
        2        | C1       | 2026-01-31    | 2026-02-09 | 100.00 | 75.00   | 2026-02-20   | GBP
        """
    rates = Rates.of([Quote("GBP", 3.0, date(2026, 3, 30))])
    made = lists_of(review(ledger(items), load(sets=["currency=EUR"]), date(2026, 3, 31), rates))
    assert made["key_figures"]["true_dso"][0] == 59 / 4


def test_an_open_invoice_without_a_date_leaves_true_dso_undefined_a_credit_does_not():
    undated = LEDGER + "4 | C2 | | 2026-04-09 | 10.00 | 0 |"
    credit = LEDGER + "4 | C2 | | 2026-04-09 | -10.00 | 0 |"
    found = [lists_of(review(ledger(items), load(), date(2026, 3, 31)))["key_figures"] for items in (undated, credit)]
    assert ["true_dso" in {field.key for field in made.fields} for made in found] == [False, True]
    assert found[1]["true_dso"][0] == 57.75


def test_the_record_holds_money_as_text():
    found = review(ledger(LEDGER), load(), date(2026, 3, 31))
    line = record(found, lists_of(found), Words.of("zh"))["lists"]["key_figures"][0]
    assert (line["month_end"], line["open"], line["sales"]) == ("2026-03-31", "450.00", "300.00")


def figures(day, *keys, sets=(), **beside):
    made = lists_of(review(ledger(LEDGER, **beside), load(sets=["metrics.months=3", *sets]), day))["key_figures"]
    return shown(made, *keys, digits=4)


def test_invoices_are_in_time_within_a_day_of_the_delivery():
    orders = """
        customer | date       | delivered  | invoiced   | amount
        C1       | 2026-02-01 | 2026-02-27 | 2026-02-28 | 100
        C1       | 2026-02-01 | 2026-03-02 | 2026-03-02 | 100
        C1       | 2026-02-01 | 2026-03-02 | 2026-03-03 | 100
        C2       | 2026-02-01 | 2026-03-02 | 2026-03-05 | 100
        C2       | 2026-02-01 |            | 2026-03-09 | 100
        C2       | 2026-02-01 | 2026-03-02 | 2026-04-02 | 100
    """
    # March took a third longer than the months before it.
    found = figures(date(2026, 3, 31), "hours_to_invoice", "invoicing_shorter", "invoiced_in_time", orders=orders)
    assert found == [["32", "-0.3333", "0.6667"], ["24", "", "1"], ["", "", ""]]
    slower = ["metrics.invoicing_hours=72"]
    assert figures(date(2026, 3, 31), "invoiced_in_time", sets=slower, orders=orders)[0] == ["1"]


def test_with_times_of_day_the_hours_are_counted():
    # From 18:00 to 17:30 the next day it is 23.5 hours, to 18:30 the day after that 48.5.
    evening = datetime(2026, 3, 9, 18, 0)  # noqa: DTZ001 (a cell's day has no zone)
    grid = Grid(
        "Orders",
        [
            ["Customer", "Order No", "Order Date", "Delivery Date", "Invoice Date", "Order Value"],
            ["C1", "S1", "2026-03-01", evening, "2026-03-10 17:30", 50.0],
            ["C1", "S2", "2026-03-01", evening, 46092 + 18.5 / 24, 50.0],
        ],
    )
    items = Grid("Items", [["Customer", "Invoice", "Due Date", "Amount"], ["C1", "A1", date(2026, 1, 31), 100.0]])
    found = review(open_ledger(MemoryWorkbook([items, grid])).ledger, load(), date(2026, 3, 31))
    to_invoice, in_time = monthly.hours_to_invoice(found.case, np.array(["2026-03-31"], dtype="datetime64[D]"))
    assert (to_invoice.hours.tolist(), in_time.tolist()) == ([36.0], [0.5])


def test_money_is_credited_so_long_after_the_payment():
    payments = """
        customer | document | date       | credited   | amount
        C1       | 1        | 2026-02-20 | 2026-02-23 | 100
        C1       | 2        | 2026-03-19 | 2026-03-20 | 30
        C1       | 2        | 2026-03-20 | 2026-03-20 | 20
        C1       | 2        | 2026-03-20 |            | 20
    """
    found = figures(date(2026, 3, 31), "hours_to_credit", "crediting_shorter", payments=payments)
    assert found == [["12", "0.8333"], ["72", ""], ["", ""]]


def test_faster_than_before_weighs_each_case_of_the_twelve_months_before():
    """M5: 到账时间压缩80%; before are one of 20 days and three of 5, a mean of 210 hours: February 2025 is out."""
    payments = """
        customer | document | date       | credited   | amount
        C1       | 1        | 2025-02-01 | 2025-02-28 | 100
        C1       | 1        | 2025-12-01 | 2025-12-21 | 100
        C1       | 1        | 2026-01-10 | 2026-01-15 | 100
        C1       | 2        | 2026-02-10 | 2026-02-15 | 30
        C1       | 2        | 2026-02-11 | 2026-02-16 | 20
        C1       | 2        | 2026-03-20 | 2026-03-21 | 20
    """
    found = figures(date(2026, 3, 31), "hours_to_credit", "crediting_shorter", payments=payments)
    assert found[0] == ["24", f"{1 - 24 / 210:.4g}"]


def test_discounts_taken_are_paid_within_their_days():
    # The last days are 20 January (300, of which 200 in time), 20 February (100, paid on the 25th), 10 April.
    items = """
        document | customer | document_date | due_date   | terms       | amount | settled | settled_date
        1        | C1       | 2026-01-10    | 2026-02-09 | 2/10 net 30 | 200.00 | 200.00  | 2026-01-20
        2        | C1       | 2026-01-10    | 2026-02-09 | 2/10 net 30 | 100.00 | 40.00   | 2026-01-20
        3        | C1       | 2026-02-10    | 2026-03-12 | 2/10 net 30 | 100.00 | 100.00  | 2026-02-25
        4        | C1       | 2026-02-10    | 2026-03-12 | net 30      | 900.00 | 900.00  | 2026-02-11
        5        | C1       | 2026-03-31    | 2026-04-30 | 2/10 net 30 | 900.00 | 0       |
    """
    made = lists_of(review(ledger(items), load(sets=["metrics.months=3"]), date(2026, 3, 31)))["key_figures"]
    assert [f"{cell:.4g}" for cell in made["take_up"]] == ["nan", "0", "0.6667"]


WRITTEN_OFF = """
    customer | date       | type       | amount
    C2       | 2026-03-31 | Write-off  | 6.00
    C1       | 2026-03-31 | Litigation | 90.00
    C1       | 2026-04-02 | 坏账核销   | 90.00
"""
YEAR = "\n".join(
    ["document | customer | document_date | due_date | amount | settled | settled_date"]
    + [f"{at} | C1 | {np.datetime64('2025-03') + at}-15 | {np.datetime64('2025-04') + at}-15 | 50 | 50 | "
       f"{np.datetime64('2025-04') + at}-15" for at in range(13)]
)  # fmt: skip


def test_bad_debts_are_those_of_twelve_months_to_the_sales_of_the_same():
    # 6.00 of 600.00; until February nothing was written off.
    made = lists_of(review(ledger(YEAR, events=WRITTEN_OFF), load(), date(2026, 3, 31)))["key_figures"]
    assert [f"{cell:.4g}" for cell in made["bad_debt_ratio"][:3]] == ["0.01", "0", "nan"]


def test_what_no_sheet_tells_has_no_column():
    made = lists_of(review(ledger(YEAR), load(), date(2026, 3, 31)))["key_figures"]
    told = {field.key for field in made.fields}
    assert not told & {"hours_to_invoice", "invoiced_in_time", "hours_to_credit", "take_up", "bad_debt_ratio"}


def test_a_write_off_without_an_amount_leaves_the_ratio_undefined():
    events = "customer | date | type | amount\nC2 | 2026-02-15 | Write-off |\nC2 | 2026-03-15 | Write-off | 6"
    made = lists_of(review(ledger(YEAR, events=events), load(), date(2026, 3, 31)))["key_figures"]
    assert "bad_debt_ratio" not in {field.key for field in made.fields} or np.isnan(made["bad_debt_ratio"][0])
