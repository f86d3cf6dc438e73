"""What the signals see: the ledger's and its records' columns brought to the tests of rules.signals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.case import Case
from xlcredit.control.collection.lapses import amounts, first_days, lapses
from xlcredit.control.events import event_kind, insolvent
from xlcredit.control.groups import company_groups
from xlcredit.control.parties import coded
from xlcredit.control.recorded import owners
from xlcredit.control.review import Review
from xlcredit.kernel.dates import days_between
from xlcredit.kernel.money import to_major, to_minor
from xlcredit.ledger.records import Records
from xlcredit.ledger.tables import Flags, Money, Text
from xlcredit.rules import concentration, reviews
from xlcredit.rules import signals as rules
from xlcredit.rules import statements as financial
from xlcredit.rules.history import month_ends
from xlcredit.rules.signals import Seen, series


def tests(review: Review) -> list[Seen]:
    """What every test sees of the customers; a test whose data are missing sees nobody."""
    case, limits = review.case, review.policy.signals.limits
    return [
        *_events(case),
        *_statements(case),
        _slower(case),
        rules.late_payers(review.customers.answers["average_days_late"], limits),
        rules.old_receivables(case.oldest(), limits),
        _lapsing(case),
        _payers(case),
        _orders(case),
        *_indices(case),
        _concentrated(review),
        *_checklist(case, review.customers.grade),
        *_indicators(review),
    ]


def _known(case: Case, kind: str) -> tuple[Records, NDArray[np.intp], NDArray[np.intp]]:
    """Records of a kind, the rows of known customers, and whose they are."""
    records = case.ledger.recorded(kind)
    of = owners(case.parties, records)
    rows = np.flatnonzero(of >= 0)
    return records, rows, of[rows]


def _events(case: Case) -> Iterator[Seen]:
    limits, n = case.policy.signals.limits, len(case.parties)
    records, rows, of = _known(case, "events")
    ago = days_between(records.day("date")[rows], case.as_of)
    kinds = np.array([event_kind(text) for text in records.text("type")[rows].tolist()], dtype=object)
    since = insolvent(case)
    yield rules.flagged("insolvency", ~np.isnat(since), figures={"days_since": days_between(since, case.as_of)})
    owned, legal = kinds == "ownership", kinds == "legal"
    yield rules.changed_owners(rules.counted_since(of[owned], ago[owned], limits.ownership_days, n), limits)
    recent = rules.counted_since(of[legal], ago[legal], limits.legal_days, n)
    yield rules.rising_events(recent, rules.rise(of[legal], ago[legal], limits.legal_days, n), limits)


def _slower(case: Case) -> Seen:
    """Days to pay, month by month: means, since customers pay more than one invoice at a time."""
    parts, limits = case.found.settlements, case.policy.signals.limits
    ends = month_ends(case.as_of, case.policy.metrics.months)
    days = days_between(case.items.document_date[parts.item], parts.day)
    paid = (parts.minor > 0) & ~np.isnan(days)
    whose = case.parties.owner[parts.item[paid]]
    means = series.monthly_means(whose, parts.day[paid], days[paid], ends, len(case.parties))
    trends = rules.mann_kendall(means)
    figures = {"months": trends.n, "monthly_slope": trends.slope, "p": trends.p}
    return replace(rules.slower_payers(trends, limits), figures=figures)


def _lapsing(case: Case) -> Seen:
    """Claims near the end of their limitation period; an amount without a rate is not told, but raises it."""
    found, places = lapses(case), case.valuation.places

    def owed(which: Flags) -> Money:
        minor = amounts(case, which)
        return np.where(minor > 0, to_major(minor, places), np.nan)

    soon, over = (case.of_party(which.astype(np.int64)) > 0 for which in (found.soon, found.over))
    left = np.where(soon, days_between(case.as_of, first_days(case, found)), np.nan)
    figures = {"days_to_lapse": left, "lapsing": owed(found.soon), "lapsed": owed(found.over)}
    return rules.flagged("claim_lapses", soon, over, figures=figures)


def _payers(case: Case) -> Seen:
    limits = case.policy.signals.limits
    records, rows, of = _known(case, "payments")
    ago = days_between(records.day("date")[rows], case.as_of)
    accounts, _ = coded(records.text("account")[rows])
    payers = rules.distinct_payers(of, accounts, ago, limits.payer_days, len(case.parties))
    return rules.many_payers(payers, limits)


def _orders(case: Case) -> Seen:
    """Orders of the last whole month against the months before, since the customer's first."""
    valuation, n = case.valuation, len(case.parties)
    records, rows, of = _known(case, "orders")
    codes = records.text("currency")[rows].tolist()
    factors = np.array([valuation.factors.get(code, np.nan) if code else 1.0 for code in codes])
    amounts = records.figure("amount")[rows] * factors
    ends = month_ends(case.as_of, case.policy.metrics.months + 1)
    minor = to_minor(amounts, valuation.places)
    months = series.monthly_sums(of, records.day("date")[rows], minor, ends, n)
    months[of[np.isnan(factors)]] = np.nan  # months without a part of the orders would look low
    return rules.unusual_orders(rules.order_anomalies(months[:, :-1], months[:, -1], case.policy.signals.limits))


def _indices(case: Case) -> Iterator[Seen]:
    records = case.ledger.recorded("indices")
    subjects = records.text("subject")
    ago = days_between(records.day("date"), case.as_of)
    for role in ("industry", "country"):
        mine = case.parties.text(case.ledger.customers.texts.get(role))
        codes, known = coded(np.concatenate([subjects, mine]))
        told, of = codes[: len(subjects)], codes[len(subjects) :]
        first, last = series.first_and_last(told, ago, records.figure("value"), case.policy.window_days, len(known))
        falls = rules.index_falls(last, first, of)
        yield rules.fallen_index(f"{role}_index", falls, case.policy.signals.limits)


def _concentrated(review: Review) -> Seen:
    """Whoever stands or falls together counts as one."""
    known, owed = company_groups(review), review.exposure_minor
    groups, alone = known.of_party.copy(), known.of_party < 0
    groups[alone] = len(known.name) + np.arange(int(alone.sum()))
    shares = concentration.shares(concentration.of_groups(owed, groups, len(known.name) + int(alone.sum())))
    held = np.where(owed > 0, shares[groups], np.nan)
    return replace(rules.concentrated(held, review.policy.signals.limits), figures={"exposure_share": held})


def _checklist(case: Case, grades: Text) -> Iterator[Seen]:
    """Checklists and reviews that are due, where the customers sheet says when the last one was."""
    customers, parties, limits = case.ledger.customers, case.parties, case.policy.signals.limits
    if "last_review" not in customers.days:
        return
    last, since = parties.day(customers.days["last_review"]), parties.day(customers.since)
    ago, known = days_between(last, case.as_of), days_between(since, case.as_of)
    due = rules.checklist_due(np.where(ago < 0, np.nan, known), ago, limits)
    late = (ago >= 0) & reviews.overdue(reviews.next_review(last, grades, since, case.policy.review), case.as_of)
    yield replace(due, raised=due.raised | late)


def _statements(case: Case) -> Iterator[Seen]:
    """Weak statements and distress, from the last statement of each customer and the one before it."""
    rule, filed, n = case.policy.statements, case.filed, len(case.parties)
    trend, of = filed.trend, filed.party

    def flags(seen: Flags) -> Flags:
        return np.bincount(of[seen], minlength=n) > 0

    def figure(values: Money) -> Money:
        column = np.full(n, np.nan)
        column[of] = values
        return column

    z2 = financial.z2_of(filed.last)
    weak = (trend.high_debt, trend.rising_debt, trend.falling_profit, trend.negative_equity)
    names = ("debt_ratio", "debt_ratio_change", "net_income_change")
    figures = {name: figure(getattr(trend, name)) for name in names}
    yield rules.flagged("weak_statements", *(flags(seen) for seen in weak), figures=figures)
    distress = flags(financial.zone(z2, rule) == financial.DISTRESS)
    yield rules.flagged("altman_distress", distress, figures={"z2": figure(z2)})


def _indicators(review: Review) -> Iterator[Seen]:
    """Figures of the customers that the policy made indicators; a former value stands nowhere, so none changed."""
    none = np.full(len(review.customers.customer), np.nan)
    for name, indicator in review.policy.signals.indicators.items():
        yield rules.indicator(name, review.customers.answers.get(name, none), none, indicator)
