"""Record: a review as JSON, whole and in stable keys, money as text with its currency's decimals.

The keys are described in docs/reference/json.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np

from xlcredit.control import CurrencyTotal, Review
from xlcredit.control.listing import Field, Listing, Lists
from xlcredit.kernel.money import decimals, in_text, to_minor
from xlcredit.ledger.tables import Days, Money
from xlcredit.locales import Words
from xlcredit.policy import fingerprint
from xlcredit.rules.aging import UNDATED


def to_json(review: Review, lists: Lists, words: Words) -> str:
    """The whole review as JSON text; words (messages, remedies, reasons) in one language, keys in none."""
    return json.dumps(record(review, lists, words), ensure_ascii=False, indent=1)


def record(review: Review, lists: Lists, words: Words) -> dict[str, Any]:
    """The whole review as plain values."""
    source, policy = review.ledger.source, review.policy
    return {
        "as_of": review.as_of.isoformat(),
        "currency": review.currency,
        "policy": {"name": policy.name, "version": policy.version, "fingerprint": fingerprint(policy)},
        "source": {"file": source.file, "sha256": source.sha256, "sheet": source.sheet, "layout": source.layout},
        "totals": {code: _total(code, total) for code, total in review.totals.items()},
        "customers": list(_customers(review, words)),
        "items": list(_items(review)),
        "lists": {key: list(_lines(made, decimals(review.currency))) for key, made in lists.items()},
        "findings": [
            {
                "severity": finding.severity,
                "code": finding.code,
                "where": finding.where,
                "message": finding.message(words),
                "remedy": finding.remedy(words),
            }
            for finding in review.findings
        ],
    }


def _total(code: str, total: CurrencyTotal) -> dict[str, Any]:
    places = decimals(code)
    return {
        "open": in_text(total.open, places),
        "overdue": in_text(total.overdue, places),
        "buckets": {key: in_text(minor, places) for key, minor in total.buckets.items() if minor or key != UNDATED},
    }


def _customers(review: Review, words: Words) -> Iterator[dict[str, Any]]:
    found, places = review.customers, decimals(review.currency)
    columns = {
        "exposure": _money(found.exposure, places),
        "avg_days_late": _numbers(found.average_days_late),
        "card": [card or None for card in found.card],
        "score": _numbers(found.score),
        "completeness": _numbers(found.completeness),
        "grade": [grade or None for grade in found.grade],
        "limit": _money(found.limit, places),
        "constraint": found.constraint.tolist(),
        "headroom": _money(found.headroom, places),
        "utilization": _numbers(found.utilization),
    }
    by_currency = zip(found.open_minor.tolist(), found.overdue_minor.tolist(), strict=True)
    for line, (open_minor, overdue_minor) in enumerate(by_currency):
        yield {
            "customer": found.customer[line],
            "name": found.name[line],
            "open": _of_currencies(review, open_minor),
            "overdue": _of_currencies(review, overdue_minor),
            **{key: values[line] for key, values in columns.items()},
            "reasons": [reason.in_words(words) for reason in found.reasons[line]],
        }


def _of_currencies(review: Review, minor: list[int]) -> dict[str, str]:
    """Amounts by currency: the review's always, others where there is something."""
    amounts = {
        review.currency: 0,
        **{code: amount for code, amount in zip(review.currencies, minor, strict=True) if amount},
    }
    return {code: in_text(amount, decimals(code)) for code, amount in amounts.items()}


def _items(review: Review) -> Iterator[dict[str, Any]]:
    ledger, lines = review.ledger.items, review.items
    places = [decimals(code) for code in lines.currency]
    columns = {
        "row": ledger.row.tolist(),
        "customer": review.customers.customer[lines.owner].tolist(),
        "document": ledger.document.tolist(),
        "document_date": _dates(ledger.document_date),
        "due_date": _dates(lines.due_date),
        "amount": _money(ledger.amount, places),
        "open": _money(lines.open, places),
        "currency": lines.currency.tolist(),
        "days_past_due": [None if np.isnan(days) else int(days) for days in lines.days_past_due],
        "bucket": [bucket or None for bucket in lines.bucket],
        "stage": lines.stage.tolist(),
        "action": [action or None for action in lines.action],
        "blocked": lines.blocked.tolist(),
    }
    for values in zip(*columns.values(), strict=True):
        yield dict(zip(columns, values, strict=True))


def _lines(listing: Listing, places: int) -> Iterator[dict[str, Any]]:
    own = [decimals(code) for field in listing.fields if field.key == "currency" for code in field.cells]
    columns = {field.key: _cells(field, places if field.in_base else own or places) for field in listing.fields}
    for values in zip(*columns.values(), strict=True):
        yield dict(zip(columns, values, strict=True))


def _cells(field: Field, places: int | list[int]) -> list[Any]:
    """A column's cells as JSON holds them: codes as they are, money as text."""
    match field.kind:
        case "text":
            return [
                [str(each) for each in cell] if isinstance(cell, tuple) else cell or None
                for cell in field.cells.tolist()
            ]
        case "date":
            return _dates(field.cells)
        case "amount":
            return _money(field.cells, places)
        case "rate":
            return _numbers(field.cells, 6)
        case _:
            return _numbers(field.cells)


def _money(amounts: Money, places: int | list[int]) -> list[str | None]:
    """Amounts as text, None where there is none, "unlimited" where there is no bound."""
    digits = [places] * len(amounts) if isinstance(places, int) else places
    bounded = np.isfinite(amounts)
    minor = to_minor(np.where(bounded, amounts, 0.0), np.array(digits, dtype=np.int64)).tolist()
    return [
        in_text(m, d) if known else "unlimited" if np.isinf(amount) else None
        for m, d, known, amount in zip(minor, digits, bounded, amounts, strict=True)
    ]


def _numbers(values: Money, digits: int = 4) -> list[float | None]:
    return [round(value, digits) if np.isfinite(value) else None for value in values.tolist()]


def _dates(days: Days) -> list[str | None]:
    return [None if text == "NaT" else text for text in np.datetime_as_string(days).tolist()]
