"""What the customer card looks up: scores, open items, points, events and month ends of each customer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xlcredit.control import Review
from xlcredit.control.credit import columns as answers_of
from xlcredit.control.recorded import owners
from xlcredit.control.review import RATIOS
from xlcredit.excel.pack.customers import grade, money
from xlcredit.excel.pack.listed import serials
from xlcredit.excel.pack.speech import Speech
from xlcredit.excel.pack.tables import PackTable, TableColumn, unique
from xlcredit.kernel.money import decimals, to_major, to_minor
from xlcredit.locales import Words
from xlcredit.rules import history, scorecard


def open_items(review: Review, speech: Speech) -> PackTable:
    """One line per open item, a customer's oldest first."""
    items, ledger = review.items, review.ledger.items
    at = np.flatnonzero(items.open_minor != 0)
    at = at[np.lexsort((-np.nan_to_num(items.days_past_due[at], nan=-1e9), items.owner[at]))]
    valuation = review.case.valuation
    in_base = to_major(valuation.in_base(items.open_minor)[at], valuation.places)
    priced = ~np.isnan(valuation.rates[valuation.currencies.of_item[at]])
    widest = max(map(decimals, review.currencies))

    def words(key: str, group: str, codes: NDArray[np.object_]) -> TableColumn:
        texts = speech.column(lambda words: [words(group, code) if code else "" for code in codes.tolist()])
        return TableColumn(key, speech.heads("columns", key), "text", texts)

    def plain(key: str, kind: str, values: NDArray[Any], places: int = 2) -> TableColumn:
        return TableColumn(key, speech.heads("pack_columns", key), kind, values, places=places)

    columns = (
        TableColumn(
            "customer", speech.heads("columns", "customer"), "text", review.customers.customer[items.owner[at]]
        ),
        plain("document", "text", ledger.document[at]),
        plain("document_type", "text", ledger.document_type[at]),
        plain("document_date", "date", serials(ledger.document_date[at])),
        TableColumn("due_date", speech.heads("pack_columns", "item_due"), "date", serials(items.due_date[at])),
        plain("currency", "text", items.currency[at]),
        plain("amount", "amount", ledger.amount[at], widest),
        plain("open_amount", "amount", items.open[at], widest),
        money("open", speech, f" ({review.currency})", review, np.where(priced, in_base, np.nan), totalled=True),
        TableColumn("days_past_due", speech.heads("columns", "days_past_due"), "integer", items.days_past_due[at]),
        words("bucket", "buckets", items.bucket[at]),
        TableColumn("stage", speech.heads("columns", "stage"), "integer", items.stage[at].astype(np.float64)),
        words("action", "actions", items.action[at]),
    )
    return PackTable("open_items", speech.heads("pack_sheets", "open_items"), unique(columns), 2)


def points(review: Review, speech: Speech) -> PackTable:
    """One line per customer and characteristic of its scorecard: answer, points of the best it could earn."""
    parts = [_of_card(review, key) for key in dict.fromkeys(review.customers.card.tolist()) if key]
    if not parts:
        parts = [(np.empty(0, dtype=np.intp), np.empty(0, dtype=object), *(np.empty(0),) * 3)]
    owner, names, given, earned, best = (np.concatenate(part) for part in zip(*parts, strict=True))
    order = np.argsort(owner, kind="stable")
    asked = names[order].tolist()

    def column(key: str, kind: str, values: NDArray[Any]) -> TableColumn:
        return TableColumn(key, speech.heads("pack_columns", key), kind, values)

    columns = (
        TableColumn("customer", speech.heads("columns", "customer"), "text", review.customers.customer[owner[order]]),
        column(
            "characteristic", "text", speech.column(lambda words: [words("characteristics", each) for each in asked])
        ),
        column("given", "text", _said(asked, given[order].tolist())),
        column("earned", "decimal", earned[order]),
        column("best", "decimal", best[order]),
    )
    return PackTable("score_points", speech.heads("pack_sheets", "score_points"), unique(columns))


def _of_card(review: Review, key: str) -> tuple[NDArray[Any], ...]:
    """Whose, which characteristic, answer, points and best points, of the customers with this scorecard."""
    found, card = review.customers, review.policy.scorecards[key]
    rows = np.flatnonzero(found.card == key)
    answered = answers_of(card, found.answers, rows)
    names, n = np.array(card.names, dtype=object), len(card.names)
    earned = scorecard.points(card, answered).ravel()
    given = np.column_stack(answered).ravel()
    return np.repeat(rows, n), np.tile(names, len(rows)), given, earned, np.tile(card.weights / 100.0, len(rows))


def _said(names: Iterable[str], answers: Iterable[float]) -> NDArray[np.object_]:
    """Answers as text, shares in per cent, none as a dash."""
    told = [
        "–" if answer != answer else f"{answer:.1%}" if name in RATIOS else f"{answer:.4g}"  # noqa: PLR0124 (NaN)
        for name, answer in zip(names, answers, strict=True)
    ]
    return np.array(told, dtype=object)


def events(review: Review, speech: Speech) -> PackTable:
    """One line per recorded event of a known customer, its latest first."""
    records = review.ledger.recorded("events")
    owner, day = owners(review.case.parties, records), records.day("date")
    at = np.flatnonzero((owner >= 0) & ~(day > review.case.as_of))
    at = at[np.lexsort((-np.nan_to_num(serials(day[at])), owner[at]))]
    columns = (
        TableColumn("customer", speech.heads("columns", "customer"), "text", review.customers.customer[owner[at]]),
        TableColumn("date", speech.heads("pack_columns", "date"), "date", serials(day[at])),
        TableColumn("type", speech.heads("pack_columns", "type"), "text", records.text("type")[at]),
        TableColumn("note", speech.heads("columns", "note"), "wrapped", records.text("note")[at]),
    )
    return PackTable("events", speech.heads("pack_sheets", "events"), unique(columns))


def balances(review: Review, speech: Speech, months: int = 12) -> PackTable:
    """One line per customer: what was open at each of the last month ends, the oldest first."""
    case, items = review.case, review.case.items
    minor, valuation = case.valuation.in_base(case.found.amount_minor), case.valuation
    settled = valuation.in_base(to_minor(items.settled, valuation.currencies.places[valuation.currencies.of_item]))
    postings = history.Postings(
        case.parties.owner, items.document_date, case.found.due_date, minor, settled, items.settled_date, minor > 0
    )
    ends = history.month_ends(case.as_of, months)
    kept = history.history(postings, ends, case.policy.buckets.bands, len(case.parties))
    owed = to_major(kept.open, valuation.places)
    heads = [str(end) for end in ends]
    columns = (
        TableColumn("customer", speech.heads("columns", "customer"), "text", review.customers.customer),
        *(
            TableColumn(
                f"m{at}", (head,) * len(speech.languages), "amount", owed[at], places=valuation.places, totalled=True
            )
            for at, head in enumerate(heads)
        ),
        TableColumn(
            "trend", speech.heads("pack", "trend"), "text", np.full(owed.shape[1], "", dtype=object), look="line"
        ),
    )
    return PackTable("balances", speech.heads("pack_sheets", "balances"), unique(columns))


def scores(review: Review, speech: Speech) -> PackTable:
    """One line per customer: by which scorecard it is scored, how far the data answer it, and what cost it points."""
    found, told = review.customers, review.customers.reasons

    def worded(key: str, kind: str, say: Callable[[Words], list[str]]) -> TableColumn:
        return TableColumn(key, speech.heads("columns", key), kind, speech.column(say))

    columns = (
        TableColumn("customer", speech.heads("columns", "customer"), "text", found.customer),
        worded(
            "card", "text", lambda words: [words("scorecards", card) if card else "" for card in found.card.tolist()]
        ),
        TableColumn("score", speech.heads("columns", "score"), "decimal", found.score, look="rating"),
        TableColumn("completeness", speech.heads("columns", "completeness"), "percent", found.completeness, look="bar"),
        grade(review, speech, np.arange(len(found.customer))),
        worded("reasons", "wrapped", lambda words: ["; ".join(each.in_words(words) for each in one) for one in told]),
    )
    return PackTable("scores", speech.heads("pack_sheets", "scores"), unique(columns))
