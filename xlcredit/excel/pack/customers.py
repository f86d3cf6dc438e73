"""What a pack shows of every customer: aging in the review's currency and in each document's, limits to decide on."""

from __future__ import annotations

from typing import Final

import numpy as np

from xlcredit.control import Review
from xlcredit.control.listing import Lists
from xlcredit.excel.pack.speech import Speech
from xlcredit.excel.pack.tables import PackTable, TableColumn, unique
from xlcredit.kernel.money import Minor, decimals, sums, to_major
from xlcredit.ledger.tables import Money, Text
from xlcredit.rules.aging import UNDATED

VERDICTS: Final = ("approve", "reduce", "refuse", "defer")


def aging(review: Review, speech: Speech) -> PackTable:
    """One line per customer that owes or is owed anything: buckets in the review's currency, foot and grade."""
    case, places = review.case, review.case.valuation.places
    minor = case.valuation.in_base(review.items.open_minor)
    of_bucket = np.column_stack(
        [case.of_party(np.where(review.items.bucket == key, minor, 0)) for key in _used(review)]
    )
    overdue = case.of_party(np.where(case.found.is_overdue, minor, 0))
    lines = np.flatnonzero(of_bucket.any(axis=1))
    base = f" ({review.currency})"
    columns = (
        *_who(review, speech, lines),
        grade(review, speech, lines),
        *_buckets(review, speech, to_major(of_bucket[lines], places), totalled=True),
        _sum("total", speech, base, review, to_major(of_bucket[lines].sum(axis=1), places)),
        money("overdue", speech, base, review, to_major(overdue[lines], places), totalled=True),
    )
    return PackTable("aging", speech.heads("pack_sheets", "aging"), unique(columns), 2)


def aging_by_currency(review: Review, speech: Speech) -> PackTable:
    """One line per customer and currency: buckets in that currency, with what they are in the review's."""
    case, codes = review.case, review.currencies
    n, items = len(review.customers.customer), review.items
    account = items.owner * len(codes) + case.valuation.currencies.of_item
    width = n * len(codes)
    of_bucket = np.column_stack(
        [sums(np.where(items.bucket == key, items.open_minor, 0), account, width) for key in _used(review)]
    )
    in_base = _major(sums(case.valuation.in_base(items.open_minor), account, width), review)
    lines = np.flatnonzero(of_bucket.any(axis=1))
    at = lines % len(codes)
    places = np.array([decimals(code) for code in codes])[at]
    columns = (
        *_who(review, speech, lines // len(codes)),
        TableColumn("currency", speech.heads("pack_columns", "currency"), "text", np.array(codes, dtype=object)[at]),
        *_buckets(review, speech, to_major(of_bucket[lines], places[:, None]), totalled=False),
        _sum("total", speech, "", review, to_major(of_bucket[lines].sum(axis=1), places)),
        money(
            "in_base",
            speech,
            f" ({review.currency})",
            review,
            np.where(np.isnan(case.valuation.rates[at]), np.nan, in_base[lines]),
            totalled=True,
        ),
    )
    return PackTable("aging_by_currency", speech.heads("pack_sheets", "aging_by_currency"), unique(columns), 3)


def limits(review: Review, lists: Lists, speech: Speech) -> PackTable:
    """One line per customer: score, limits, what is left, what is insured, and cells for the decision."""
    found, n = review.customers, len(review.customers.customer)
    lines, base, places = np.arange(n), f" ({review.currency})", decimals(review.currency)
    bounded = np.where(np.isfinite(found.limit), found.limit, np.nan)

    def amount(key: str, values: Money, formula: str = "", *, totalled: bool = False) -> TableColumn:
        return money(key, speech, base, review, values, formula, totalled=totalled)

    columns = (
        *_who(review, speech, lines),
        grade(review, speech, lines),
        TableColumn("score", speech.heads("columns", "score"), "decimal", found.score, look="rating"),
        amount("exposure", found.exposure, totalled=True),
        amount("overdue", found.overdue, totalled=True),
        TableColumn(
            "average_days_late", speech.heads("columns", "average_days_late"), "decimal", found.average_days_late
        ),
        amount("limit_in_force", found.answers["credit_limit"] * found.to_base),
        amount("limit", bounded),
        TableColumn(
            "constraint",
            speech.heads("columns", "constraint"),
            "text",
            speech.column(lambda words: [words("constraints", key) if key else "" for key in found.constraint]),
        ),
        amount("headroom", *_headroom(bounded, found.exposure, places)),
        _utilization(bounded, found.exposure, speech),
        amount("insured_part", _listed("uninsured", "insured_part", lists, found.customer), totalled=True),
        amount("uninsured_part", _listed("uninsured", "uninsured_part", lists, found.customer), totalled=True),
        *_decision(n, speech),
    )
    return PackTable("limits", speech.heads("pack_sheets", "limits"), unique(columns), 2)


def _headroom(limit: Money, exposure: Money, places: int) -> tuple[Money, str]:
    scale = 10.0**places
    left = np.round((limit - exposure) * scale) / scale
    return left, f'IF(OR({{limit}}="",{{exposure}}=""),"",ROUND({{limit}}-{{exposure}},{places}))'


def _utilization(limit: Money, exposure: Money, speech: Speech) -> TableColumn:
    with np.errstate(divide="ignore", invalid="ignore"):
        used = np.where(limit > 0, exposure / limit, np.nan)
    formula = 'IF(OR({limit}="",{exposure}="",{limit}=0),"",{exposure}/{limit})'
    return TableColumn("utilization", speech.heads("columns", "utilization"), "percent", used, formula, look="bar")


def _decision(n: int, speech: Speech) -> tuple[TableColumn, ...]:
    """Cells for who decides: what, how much, who, when."""
    verdicts = tuple(speech("verdicts", key) for key in VERDICTS)
    roles = tuple(dict.fromkeys(speech("owners", key) for key in speech.languages[0].table["owners"]))

    def cells(key: str, kind: str, choices: tuple[str, ...] = ()) -> TableColumn:
        blank = np.full(n, "", dtype=object) if kind == "text" else np.full(n, np.nan)
        return TableColumn(key, speech.heads("pack_columns", key), kind, blank, choices=choices, to_fill=True)

    return (
        cells("verdict", "text", verdicts),
        cells("approved_limit", "amount"),
        cells("approver", "text", roles),
        cells("decided_on", "date"),
    )


def _listed(listing: str, key: str, lists: Lists, customers: Text) -> Money:
    """A figure that a list says of customers, NaN for those it does not name."""
    if listing not in lists or not any(field.key == key for field in lists[listing].fields):
        return np.full(len(customers), np.nan)
    told = dict(zip(lists[listing]["customer"].tolist(), lists[listing][key].tolist(), strict=True))
    return np.array([told.get(customer, np.nan) for customer in customers.tolist()])


def _used(review: Review) -> tuple[str, ...]:
    """The buckets in use: the undated only where there are any."""
    keys = review.policy.buckets.keys
    return keys if UNDATED in set(review.items.bucket.tolist()) else tuple(key for key in keys if key != UNDATED)


def _who(review: Review, speech: Speech, lines: np.ndarray[tuple[int], np.dtype[np.intp]]) -> tuple[TableColumn, ...]:
    found = review.customers
    who = [("customer", found.customer)]
    if (found.names_beside != "").any():
        who.append(("name", found.names_beside))
    return tuple(TableColumn(key, speech.heads("columns", key), "text", texts[lines]) for key, texts in who)


def grade(review: Review, speech: Speech, lines: np.ndarray[tuple[int], np.dtype[np.intp]]) -> TableColumn:
    """Grades of customers, coloured from the best to the worst."""
    names = review.policy.grades.names
    return TableColumn(
        "grade", speech.heads("columns", "grade"), "text", review.customers.grade[lines], look="ramp", ramp=names
    )


def _buckets(review: Review, speech: Speech, amounts: Money, *, totalled: bool) -> tuple[TableColumn, ...]:
    return tuple(
        TableColumn(
            key,
            speech.heads("buckets", key),
            "amount",
            amounts[:, at],
            totalled=totalled,
            places=decimals(review.currency),
        )
        for at, key in enumerate(_used(review))
    )


def _sum(key: str, speech: Speech, more: str, review: Review, values: Money) -> TableColumn:
    """The foot of a line's buckets."""
    places = max(map(decimals, review.currencies)) if not more else decimals(review.currency)
    formula = f"ROUND(SUM({','.join(f'{{{bucket}}}' for bucket in _used(review))}),{places})"
    heads = speech.heads("pack_columns", key, more)
    return TableColumn(key, heads, "amount", values, formula, places, totalled=bool(more), look="bar" if more else "")


def money(
    key: str,
    speech: Speech,
    more: str,
    review: Review,
    values: Money,
    formula: str = "",
    *,
    totalled: bool = False,
) -> TableColumn:
    """Amounts in the review's currency."""
    group = "columns" if key in speech.languages[0].table["columns"] else "pack_columns"
    return TableColumn(
        key, speech.heads(group, key, more), "amount", values, formula, decimals(review.currency), totalled=totalled
    )


def _major(minor: Minor, review: Review) -> Money:
    return to_major(minor, decimals(review.currency))
