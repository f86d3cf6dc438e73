"""What holds for every range of cells: rows do not know of each other, results are plain, tables foot to the cent."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlcredit.excel import functions
from xlcredit.excel.names import FUNCTIONS
from xlcredit.locales import Words

ERRORS = st.sampled_from(["#N/A", "#DIV/0!", "#VALUE! due is blank"])
BLANKS = st.sampled_from([None, "", "  "])
NUMBERS = st.one_of(
    st.integers(-500, 500),
    st.integers(-(10**6), 10**6).map(lambda cents: cents / 100),
    st.sampled_from([0, 0.0, -0.0, 100, 5e12, -9e12, 1e13, 1e15, 1e300, 10**400, float("inf"), float("nan")]),
    st.sampled_from(["1,234.5", " 12 ", "12%", "１２", "-", "(50)", "unknown", True, False, date(2026, 6, 30)]),
    st.text(max_size=8),
)
DATES = st.one_of(
    st.dates(date(1980, 1, 1), date(2100, 12, 31)),
    st.dates(date(2025, 6, 1), date(2026, 12, 31)).map(lambda day: datetime(day.year, day.month, day.day)),  # noqa: DTZ001
    st.integers(46000, 46300),
    st.sampled_from([1, True, 46203.0, 46203.5, "2026-06-01", "30/06/2026", "03/04/2026", "soon", date(9999, 12, 31)]),
    st.sampled_from([-1, 0, 1e300, 10**400, float("inf"), float("nan")]),
    st.text(max_size=8),
)
SCORES = st.one_of(st.integers(0, 100), st.sampled_from([79.995, -1, 101, "80", "good", True]))
FLAGS = st.sampled_from([True, False, 1, 0, 1.0, "x", "no", "否", "dispute"])
NAMES = st.sampled_from(["Alpha", " alpha", 1, 1.0, "1", True, "宁波"])
TERMS = st.sampled_from(["net 30", "2/10 net 30", "EOM+45", "月结30天", 30, 30.0, True, "as agreed", "99 months"])
GRADES = st.sampled_from(["A", "b", " C ", "X", 1, True, date(2026, 6, 30)])
SHARES = st.one_of(
    st.integers(0, 100).map(lambda percent: percent / 100), st.sampled_from(["90%", 1.5, -0.1, True, "x"])
)
REGIMES = st.sampled_from(["contract", "EU", "uk", "cn_sme", "cn_lpr", "us", "france", 1])
KINDS = {
    "number": NUMBERS,
    "date": DATES,
    "score": SCORES,
    "flag": FLAGS,
    "name": NAMES,
    "share": SHARES,
    "grade": GRADES,
    "terms": TERMS,
    "regime": REGIMES,
}

ITEM = (("date", "date", "number", "flag", "number"), 2)
LIMIT = (("score", "number", "number", "number"), 2)
ROWWISE = {
    "credit_grade": (("score",), 1),
    "credit_limit": LIMIT,
    "credit_limit_reason": LIMIT,
    "credit_headroom": (("number", "number"), 2),
    "credit_exposure": (("number", "number", "number", "number"), 1),
    "credit_terms": (("grade",), 1),
    "discount_cost": (("number", "number", "number", "number", "flag"), 3),
    "due_date": (("date", "terms"), 2),
    "prepayment_gap": (("number", "number", "grade"), 2),
    "credit_check": (("number", "number", "number", "number", "date", "date"), 3),
    "dso": (("number", "number", "number"), 3),
    "best_dso": (("number", "number", "number"), 3),
    "days_delinquent": (("number", "number", "number", "number"), 4),
    "cei": (("number", "number", "number", "number"), 4),
    "days_past_due": (("date", "date"), 2),
    "aging_bucket": (("date", "date"), 2),
    "dunning_stage": ITEM,
    "dunning_action": ITEM,
    "next_dunning_date": ITEM,
    "altman_z2": (("number",) * 6, 6),
    "altman_zone": (("number",), 1),
    "map_rating": (("name", "number"), 2),
    "insured_amount": (("number", "number", "share"), 3),
    "premium": (("number", "share", "number"), 2),
    "indemnity": (("number", "number", "share", "number", "flag"), 3),
    "notify_by": (("date", "date"), 2),
    "expected_loss": (("number", "number", "grade", "number"), 2),
    "simple_interest": (("number", "number", "number", "number"), 3),
    "late_interest": (("number", "date", "date", "regime", "date", "number"), 3),
}
"""Function → kinds of its columns, and how many of them there must be."""
ANSWERED = ("credit_score", "credit_points", "credit_reasons")
WHOLE = {"aging_table": ("name", "date", "number", "date"), "avg_days_late": ("date", "date", "number"),
         "paydex": ("number", "number"), "payment_plan": ("number", "number", "date", "name"), "hhi": ("number",),
         "concentration": ("number", "number"), "payment_trend": ("number",), "order_anomaly": ("number", "number"),
         "dso_countback": ("number", "number", "number")}  # fmt: skip
CHECKED = ("admission", "blacklist_match")
HEADERS = [["years_of_relationship", "Average days late", "逾期占比", "debt_ratio", "Net margin", "adverse_events"]]
HEADERS[0][2] = Words.of("zh")("characteristics", "overdue_share")


def cells(kind):
    return st.one_of(KINDS[kind], KINDS[kind], BLANKS, ERRORS)


@st.composite
def columns(draw, kinds, needed, most=6):
    """The arguments of a call: columns of equal length, some of them a single cell, the last ones left out."""
    n = draw(st.integers(1, most))
    given_ = draw(st.integers(needed, len(kinds)))
    return [_column(draw, kind, n) for kind in kinds[:given_]]


def _column(draw, kind, n):
    if draw(st.integers(0, 4)) == 0:
        return [[draw(cells(kind))]]
    return [[cell] for cell in draw(st.lists(cells(kind), min_size=n, max_size=n))]


def rows_of(arguments):
    return max(map(len, arguments))


def taken(arguments, order):
    """The arguments with only these rows, in this order; a single cell serves them all."""
    n = rows_of(arguments)
    return [[column[row] for row in order] if len(column) == n else column for column in arguments]


def exactly(table):
    return [[(type(cell), cell) for cell in row] for row in table]


def is_plain(table):
    kinds = {type(cell) for row in table for cell in row}
    finite = all(cell == cell and abs(cell) != float("inf") for row in table for cell in row if type(cell) is float)  # noqa: PLR0124
    return kinds <= {str, int, float, bool, date} and finite


def test_every_function_of_cells_is_covered():
    named = {*ROWWISE, *ANSWERED, *WHOLE, *CHECKED, "credit_explain", "credit_policy", "roll_rates"}
    assert named == {name.lower() for name in FUNCTIONS}


@pytest.mark.parametrize("name", ROWWISE)
@given(st.data())
def test_a_row_alone_is_as_in_a_batch_in_whatever_order(name, data):
    function = getattr(functions, name)
    arguments = data.draw(columns(*ROWWISE[name]))
    n = rows_of(arguments)
    together = exactly(function(*arguments))
    assert is_plain(function(*arguments))
    assert together == [exactly(function(*taken(arguments, [row])))[0] for row in range(n)]
    order = data.draw(st.permutations(range(n)))
    assert exactly(function(*taken(arguments, order))) == [together[row] for row in order]


@pytest.mark.parametrize("headers", [None, HEADERS], ids=["the card's columns", "columns by header"])
@pytest.mark.parametrize("name", ANSWERED)
@given(st.data())
def test_a_customer_s_answers_alone_are_as_in_a_batch(name, headers, data):
    function = getattr(functions, name)
    answers = data.draw(st.lists(st.lists(cells("number"), min_size=6, max_size=6), min_size=1, max_size=6))
    together = exactly(function(answers, None, headers))
    assert is_plain(function(answers, None, headers))
    assert together == [exactly(function([row], None, headers))[0] for row in answers]
    order = data.draw(st.permutations(range(len(answers))))
    assert exactly(function([answers[row] for row in order], None, headers)) == [together[row] for row in order]


@given(st.lists(st.lists(st.one_of(cells("date"), cells("flag")), min_size=3, max_size=3), min_size=1, max_size=6))
def test_a_new_customer_s_checks_alone_are_as_in_a_batch(checks):
    together = exactly(functions.admission(checks))
    assert is_plain(functions.admission(checks))
    assert together == [exactly(functions.admission([row]))[0] for row in checks]


LISTED = [["Alpha Trading Co., Ltd.", "HRB 1001"], ["宁波华信（集团）有限公司", ""], ["", "91330200"]]


@given(columns((*["name"] * 2,), 2))
def test_a_customer_alone_is_on_the_blacklist_as_in_a_batch(arguments):
    together = exactly(functions.blacklist_match(*arguments, LISTED))
    alone = [exactly(functions.blacklist_match(*taken(arguments, [row]), LISTED))[0] for row in range(len(together))]
    assert is_plain(functions.blacklist_match(*arguments, LISTED))
    assert together == alone


@pytest.mark.parametrize("name", WHOLE)
@given(st.data())
def test_what_is_reckoned_over_all_rows_is_plain(name, data):
    kinds = WHOLE[name]
    assert is_plain(getattr(functions, name)(*data.draw(columns(kinds, len(kinds)))))


@given(st.lists(st.lists(cells("number"), min_size=1, max_size=5), min_size=1, max_size=6))
def test_roll_rates_are_plain_and_one_less_than_the_buckets(balances):
    rates = functions.roll_rates(balances)
    width = max(map(len, balances))
    assert is_plain(rates)
    assert [len(row) for row in rates] == [width - 1 if len(balances) > 1 and width > 1 else 1]


@given(st.lists(st.lists(st.one_of(cells("number"), cells("date"), st.text()), max_size=3), max_size=4))
def test_an_explanation_is_text_cell_by_cell(table):
    explained = functions.credit_explain(table)
    assert [len(row) for row in explained] == [max(len(row), 1) for row in table or [[None]]]
    assert all(type(cell) is str for row in explained for cell in row)


def test_two_amounts_too_far_apart_for_the_cent_spoil_no_other_row():
    left = functions.credit_headroom([[9e12], [100], [1e13]], [[-9e12], [30.01], [1e13]])
    assert left == [["#VALUE! the amounts are too large to be added to the cent"], [69.99], [0.0]]


def test_sums_too_large_for_the_cent_are_refused():
    due = [["2026-06-30"]]
    assert functions.aging_table([["A"], ["B"]], due, [[5e12], [6e12]], due)[-1][-1] == 1.1e13
    assert functions.aging_table([["A"], ["B"]], due, [[6e12], [6e12]], due) == [
        ["#VALUE! the amounts are too large to be added to the cent"]
    ]


def test_rows_blank_throughout_are_no_items_even_without_a_day_to_look_from():
    names, due, amounts = [["Alpha"], [""], [None]], [["2026-06-30"], [None], [""]], [[7.5], [""], [None]]
    table = functions.aging_table(names, due, amounts, [["2026-06-30"], [None], [""]])
    assert [[row[0], row[1], row[-1]] for row in table[1:]] == [["Alpha", 7.5, 7.5], ["Total", 7.5, 7.5]]


def test_a_row_without_a_day_to_look_from_spoils_its_customer_and_the_total():
    table = functions.aging_table([["Alpha"], ["Beta"]], [["2026-06-30"]], [[7.5], [2.5]], [["2026-06-30"], [None]])
    assert [row[-1] for row in table[1:]] == [7.5, "#VALUE! as_of is blank", "#VALUE! as_of is blank"]


DAY = date(2026, 6, 30)
ITEMS = st.lists(
    st.tuples(
        st.sampled_from(["Alpha", "Beta", "宁波", ""]),
        st.one_of(st.none(), st.integers(-60, 400).map(lambda back: DAY - timedelta(days=back))),
        st.integers(-(10**11), 10**11),
    ),
    min_size=1,
    max_size=20,
)


def aged(items):
    """The aging table of items whose amounts are in cents."""
    names, due, minor = zip(*items, strict=True)
    amounts = [[cents / 100] for cents in minor]
    return functions.aging_table([[name] for name in names], [[day] for day in due], amounts, [[DAY]])


def in_cents(row):
    return [round(cell * 100) for cell in row[1:]]


@given(ITEMS)
def test_an_aging_table_foots_to_the_cent_across_and_down(items):
    _, *lines, last = aged(items)
    rows = [in_cents(line) for line in (*lines, last)]
    assert [sum(row[:-1]) for row in rows] == [row[-1] for row in rows]
    assert [sum(column) for column in zip(*rows[:-1], strict=True)] == rows[-1]
    assert rows[-1][-1] == sum(minor for _, _, minor in items)
    for line in lines:
        owner = "" if line[0] == Words.of("en")("aging_table", "no_customer") else line[0]
        assert in_cents(line)[-1] == sum(minor for name, _, minor in items if name == owner)


@given(ITEMS, st.randoms(use_true_random=False))
def test_the_order_of_the_items_changes_nothing_but_the_order_of_the_lines(items, random):
    table, shuffled = aged(items), aged(random.sample(items, len(items)))
    assert sorted(table[1:-1]) == sorted(shuffled[1:-1])
    assert (table[0], table[-1]) == (shuffled[0], shuffled[-1])


@given(ITEMS, st.randoms(use_true_random=False))
def test_the_order_of_the_payments_changes_no_average(items, random):
    shuffled = random.sample(items, len(items))
    for rows_reckoned in (late, index):
        assert rows_reckoned(items) == pytest.approx(rows_reckoned(shuffled), rel=1e-12, abs=1e-12)


def late(items):
    amounts = [[minor / 100] for *_, minor in items]
    return number(functions.avg_days_late([[due] for _, due, _ in items], [[DAY]], amounts))


def index(items):
    days = [[(DAY - due).days if due else None] for _, due, _ in items]
    return number(functions.paydex(days, [[minor / 100] for *_, minor in items]))


def number(table):
    [[cell]] = table
    return -1e9 if cell == "" else cell
