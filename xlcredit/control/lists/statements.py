"""Statement analysis: the last statement of each customer, its ratios and Altman's Z'', the weakest first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from xlcredit.control.grading.filed import FIGURES
from xlcredit.control.listing import Field, Kind, Listing, texts
from xlcredit.control.review import Review
from xlcredit.kernel.dates import days_between
from xlcredit.ledger.tables import Text
from xlcredit.rules import statements as rules
from xlcredit.rules.statements import DISTRESS, GREY, MISSING, SAFE, Statements, Trend

_RATIOS: Mapping[str, Kind] = {
    "debt_ratio": "percent", "net_margin": "percent", "return_on_assets": "percent", "current_ratio": "ratio",
    "quick_ratio": "ratio", "cash_ratio": "ratio", "retained_earnings_to_assets": "percent",
}  # fmt: skip
_WEAKNESSES: Final = ("high_debt", "rising_debt", "falling_profit", "negative_equity")


def statement_analysis(review: Review) -> Listing:
    """One line per customer with a statement; a ratio without a value says which divisor or figure kept it from one."""
    case, people = review.case, review.customers
    filed, last, trend = case.filed, case.filed.last, case.filed.trend
    ratios, z2 = rules.ratios(last), rules.z2_of(last)
    zone = rules.zone(z2, review.policy.statements)
    lines = Listing(
        "statements",
        (
            Field("customer", "text", people.customer[filed.party]),
            Field("name", "text", people.names_beside[filed.party]),
            Field("period_end", "date", last.period_end),
            Field("age_days", "integer", days_between(last.period_end, np.full(len(zone), case.as_of))),
            *(Field(name, kind, ratios[name]) for name, kind in _RATIOS.items()),
            Field("z2", "ratio", z2),
            Field("em_score", "ratio", rules.em_score(z2)),
            Field("zone", "text", zone, "zones"),
            Field("debt_ratio_change", "percent", trend.debt_ratio_change),
            Field("net_income_change", "percent", trend.net_income_change),
            Field("weaknesses", "text", _weaknesses(trend), "weaknesses"),
            Field("undefined", "text", _undefined(last), "undefined"),
            Field("missing_figures", "text", _missing(last), "statement_figures"),
            Field("used", "text", np.where(filed.valid, "yes", "no").astype(object), "yes_no"),
        ),
    )
    urgency = np.select([zone == DISTRESS, zone == GREY, zone == SAFE], [0, 1, 2], 3)
    return lines.by(urgency, lines["z2"], lines["customer"].astype(str)).filled()


def _weaknesses(trend: Trend) -> Text:
    flags = np.column_stack([getattr(trend, name) for name in _WEAKNESSES])
    return texts([tuple(name for name, seen in zip(_WEAKNESSES, row, strict=True) if seen) for row in flags.tolist()])


def _undefined(last: Statements) -> Text:
    """Divisors that are not above zero, each once."""
    reasons = [*(column.tolist() for column in rules.undefined(last).values()), rules.z2_undefined(last).tolist()]
    return texts(
        [tuple(dict.fromkeys(said for said in row if said not in ("", MISSING))) for row in zip(*reasons, strict=True)]
    )


def _missing(last: Statements) -> Text:
    blank = np.column_stack([np.isnan(getattr(last, name)) for name in FIGURES])
    return texts([tuple(name for name, gone in zip(FIGURES, row, strict=True) if gone) for row in blank.tolist()])
