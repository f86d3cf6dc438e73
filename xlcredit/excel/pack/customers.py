"""What a pack shows of every customer: aging in the review's currency and in each document's, limits to decide on."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xlcredit.control import Review
from xlcredit.control.listing import Lists
from xlcredit.excel.pack.columns import Lines, Maker
from xlcredit.excel.pack.tables import PackTable, TableColumn
from xlcredit.kernel.money import decimals, decimals_of, sums, to_major
from xlcredit.ledger.tables import Money, Text
from xlcredit.rules.aging import UNDATED

VERDICTS: Final = ("approve", "reduce", "refuse", "defer")


def buckets(review: Review) -> dict[str, str]:
    """Column → aging bucket: those in use, the undated only where there are any.

    Policies name their buckets as they like, and a formula finds its columns by names that are none of theirs.
    """
    dated = UNDATED in set(review.items.bucket.tolist())
    return {f"bucket_{at}": key for at, key in enumerate(review.policy.buckets.keys) if key != UNDATED or dated}


def aging(make: Maker) -> PackTable:
    """One line per customer that owes or is owed anything: buckets in the review's currency, foot and grade."""
    review, case = make.review, make.review.case
    minor = case.valuation.in_base(review.items.open_minor)
    of_bucket = _by_bucket(review, minor, review.items.owner, len(case.parties))
    lines = np.flatnonzero(of_bucket.any(axis=1))
    overdue = case.of_party(np.where(case.found.is_overdue, minor, 0))[lines]
    columns = (
        *make.who(lines),
        make.grade(lines),
        *(replace(column, totalled=True) for column in _buckets(make, of_bucket[lines], make.places)),
        replace(make.amount("total", *_foot(make, of_bucket[lines], make.places), totalled=True), look="bar"),
        make.amount("overdue", to_major(overdue, make.places), totalled=True),
    )
    return make.table("aging", columns, 2)


def aging_by_currency(make: Maker) -> PackTable:
    """One line per customer and currency: buckets in that currency, with what they are in the review's."""
    review, case, codes = make.review, make.review.case, make.review.currencies
    account = review.items.owner * len(codes) + case.valuation.currencies.of_item
    n = len(case.parties) * len(codes)
    of_bucket = _by_bucket(review, review.items.open_minor, account, n)
    lines = np.flatnonzero(of_bucket.any(axis=1))
    owners, at = np.divmod(lines, len(codes))
    places, priced = decimals_of(codes)[at][:, None], ~np.isnan(case.valuation.rates[at])
    translated = to_major(sums(case.valuation.in_base(review.items.open_minor), account, n)[lines], make.places)
    total, formula = _foot(make, of_bucket[lines], places[:, 0])
    columns = (
        *make.who(owners),
        make.plain("currency", "text", np.array(codes, dtype=object)[at]),
        *_buckets(make, of_bucket[lines], places),
        replace(make.foreign("total", total), formula=formula),
        make.amount("in_base", np.where(priced, translated, np.nan), totalled=True),
    )
    return make.table("aging_by_currency", columns, 3)


def _by_bucket(review: Review, minor: NDArray[np.int64], groups: Lines, n: int) -> NDArray[np.int64]:
    """Sum of each group (rows) by bucket in use."""
    bucket = review.items.bucket
    return np.column_stack([sums(np.where(bucket == key, minor, 0), groups, n) for key in buckets(review).values()])


def _buckets(make: Maker, minor: NDArray[np.int64], places: int | NDArray[np.int64]) -> tuple[TableColumn, ...]:
    amounts, widest = to_major(minor, places), int(np.max(places, initial=make.places))
    return tuple(
        TableColumn(column, make.speech.heads("buckets", key), "amount", amounts[:, at], places=widest)
        for at, (column, key) in enumerate(buckets(make.review).items())
    )


def _foot(make: Maker, minor: NDArray[np.int64], places: int | NDArray[np.int64]) -> tuple[Money, str]:
    """What the buckets of each line add up to, and the formula that adds them."""
    widest = max(map(decimals, (make.review.currency, *make.review.currencies)))
    added = ",".join(f"{{{column}}}" for column in buckets(make.review))
    return to_major(minor.sum(axis=1), places), f"ROUND(SUM({added}),{widest})"


def limits(make: Maker, lists: Lists) -> PackTable:
    """One line per customer: score, limits, what is left, what is insured, and cells for the decision."""
    found = make.review.customers
    lines = np.arange(len(found.customer))
    insured, bare = (_listed("uninsured", key, lists, found.customer) for key in ("insured_part", "uninsured_part"))
    columns = (
        *make.who(lines),
        make.grade(lines),
        make.plain("score", "decimal", found.score, "rating"),
        make.amount("exposure", found.exposure, totalled=True),
        make.amount("overdue", found.overdue, totalled=True),
        make.plain("average_days_late", "decimal", found.average_days_late),
        make.amount("limit_in_force", found.answers["credit_limit"] * found.to_base),
        make.amount("limit", _finite(found.limit)),
        make.worded("constraint", "constraints", found.constraint),
        *_left(make),
        make.amount("insured_part", insured, totalled=True),
        make.amount("uninsured_part", bare, totalled=True),
        *_decision(make),
    )
    return make.table("limits", columns, 2)


def _left(make: Maker) -> tuple[TableColumn, ...]:
    """What is left of the suggested limit, and how far it is used: no figure where it is unlimited or nothing."""
    found, unknown = make.review.customers, 'OR({limit}="",{exposure}="")'
    headroom = f'IF({unknown},"",ROUND({{limit}}-{{exposure}},{make.places}))'
    used = f'IF({unknown},"",IF({{exposure}}<=0,0,IF({{limit}}=0,"",{{exposure}}/{{limit}})))'
    bounded = np.isfinite(found.limit)
    utilization = make.plain("utilization", "percent", _finite(np.where(bounded, found.utilization, np.nan)), "bar")
    return make.amount("headroom", _finite(found.headroom), headroom), replace(utilization, formula=used)


def _finite(values: Money) -> Money:
    return np.where(np.isfinite(values), values, np.nan)


def _decision(make: Maker) -> tuple[TableColumn, ...]:
    """Cells for who decides: what, how much, who, when."""
    say, n = make.speech, len(make.review.customers.customer)
    roles = tuple(dict.fromkeys(say("owners", key) for key in say.languages[0].table["owners"]))
    texts, figures = np.full(n, "", dtype=object), np.full(n, np.nan)
    return (
        replace(
            make.plain("verdict", "text", texts), choices=tuple(say("verdicts", key) for key in VERDICTS), to_fill=True
        ),
        replace(make.amount("approved_limit", figures), to_fill=True),
        replace(make.plain("decided_by", "text", texts), choices=roles, to_fill=True),
        replace(make.plain("decided_on", "date", figures), to_fill=True),
    )


def _listed(listing: str, key: str, lists: Lists, customers: Text) -> Money:
    """A figure that a list says of customers, NaN for those it does not name."""
    if listing not in lists or not any(field.key == key for field in lists[listing].fields):
        return np.full(len(customers), np.nan)
    told = dict(zip(lists[listing]["customer"].tolist(), lists[listing][key].tolist(), strict=True))
    return np.array([told.get(customer, np.nan) for customer in customers.tolist()])
