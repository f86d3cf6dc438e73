"""Date cells: every usual form, and the order of day and month decided by the table."""

from datetime import date, datetime, time, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.reading import strip
from xlcredit.ledger.daycells import read_days


def days(cells, **columns):
    read = read_days({"a": strip(cells, "Due Date")} | {name: strip(values) for name, values in columns.items()})
    return ["" if np.isnat(day) else str(day) for day in read["a"].days]


def findings(cells, **options):
    return read_days({"a": strip(cells, "Due Date", options.pop("broken", None))}, **options)["a"].findings


FORMS = [
    "31.12.2025", "31/12/2025", "12/31/2025", "2025-12-31", "2025/12/31", "2025.12.31", "20251231", "2025年12月31日", "２０２５年１２月３１日", "31-Dec-2025",
    "31 December 2025", "Dec 31, 2025", "December 31st, 2025", "12/31/25", "31.12.25", "31-12-2025", "2025-12-31 00:00:00", "2025-12-31T23:59:59Z",
    "31.12.2025 14:30", "12/31/2025 11:59 PM", "31. Dezember 2025", "31 déc. 2025", "31 décembre 2025", "31 Dez 2025", "Wed, 31 Dec 2025", "2025-Dec-31",
    "31DEC2025", " 31.12.2025 ", 46022.0, 46022.75, 46022, 20251231, 20251231.0, "46022", date(2025, 12, 31), datetime(2025, 12, 31, 23, 59),  # noqa: DTZ001 (a cell knows no zone)
]  # fmt: skip


@pytest.mark.parametrize("cell", FORMS, ids=repr)
def test_every_form_of_a_date_is_read(cell):
    assert days([cell]) == ["2025-12-31"]
    assert findings([cell]) == ()


@pytest.mark.parametrize("cell", ["", None, " ", "00.00.0000", "0000-00-00", "-", "—", "00000000"])
def test_the_ways_to_write_no_date_are_blank_and_pass_silently(cell):
    assert days([cell]) == [""]
    assert findings([cell]) == ()


@pytest.mark.parametrize(
    "cell",
    [
        "2025-02-30",
        "31.04.2025",
        "29.02.2025",
        "13/13/2025",
        "1899-12-31",
        "2101-01-01",
        0,
        0.0,
        -5.0,
        1e12,
        float("nan"),
        float("inf"),
        "soon",
        "3 Marble 2025",
        True,
        time(1),
        timedelta(1),
        date(1979, 12, 31),
    ],
    ids=repr,
)
def test_what_is_no_date_is_missing_and_said(cell):
    assert days([cell]) == [""]
    assert [(f.severity, f.code, f.where) for f in findings([cell])] == [
        ("warning", "date-unreadable", "'Open items'!B2")
    ]


def test_one_clear_cell_decides_the_order_of_the_column():
    assert days(["03/04/2025", "25/04/2025"]) == ["2025-04-03", "2025-04-25"]
    assert days(["03/04/2025", "04/25/2025"]) == ["2025-03-04", "2025-04-25"]


def test_a_column_without_a_clear_cell_takes_the_order_of_the_others():
    assert days(["03/04/2025"], b=["04/25/2025"]) == ["2025-03-04"]


def test_dates_that_nothing_settles_are_day_first_and_the_finding_shows_one():
    assert days(["03/04/2025"]) == ["2025-04-03"]
    found = findings(["", "03/04/2025"])
    assert [(f.severity, f.code, f.where, dict(f.facts)) for f in found] == [
        (
            "warning",
            "ambiguous-dates",
            "'Open items'!B",
            {"heading": "Due Date", "order": "d/m/y", "example": "03/04/2025", "read": "2025-04-03"},
        )
    ]


def test_both_orders_in_one_column_are_said_and_the_more_frequent_decides():
    cells = ["25/04/2025", "04/26/2025", "04/27/2025", "03/04/2025"]
    assert days(cells) == ["2025-04-25", "2025-04-26", "2025-04-27", "2025-03-04"]
    assert [(f.code, f.facts["order"], f.facts["read"]) for f in findings(cells)] == [
        ("mixed-date-orders", "m/d/y", "2025-03-04")
    ]


def test_the_same_day_and_month_need_no_order():
    assert findings(["04/04/2025"]) == ()
    assert days(["04/04/2025"]) == ["2025-04-04"]


def test_serials_count_from_1904_where_the_workbook_does():
    read = read_days({"a": strip([46022.0 - 1462])}, epoch_1904=True)
    assert str(read["a"].days[0]) == "2025-12-31"


def test_an_error_cell_is_missing_and_said():
    found = findings(["", ""], broken={0: "#REF!", 1: "(no value)"})
    assert [(f.code, f.where) for f in found] == [
        ("date-error", "'Open items'!B2"),
        ("date-uncached", "'Open items'!B3"),
    ]


FORMATS = [
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y%m%d",
    "%Y.%m.%d",
    "%d-%b-%Y",
    "%d %B %Y",
    "%b %d, %Y",
    "%Y年%m月%d日",
    "%Y-%m-%dT%H:%M:%S",
]


@pytest.mark.parametrize("form", FORMATS)
@given(st.dates(date(1980, 1, 1), date(2100, 12, 31)))
def test_what_is_formatted_reads_back(form, day):
    assert days([day.strftime(form)]) == [day.isoformat()]


@pytest.mark.parametrize(
    ("form", "clear"), [("%d.%m.%Y", "31.12.2025"), ("%d/%m/%Y", "31/12/2025"), ("%m/%d/%Y", "12/31/2025")]
)
@given(st.dates(date(1980, 1, 1), date(2100, 12, 31)))
def test_an_order_that_a_column_shows_reads_back(form, clear, day):
    assert days([day.strftime(form), clear]) == [day.isoformat(), "2025-12-31"]


@given(
    st.lists(
        st.one_of(
            st.text(max_size=15),
            st.text("0123456789/.- ", max_size=10),
            st.floats(),
            st.integers(),
            st.booleans(),
            st.none(),
            st.datetimes(),
            st.dates(),
        )
    )
)
def test_no_cell_makes_reading_fail(cells):
    read = days(cells)
    assert len(read) == len(cells)
    assert all(day == "" or "1980" <= day[:4] <= "2100" for day in read)
