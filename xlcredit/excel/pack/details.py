"""What the customer card looks up: scores, open items, points, events and month ends of each customer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from xlcredit.control import Review
from xlcredit.control.grading.credit import columns as answers_of
from xlcredit.control.history.postings import postings
from xlcredit.control.recorded import owners
from xlcredit.control.review import answer_in_figures
from xlcredit.excel.pack.columns import Maker, serials
from xlcredit.excel.pack.tables import PackTable, TableColumn
from xlcredit.kernel.money import to_major
from xlcredit.ledger.tables import Text
from xlcredit.rules import history, scorecard

MONTHS: Final = 12


def open_items(make: Maker) -> PackTable:
    """One line per open item, a customer's oldest first."""
    items, ledger, valuation = make.review.items, make.review.ledger.items, make.review.case.valuation
    at = np.flatnonzero(items.open_minor != 0)
    at = at[np.lexsort((-np.nan_to_num(items.days_past_due[at], nan=-1e9), items.owner[at]))]
    in_base = to_major(valuation.in_base(items.open_minor)[at], valuation.places)
    priced = ~np.isnan(valuation.rates[valuation.currencies.of_item[at]])
    columns = (
        make.customer(items.owner[at]),
        make.plain("document", "text", ledger.document[at]),
        make.plain("document_type", "text", ledger.document_type[at]),
        make.day("document_date", ledger.document_date[at]),
        make.day("due_date", items.due_date[at]),
        make.plain("currency", "text", items.currency[at]),
        make.foreign("amount", ledger.amount[at]),
        make.foreign("open_amount", items.open[at]),
        make.amount("open", np.where(priced, in_base, np.nan), totalled=True),
        make.plain("days_past_due", "integer", items.days_past_due[at]),
        make.worded("bucket", "buckets", items.bucket[at]),
        make.plain("stage", "integer", items.stage[at].astype(np.float64)),
        make.worded("action", "actions", items.action[at]),
    )
    return make.table("open_items", columns, 2)


def scores(make: Maker) -> PackTable:
    """One line per customer: by which scorecard it is scored, how far the data answer it, and what cost it points."""
    found = make.review.customers
    lines, told = np.arange(len(found.customer)), found.reasons
    reasons = make.speech.column(lambda words: [words.listed(each.in_words(words) for each in one) for one in told])
    columns = (
        make.customer(lines),
        make.worded("card", "scorecards", found.card),
        make.plain("score", "decimal", found.score, "rating"),
        make.plain("completeness", "percent", found.completeness, "bar"),
        make.grade(lines),
        make.plain("reasons", "wrapped", reasons),
    )
    return make.table("scores", columns)


def points(make: Maker) -> PackTable:
    """One line per customer and characteristic of its scorecard: answer, points of the best it could earn."""
    cards = [key for key in dict.fromkeys(make.review.customers.card.tolist()) if key]
    owner, names, given, earned, best = map(
        np.concatenate, zip(_NONE, *(_of_card(make.review, key) for key in cards), strict=True)
    )
    order = np.argsort(owner, kind="stable")
    columns = (
        make.customer(owner[order]),
        make.worded("characteristic", "characteristics", names[order]),
        make.plain("given", "text", _said(names[order].tolist(), given[order].tolist())),
        make.plain("earned", "decimal", earned[order]),
        make.plain("best", "decimal", best[order]),
    )
    return make.table("score_points", columns)


_NONE: Final = (np.empty(0, dtype=np.intp), np.empty(0, dtype=object), np.empty(0), np.empty(0), np.empty(0))
"""The points of nobody."""


def _of_card(review: Review, key: str) -> tuple[NDArray[Any], ...]:
    """Whose, which characteristic, answer, points and best points, of the customers with this scorecard."""
    found, card = review.customers, review.policy.scorecards[key]
    rows = np.flatnonzero(found.card == key)
    answered = answers_of(card, found.answers, rows)
    names, n = np.array(card.names, dtype=object), len(card.names)
    earned = scorecard.points(card, answered).ravel()
    given = np.column_stack(answered).ravel()
    return np.repeat(rows, n), np.tile(names, len(rows)), given, earned, np.tile(card.weights / 100.0, len(rows))


def _said(names: Iterable[str], answers: Iterable[float]) -> Text:
    """Answers as text, none as a dash."""
    told = [
        "–" if np.isnan(answer) else answer_in_figures(name, answer)
        for name, answer in zip(names, answers, strict=True)
    ]
    return np.array(told, dtype=object)


def events(make: Maker) -> PackTable:
    """One line per recorded event of a known customer, its latest first."""
    records, case = make.review.ledger.recorded("events"), make.review.case
    owner, day = owners(case.parties, records), records.day("date")
    at = np.flatnonzero((owner >= 0) & ~(day > case.as_of))
    at = at[np.lexsort((-np.nan_to_num(serials(day[at])), owner[at]))]
    columns = (
        make.customer(owner[at]),
        make.day("date", day[at]),
        make.plain("type", "text", records.text("type")[at]),
        make.plain("note", "wrapped", records.text("note")[at]),
    )
    return make.table("events", columns)


def balances(make: Maker) -> PackTable:
    """One line per customer: what was open at each of the last month ends, the oldest first, and a line over it."""
    case, n = make.review.case, len(make.review.case.parties)
    whose = np.concatenate([case.parties.owner, case.parties.owner[case.found.settlements.item]])
    ends = history.month_ends(case.as_of, MONTHS)
    kept = history.history(replace(postings(case), owners=whose), ends, case.policy.buckets.bands, n)
    owed = to_major(kept.open, make.places)
    columns = (
        make.customer(np.arange(n)),
        *(
            _month(make, f"month_{at}", str(end), amounts)
            for at, (end, amounts) in enumerate(zip(ends, owed, strict=True))
        ),
        TableColumn("trend", make.speech.headings("trend"), "text", np.full(n, "", dtype=object), look="line"),
    )
    return make.table("balances", columns)


def _month(make: Maker, key: str, end: str, amounts: NDArray[np.float64]) -> TableColumn:
    heads = (end,) * len(make.speech.languages)
    return TableColumn(key, heads, "amount", amounts, places=make.places, totalled=True)
