"""What the property tests draw from: amounts, days, dates, answers, delays, policy settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from xlcredit.policy.contradictions import CAPPED
from xlcredit.rules.measures import Delays
from xlcredit.rules.scorecard import Scorecard

CENTS = st.integers(-(10**11), 10**11)
"""Open amounts in cents: credits too, up to a thousand million."""

DEBITS = st.integers(1, 10**11)
DAYS = st.integers(-400, 2_000).map(float)
"""Days past due, not yet due included."""

DAYS_OR_NONE = st.one_of(DAYS, st.just(float("nan")))
DATES = st.dates(date(1990, 1, 1), date(2080, 12, 31))
FACTORS = st.one_of(st.just(float("nan")), st.sampled_from([0.0, 0.25, 0.5, 0.8, 1.0]))
"""Shares of the limit a grade is given, and no grade at all."""


@dataclass(frozen=True)
class Items:
    """Open items of a few customers: whose, how much in cents, how many days past due."""

    owners: np.ndarray
    minor: np.ndarray
    days: np.ndarray
    customers: int

    def taken(self, rows):
        """The items in these rows, in their order."""
        return Items(self.owners[rows], self.minor[rows], self.days[rows], self.customers)


@st.composite
def items(draw, most=30):
    """A small ledger: credits, undated and not yet due items in it."""
    customers = draw(st.integers(1, 5))
    rows = draw(st.lists(st.tuples(st.integers(0, customers - 1), CENTS, DAYS_OR_NONE), max_size=most))
    owners, minor, days = zip(*rows, strict=True) if rows else ((), (), ())
    return Items(
        np.array(owners, dtype=np.intp), np.array(minor, dtype=np.int64), np.array(days, dtype=float), customers
    )


@st.composite
def delays(draw, customers=3, least=0):
    """What customers paid or owe, how late, and how long ago it fell due."""
    row = st.tuples(st.integers(0, customers - 1), DEBITS, st.integers(-60, 400), st.integers(0, 700))
    rows = draw(st.lists(row, min_size=least, max_size=25))
    owners, minor, late, since = zip(*rows, strict=True) if rows else ((), (), (), ())
    return Delays(
        np.array(owners, dtype=np.intp),
        np.array(minor, dtype=np.int64),
        np.array(late, dtype=float),
        np.array(since, dtype=float),
    )


def answer():
    """One answer to a question of a scorecard, or none: shares, ratios, days and counts alike."""
    near_a_bound = st.sampled_from([0.0, 0.1, 0.25, 0.4, 0.5, 0.75, 0.95, 1.0, 3.0, 5.0, 15.0, 30.0, 60.0, 90.0])
    anything = st.floats(-1e6, 1e6)
    return st.one_of(st.just(float("nan")), near_a_bound, anything, st.floats(-2, 2))


def answers(card: Scorecard, least=1, most=8):
    """Columns of answers, one per characteristic of the card."""
    width = len(card.characteristics)
    rows = st.integers(least, most).flatmap(
        lambda n: arrays.arrays(np.float64, (n, width), elements=answer(), fill=st.nothing())
    )
    return rows.map(lambda table: [np.ascontiguousarray(column) for column in table.T])


def _share():
    return st.integers(0, 100).map(lambda hundredths: hundredths / 100)


SETTINGS = st.one_of(
    st.sampled_from(["prompt", "stepped", "three-stage"]).map("dunning.procedure={}".format),
    st.sampled_from(["auto", "trade", "behaviour", "financial"]).map("scoring.scorecard={}".format),
    st.sampled_from(["EUR", "JPY", "CNY", '""']).map("currency={}".format),
    st.sampled_from(["lowest", "average"]).map("limit.combine={}".format),
    st.decimals(1, 10**6, places=2).map("limit.step={}".format),
    st.one_of(st.integers(0, 10**9), st.just("unlimited")).map("limit.maximum={}".format),
    st.tuples(st.sampled_from(CAPPED), st.one_of(st.just("off"), st.decimals("0.001", 2, places=3))).map(
        lambda cap: f"limit.caps.{cap[0]}={cap[1]}"
    ),
    st.integers(66, 79).map("grades.B.from={}".format),
    st.integers(66, 79).map("grades.B.above={}".format),
    st.integers(81, 100).map("aging.buckets.91-120.from={}".format),
    st.integers(-30, 14).map("dunning.procedures.prompt.levels.1.from={}".format),
    st.integers(0, 30).map("dunning.procedures.stepped.grace_days={}".format),
    _share().map("terms.prepayment={}".format),
    st.integers(30, 45).map("terms.grades.C.net_days={}".format),
    st.sampled_from(["DE", "CN", "X Y"]).map('exposure.country_caps."{}"=250000.50'.format),
    st.sampled_from(["yes", "no"]).map("exposure.orders={}".format),
    st.sampled_from(["insured", "limit"]).map("order.new_customers={}".format),
    _share().map("insurance.rates.B={}".format),
    _share().map("provision.rates.31-60={}".format),
    _share().map("provision.pd.C={}".format),
    _share().map('provision.segments.retail={{ "1-30" = {} }}'.format),
    st.sampled_from(["separate", "integral"]).map("provision.cover={}".format),
    st.integers(0, 360).map("insurance.waiting_days.political={}".format),
    st.sampled_from(["", "CN"]).map("insurance.holidays={}".format),
    st.sampled_from(["insolvency", "every_claim"]).map("insurance.evidence.invoice={}".format),
    st.integers(3, 36).map("metrics.months={}".format),
    st.sampled_from(["info", "watch", "warn", "stop", "off"]).map("signals.levels.late_payment={}".format),
    st.one_of(st.decimals(-5, 5, places=2), st.just("off")).map("signals.indicators.net_margin.threshold={}".format),
    st.sampled_from(["jump", "sequential"]).map("dunning.procedures.prompt.escalation={}".format),
    st.integers(0, 30).map("dunning.procedures.stepped.days_between={}".format),
    st.tuples(st.integers(1, 3), st.integers(0, 100)).map(
        lambda fee: f"dunning.procedures.prompt.level_fees.{fee[0]}={fee[1]}"
    ),
    st.sampled_from(["eu", "cn_sme"]).map("dunning.procedures.prompt.level_interest.3={}".format),
    st.integers(0, 60).map("dunning.tasks.lawsuit.file_suit={}".format),
    _share().map("interest.regimes.contract.rate={}".format),
    st.dates().map("interest.references.lpr_1y.{}=0.03".format),
    st.integers(0, 10**6).map("interest.regimes.eu.fixed_sums.{}=40".format),
    _share().map("countries.CN.collection_cost={}".format),
    st.sampled_from(["customer", "en", "zh"]).map("letters.language={}".format),
    st.sampled_from(["any", "USD"]).map("letters.accounts.{}=1234 5678".format),
    st.integers(1, 60).map("letters.kinds.demand.reply_days={}".format),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1).map(
        lambda text: "name=" + '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    ),
)
"""Settings that a --set can make without a fault, one at a time or together."""
