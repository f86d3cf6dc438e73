"""Reading a ledger: literal rows in, literal items and findings out."""

import csv
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.reading import codes, column, read, shown
from xlcredit.kernel.errors import LedgerError
from xlcredit.kernel.money import to_minor
from xlcredit.layouts import recognise
from xlcredit.ledger.grid import UNCACHED, Grid
from xlcredit.ledger.read import read_items

DATA = Path(__file__).parents[3] / "shared" / "data"
PLAIN = ["Customer No", "Customer Name", "Document Number", "Document Date", "Due Date", "Amount", "Currency"]
D = date


ISSUED, DUE = D(2025, 10, 1), D(2025, 10, 31)


def item(customer="001", name="Acme", document="A1", issued=ISSUED, due=DUE, amount=100.0, currency="EUR"):
    return [customer, name, document, issued, due, amount, currency]


def test_a_plain_ledger_below_title_rows():
    rows = [["Open items"], [], PLAIN, item(), item("1001", "Börner", 4711.0, amount="1.234,50", currency="usd")]
    reading = read(rows)
    assert shown(
        reading,
        "row",
        "customer",
        "name",
        "document",
        "document_date",
        "due_date",
        "amount",
        "settled",
        "currency",
        "blocked",
    ) == [
        (4, "001", "Acme", "A1", "2025-10-01", "2025-10-31", 100.0, 0.0, "EUR", False),
        (5, "1001", "Börner", "4711", "2025-10-01", "2025-10-31", 1234.5, 0.0, "USD", False),
    ]
    assert (reading.last_row, reading.stated_total, reading.subtotals, codes(reading)) == (
        4,
        None,
        {"item": 2},
        [],
    )


def test_customer_numbers_keep_their_zeros_lose_their_point_and_join_whatever_the_spaces():
    rows = [
        PLAIN,
        item("00100"),
        item(1001.0, document="A2"),
        item(" ACME  Ltd ", document="A3"),
        item("ACME Ltd", document="A4"),
    ]
    assert column(read(rows), "customer") == ["00100", "1001", "ACME Ltd", "ACME Ltd"]


class TestRowsThatAreNoItems:
    def test_totals_are_not_counted_and_agree_to_the_cent(self):
        rows = [
            PLAIN,
            item(amount=0.1),
            item(document="A2", amount=0.2),
            ["Subtotal", "", "", "", "", 0.3, ""],
            item("002", "B", "B1", amount=5.0),
            ["Grand total", "", "", "", "", 5.3, ""],
        ]
        reading = read(rows)
        assert (column(reading, "document"), reading.subtotals) == (
            ["A1", "A2", "B1"],
            {"item": 3, "subtotal": 1, "total": 1},
        )
        assert (reading.stated_total, reading.last_row, codes(reading)) == (5.3, 5, [])

    def test_a_total_that_is_a_cent_off_is_said_with_both_figures(self):
        reading = read([PLAIN, item(), item(document="A2"), ["Total", "", "", "", "", 200.01, ""]])
        assert [(f.severity, f.code, f.where, f.facts["stated"], f.facts["computed"]) for f in reading.findings] == [
            ("warning", "total-differs", "'Open items'!F4", "200.01", "200.00")
        ]
        assert (
            reading.findings[0].message()
            == "The total of Amount says 200.01, its rows add up to 200.00; the sum of the rows counts."
        )

    def test_nested_totals_are_checked_against_the_sections_they_span(self):
        total = lambda label, amount: [label, "", "", "", "", amount, ""]  # noqa: E731
        rows = [PLAIN, item(), total("Total for Acme", 100.0), item("2", "B", "B1"), total("Total for B", 100.0), total("Subtotal", 200.0),
                item("3", "C", "C1"), total("Total for C", 99.0), total("Total", 300.0)]  # fmt: skip
        assert codes(read(rows)) == [("total-differs", "'Open items'!F8")]

    def test_a_total_formula_that_nothing_calculated_passes_silently(self):
        reading = read([PLAIN, item(), ["Total", "", "", "", "", "", ""]], broken={(2, 5): UNCACHED})
        assert (len(reading.items), codes(reading)) == (1, [])

    def test_a_total_in_error_without_a_label_is_no_item(self):
        reading = read([PLAIN, item(), [], ["", "", "", "", "", "", ""]], broken={(3, 5): "#N/A"})
        assert (len(reading.items), reading.subtotals, codes(reading)) == (
            1,
            {"item": 1, "blank": 1, "subtotal": 1},
            [],
        )

    def test_a_total_per_currency_is_checked_within_its_currency(self):
        rows = [
            PLAIN,
            item(),
            item(document="A2", amount=7.0, currency="USD"),
            ["Total", "", "", "", "", 100.0, "EUR"],
            ["Total", "", "", "", "", 8.0, "USD"],
        ]
        found = read(rows).findings
        assert [(f.where, f.facts["computed"]) for f in found] == [("'Open items'!F5", "7.00")]

    @pytest.mark.parametrize(
        "label",
        [
            "小计",
            "合计",
            "总计",
            "合 计",
            "累计",
            "本页小计",
            "共计",
            "Subtotal",
            "Sub-total",
            "TOTAL",
            "Total:",
            "Grand Total",
            "Total for Acme",
            "Sum",
            "Summe",
            "Gesamtsumme",
            "Zwischensumme",
            "Totaal",
            "*",
            "**",
        ],
    )
    def test_a_total_is_known_by_its_label_in_either_language(self, label):
        for place in (0, 1, 2):
            total = ["", "", "", "", "", 100.0, ""]
            total[place] = label
            assert column(read([PLAIN, item(), total]), "document") == ["A1"]

    @pytest.mark.parametrize("name", ["Total Energies", "Summit Ltd", "Total", "合计贸易公司", "Grand Total Hotels"])
    def test_a_customer_called_like_a_total_is_an_item_where_it_has_document_and_date(self, name):
        reading = read([PLAIN, item(name, name), item(name, name, "A2", amount=0.0), item()])
        assert column(reading, "customer") == [name, name, "001"]

    def test_repeated_headings_blank_rows_and_notes_are_passed_over(self):
        rows = [PLAIN, item(), [], PLAIN, item(document="A2"), [], ["Page 1 of 2"], ["All amounts without tax."]]
        reading = read(rows)
        assert (column(reading, "document"), reading.last_row) == (["A1", "A2"], 4)
        assert reading.subtotals == {"item": 2, "blank": 2, "header": 1, "note": 2}

    def test_figures_without_document_and_date_that_add_up_are_a_subtotal(self):
        reading = read([PLAIN, item(), item(document="A2"), ["001", "", "", "", "", 200.0, "EUR"]])
        assert (len(reading.items), reading.subtotals["subtotal"]) == (2, 1)

    def test_figures_without_document_and_date_that_do_not_add_up_are_an_item(self):
        reading = read([PLAIN, item(), item(document="A2"), ["001", "Acme", "", "", "", -30.0, "EUR"]])
        assert shown(reading, "customer", "document", "amount")[-1] == ("001", "", -30.0)


class TestCustomersNamedOnce:
    def test_a_group_row_names_the_customer_of_the_items_below_it(self):
        rows = [
            PLAIN,
            ["001", "Acme"],
            item("", ""),
            item("", "", "A2"),
            ["Total for Acme", "", "", "", "", 200.0],
            ["002", "Börner"],
            item("", "", "B1"),
        ]
        assert shown(read(rows), "customer", "name", "document") == [
            ("001", "Acme", "A1"),
            ("001", "Acme", "A2"),
            ("002", "Börner", "B1"),
        ]

    def test_a_group_row_does_not_overrule_an_items_own_customer(self):
        rows = [PLAIN, ["001", "Acme"], item("009", "Zed"), item("010", "Ypsilon", "A2")]
        assert column(read(rows), "customer") == ["009", "010"]

    def test_a_bucket_above_its_items_is_no_customer(self):
        rows = [PLAIN, ["1 - 30 days past due"], item("", ""), item("002", "B", "B1")]
        assert (column(read(rows), "customer"), codes(read(rows))) == (
            ["", "002"],
            [("customer-missing", "'Open items'!A3")],
        )

    def test_a_merged_cell_names_the_customer_of_all_its_rows(self):
        rows = [PLAIN, item(), item("", "", "A2"), item("002", "B", "B1")]
        reading = read(rows, merged=((1, 0, 2, 0), (1, 1, 2, 1)))
        assert shown(reading, "customer", "name") == [("001", "Acme"), ("001", "Acme"), ("002", "B")]

    def test_an_outline_that_names_each_customer_once_is_filled_and_said(self):
        rows = [PLAIN, item(), item("", "", "A2"), item("", "", "A3"), item("002", "B", "B1"), item("", "", "B2")]
        assert (column(read(rows), "customer"), codes(read(rows))) == (
            ["001", "001", "001", "002", "002"],
            [("customers-carried-down", "'Open items'!A")],
        )

    def test_one_item_without_a_customer_stays_and_is_said(self):
        rows = [PLAIN, item(), item("", "", "A2"), item(document="A3")]
        assert (column(read(rows), "customer"), codes(read(rows))) == (
            ["001", "", "001"],
            [("customer-missing", "'Open items'!A3")],
        )

    def test_an_item_with_a_name_alone_takes_the_number_the_name_has_elsewhere(self):
        rows = [PLAIN, item(), item("", "Acme", "A2"), item("", "New  Co", "N1")]
        assert (column(read(rows), "customer"), codes(read(rows))) == (
            ["001", "001", "New Co"],
            [("customer-by-name", "'Open items'!A3"), ("customer-by-name", "'Open items'!A4")],
        )


def ledger(headings, *rows):
    head = ["Customer No", "Document Number", "Due Date", *headings]
    return [head, *(["001", f"A{n}", D(2025, 10, 31), *row] for n, row in enumerate(rows))]


class TestOpenAndOriginal:
    def test_a_stated_open_amount_says_what_is_settled(self):
        reading = read(ledger(["Amount", "Open Amount"], [100.0, 30.0], [-50.0, -50.0], [0.3, 0.1], [100.0, 0.0]))
        assert shown(reading, "amount", "settled") == [(100.0, 70.0), (-50.0, 0.0), (0.3, 0.2), (100.0, 100.0)]

    def test_an_open_amount_alone_is_the_amount(self):
        assert shown(read(ledger(["Outstanding Amount"], [100.0])), "amount", "settled") == [(100.0, 0.0)]

    def test_a_paid_column_says_what_is_settled_with_the_sign_of_the_amount(self):
        reading = read(ledger(["Amount", "Paid Amount"], [100.0, 40.0], [-50.0, 20.0], [-50.0, -20.0], [100.0, None]))
        assert shown(reading, "amount", "settled") == [(100.0, 40.0), (-50.0, -20.0), (-50.0, -20.0), (100.0, 0.0)]

    def test_a_clearing_date_alone_settles_all_of_it(self):
        reading = read(ledger(["Amount", "Settled Date"], [100.0, D(2025, 11, 5)], [50.0, ""]))
        assert shown(reading, "settled", "settled_date") == [(100.0, "2025-11-05"), (0.0, "")]

    def test_a_clearing_date_beside_an_open_amount_dates_the_part_payment(self):
        assert shown(
            read(ledger(["Amount", "Open Amount", "Payment Date"], [100.0, 60.0, D(2025, 11, 5)])),
            "settled",
            "settled_date",
        ) == [(40.0, "2025-11-05")]

    @pytest.mark.parametrize("status", ["Closed", "PAID", "Cleared", "已清", "已核销", "ausgeglichen"])
    def test_a_status_that_says_settled_settles_at_an_unknown_date(self, status):
        assert shown(read(ledger(["Amount", "Status"], [100.0, status], [9.0, "Open"])), "settled", "settled_date") == [
            (100.0, ""),
            (0.0, ""),
        ]

    @pytest.mark.parametrize("status", ["Overdue", "Partially paid", "未核销", "部分核销", "Open", "", "Financed"])
    def test_any_other_status_leaves_the_item_open(self, status):
        assert column(read(ledger(["Amount", "Status"], [100.0, status])), "settled") == [0.0]

    def test_is_open_answered_by_no_settles(self):
        assert column(read(ledger(["Amount", "isOpen"], [100.0, 0.0], [50.0, 1.0])), "settled") == [100.0, 0.0]

    def test_a_cancelled_document_is_settled_and_said(self):
        reading = read(ledger(["Amount", "Status"], [100.0, "Voided"], [50.0, "Open"]))
        assert (column(reading, "settled"), codes(reading)) == ([100.0, 0.0], [("cancelled-items", "'Open items'!E")])

    def test_credits_in_their_own_column_are_taken_off(self):
        assert column(
            read(ledger(["Debit", "Credit", "Balance"], [100.0, None, 100.0], [None, 30.0, 70.0])), "amount"
        ) == [100.0, -30.0]

    def test_an_indicator_makes_credits_negative_unless_the_export_did(self):
        assert column(read(ledger(["Amount", "Dr/Cr"], [100.0, "Dr"], [30.0, "Cr"])), "amount") == [100.0, -30.0]
        assert column(read(ledger(["Amount", "借贷"], [100.0, "借"], [30.0, "贷"])), "amount") == [100.0, -30.0]
        assert column(read(ledger(["Amount", "D/C"], [100.0, "S"], [-30.0, "H"])), "amount") == [100.0, -30.0]

    def test_a_blank_open_amount_counts_as_open_unless_something_says_settled(self):
        reading = read(
            ledger(
                ["Amount", "Open Amount", "Settled Date"],
                [100.0, None, ""],
                [50.0, None, D(2025, 11, 5)],
                [9.0, 9.0, ""],
            )
        )
        assert (column(reading, "settled"), codes(reading)) == ([0.0, 50.0, 0.0], [("open-blank", "'Open items'!E2")])

    def test_an_amount_that_is_missing_is_derived_from_open_and_paid(self):
        reading = read(ledger(["Amount", "Paid", "Open Amount"], ["?", 40.0, 60.0], [10.0, 0.0, 10.0]))
        assert (shown(reading, "amount", "settled"), codes(reading)) == (
            [(100.0, 40.0), (10.0, 0.0)],
            [("amount-derived", "'Open items'!D2")],
        )


class TestAmountsThatCannotBeRead:
    def test_text_leaves_the_item_without_an_amount_and_says_so(self):
        reading = read(ledger(["Amount"], ["n/a"], [50.0]))
        assert shown(reading, "document", "amount", "settled") == [("A0", None, 0.0), ("A1", 50.0, 0.0)]
        assert [(f.severity, f.code, f.where, f.facts["text"]) for f in reading.findings] == [
            ("error", "amount-unreadable", "'Open items'!D2", "n/a")
        ]

    def test_a_blank_amount_is_missing_not_zero(self):
        reading = read(ledger(["Amount"], [None], [50.0], [0.0]))
        assert (column(reading, "amount"), codes(reading)) == (
            [None, 50.0, 0.0],
            [("amount-missing", "'Open items'!D2")],
        )

    def test_an_error_cell_and_a_formula_without_value_are_said_apart(self):
        reading = read(ledger(["Amount"], [""], [""], [50.0]), broken={(1, 3): "#N/A", (2, 3): UNCACHED})
        assert (column(reading, "amount"), codes(reading)) == (
            [None, None, 50.0],
            [("cell-error", "'Open items'!D2"), ("cell-uncached", "'Open items'!D3")],
        )
        assert reading.findings[1].remedy() == "Open the workbook in Excel, recalculate (F9), save, and run again."

    def test_an_open_amount_in_error_is_no_guess(self):
        reading = read(ledger(["Amount", "Open Amount"], [100.0, ""], [50.0, 50.0]), broken={(1, 4): "#REF!"})
        assert (column(reading, "amount"), codes(reading)) == ([None, 50.0], [("cell-error", "'Open items'!E2")])

    def test_an_amount_too_large_for_its_currency_is_an_error(self):
        reading = read([PLAIN, item(amount=5e13, currency="KWD"), item(document="A2")])
        assert (column(reading, "amount"), codes(reading)) == ([None, 100.0], [("amount-too-large", "'Open items'!F2")])


class TestCurrency:
    def test_the_column_goes_before_the_heading_the_cell_and_the_default(self):
        head = ["Customer No", "Document Number", "Due Date", "Amount (USD)", "Currency"]
        rows = [head, ["1", "A", D(2025, 1, 1), 5.0, "EUR"], ["1", "B", D(2025, 1, 1), 5.0, ""]]
        assert column(read(rows, "CNY"), "currency") == ["EUR", "USD"]

    def test_the_heading_goes_before_the_default(self):
        assert column(read(ledger(["Amount in EUR"], [5.0]), "CNY"), "currency") == ["EUR"]
        assert column(read(ledger(["应收金额(元)"], [5.0]), "USD"), "currency") == ["CNY"]

    def test_text_in_the_cell_goes_before_the_default_and_a_shared_sign_does_not(self):
        assert column(read(ledger(["Amount"], ["USD 5.00"], ["¥6.00"], [7.0]), "CNY"), "currency") == [
            "USD",
            "CNY",
            "CNY",
        ]

    def test_names_and_signs_become_codes_and_an_unknown_one_is_kept_and_said(self):
        rows = [
            PLAIN,
            *(item(document=str(n), currency=code) for n, code in enumerate(["人民币", "US$", "eur", "XQZ", "XQZ"])),
        ]
        assert column(read(rows), "currency") == ["CNY", "USD", "EUR", "XQZ", "XQZ"]
        assert [(f.code, f.where, f.facts["count"]) for f in read(rows).findings] == [
            ("unknown-currency", "'Open items'!G5", 2)
        ]


def test_flags_are_yes_in_any_words_but_a_no():
    rows = ledger(
        ["Amount", "Disputed"],
        *(
            [5.0, flag]
            for flag in [
                "Yes",
                "y",
                True,
                1.0,
                "X",
                "是",
                "Short delivery",
                "No",
                "",
                None,
                "否",
                0.0,
                "FALSE",
                "未冻结",
            ]
        ),
    )
    assert column(read(rows), "blocked") == [True] * 7 + [False] * 7


def test_the_same_document_twice_is_said_and_both_are_kept():
    reading = read([PLAIN, item(), item(document="A2"), item(), item(amount=1.0)])
    assert (len(reading.items), codes(reading)) == (4, [("duplicate-document", "'Open items'!C4")])
    assert reading.findings[0].facts["row"] == 2


def test_a_ledger_without_items_is_said():
    assert (codes(read([PLAIN])), read([PLAIN]).last_row) == ([("no-items", "Open items")], 0)


def test_columns_an_earlier_run_added_are_not_data():
    rows = [[*PLAIN, "Open amount"], [*item(), 999.0], ["", "", "", "", "", "", "", 999.0]]
    reading = read(rows, own=(7, 7))
    assert (shown(reading, "amount", "settled"), reading.subtotals) == (
        [(100.0, 0.0)],
        {"item": 1, "blank": 1},
    )


def ibm(name):
    path = DATA / name
    if not path.exists():
        pytest.skip(f"{name} is not here: it is read from ../shared/data")
    with path.open(newline="") as file:
        return read(list(csv.reader(file)), "USD")


def test_the_ibm_ledger_gives_its_control_totals_of_june_2013():
    items = ibm("ibm_accounts_receivable.csv").items
    as_of = np.datetime64("2013-06-30")
    there = (items.document_date <= as_of) & ~(items.settled_date <= as_of)
    due = items.due_date >= as_of
    totals = [int(to_minor(items.amount[rows], 2).sum()) for rows in (there, there & due, there & ~due)]
    assert (int(there.sum()), len(set(items.customer[there]))) == (84, 52)
    assert (int((there & due).sum()), int((there & ~due).sum())) == (72, 12)
    assert totals == [511985, 428429, 83556]


def test_the_dirty_ibm_ledger_reads_with_every_row_an_item():
    reading = ibm("ibm_accounts_receivable_dirty.csv")
    assert (reading.subtotals, codes(reading)) == ({"item": 2586}, [])


cells = st.one_of(
    st.none(), st.text(max_size=12), st.floats(), st.integers(), st.booleans(), st.dates(),
    st.sampled_from(["Total", "小计", "001", "1,234.56", "31.12.2025", "03/04/2025", "EUR", "INV-1", "Current", "*", "-", "(5)", *PLAIN]),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(cells, max_size=9), max_size=8), st.booleans())
def test_no_cells_make_reading_fail(body, headed):
    rows = [PLAIN, item(), *body] if headed else body
    try:
        reading = read(rows)
    except LedgerError:
        return
    assert reading.subtotals.get("item", 0) == len(reading.items)
    assert not np.isinf(reading.items.amount).any()


items = st.lists(
    st.tuples(st.sampled_from(["001", "002", "Total Energies"]), st.just("N"), st.uuids().map(str), st.dates(D(2024, 1, 1), D(2026, 1, 1)),
              st.sampled_from(["13.05.2025", "", "2025-01-31", D(2025, 6, 1), 45000.0]), st.sampled_from([5.0, "1.234,56", "7,5-", "", "x"]), st.sampled_from(["EUR", "", "USD"])),
    min_size=1, max_size=8,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(items, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    columns = ("document", "customer", "document_date", "due_date", "amount", "settled", "currency")
    one, other = (read([PLAIN, *map(list, some)]) for some in (rows, shuffled))
    assert sorted(shown(one, *columns), key=str) == sorted(shown(other, *columns), key=str)
    assert sorted(f.code for f in one.findings) == sorted(f.code for f in other.findings)


def test_a_ledger_read_in_batches_is_the_ledger_read_at_once():
    rows = [
        PLAIN,
        *(item(document=f"A{n}", amount=n / 100) for n in range(1, 9001)),
        ["Total", "", "", "", "", 9000 * 9001 / 200, ""],
    ]
    grid = Grid("Open items", rows)
    reading = read_items(grid, recognise([grid]).ledger)
    assert (len(reading.items), reading.items.amount[-1], reading.items.row[-1], codes(reading)) == (
        9000,
        90.0,
        9001,
        [],
    )


def test_an_error_in_a_text_is_blank_and_said_and_of_the_currency_worse():
    rows = [PLAIN, item(customer="#N/A", name=""), item(document="A2", currency="")]
    found = read(rows, broken={(1, 0): "#N/A", (2, 6): UNCACHED})
    assert [(f.severity, f.code, f.where) for f in found.findings if f.code.startswith("cell-")] == [
        ("warning", "cell-error", "'Open items'!A2"),
        ("error", "cell-uncached", "'Open items'!G3"),
    ]
