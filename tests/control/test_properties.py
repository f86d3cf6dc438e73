"""What holds for every ledger: totals foot, nobody's neighbours matter, the future is ignored, paying helps."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from xlcredit.control import Quote, Rates, Review, review
from xlcredit.excel.functions import credit_headroom
from xlcredit.kernel.money import decimals
from xlcredit.ledger.ledger import Ledger, customers_from, items_from
from xlcredit.ledger.tables import OpenItems
from xlcredit.locales import Words
from xlcredit.policy import load
from xlcredit.record import record

AS_OF = date(2026, 10, 31)
POLICY = load(sets=["currency=CNY"])
"""With a fixed currency: otherwise it is the one most open items are in, and every payment could change it."""
RATES = Rates.of([Quote("USD", 7.1), Quote("JPY", 0.048)])
CUSTOMERS = ("C1", "C2", "C3", "C4")

days = st.integers(-500, 120).map(lambda n: np.datetime64(AS_OF + timedelta(days=n), "D"))
maybe_day = st.one_of(st.just(np.datetime64("NaT", "D")), days)
cents = st.integers(-5_000_000, 20_000_000).map(lambda n: n / 100)


@st.composite
def rows(draw: st.DrawFn) -> dict[str, object]:
    """One item as exports hold them: dates may be missing, part or all of it may be settled."""
    amount = draw(cents)
    share = draw(st.sampled_from([0.0, 0.0, 0.25, 1.0]))
    return {
        "customer": draw(st.sampled_from(CUSTOMERS)),
        "currency": draw(st.sampled_from(["CNY", "CNY", "USD", "JPY", "EUR"])),
        "document_date": draw(maybe_day),
        "due_date": draw(maybe_day),
        "amount": amount,
        "settled": round(amount * share, 2),
        "settled_date": draw(maybe_day),
        "blocked": draw(st.booleans()),
        "last_stage": draw(st.sampled_from([np.nan, 0.0, 1.0, 3.0, 9.0])),
    }


tables = st.lists(rows(), min_size=1, max_size=25)


def ledger_of(items: list[dict[str, object]]) -> Ledger:
    columns = {role: [item[role] for item in items] for role in items[0]}
    return Ledger(items_from(columns), customers_from({}))


def reviewed(items: list[dict[str, object]], as_of: date = AS_OF) -> Review:
    return review(ledger_of(items), POLICY, as_of, RATES)


def lines_of(found: Review) -> dict[str, dict[str, object]]:
    """Each customer's line by number, without its place in the table."""
    return {line["customer"]: line for line in record(found, {}, Words.of("en"))["customers"]}


@given(tables)
def test_buckets_foot_to_totals_and_totals_to_the_ledger_to_the_last_cent(items: list[dict[str, object]]) -> None:
    found = reviewed(items)
    for place, (code, total) in enumerate(found.totals.items()):
        here = found.items.currency == code
        assert total.open == sum(total.buckets.values())
        assert total.open == found.items.open_minor[here].sum()
        assert total.open == found.customers.open_minor[:, place].sum()
        assert total.overdue == found.customers.overdue_minor[:, place].sum()
        assert total.open == sum(round(amount * 10 ** decimals(code)) for amount in found.items.open[here].tolist())


@given(tables)
def test_headroom_is_what_the_worksheet_function_makes_of_limit_and_exposure(items: list[dict[str, object]]) -> None:
    lines = reviewed(items).customers
    limit, owed, left = (
        [["" if np.isnan(cell) else cell] for cell in column.tolist()]
        for column in (lines.limit, lines.exposure, lines.headroom)
    )
    assert credit_headroom(limit, owed) == left


@given(tables, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(items: list[dict[str, object]], random) -> None:
    shuffled = random.sample(items, len(items))
    assert lines_of(reviewed(items)) == lines_of(reviewed(shuffled))
    assert reviewed(items).totals == reviewed(shuffled).totals


@given(tables)
def test_a_customer_alone_is_as_in_the_batch(items: list[dict[str, object]]) -> None:
    together = lines_of(reviewed(items))
    for customer in {item["customer"] for item in items}:
        own = [item for item in items if item["customer"] == customer]
        # Left out is what depends on the whole ledger by design: whether it shows payments and how far it goes back.
        alone = review(ledger_of(own), POLICY, AS_OF, RATES)
        batch = lines_of(review(ledger_of(items), POLICY, AS_OF, RATES))[str(customer)]
        for key in ("exposure", "overdue", "avg_days_late", "card", "score", "completeness", "grade", "reasons"):
            assert lines_of(alone)[str(customer)][key] == batch[key]
    assert set(together) == {item["customer"] for item in items}


@given(tables, st.integers(1, 400))
def test_a_past_date_ignores_the_future(items: list[dict[str, object]], back: int) -> None:
    then = AS_OF - timedelta(days=back)
    day = np.datetime64(then, "D")
    known = [_as_known_on(item, day) for item in items if not item["document_date"] > day]  # type: ignore[operator]
    assume(known)
    now, at_the_time = (review(ledger_of(rows), POLICY, then, RATES) for rows in (items, known))
    for code in at_the_time.totals:
        assert now.totals[code] == at_the_time.totals[code]
    with_items = {item["customer"] for item in known}
    for key in ("exposure", "overdue", "avg_days_late", "score"):
        assert {c: lines_of(now)[str(c)][key] for c in with_items} == {
            c: lines_of(at_the_time)[str(c)][key] for c in with_items
        }


def _as_known_on(item: dict[str, object], day: np.datetime64) -> dict[str, object]:
    """The item as the ledger of that day had it: what was settled later was not settled."""
    if item["settled_date"] > day:  # type: ignore[operator]
        return {**item, "settled": 0.0, "settled_date": np.datetime64("NaT", "D")}
    return item


@given(tables, st.data())
def test_paying_an_item_never_worsens_what_is_owed_or_how_it_is_dunned(
    items: list[dict[str, object]], data: st.DataObject
) -> None:
    before = reviewed(items)
    debts = np.flatnonzero(before.items.open_minor > 0)
    assume(len(debts))
    paid = int(data.draw(st.sampled_from(debts.tolist())))
    after = review(Ledger(_paid(before.ledger.items, paid), customers_from({})), POLICY, AS_OF, RATES)
    assert (after.items.stage <= before.items.stage).all()
    assert (after.customers.open_minor <= before.customers.open_minor).all()
    known = ~np.isnan(before.customers.exposure)  # without a rate no exposure is known
    assert (after.customers.exposure[known] <= before.customers.exposure[known]).all()


@given(tables, st.data())
def test_paying_what_is_overdue_never_lowers_the_score(items: list[dict[str, object]], data: st.DataObject) -> None:
    before = reviewed(items)
    overdue = np.flatnonzero(
        (before.items.open_minor > 0) & (before.items.days_past_due > 0) & (before.ledger.items.settled == 0)
    )
    assume(len(overdue))
    paid = int(data.draw(st.sampled_from(overdue.tolist())))
    after = review(Ledger(_paid(before.ledger.items, paid), customers_from({})), POLICY, AS_OF, RATES)
    owner = before.items.owner[paid]
    assert after.customers.score[owner] >= before.customers.score[owner]


def _paid(items: OpenItems, position: int) -> OpenItems:
    """The items with one of them settled in full on the as-of date."""
    columns = {column.name: getattr(items, column.name).copy() for column in fields(items)}
    columns["settled"][position] = items.amount[position]
    columns["settled_date"][position] = np.datetime64(AS_OF, "D")
    return replace(items, **columns)


@given(tables)
def test_a_blocked_item_never_escalates(items: list[dict[str, object]]) -> None:
    free = reviewed([{**item, "blocked": False} for item in items])
    blocked = reviewed([{**item, "blocked": True} for item in items])
    last = np.nan_to_num(np.array([item["last_stage"] for item in items], dtype=float))
    assert (blocked.items.stage <= free.items.stage).all()
    assert (blocked.items.stage <= last).all()


@given(tables)
def test_a_review_is_a_function_of_its_arguments(items: list[dict[str, object]]) -> None:
    words = Words.of("zh")
    assert record(reviewed(items), {}, words) == record(reviewed(items), {}, words)
